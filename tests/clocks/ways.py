# SPDX-License-Identifier: Apache-2.0
"""Tells whether what a clock computed is of messages that all took the same way through a network.

An offset is the transit of a Sync message less the path delay, which is the median of some transits before. If these
are of messages of different ways, the offset is wrong by the difference of the ways, or by a part of it: a mixed
measurement. A message that a busy machine delivered late spoils a measurement, too, but looks otherwise: its transit
is that of no way.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Iterable, Iterator, Sequence

from clocks.log import LoggedOffset
from clocks.timing import DelayRequest, Sync

#: ptp4l's filter of the path delay: the median of this many (its options delay_filter and delay_filter_length).
_FILTERED_DELAYS = 10

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Ways:
    """The ways that messages may take, by how long they take in one direction, in nanoseconds.

    :param delays: of each way, the same in both directions
    """

    delays: tuple[float, ...]

    @property
    def tolerance(self) -> float:
        """How far a delay may be from that of its way: less than half as far as from any mixture of two."""
        ordered = sorted(self.delays)
        return min(longer - shorter for shorter, longer in zip(ordered, ordered[1:])) / 4

    def of(self, delay: float) -> float | None:
        """Returns the delay of the way that a delay is of, or nothing if it is of none."""
        return next((way for way in self.delays if abs(delay - way) < self.tolerance), None)

    def is_late(self, sample: LoggedOffset) -> bool:
        """Tells whether the Sync message of a sample took as long as no way does."""
        return self.of(sample.offset + sample.path_delay) is None

    def is_mixed(self, sample: LoggedOffset) -> bool:
        """Tells whether a sample is of several ways: its path delay of none, or its Sync message of another."""
        way = self.of(sample.path_delay)
        return way is None or (not self.is_late(sample) and self.of(sample.offset + sample.path_delay) != way)


def periods(events: Sequence[Sync | DelayRequest], pause: float) -> list[list[Sync | DelayRequest]]:
    """Parts events where none came for some time.

    :param events: in the order of their coming
    :param pause: in seconds
    """
    parts: list[list[Sync | DelayRequest]] = []
    before: float | None = None
    for event in events:
        if before is None or event.at - before > pause * _NANOSECONDS:
            parts.append([])
        parts[-1].append(event)
        before = event.at
    return parts


def samples(period: Iterable[Sync | DelayRequest]) -> Iterator[LoggedOffset]:
    """Computes what ptp4l would of the messages of a period, beginning with an empty filter."""
    delays: list[float] = []
    last_sync: Sync | None = None
    for event in period:
        if isinstance(event, Sync):
            last_sync = event
            if delays:
                delay = statistics.median(delays[-_FILTERED_DELAYS:])
                yield LoggedOffset(event.at / _NANOSECONDS, round(event.transit - delay), round(delay))
        elif last_sync is not None:
            delays.append((last_sync.transit + event.transit) / 2)
