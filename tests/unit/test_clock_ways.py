# SPDX-License-Identifier: Apache-2.0
"""Measurements of one way are told from those of two."""

from __future__ import annotations

import pytest

from clocks.log import LoggedOffset
from clocks.timing import DelayRequest, Sync
from clocks.ways import Ways, periods, samples

_WAYS = Ways((3_000_000, 15_000_000))


@pytest.mark.parametrize(("offset", "path_delay", "mixed", "late"), [
    (0, 3_000_000, False, False),
    (-900_000, 15_400_000, False, False),
    (12_000_000, 3_000_000, True, False),
    (-12_000_000, 15_000_000, True, False),
    (6_000_000, 9_000_000, True, False),
    (-6_000_000, 9_000_000, True, False),
    (5_000_000, 3_000_000, False, True),
    (40_000_000, 15_000_000, False, True),
    (40_000_000, 9_000_000, True, True),
])
def test_samples_are_judged(offset: int, path_delay: int, mixed: bool, late: bool) -> None:
    sample = LoggedOffset(0, offset, path_delay)

    assert (_WAYS.is_mixed(sample), _WAYS.is_late(sample)) == (mixed, late)


def test_events_are_parted_where_none_came() -> None:
    events: list[Sync | DelayRequest] = [
        Sync(1, 3, at=0), DelayRequest(1, 3, at=400_000_000), Sync(2, 3, at=1_000_000_000)]

    assert periods(events, 0.5) == [events[:2], events[2:]]
    assert periods(events, 1) == [events]
    assert not periods([], 1)


def test_a_period_without_a_pause_between_two_ways_is_mixed() -> None:
    moved: list[Sync | DelayRequest] = [
        Sync(1, 3_000_000), DelayRequest(1, 3_000_000), Sync(2, 15_000_000), DelayRequest(2, 15_000_000),
        Sync(3, 15_000_000)]

    assert [(sample.offset, sample.path_delay) for sample in samples(moved)] == [
        (12_000_000, 3_000_000), (6_000_000, 9_000_000)]
    assert all(_WAYS.is_mixed(sample) for sample in samples(moved))
    assert not any(_WAYS.is_mixed(sample) for part in (moved[:2], moved[2:]) for sample in samples(part))
