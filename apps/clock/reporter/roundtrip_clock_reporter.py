#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""roundtrip-clock-reporter: tells the controller what the PTP client on this node measures.

It stands beside linuxptp's ptp4l (3.1 or later), which gives it the timestamps of every message by its option
``slave_event_monitor`` and the state of its port by its management socket. README.md says how to set it up.

Needs Python 3.9 or later and nothing else.
"""

from __future__ import annotations

import argparse
import base64
import collections
import configparser
import json
import logging
import os
import random
import signal
import socket
import ssl
import statistics
import struct
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable, Iterable, Iterator, Mapping, Sequence

log = logging.getLogger("roundtrip-clock-reporter")

# --- What ptp4l says -------------------------------------------------------------------------------------------------

#: Type and domain in the header of a message (IEEE 1588-2019, 13.3), and its length.
_HEADER = struct.Struct("!BBHBB28x")
_SIGNALLING = 0xc
_MANAGEMENT = 0xd

_TLV_HEADER = struct.Struct("!HH")
_PORT_IDENTITY = struct.Struct("!8sH")

#: Where the TLVs of a signalling message begin: after the header and a port identity (13.12).
_SIGNALLING_HEADER = _HEADER.size + _PORT_IDENTITY.size

_SYNC_TIMING = 0x8004
#: linuxptp's own, for the delay request mechanism.
_DELAY_TIMING = 0x7f00

#: Sequence number, t1, correction, scaled rate offset, t2 (16.11.4.1).
_SYNC_RECORD = struct.Struct("!H10sqi10s")
#: Sequence number, t3, correction, t4.
_DELAY_RECORD = struct.Struct("!H10sq10s")

#: A correction is in units of 2^-16 nanoseconds (5.3.2).
_CORRECTIONS_IN_A_NANOSECOND = 1 << 16

#: A management message up to its TLV: header, target, two numbers of hops, action, reserved (15.4.1).
_MANAGEMENT_HEADER = struct.Struct("!BBHBB14x8sHHBb10sBBBB")
_MANAGEMENT_TLV = struct.Struct("!HHH")
_TLV_MANAGEMENT = 0x0001
_PORT_DATA_SET = 0x2004
_ALL_PORTS = b"\xff" * _PORT_IDENTITY.size
_CONTROL_MANAGEMENT = 4
_LOG_INTERVAL_UNDEFINED = 0x7f

#: The states of a port by their numbers (8.2.15.3.1), as the controller writes them.
_PORT_STATES = {1: "initializing", 2: "faulty", 3: "disabled", 4: "listening", 5: "pre-master", 6: "master",
                7: "passive", 8: "uncalibrated", 9: "slave"}

#: What a port says that takes the time: of several ports of a clock, it is the one to report.
_TAKING_TIME = ("slave", "uncalibrated")

#: What is said of the port while ptp4l does not answer: it places no messages.
_ABSENT = "disabled"


class Malformed(ValueError):
    """A datagram is not what it should be."""


@dataclass(frozen=True)
class Sync:
    """From the server to the client: t2 - t1 without corrections, in nanoseconds.

    `at` is t2, in nanoseconds since the epoch of PTP by the client's clock, and `server` the identity of the server's
    clock as ptp4l writes it.
    """

    sequence: int
    transit: float
    at: int = 0
    server: str = ""

    @property
    def left(self) -> float:
        """When it left the server, by the server's clock: t1 with corrections."""
        return self.at - self.transit


@dataclass(frozen=True)
class DelayRequest:
    """From the client to the server: t4 - t3 without corrections, in nanoseconds.

    `at` is t3, in nanoseconds since the epoch of PTP by the client's clock, and `server` the identity of the server's
    clock as ptp4l writes it.
    """

    sequence: int
    transit: float
    at: int = 0
    server: str = ""


def read_events(datagram: bytes) -> Iterator[Sync | DelayRequest]:
    """Reads the events of one signalling message. TLVs that are none of ours are passed over.

    :raises Malformed: if the message ends in the middle of something
    """
    try:
        position = _SIGNALLING_HEADER
        while position < len(datagram):
            kind, length = _TLV_HEADER.unpack_from(datagram, position)
            position += _TLV_HEADER.size
            if position + length > len(datagram):
                raise Malformed(f"a TLV of {length} octets in a message that has {len(datagram) - position} left")
            yield from _records(kind, datagram[position:position + length])
            position += length
    except struct.error as error:
        raise Malformed(str(error)) from error


