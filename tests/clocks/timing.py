# SPDX-License-Identifier: Apache-2.0
"""What a PTP client learns from its messages (IEEE 1588-2019, 11.3).

ptp4l sends the timestamps of every message to its ``slave_event_monitor``. The reporter that users run beside it reads
them in the same way.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Iterable, Sequence

from roundtrip_clock_reporter import DelayRequest, Malformed, Sync, read_events

__all__ = ["DelayRequest", "Malformed", "Summary", "Sync", "path_error", "percentile", "read_events", "summarise",
           "time_errors"]

#: ptp4l's filter of the path delay: the median of this many (its options delay_filter and delay_filter_length).
_FILTERED_DELAYS = 10

#: The part of the messages of each direction that a path error is computed from: the fastest.
_SELECTED = 0.25


@dataclass(frozen=True)
class Summary:
    """Figures of a number of time errors, in microseconds.

    95 % of the errors are no larger than `p95`, whatever their sign, and no further from the median than `spread`.
    """

    samples: int
    median: float
    p95: float
    spread: float

    def __str__(self) -> str:
        return f"median {self.median:+.1f} us, 95 % within {self.p95:.1f} us, {self.samples} samples"


def time_errors(events: Iterable[Sync | DelayRequest]) -> list[float]:
    """Returns the offset from the server that the client computes at every Sync, in microseconds.

    As ptp4l does by default: offset = (t2 - t1) - the median of the last ten path delays, and a path delay is
    ((t2 - t1) + (t4 - t3)) / 2. Where both clocks are the same clock, the offset is the error of the measurement.
    The first values, for which the filter is not full, are left out. With another server it begins anew.
    """
    errors = []
    delays: list[float] = []
    last_sync: Sync | None = None
    for event in events:
        if last_sync is not None and event.server != last_sync.server:
            delays.clear()
            last_sync = None
        if isinstance(event, Sync):
            last_sync = event
            if len(delays) >= _FILTERED_DELAYS:
                errors.append((event.transit - statistics.median(delays[-_FILTERED_DELAYS:])) / 1000)
        elif last_sync is not None:
            delays.append((last_sync.transit + event.transit) / 2)
    return errors


def path_error(events: Iterable[Sync | DelayRequest]) -> float:
    """Returns the time error that the two ways make, in microseconds: half of the difference of their delays.

    The delay of a way is the mean of the fastest quarter of its messages (ITU-T G.8260, appendix I: percentile average
    packet selection). What a busy machine adds to single messages is never negative, so the fastest have next to none
    of it, while a way that is longer delays all of its messages. A median of :func:`time_errors` is off by about a
    tenth of such noise, as an offset has the noise of one message and a path delay that of two.

    :raises ValueError: if there is no message of one direction
    """
    seen = list(events)
    there = [event.transit for event in seen if isinstance(event, Sync)]
    back = [event.transit for event in seen if isinstance(event, DelayRequest)]
    return (_floor(there) - _floor(back)) / 2000


def _floor(transits: Sequence[float]) -> float:
    if not transits:
        raise ValueError("messages of one direction only were measured")
    return statistics.fmean(sorted(transits)[:max(1, int(len(transits) * _SELECTED))])


def summarise(errors: Sequence[float]) -> Summary:
    """Returns the figures of time errors.

    :raises ValueError: if there is none
    """
    if not errors:
        raise ValueError("no time error was measured")
    median = statistics.median(errors)
    return Summary(len(errors), median, percentile([abs(error) for error in errors], 0.95),
                   percentile([abs(error - median) for error in errors], 0.95))


def percentile(values: Sequence[float], part: float) -> float:
    """Returns the value that no more than a part of the values are below.

    :param part: 0 to 1
    :raises ValueError: if there is no value
    """
    if not values:
        raise ValueError("there is no value")
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
