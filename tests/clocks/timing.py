# SPDX-License-Identifier: Apache-2.0
"""What a PTP client learns from its messages (IEEE 1588-2019, 11.3), and how ptp4l tells it to a monitor.

ptp4l sends the timestamps of every message to its ``slave_event_monitor``, in signalling messages with two TLVs:
SLAVE_RX_SYNC_TIMING_DATA (IEEE 1588-2019, 16.11.4.1) and linuxptp's own for the delay request mechanism.
"""

from __future__ import annotations

import statistics
import struct
from dataclasses import dataclass
from typing import Iterable, Iterator, Sequence

#: Header of a PTP message, and the port identity with which a signalling message begins (IEEE 1588-2019, 13.3, 13.12).
_SIGNALLING_HEADER = 34 + 10
_TLV_HEADER = struct.Struct("!HH")
_PORT_IDENTITY = struct.Struct("!8sH")

_SYNC_TIMING = 0x8004
_DELAY_TIMING = 0x7f00

#: Sequence number, t1, correction, scaled rate offset, t2.
_SYNC_RECORD = struct.Struct("!H10sqi10s")
#: Sequence number, t3, correction, t4.
_DELAY_RECORD = struct.Struct("!H10sq10s")

#: A correction is in units of 2^-16 nanoseconds (IEEE 1588-2019, 5.3.2).
_CORRECTIONS_IN_A_NANOSECOND = 1 << 16

#: ptp4l's filter of the path delay: the median of this many (its options delay_filter and delay_filter_length).
_FILTERED_DELAYS = 10


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


def read_events(datagram: bytes) -> Iterator[Sync | DelayRequest]:
    """Reads the events of one signalling message. TLVs that are none of ours are passed over.

    :raises struct.error: if the message ends in the middle of a TLV
    """
    position = _SIGNALLING_HEADER
    while position < len(datagram):
        kind, length = _TLV_HEADER.unpack_from(datagram, position)
        position += _TLV_HEADER.size
        server = _server(datagram, position) if length >= _PORT_IDENTITY.size else ""
        records = datagram[position + _PORT_IDENTITY.size:position + length]
        if kind == _SYNC_TIMING:
            for sequence, left, correction, _, arrived in _SYNC_RECORD.iter_unpack(records):
                yield Sync(sequence, _transit(left, arrived, correction), _timestamp(arrived), server)
        elif kind == _DELAY_TIMING:
            for sequence, left, correction, arrived in _DELAY_RECORD.iter_unpack(records):
                yield DelayRequest(sequence, _transit(left, arrived, correction), _timestamp(left), server)
        position += length


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


def _server(datagram: bytes, position: int) -> str:
    """The identity of the clock with whose port identity a TLV begins, in ptp4l's writing: 020000.fffe.000001."""
    identity: bytes = _PORT_IDENTITY.unpack_from(datagram, position)[0]
    digits = identity.hex()
    return f"{digits[:6]}.{digits[6:10]}.{digits[10:]}"


def _transit(left: bytes, arrived: bytes, correction: int) -> float:
    return _timestamp(arrived) - _timestamp(left) - correction / _CORRECTIONS_IN_A_NANOSECOND


def _timestamp(octets: bytes) -> int:
    """Nanoseconds of a PTP timestamp: 48 bits of seconds, 32 bits of nanoseconds (IEEE 1588-2019, 5.3.3)."""
    return int.from_bytes(octets[:6], "big") * 1_000_000_000 + int.from_bytes(octets[6:], "big")