def _records(kind: int, value: bytes) -> Iterator[Sync | DelayRequest]:
    if kind == _SYNC_TIMING:
        server = _clock_identity(value)
        for sequence, left, correction, _, arrived in _SYNC_RECORD.iter_unpack(value[_PORT_IDENTITY.size:]):
            yield Sync(sequence, _transit(left, arrived, correction), _timestamp(arrived), server)
    elif kind == _DELAY_TIMING:
        server = _clock_identity(value)
        for sequence, left, correction, arrived in _DELAY_RECORD.iter_unpack(value[_PORT_IDENTITY.size:]):
            yield DelayRequest(sequence, _transit(left, arrived, correction), _timestamp(left), server)


def _clock_identity(value: bytes) -> str:
    identity = _PORT_IDENTITY.unpack_from(value)[0].hex()
    return f"{identity[:6]}.{identity[6:10]}.{identity[10:]}"


def _transit(left: bytes, arrived: bytes, correction: int) -> float:
    return _timestamp(arrived) - _timestamp(left) - correction / _CORRECTIONS_IN_A_NANOSECOND


def _timestamp(octets: bytes) -> int:
    """Nanoseconds of a PTP timestamp: 48 bits of seconds, 32 bits of nanoseconds (5.3.3)."""
    return int.from_bytes(octets[:6], "big") * 1_000_000_000 + int.from_bytes(octets[6:], "big")


def message_type(datagram: bytes) -> int:
    """Returns the type of a message (13.3.2.3).

    :raises Malformed: if it is shorter than a header, or than it says
    """
    if len(datagram) < _HEADER.size:
        raise Malformed(f"{len(datagram)} octets are no PTP message")
    kind, _, length, _, _ = _HEADER.unpack_from(datagram)
    if length > len(datagram):
        raise Malformed(f"{len(datagram)} octets of a message of {length}")
    return int(kind & 0xf)


def domain_of(datagram: bytes) -> int:
    """Returns the domain of a message whose type could be read."""
    return int(_HEADER.unpack_from(datagram)[3])


def port_state_request(domain: int, sequence: int) -> bytes:
    """Returns a management message that asks all ports of a clock for their data set (15.5.3.7.1)."""
    length = _MANAGEMENT_HEADER.size + _MANAGEMENT_TLV.size
    header = _MANAGEMENT_HEADER.pack(_MANAGEMENT, 2, length, domain, 0, bytes(8), os.getpid() & 0xffff,
                                     sequence & 0xffff, _CONTROL_MANAGEMENT, _LOG_INTERVAL_UNDEFINED, _ALL_PORTS,
                                     0, 0, 0, 0)
    return header + _MANAGEMENT_TLV.pack(_TLV_MANAGEMENT, 2, _PORT_DATA_SET)


def read_port_state(datagram: bytes) -> tuple[int, str] | None:
    """Reads the number and the state of a port.

    :return: nothing if the message tells something else
    :raises Malformed: if the message is too short, or there is no such state
    """
    try:
        kind, length, identifier = _MANAGEMENT_TLV.unpack_from(datagram, _MANAGEMENT_HEADER.size)
        if (kind, identifier) != (_TLV_MANAGEMENT, _PORT_DATA_SET) or length <= 2:
            return None
        position = _MANAGEMENT_HEADER.size + _MANAGEMENT_TLV.size
        _, port = _PORT_IDENTITY.unpack_from(datagram, position)
        return port, _PORT_STATES[datagram[position + _PORT_IDENTITY.size]]
    except (struct.error, IndexError) as error:
        raise Malformed("a management message ends in the middle of a port data set") from error
    except KeyError as error:
        raise Malformed(f"there is no port state {error}") from error


# --- What is computed of it ------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Sample:
    """One measurement, in nanoseconds. `measured` is when, in seconds of the monotonic clock."""

    measured: float
    offset: int
    path_delay: int


