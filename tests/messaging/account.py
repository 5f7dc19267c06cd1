# SPDX-License-Identifier: Apache-2.0
"""What became of messages, from what the applications wrote down."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

_MILLISECONDS = 1e3


@dataclass(frozen=True)
class Account:
    """What became of messages.

    Messages that were sent and not confirmed may be delivered or not, but no message more than once. Latencies are in
    milliseconds, and the longest gap between two that were received in seconds.
    """

    sent: int
    confirmed: int
    delivered: int
    lost: tuple[int, ...]
    duplicates: tuple[int, ...]
    reordered: tuple[int, ...]
    latencies: tuple[float, ...]
    longest_gap: float

    @property
    def is_flawless(self) -> bool:
        """Whether each that was confirmed was delivered once, and those of a key in order."""
        return not (self.lost or self.duplicates or self.reordered)

    def latency(self, share: float) -> float:
        """How long at most so many of the messages took from the sender to the processor, in milliseconds.

        :param share: such as 0.5 for the median
        """
        if not self.latencies:
            return math.nan
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(share * len(self.latencies)))]

    def __str__(self) -> str:
        return (f"sent {self.sent}, confirmed {self.confirmed}, delivered {self.delivered}, lost {len(self.lost)},"
                f" duplicates {len(self.duplicates)}, reordered {len(self.reordered)},"
                f" latency {self.latency(0.5):.0f} ms (p99 {self.latency(0.99):.0f} ms)")


def account(sent: Sequence[dict[str, Any]], received: Sequence[dict[str, Any]]) -> Account:
    """Compares what was sent with what was received, in the order in which it was."""
    confirmed = {message["number"] for message in sent if message["confirmed"]}
    times = Counter(message["number"] for message in received)
    highest: dict[str, int] = {}
    reordered = []
    for message in received:
        if message["number"] < highest.get(message["key"], -1):
            reordered.append(message["number"])
        highest[message["key"]] = max(message["number"], highest.get(message["key"], -1))
    return Account(len(sent), len(confirmed), len(times), tuple(sorted(confirmed - set(times))),
                   tuple(sorted(number for number, count in times.items() if count > 1)), tuple(reordered),
                   tuple((message["received"] - message["sent"]) * _MILLISECONDS for message in received),
                   _longest_gap([message["received"] for message in received]))


def _longest_gap(times: Sequence[float]) -> float:
    return max((after - before for before, after in zip(times, times[1:])), default=0.0)


def without_known(received: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an application processes that compares identifiers: each message once."""
    first: dict[str, dict[str, Any]] = {}
    for message in received:
        first.setdefault(message["id"], message)
    return list(first.values())


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Reads what an application wrote down, which may be in the middle of a line."""
    if not file.exists():
        return []
    text = file.read_text(encoding="utf-8")
    return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]
