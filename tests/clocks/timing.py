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

__all__ = ["DelayRequest", "Malformed", "Summary", "Sync", "percentile", "read_events", "summarise", "time_errors"]

#: ptp4l's filter of the path delay: the median of this many (its options delay_filter and delay_filter_length).
_FILTERED_DELAYS = 10


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