class Pairing:
    """Makes a sample of every Delay_Req message and the Sync message next to it (IEEE 1588-2019, 11.3)::

        offset     = ((t2 - t1) - (t4 - t3)) / 2        each with its corrections, delayAsymmetry among them,
        path delay = ((t2 - t1) + (t4 - t3)) / 2        and without any filter

    The Delay_Req message must lie between two Sync messages of the same server that follow each other without a gap:
    so a sample is never made of messages before and after an interruption. There is a gap if the second one left the
    server later than it should: more than 1.5 times the usual interval after the first one. (Intervals are within 30 %
    of what they should be, 9.5.9.2. Sequence numbers do not tell, because a server of several unicast clients counts
    them together.) A lost Sync message costs the samples around it.

    Not safe for several threads.
    """

    _LONGEST_INTERVAL = 1.5
    _INTERVALS = 9
    _LEAST_INTERVALS = 3
    #: More than any client can have on their way at 128 messages a second.
    _MOST_WAITING = 256

    def __init__(self) -> None:
        self._syncs: collections.deque[Sync] = collections.deque(maxlen=self._MOST_WAITING)
        self._intervals: collections.deque[float] = collections.deque(maxlen=self._INTERVALS)
        self._requests: collections.deque[tuple[float, DelayRequest]] = collections.deque(maxlen=self._MOST_WAITING)

    def take(self, event: Sync | DelayRequest, now: float) -> Iterator[Sample]:
        """Takes an event and returns the samples that it completes.

        :param now: the time of the monotonic clock
        """
        if self._syncs and event.server != self._syncs[-1].server:
            self._forget()
        if isinstance(event, DelayRequest):
            self._requests.append((now, event))
        else:
            if self._syncs:
                self._intervals.append(event.left - self._syncs[-1].left)
            self._syncs.append(event)
        return self._complete()

    def _forget(self) -> None:
        self._syncs.clear()
        self._intervals.clear()
        self._requests.clear()

    def _complete(self) -> Iterator[Sample]:
        waiting, self._requests = self._requests, collections.deque(maxlen=self._MOST_WAITING)
        for measured, request in waiting:
            later = next((index for index, sync in enumerate(self._syncs) if sync.at > request.at), None)
            if later is None:
                self._requests.append((measured, request))
            elif later > 0 and self._follows(self._syncs[later - 1], self._syncs[later]):
                yield _sample(measured, request, self._syncs[later - 1], self._syncs[later])

    def _follows(self, before: Sync, after: Sync) -> bool:
        if len(self._intervals) < self._LEAST_INTERVALS:
            return False
        return 0 < after.left - before.left <= self._LONGEST_INTERVAL * statistics.median(self._intervals)


def _sample(measured: float, request: DelayRequest, before: Sync, after: Sync) -> Sample:
    nearest = before if request.at - before.at <= after.at - request.at else after
    return Sample(measured, round((nearest.transit - request.transit) / 2),
                  round((nearest.transit + request.transit) / 2))


class PortState:
    """What is known of the port, by what ptp4l has answered lately. Not safe for several threads."""

    #: How long an answer holds, in seconds.
    _HOLDS = 5.0

    def __init__(self) -> None:
        self._ports: dict[int, tuple[float, str]] = {}

    def answered(self, port: int, state: str, now: float) -> None:
        """Takes the state of a port, at a time of the monotonic clock."""
        self._ports[port] = (now, state)

    def state(self, now: float) -> str:
        """Returns the state of the port that takes the time, or else of the first one."""
        known = [state for _, (at, state) in sorted(self._ports.items()) if now - at <= self._HOLDS]
        return next((state for wanted in _TAKING_TIME for state in known if state == wanted),
                    known[0] if known else _ABSENT)


class Buffer:
    """Samples that wait to be sent; when there is no room left, the oldest go. Thread-safe."""

    def __init__(self, room: int) -> None:
        """:param room: how many samples it holds"""
        self._lock = threading.Lock()
        self._samples: collections.deque[Sample] = collections.deque(maxlen=room)
        self._lost = 0

    def __len__(self) -> int:
        with self._lock:
            return len(self._samples)

    def add(self, samples: Iterable[Sample]) -> None:
        """Adds samples."""
        with self._lock:
            for sample in samples:
                self._lost += len(self._samples) == self._samples.maxlen
                self._samples.append(sample)

    def take(self, most: int) -> list[Sample]:
        """Takes the oldest samples out."""
        with self._lock:
            return [self._samples.popleft() for _ in range(min(most, len(self._samples)))]

    def lost(self) -> int:
        """Returns how many were lost since it was last asked."""
        with self._lock:
            lost, self._lost = self._lost, 0
            return lost


