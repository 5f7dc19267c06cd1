# SPDX-License-Identifier: Apache-2.0
"""Signalling messages of unicast negotiation (IEEE 1588-2019, 13.12 and 16.1), right and wrong ones."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from typing import Iterable, Iterator

from topologies.description import Host
from topologies.frames import PTP_GENERAL_PORT, Frame, udp_over_ipv4

#: TLV types (IEEE 1588-2019, table 52).
ORGANIZATION_EXTENSION = 0x0003
REQUEST = 0x0004
GRANT = 0x0005
CANCEL = 0x0006
ACKNOWLEDGE_CANCEL = 0x0007

#: Messages that can be asked for (IEEE 1588-2019, table 42).
ANNOUNCE = 0xB
SYNC = 0x0
DELAY_RESP = 0x9

#: What the network puts into requests that it lets through, unless configured otherwise.
PATH_CONSISTENCY = bytes.fromhex("00005e005301")

_SIGNALLING = 0xC
_HEADER = 34
_IDENTITY = 10
_UDP_PAYLOAD_IN_FRAME = 14 + 20 + 8
_ANY_PORT = b"\xff" * _IDENTITY


@dataclass(frozen=True)
class Tlv:
    """A type, a length and a value."""

    kind: int
    value: bytes

    def to_bytes(self) -> bytes:
        """Encodes it."""
        return struct.pack("!HH", self.kind, len(self.value)) + self.value


def request(message_type: int, log_period: int, seconds: int) -> Tlv:
    """Returns a REQUEST_UNICAST_TRANSMISSION."""
    return Tlv(REQUEST, struct.pack("!BbI", message_type << 4, log_period, seconds))


def cancel(message_type: int) -> Tlv:
    """Returns a CANCEL_UNICAST_TRANSMISSION."""
    return Tlv(CANCEL, bytes([message_type << 4, 0]))


def message(host: Host, tlvs: Iterable[Tlv], domain: int = 0, sequence: int = 0) -> bytes:
    """Returns a message of the first PTP port of a host, to any port of who receives it."""
    octets = bytes.fromhex(host.mac.replace(":", ""))
    identity = octets[:3] + b"\xff\xfe" + octets[3:] + b"\x00\x01"
    body = _ANY_PORT + b"".join(tlv.to_bytes() for tlv in tlvs)
    return struct.pack("!BBHBBHQI10sHBb", _SIGNALLING, 2, _HEADER + len(body), domain, 0, 0x0400, 0, 0, identity,
                       sequence, 5, 0x7f) + body


def frame(sender: Host, receiver: Host, payload: bytes) -> Frame:
    """Returns the frame that carries a message over UDP/IPv4."""
    return udp_over_ipv4(sender, receiver, PTP_GENERAL_PORT, payload)


def tlvs_of(recorded: bytes) -> Iterator[Tlv]:
    """Returns the TLVs in a frame with a signalling message over UDP/IPv4 as it was recorded; none of any other."""
    octets = recorded[_UDP_PAYLOAD_IN_FRAME:]
    if len(octets) < _HEADER + _IDENTITY or octets[0] & 0xf != _SIGNALLING:
        return
    rest = octets[_HEADER + _IDENTITY:struct.unpack_from("!H", octets, 2)[0]]
    while len(rest) >= 4:
        kind, length = struct.unpack_from("!HH", rest)
        yield Tlv(kind, rest[4:4 + length])
        rest = rest[4 + length:]


def malformed(sender: Host, receiver: Host, seed: int = 4) -> list[Frame]:
    """Returns frames each of which is wrong in its own way: lengths that lie, TLVs cut off, noise."""
    right = message(sender, [request(ANNOUNCE, 0, 60), request(SYNC, -4, 60), request(DELAY_RESP, -4, 60)])
    noise = random.Random(seed)
    messages = [right[:length] for length in range(0, len(right), 3)]
    messages += [_with(right, 2, struct.pack("!H", length)) for length in (0, 1, 34, 43, len(right) + 1, 0xffff)]
    tlv = _HEADER + _IDENTITY
    messages += [_with(right, tlv + 2, struct.pack("!H", length)) for length in (0, 1, 5, 7, 0x7fff, 0xffff)]
    messages += [_with(right, tlv, struct.pack("!H", kind)) for kind in (0, 3, 5, 7, 0x2000, 0xffff)]
    messages += [message(sender, [request(ANNOUNCE, 0, 60)] * 80), message(sender, [Tlv(0x2004, bytes(1_200))])]
    messages += [noise.randbytes(noise.randrange(1_400)) for _ in range(40)]
    messages += [_with(right, at, noise.randbytes(1)) for at in range(len(right))]
    return [frame(sender, receiver, octets) for octets in messages]


def lying(sender: Host, receiver: Host) -> list[Frame]:
    """Returns frames whose IP and UDP lengths are not those of what they carry."""
    right = frame(sender, receiver, message(sender, [request(ANNOUNCE, 0, 60)]))
    return [Frame(right.source, right.destination, right.ethernet_type, payload) for payload in (
        _with(right.payload, 24, struct.pack("!H", 0)), _with(right.payload, 24, struct.pack("!H", 7)),
        _with(right.payload, 24, struct.pack("!H", 0xffff)), right.payload[:-20], right.payload[:29],
        right.payload + bytes(900))]


def _with(octets: bytes, at: int, others: bytes) -> bytes:
    return octets[:at] + others + octets[at + len(others):]
