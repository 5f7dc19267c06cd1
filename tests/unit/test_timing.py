# SPDX-License-Identifier: Apache-2.0
"""Time errors from timestamps."""

import struct
from dataclasses import replace

import pytest

from clocks.timing import (DelayRequest, Malformed, Sync, path_error, percentile, read_events, summarise,
                           time_errors)

_MILLISECOND = 1_000_000


def _timestamp(nanoseconds: int) -> bytes:
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return seconds.to_bytes(6, "big") + rest.to_bytes(4, "big")


def _signalling(*tlvs: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack("!HH", kind, 10 + len(records)) + bytes.fromhex("020000fffe0000010001") + records
                    for kind, records in tlvs)
    return bytes(44) + body


def _exchange(there: int, back: int, count: int) -> list[Sync | DelayRequest]:
    events: list[Sync | DelayRequest] = []
    for number in range(count):
        events += [Sync(number, there), DelayRequest(number, back)]
    return events


def test_reads_both_kinds_of_records_and_takes_their_corrections_off() -> None:
    sent, correction = 1_700_000_000_123_456_789, 250
    sync = struct.pack("!H10sqi10s", 7, _timestamp(sent), correction << 16, 0, _timestamp(sent + 1_000))
    delay = struct.pack("!H10sq10s", 8, _timestamp(sent), 0, _timestamp(sent + 3_000))

    events = list(read_events(_signalling((0x8004, sync + sync), (0x1234, b"unknown"), (0x7f00, delay))))

    server = "020000.fffe.000001"
    assert events == [Sync(7, 750, sent + 1_000, server), Sync(7, 750, sent + 1_000, server),
                      DelayRequest(8, 3_000, sent, server)]


def test_a_message_that_ends_in_the_middle_of_a_record_is_refused() -> None:
    with pytest.raises(Malformed):
        list(read_events(_signalling((0x8004, bytes(33)))))


@pytest.mark.parametrize(("there", "back", "error"), [
    (3, 3, 0.0),
    (3, 15, -6_000.0),
    (15, 3, 6_000.0),
])
def test_the_error_is_half_of_the_asymmetry(there: int, back: int, error: float) -> None:
    errors = time_errors(_exchange(there * _MILLISECOND, back * _MILLISECOND, 50))

    assert errors == pytest.approx([error] * 40)


@pytest.mark.parametrize(("there", "back", "error"), [(3, 3, 0.0), (3, 15, -6_000.0), (15, 3, 6_000.0)])
def test_the_error_of_the_ways_has_no_noise(there: int, back: int, error: float) -> None:
    quiet = _exchange(there * _MILLISECOND, back * _MILLISECOND, 40)
    noisy = [replace(event, transit=event.transit + number % 7 * _MILLISECOND)
             for number, event in enumerate(_exchange(there * _MILLISECOND, back * _MILLISECOND, 60))]

    assert path_error(quiet + noisy) == pytest.approx(error)


def test_the_error_of_the_ways_is_not_that_of_a_few_messages() -> None:
    mixed = _exchange(3 * _MILLISECOND, 3 * _MILLISECOND, 10) + _exchange(15 * _MILLISECOND, 3 * _MILLISECOND, 90)

    assert path_error(mixed) > 1_000


def test_one_direction_alone_has_no_error() -> None:
    with pytest.raises(ValueError, match="one direction"):
        path_error([Sync(1, 5)])


def test_delays_to_one_server_say_nothing_of_another() -> None:
    def from_server(name: str, delay: int) -> list[Sync | DelayRequest]:
        return [replace(event, server=name) for event in _exchange(delay, delay, 20)]

    errors = time_errors(from_server("one", 3 * _MILLISECOND) + from_server("other", 15 * _MILLISECOND))

    assert errors == pytest.approx([0.0] * 20)


def test_no_error_is_computed_before_the_filter_is_full() -> None:
    assert not time_errors(_exchange(1, 1, 10))
    assert len(time_errors(_exchange(1, 1, 11))) == 1


def test_a_delay_request_before_the_first_sync_says_nothing() -> None:
    assert not time_errors([DelayRequest(number, 5) for number in range(100)])


def test_a_summary_has_the_sign_in_the_median_and_the_size_in_the_percentile() -> None:
    summary = summarise([-10.0] * 60 + [-20.0] * 30 + [400.0] * 10)

    assert (summary.samples, summary.median, summary.p95, summary.spread) == (100, -10.0, 400.0, 410.0)


def test_nothing_measured_has_no_summary() -> None:
    with pytest.raises(ValueError, match="no time error"):
        summarise([])


@pytest.mark.parametrize(("part", "value"), [(0.0, 1.0), (0.5, 51.0), (0.99, 100.0), (1.0, 100.0)])
def test_percentiles_are_values_that_there_are(part: float, value: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], part) == value


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no value"):
        percentile([], 0.5)