class BackOff:
    """How long to wait after failures: twice as long each time, by a random part less, so that many reporters that
    have lost the same controller do not come back together. Not safe for several threads.
    """

    def __init__(self, first: float = 1.0, longest: float = 60.0,
                 chance: Callable[[], float] = random.random) -> None:
        """
        :param first: seconds after the first failure, at most
        :param longest: seconds after many, at most
        :param chance: returns 0 to 1
        """
        self._first = first
        self._longest = longest
        self._chance = chance
        self._next = first

    def failed(self) -> float:
        """Returns how many seconds to wait after one more failure: at least half of what it might be."""
        wait, self._next = self._next, min(self._longest, self._next * 2)
        return wait * (1 + self._chance()) / 2

    def succeeded(self) -> None:
        """Begins anew."""
        self._next = self._first


# --- What is configured ----------------------------------------------------------------------------------------------

class Misconfigured(Exception):
    """A setting is missing or wrong. The message says which and what would be right."""


@dataclass(frozen=True)
class Ptp4l:
    """What must be known of ptp4l's configuration."""

    event_socket: Path
    management_socket: Path
    domain: int
    delay_asymmetry: int


def read_ptp4l(file: Path) -> Ptp4l:
    """Reads ptp4l's configuration.

    :raises Misconfigured: if it can't be read, or ptp4l tells nobody of its events
    """
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise Misconfigured(f"ptp4l's configuration can't be read: {error}; set 'ptp4l' to its file") from error
    options: dict[str, str] = {}
    section = "global"
    for line in lines:
        words = line.split("#", 1)[0].split(None, 1)
        if len(words) >= 1 and words[0].startswith("["):
            section = words[0].strip("[]")
        elif len(words) == 2 and (section == "global" or words[0] == "delayAsymmetry"):
            options[words[0]] = words[1].strip()
    if not options.get("slave_event_monitor"):
        raise Misconfigured(f"slave_event_monitor is missing in {file}: add the line\n"
                            "    slave_event_monitor /run/roundtrip-clock-reporter/events\n"
                            "to its section [global] and restart ptp4l")
    return Ptp4l(Path(options["slave_event_monitor"]), Path(options.get("uds_address", "/var/run/ptp4l")),
                 _whole_number(options, "domainNumber", 0, 127, str(file)),
                 _whole_number(options, "delayAsymmetry", -2**31, 2**31 - 1, str(file)))


def _whole_number(options: Mapping[str, str], name: str, least: int, most: int, where: str) -> int:
    try:
        value = int(options.get(name, "0"), 0)
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        raise Misconfigured(f"{name} in {where} is '{options[name]}', not a number from {least} to {most}")
    return value


@dataclass(frozen=True)
class Settings:
    """What the reporter is told."""

    controller: str
    user: str
    password: str
    session: str
    client: str
    ptp4l: Path
    interval: float
    buffer: int
    time_error: bool
    ca_file: str


_OPTIONS = ("controller", "user", "password-file", "session", "client", "ptp4l", "interval", "buffer", "time-error",
            "ca-file")


def read_settings(file: Path, environment: Mapping[str, str], time_error: bool) -> Settings:
    """Reads the configuration.

    :param environment: may hold ROUNDTRIP_PASSWORD
    :param time_error: whether it was said on the command line
    :raises Misconfigured: if something is missing or wrong
    """
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(file.read_text(encoding="utf-8"), str(file))
        section = parser["reporter"]
    except OSError as error:
        raise Misconfigured(f"the configuration can't be read: {error}") from error
    except (configparser.Error, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file}: {error}") from error
    except KeyError as error:
        raise Misconfigured(f"{file} has no section [reporter]") from error
    unknown = sorted(set(section) - set(_OPTIONS))
    if unknown:
        raise Misconfigured(f"{file}: {', '.join(unknown)}: unknown; known are {', '.join(_OPTIONS)}")
    controller = section.get("controller", "")
    if not controller.startswith(("http://", "https://")):
        raise Misconfigured(f"{file}: controller must be an address, such as https://controller:8181/onos")
    if not section.get("session") and not section.get("client"):
        raise Misconfigured(f"{file}: client is missing: a host id, an IP address or a switch port, as in the"
                            " clock session; or give the name of the session")
    return Settings(controller.rstrip("/"), section.get("user", "onos"), _password(section, environment),
                    section.get("session", ""), section.get("client", ""),
                    Path(section.get("ptp4l", "/etc/linuxptp/ptp4l.conf")),
                    _number(section, "interval", 1.0, 0.1, 10.0), int(_number(section, "buffer", 20_000, 1, 1_000_000)),
                    time_error or _flag(section, "time-error"), section.get("ca-file", ""))


