# SPDX-License-Identifier: Apache-2.0
"""What passes between the controller and its switches, and when the switches have confirmed what they were told."""

from __future__ import annotations

import struct
import subprocess
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Iterator, Sequence

from topologies.awaiting import await_until
from topologies.processes import end, start

#: OpenFlow 1.3.5, section 7.1.
VERSION = 4
PACKET_IN = 10
PORT_STATUS = 12
FLOW_MOD = 14
BARRIER_REQUEST = 20
BARRIER_REPLY = 21
_HEADER = struct.Struct("!BBHI")

_SECONDS_TO_BEGIN = 20.0

#: Capture files with times in nanoseconds, as this machine orders octets (pcap-savefile(5)).
_MAGIC = 0xa1b23c4d
_FILE_HEADER = struct.Struct("=IHHiIII")
_RECORD_HEADER = struct.Struct("=IIII")
_ETHERNET = 14
_SYN = 2
_NANOSECOND = 1e-9


@dataclass(frozen=True)
class Message:
    """An OpenFlow message. `time` is in seconds since 1970, and `switch` the port of the switch's end."""

    time: float
    switch: int
    kind: int
    identifier: int
    body: bytes = b""


@dataclass(frozen=True)
class Confirmation:
    """Rules that were changed, and when. Times are in seconds since 1970."""

    rules: int
    first_sent: float
    last_confirmed: float


class ControlChannel:
    """Records what the controller and its switches say while it is open. A context manager, for one thread."""

    def __init__(self, folder: Path, port: int) -> None:
        """:param port: where the controller listens, on the loopback interface"""
        self._file = folder / "control-channel.pcap"
        self._log = folder / "control-channel.log"
        self._recording = Recording(port)
        self._read = 0
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ControlChannel:
        self._process = start(
            ["tcpdump", "-Z", "root", "-U", "--immediate-mode", "-B", "65536", "--nano", "-i", "lo",
             "-w", str(self._file), "tcp", "port", str(self._port)], self._log)
        await_until(lambda: "listening on" in self._log.read_text(), _SECONDS_TO_BEGIN, "tcpdump",
                    self._log.read_text)
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def messages(self) -> Sequence[Message]:
        """What has been said so far, the oldest first."""
        with self._file.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        self._recording.take(new)
        return self._recording.messages

    def await_quiet(self, seconds: float, timeout: float) -> None:
        """Waits until no rule has been changed for a while.

        :raises NotInTime: if there is no such while in time
        """
        # What was done just now has had no time to change anything.
        began = time.time()

        def is_quiet() -> bool:
            last = next((message.time for message in reversed(self.messages()) if message.kind == FLOW_MOD), began)
            return time.time() - max(began, last) > seconds

        await_until(is_quiet, timeout, f"no change of a rule for {seconds} s")


class Recording:
    """The messages in a capture of TCP over IPv4, which may come in pieces. Not safe for several threads."""

    def __init__(self, port: int) -> None:
        """:param port: where the controller listens"""
        self.messages: list[Message] = []
        self._port = port
        self._streams: dict[tuple[int, int], _Stream] = {}
        self._pending = b""
        self._is_new = True

    def take(self, recorded: bytes) -> None:
        """Takes what follows in the capture file.

        :raises ValueError: if segments are missing in between, or if something is no OpenFlow 1.3
        """
        data = self._pending + recorded
        position = 0
        if self._is_new and len(data) >= _FILE_HEADER.size:
            if _FILE_HEADER.unpack_from(data)[0] != _MAGIC:
                raise ValueError("no capture file with times in nanoseconds")
            position = _FILE_HEADER.size
            self._is_new = False
        while not self._is_new and position + _RECORD_HEADER.size <= len(data):
            seconds, nanoseconds, length, _ = _RECORD_HEADER.unpack_from(data, position)
            begin = position + _RECORD_HEADER.size
            if begin + length > len(data):
                break
            self._take_frame(seconds + nanoseconds * _NANOSECOND, data[begin:begin + length])
            position = begin + length
        self._pending = data[position:]

    def _take_frame(self, moment: float, frame: bytes) -> None:
        packet = frame[_ETHERNET:]
        # A packet without a length is one that was to be cut into segments later.
        packet = packet[:int.from_bytes(packet[2:4], "big") or len(packet)]
        segment = packet[(packet[0] & 0xf) * 4:]
        source, destination, sequence = struct.unpack_from("!HHI", segment)
        stream = self._streams.setdefault((source, destination), _Stream())
        switch = source if destination == self._port else destination
        for kind, identifier, body in stream.take(sequence, segment[(segment[12] >> 4) * 4:],
                                                  bool(segment[13] & _SYN)):
            self.messages.append(Message(moment, switch, kind, identifier, body))


def confirmation(messages: Sequence[Message], since: float, until: float) -> Confirmation:
    """Says how rules were changed within a period.

    A rule is confirmed when its switch answers the first barrier after it (OpenFlow 1.3.5, section 7.3.8).

    :raises ValueError: if none was changed, or one was never confirmed
    """
    changes = [position for position, message in enumerate(messages)
               if message.kind == FLOW_MOD and since <= message.time < until]
    if not changes:
        raise ValueError(f"no rule was changed from {since} to {until}")
    last = {messages[position].switch: position for position in changes}
    return Confirmation(len(changes), messages[changes[0]].time,
                        max(_confirmed(messages, position) for position in last.values()))


def _confirmed(messages: Sequence[Message], position: int) -> float:
    change = messages[position]
    after = (message for message in islice(messages, position, None) if message.switch == change.switch)
    barrier = next((message for message in after if message.kind == BARRIER_REQUEST), None)
    answer = next((message for message in after if barrier is not None and message.kind == BARRIER_REPLY
                   and message.identifier == barrier.identifier), None)
    if answer is None:
        raise ValueError(f"the switch at port {change.switch} has not confirmed what it was told at {change.time}")
    return answer.time


class _Stream:
    """One direction of a connection, from the first octet on that is seen, with which a message begins."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._pending = b""

    def take(self, sequence: int, data: bytes, is_first: bool) -> Iterator[tuple[int, int, bytes]]:
        """Takes a segment and returns the messages that it completes, each as kind, identifier and body."""
        if is_first:
            self._next, self._pending = (sequence + 1) % 2 ** 32, b""
        if not data:
            return
        gap = 0 if self._next is None else (sequence - self._next + 2 ** 31) % 2 ** 32 - 2 ** 31
        if gap > 0:
            raise ValueError(f"{gap} octets are missing")
        fresh = data[-gap:] if gap < 0 else data
        self._next = (sequence + max(len(data), -gap)) % 2 ** 32
        self._pending += fresh
        while len(self._pending) >= _HEADER.size:
            version, kind, length, identifier = _HEADER.unpack_from(self._pending)
            if version != VERSION or length < _HEADER.size:
                # Whoever opens a connection may offer a later version first.
                if kind != 0 or length < _HEADER.size:
                    raise ValueError(f"no message of OpenFlow 1.3: {self._pending[:16].hex()}")
            if len(self._pending) < length:
                return
            yield kind, identifier, self._pending[_HEADER.size:length]
            self._pending = self._pending[length:]
