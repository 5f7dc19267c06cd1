# SPDX-License-Identifier: Apache-2.0
"""What ptp4l says in its log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Iterator

from topologies.description import Host

_LINE = re.compile(r"ptp4l\[(?P<at>\d+\.\d+)\]: (?P<text>.*)")
_OFFSET = re.compile(r"master offset\s+(?P<offset>-?\d+) s\d freq\s+\S+ path delay\s+(?P<delay>-?\d+)")
_STATE = re.compile(r"port 1: (?P<former>\w+) to (?P<present>\w+) on (?P<event>\w+)")
_SELECTED = re.compile(r"selected best master clock (?P<clock>\S+)")
_SELECTED_ITSELF = re.compile(r"selected local clock (?P<clock>\S+) as best master")


@dataclass(frozen=True)
class LogLine:
    """A line of ptp4l's log. `at` is in seconds of the monotonic clock of the machine."""

    at: float
    text: str


@dataclass(frozen=True)
class LoggedOffset:
    """An offset from the server and a path delay as ptp4l computed them, in nanoseconds."""

    at: float
    offset: int
    path_delay: int


@dataclass(frozen=True)
class StateChange:
    """A PTP port went from one state to another (IEEE 1588-2019, 9.2.5), in ptp4l's words."""

    at: float
    former: str
    present: str
    event: str


@dataclass(frozen=True)
class Selection:
    """A clock has selected the best of the clocks that it heard of, which may be itself, by its identity."""

    at: float
    clock: str


def read_log(text: str) -> list[LogLine]:
    """Reads a log. What is no line of ptp4l's, as one that is not finished, is passed over."""
    return [LogLine(float(found["at"]), found["text"]) for found in map(_LINE.fullmatch, text.splitlines()) if found]


def offsets(lines: Iterable[LogLine]) -> Iterator[LoggedOffset]:
    """Returns the offsets that were logged."""
    for line in lines:
        if found := _OFFSET.search(line.text):
            yield LoggedOffset(line.at, int(found["offset"]), int(found["delay"]))


def state_changes(lines: Iterable[LogLine]) -> Iterator[StateChange]:
    """Returns the changes of the state of the port."""
    for line in lines:
        if found := _STATE.search(line.text):
            yield StateChange(line.at, found["former"], found["present"], found["event"])


def selections(lines: Iterable[LogLine]) -> Iterator[Selection]:
    """Returns the servers that were selected, one after the other."""
    for line in lines:
        if found := _SELECTED.search(line.text) or _SELECTED_ITSELF.search(line.text):
            yield Selection(line.at, found["clock"])


def clock_identity(host: Host) -> str:
    """Returns the identity of the clock on a host, as ptp4l writes it: an EUI-64 made of its MAC address."""
    octets = host.mac.lower().replace(":", "")
    return f"{octets[:6]}.fffe.{octets[6:]}"