def _password(section: configparser.SectionProxy, environment: Mapping[str, str]) -> str:
    if "ROUNDTRIP_PASSWORD" in environment:
        return environment["ROUNDTRIP_PASSWORD"]
    file = section.get("password-file", "")
    if not file:
        raise Misconfigured("there is no password: set password-file, or ROUNDTRIP_PASSWORD in the environment")
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"password-file: {error}") from error


def _number(section: configparser.SectionProxy, name: str, default: float, least: float, most: float) -> float:
    try:
        value = float(section.get(name, str(default)))
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        raise Misconfigured(f"{name} is '{section[name]}', not a number from {least:g} to {most:g}")
    return value


def _flag(section: configparser.SectionProxy, name: str) -> bool:
    try:
        return section.getboolean(name, fallback=False)
    except ValueError as error:
        raise Misconfigured(f"{name} is '{section[name]}', not yes or no") from error


# --- What is sent ----------------------------------------------------------------------------------------------------

class NotNow(Exception):
    """The controller can't take a report at present. It should be sent again."""


class Refused(Exception):
    """The controller does not take this report, now or later."""


class ControllerClient:
    """Sends reports. Not safe for several threads."""

    _SECONDS_TO_ANSWER = 10.0
    _PROBLEM = "application/problem+json"

    def __init__(self, settings: Settings) -> None:
        self._url = f"{settings.controller}/roundtrip/clock/reports"
        credentials = f"{settings.user}:{settings.password}".encode()
        self._headers = {"Content-Type": "application/json",
                         "Authorization": f"Basic {base64.b64encode(credentials).decode()}"}
        # A proxy of the machine is not for this.
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if settings.controller.startswith("https://"):
            context = ssl.create_default_context(cafile=settings.ca_file or None)
            handlers.append(urllib.request.HTTPSHandler(context=context))
        self._opener = urllib.request.build_opener(*handlers)

    def send(self, report: Mapping[str, object]) -> None:
        """Sends a report.

        :raises NotNow: if the controller is away, is starting, does not lead, or does not know the user
        :raises Refused: if the report is wrong, or there is no session for it
        """
        request = urllib.request.Request(self._url, json.dumps(report).encode(), self._headers, method="POST")
        try:
            with self._opener.open(request, timeout=self._SECONDS_TO_ANSWER) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise self._failure(error) from error
        except (OSError, ValueError) as error:
            raise NotNow(f"the controller at {self._url} does not answer: {getattr(error, 'reason', error)}") from error

    def _failure(self, error: urllib.error.HTTPError) -> Exception:
        if error.code in (401, 403):
            return NotNow(f"the controller does not know the user or the password (status {error.code})")
        # A 404 without a problem document is not ours: the application is not there yet.
        is_ours = str(error.headers.get("Content-Type", "")).startswith(self._PROBLEM)
        try:
            detail = str(json.loads(error.read()).get("detail", "")) if is_ours else ""
        except (OSError, ValueError, AttributeError):
            detail = ""
        message = f"the controller answers with status {error.code}: {detail or error.reason}"
        return Refused(message) if is_ours and 400 <= error.code < 500 else NotNow(message)


