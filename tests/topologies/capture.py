# SPDX-License-Identifier: Apache-2.0
"""What passes the network interface of a host, or a port of a switch."""

from __future__ import annotations

import itertools
import struct
import subprocess
import time
from dataclasses import dataclass
from types import TracebackType

from topologies.awaiting import await_until
from topologies.description import Host, Port
from topologies.emulation import EmulatedNetwork
from topologies.processes import end, start

_SECONDS_TO_BEGIN = 20.0

#: When nothing has come for so many seconds, what was sent before has come; and what comes all the time is not awaited.
_PAUSE = 0.5
_LONGEST_WAIT = 5.0
_SECONDS_BETWEEN_LOOKS = 0.05

_FILE_HEADER = 24
_RECORD_HEADER = struct.Struct("=IIII")
_MICROSECOND = 1e-6

_numbers = itertools.count(1)


@dataclass(frozen=True)
class TimedFrame:
    """A frame, and when it passed, in seconds since 1970."""

    time: float
    data: bytes


class Capture:
    """Records frames with tcpdump while it is open. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, place: Host | Port | str, expression: str) -> None:
        """
        :param place: where to listen, to both directions: at a host, at a port of a switch, or at an interface of ours
        :param expression: which frames, as pcap-filter(7) has it
        """
        self._network = network
        self._place = place
        self._expression = expression
        stem = f"capture{next(_numbers)}"
        self._file = network.folder / f"{stem}.pcap"
        self._log = network.folder / f"{stem}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Capture:
        command = ["tcpdump", "-Z", "root", "-U", "--immediate-mode", "-w", str(self._file), "-i"]
        if isinstance(self._place, Host):
            self._process = self._network.launch(
                self._place, [*command, self._network.interface(self._place), self._expression], self._log)
        else:
            interface = self._place if isinstance(self._place, str) else self._network.port_interface(self._place)
            self._process = start([*command, interface, self._expression], self._log)
        await_until(lambda: "listening on" in self._log.read_text(), _SECONDS_TO_BEGIN, "tcpdump",
                    self._log.read_text)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def frames(self) -> list[bytes]:
        """The frames up to now, the oldest first. tcpdump may be late on a busy machine: until it pauses is waited."""
        return [frame.data for frame in self.timed_frames()]

    def timed_frames(self) -> list[TimedFrame]:
        """The same, with their times."""
        deadline = time.monotonic() + _LONGEST_WAIT
        seen, since = -1, time.monotonic()
        while time.monotonic() < min(deadline, since + _PAUSE):
            size = self._file.stat().st_size
            if size != seen:
                seen, since = size, time.monotonic()
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        return timed_frames_of(self._file.read_bytes())


def frames_of(recorded: bytes) -> list[bytes]:
    """Takes the frames out of a capture file of this machine. One that is cut off is left out."""
    return [frame.data for frame in timed_frames_of(recorded)]


def timed_frames_of(recorded: bytes) -> list[TimedFrame]:
    """Takes the frames out of a capture file of this machine, with their times. One that is cut off is left out."""
    frames = []
    position = _FILE_HEADER
    while position + _RECORD_HEADER.size <= len(recorded):
        seconds, microseconds, length, _ = _RECORD_HEADER.unpack_from(recorded, position)
        position += _RECORD_HEADER.size
        if position + length <= len(recorded):
            frames.append(TimedFrame(seconds + microseconds * _MICROSECOND, recorded[position:position + length]))
        position += length
    return frames
