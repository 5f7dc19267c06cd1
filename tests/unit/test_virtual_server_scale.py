# SPDX-License-Identifier: Apache-2.0
"""What the benchmark of 100 virtual servers makes of what was measured."""

from dataclasses import replace

from benchmarks.virtual_server_scale import SERVERS, Sample, figures

SAMPLE = Sample(seconds_alone=90e-6, seconds_among=99e-6, seconds_to_set_up=20.0, seconds_of_longest_request=0.5,
                rules=1000, bytes_alone=100_000_000, bytes_of_all=100_000_000 + 2_000_000 * (SERVERS - 1))


def test_memory_is_that_of_each_server_that_came() -> None:
    by_name = {figure.name: figure for figure in figures([SAMPLE])}

    assert by_name["memory_per_server"].ours == 2.0
    assert by_name["memory_of_100"].ours == 298.0


def test_a_connection_may_take_what_one_beside_no_others_does_by_nine_tenths() -> None:
    slower = replace(SAMPLE, seconds_among=101e-6)

    assert figures([SAMPLE])[-1].met
    assert not figures([slower])[-1].met
    assert figures([SAMPLE, slower, slower])[-1].samples == 3