class Sender(threading.Thread):
    """Sends what is in the buffer, every now and then, in a thread of its own."""

    _MOST_SAMPLES = 1_000
    #: A problem that lasts is told again after so many seconds.
    _SECONDS_TO_REPEAT = 300.0

    def __init__(self, settings: Settings, send: Callable[[Mapping[str, object]], None], buffer: Buffer,
                 about: Callable[[], Mapping[str, object]]) -> None:
        """
        :param send: sends a report, or raises NotNow or Refused
        :param about: what a report says beside its samples, at the time of the call
        """
        super().__init__(name="sender", daemon=True)
        self._settings = settings
        self._send = send
        self._buffer = buffer
        self._about = about
        self._ended = threading.Event()
        self._back_off = BackOff()
        self._batch: Sequence[Mapping[str, object]] = ()
        self._told = ("", 0.0)

    def end(self) -> None:
        """Ends the thread after one more report, if the controller takes one at once."""
        self._ended.set()
        self.join(ControllerClient._SECONDS_TO_ANSWER)

    def run(self) -> None:
        """Sends until it is ended."""
        wait = self._settings.interval
        while not self._ended.wait(wait):
            wait = self.step()
        self.step()

    def step(self) -> float:
        """Sends one report, and returns how many seconds to wait."""
        # A batch stays as it is until it is taken, so that the controller knows it if only the answer was lost.
        if not self._batch:
            self._batch = [_document(sample) for sample in self._buffer.take(self._MOST_SAMPLES)]
        try:
            self._send({**self._about(), "sent": _time(time.time()), "samples": self._batch})
        except NotNow as why:
            self._tell(str(why))
            return self._back_off.failed()
        except Refused as why:
            self._tell(f"{why}; its {len(self._batch)} samples are lost")
            self._batch = ()
            return self._back_off.failed()
        self._batch = ()
        self._back_off.succeeded()
        self._recovered()
        return self._settings.interval if len(self._buffer) < self._MOST_SAMPLES else 0.0

    def _tell(self, problem: str) -> None:
        told, at = self._told
        now = time.monotonic()
        if problem != told or now - at >= self._SECONDS_TO_REPEAT:
            log.warning("%s", problem)
            self._told = (problem, now)

    def _recovered(self) -> None:
        lost = self._buffer.lost()
        if lost:
            log.warning("%d samples were lost: the controller was away for too long", lost)
        if self._told[0]:
            log.info("reports reach the controller again")
            self._told = ("", 0.0)


def _document(sample: Sample) -> Mapping[str, object]:
    # The clock of the node may be set while samples wait; how long they have waited stays true.
    measured = time.time() - (time.monotonic() - sample.measured)
    return {"time": _time(measured), "offset": sample.offset, "path-delay": sample.path_delay}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


# --- The program -----------------------------------------------------------------------------------------------------

class Reporter:
    """Listens to ptp4l until it is told to end. Only :meth:`end` may be called by others than the thread that runs."""

    _LARGEST_DATAGRAM = 4096
    _SECONDS_BETWEEN_QUESTIONS = 1.0
    #: ptp4l starts and stops; only if it is away for so long, that is worth a line.
    _SECONDS_OF_PATIENCE = 10.0

    def __init__(self, settings: Settings, ptp4l: Ptp4l,
                 send: Callable[[Mapping[str, object]], None]) -> None:
        self._settings = settings
        self._ptp4l = ptp4l
        self._domain = ptp4l.domain
        self._buffer = Buffer(settings.buffer)
        self._pairing = Pairing()
        self._port = PortState()
        self._sender = Sender(settings, send, self._buffer, self._about)
        self._ended = threading.Event()
        self._answered = time.monotonic()
        self._questions = 0
        self._problem = ""

    def end(self, *_: object) -> None:
        """Ends it; fit for a signal handler."""
        self._ended.set()

    def run(self) -> None:
        """Listens and reports.

        :raises Misconfigured: if it can't listen
        """
        with _listening(self._ptp4l.event_socket) as receiver:
            log.info("listening at %s for the PTP client of domain %d", self._ptp4l.event_socket, self._domain)
            self._sender.start()
            try:
                self._listen(receiver)
            finally:
                self._ptp4l.event_socket.unlink(missing_ok=True)
                self._sender.end()

    def _listen(self, receiver: socket.socket) -> None:
        next_question = time.monotonic()
        while not self._ended.is_set():
            now = time.monotonic()
            if now >= next_question:
                self._ask(receiver)
                next_question = now + self._SECONDS_BETWEEN_QUESTIONS
            receiver.settimeout(max(0.01, next_question - now))
            try:
                self._take(receiver.recv(self._LARGEST_DATAGRAM))
            except (socket.timeout, InterruptedError):
                pass
            except Malformed as error:
                log.warning("a datagram at %s is not from ptp4l: %s", self._ptp4l.event_socket, error)

    def _take(self, datagram: bytes) -> None:
        now = time.monotonic()
        kind = message_type(datagram)
        if kind == _SIGNALLING:
            # The command line of ptp4l may say another domain than its configuration.
            self._domain = domain_of(datagram)
            for event in list(read_events(datagram)):
                self._buffer.add(self._pairing.take(event, now))
        elif kind == _MANAGEMENT:
            answer = read_port_state(datagram)
            if answer is not None:
                self._port.answered(*answer, now)
                self._answered = now
                self._say("")

    def _ask(self, receiver: socket.socket) -> None:
        self._questions += 1
        problem = f"ptp4l does not answer at {self._ptp4l.management_socket} for domain {self._domain}"
        try:
            receiver.sendto(port_state_request(self._domain, self._questions), str(self._ptp4l.management_socket))
        except (FileNotFoundError, ConnectionRefusedError):
            problem = f"ptp4l does not run: nobody listens at {self._ptp4l.management_socket} (its uds_address)"
        except PermissionError:
            problem = (f"the reporter may not write to {self._ptp4l.management_socket}: run it as the user of ptp4l,"
                       " or in its group")
        except OSError as error:
            problem = f"{self._ptp4l.management_socket}: {error}"
        if time.monotonic() - self._answered > self._SECONDS_OF_PATIENCE:
            self._say(problem)

    def _say(self, problem: str) -> None:
        if problem == self._problem:
            return
        if problem:
            log.warning("%s", problem)
        else:
            log.info("ptp4l answers")
        self._problem = problem

    def _about(self) -> Mapping[str, object]:
        who = {"session": self._settings.session} if self._settings.session else {"client": self._settings.client}
        return {**who, "domain": self._domain, "port-state": self._port.state(time.monotonic()),
                "reference": "time-error" if self._settings.time_error else "server",
                "delay-asymmetry": self._ptp4l.delay_asymmetry}


