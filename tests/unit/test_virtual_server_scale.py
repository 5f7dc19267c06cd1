# SPDX-License-Identifier: Apache-2.0
"""What the benchmark of 100 virtual servers makes of what was measured."""

from dataclasses import replace

from benchmarks.laboratory import is_steady
from benchmarks.virtual_server_scale import SERVERS, Sample, figures

SAMPLE = Sample(seconds_alone=90e-6, seconds_among=99e-6, seconds_to_set_up=20.0, seconds_of_longest_request=0.5,
                rules=1000, bytes_alone=100_000_000, bytes_of_all=100_000_000 + 2_000_000 * (SERVERS - 1),
                processors_at_rest=0.2)


def test_memory_is_that_of_each_server_that_came() -> None:
    by_name = {figure.name: figure for figure in figures([SAMPLE])}

    assert by_name["memory_per_server"].ours == 2.0
    assert by_name["memory_of_100"].ours == 298.0


def test_a_connection_may_take_what_one_beside_no_others_does_by_nine_tenths() -> None:
    slower = replace(SAMPLE, seconds_among=101e-6)

    assert figures([SAMPLE])[-1].met
    assert not figures([slower])[-1].met
    assert figures([SAMPLE, slower, slower])[-1].samples == 3


def test_a_controller_is_at_rest_when_it_no_longer_takes_less_and_less() -> None:
    assert not is_steady([0.4, 0.4])
    assert not is_steady([1.3, 1.2, 0.7])
    assert not is_steady([1.3, 0.7, 0.7])
    assert is_steady([1.3, 0.7, 0.8, 0.7])
    assert is_steady([0.9, 0.12, 0.2, 0.11])
