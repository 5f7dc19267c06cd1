# SPDX-License-Identifier: Apache-2.0
"""What a fail-over did, from the packets that arrived."""

import pytest

from topologies.traffic import Failover, Interruption, Packet, failover, interruption, parse

_DELAY = 0.0005


def _packets(*numbers: int, later: float = 0.0) -> list[Packet]:
    """Packets that were sent a millisecond apart, the second half of them later by some time on their way."""
    half = len(numbers) // 2
    return [Packet(number, number / 1e3, number / 1e3 + _DELAY + (later if place >= half else 0.0))
            for place, number in enumerate(numbers)]


def test_lines_are_packets_in_their_order() -> None:
    assert parse("1 2000000000 2500000000\n0 1000000000 1500000000\n") == [Packet(0, 1.0, 1.5), Packet(1, 2.0, 2.5)]


def test_lines_that_are_not_whole_are_left_out() -> None:
    assert parse("000 7\n1 2000000000 2500000000\n2 30000") == [Packet(1, 2.0, 2.5)]


def test_an_interruption_is_what_is_missing_between_two_packets() -> None:
    found = interruption(_packets(0, 1, 2, 33, 34, 35), 0.0, 1.0)

    assert found.lost == 30
    assert found.gap == pytest.approx(0.031)
    assert found.sent == pytest.approx(0.033)


def test_a_longer_way_is_part_of_the_gap() -> None:
    assert interruption(_packets(0, 1, 2, 3, later=0.012), 0.0, 1.0).gap == pytest.approx(0.013)


def test_without_loss_the_gap_is_a_period() -> None:
    found = interruption(_packets(*range(10)), 0.0, 1.0)

    assert found.lost == 0
    assert found.gap == pytest.approx(0.001)


def test_the_longest_of_several_counts() -> None:
    assert interruption(_packets(0, 1, 5, 6, 7, 15, 16, 18), 0.0, 1.0).lost == 7


def test_what_was_before_and_after_does_not_count() -> None:
    packets = _packets(0, 50, 51, 52, 55, 56, 57, 99)

    assert interruption(packets, 0.0509, 0.0575).lost == 2


def test_what_begins_with_the_last_packet_before_counts() -> None:
    assert interruption(_packets(0, 1, 50, 51), 0.002, 1.0).lost == 48


def test_packets_that_overtook_others_are_not_lost() -> None:
    packets = sorted([Packet(0, 0.0, 0.010), Packet(1, 0.001, 0.002), Packet(2, 0.002, 0.003)])

    assert interruption(packets, 0.0, 1.0).lost == 0


def test_too_few_packets_tell_nothing() -> None:
    with pytest.raises(ValueError, match="no packets"):
        interruption(_packets(7), 0.0, 1.0)


def test_directions_are_mixed_from_the_first_that_goes_the_new_way_to_the_second() -> None:
    found = failover(_packets(0, 1, 20, 21), _packets(0, 1, 26, 27), 0.0, 1.0)

    assert (found.forward.lost, found.reverse.lost) == (18, 24)
    assert found.mixed == pytest.approx(0.006)
    assert found.interrupted
    assert not Failover(Interruption(1, 0.1, 5.0), Interruption(0, 0.1, 5.0)).interrupted
    assert Failover(Interruption(1, 0.1, 5.0), Interruption(1, 0.1, 5.0)).mixed == 0.0