def _listening(path: Path) -> socket.socket:
    """Returns a socket that receives what is sent to a path.

    :raises Misconfigured: if there can be none
    """
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        _remove_leftover(path)
        receiver.bind(str(path))
        # ptp4l may have dropped its privileges; what it could do with the socket is to report.
        path.chmod(0o660)
        return receiver
    except OSError as error:
        receiver.close()
        raise Misconfigured(f"{path} (slave_event_monitor of ptp4l) can't be listened at: {error}; its folder must be"
                            " there and belong to the user of the reporter, and the path must be short") from error


def _remove_leftover(path: Path) -> None:
    """A reporter that was killed leaves its socket; one that runs must not lose it."""
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as visitor:
        try:
            visitor.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise Misconfigured(f"somebody else listens at {path}: does another reporter run?")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program.

    :return: the exit status: 0 after SIGTERM, 78 (EX_CONFIG) if something is configured wrongly
    """
    parser = argparse.ArgumentParser(
        prog="roundtrip-clock-reporter",
        description="Tells a Roundtrip controller what the PTP client (ptp4l) on this node measures.",
        epilog="The password comes from the file that 'password-file' names, or from ROUNDTRIP_PASSWORD in the"
               " environment.")
    parser.add_argument("-c", "--configuration", type=Path, default=Path("/etc/roundtrip/clock-reporter.conf"),
                        metavar="FILE", help="the configuration (default: %(default)s)")
    parser.add_argument("--time-error", action="store_true",
                        help="the clock of this node is right by other means, or runs free: the offsets are errors of"
                             " the way")
    parser.add_argument("--check", action="store_true", help="only say whether the configuration is right")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    try:
        settings = read_settings(options.configuration, os.environ, options.time_error)
        ptp4l = read_ptp4l(settings.ptp4l)
        client = ControllerClient(settings)
        if options.check:
            log.info("the configuration is right")
            return 0
        reporter = Reporter(settings, ptp4l, client.send)
        signal.signal(signal.SIGTERM, reporter.end)
        signal.signal(signal.SIGINT, reporter.end)
        reporter.run()
    except (Misconfigured, ssl.SSLError, FileNotFoundError) as error:
        log.error("%s", error)
        return os.EX_CONFIG
    return 0


if __name__ == "__main__":
    sys.exit(main())
