# SPDX-License-Identifier: Apache-2.0
"""IP packets as they were captured, read by their standards, and whether their checksums are right."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass, replace
from typing import Sequence

ICMP = 1
TCP = 6
UDP = 17
ICMP6 = 58
SCTP = 132

_IPV4_TYPE = 0x0800
_IPV6_TYPE = 0x86dd
_FRAGMENT = 44
_ETHERNET_HEADER = 14
_IPV4_PSEUDO_HEADER = 12

#: The shortest header of a transport protocol, and those of some.
_SHORTEST = 8
_HEADERS = {TCP: 20, UDP: 8, SCTP: 12}

#: ICMP errors quote the packet that they are about after so many octets (RFC 792, RFC 4443).
_ICMP_HEADER = 8
_ERRORS = {ICMP: (3, 11, 12), ICMP6: (1, 2, 3, 4)}


@dataclass(frozen=True)
class Packet:
    """An IP packet. Ports are 0 where there are none; `kind` is type and code of ICMP; `rest` is what follows the
    first 4 octets of ICMP, such as the MTU. `quoted` is what an ICMP error quotes. `faults` names what is wrong.
    """

    source: str
    destination: str
    protocol: int
    ttl: int
    source_port: int = 0
    destination_port: int = 0
    kind: tuple[int, int] = (0, 0)
    rest: int = 0
    fragment_offset: int = 0
    more_fragments: bool = False
    length: int = 0
    payload: bytes = b""
    quoted: Packet | None = None
    faults: tuple[str, ...] = ()
    eth_source: str = ""
    eth_destination: str = ""

    @property
    def ends(self) -> tuple[str, int, str, int]:
        """Source and destination with their ports."""
        return self.source, self.source_port, self.destination, self.destination_port

    @property
    def is_fragment(self) -> bool:
        """Whether it is only a part."""
        return self.fragment_offset > 0 or self.more_fragments


def packet_of(frame: bytes) -> Packet | None:
    """Reads the IP packet in an Ethernet frame; nothing if there is none."""
    ethernet_type: int = struct.unpack_from("!H", frame, 12)[0]
    if ethernet_type not in (_IPV4_TYPE, _IPV6_TYPE):
        return None
    packet = _read(frame[_ETHERNET_HEADER:], is_quoted=False)
    return replace(packet, eth_source=frame[6:12].hex(":"), eth_destination=frame[:6].hex(":"))


def packets_of(frames: Sequence[bytes]) -> list[Packet]:
    """Reads the IP packets in Ethernet frames and leaves out what is none."""
    return [packet for packet in map(packet_of, frames) if packet is not None]


def checksum(octets: bytes) -> int:
    """The Internet checksum (RFC 1071). It is 0 over what includes a right one."""
    total: int = sum(struct.unpack(f"!{len(octets) // 2}H", octets[:len(octets) // 2 * 2]))
    if len(octets) % 2:
        total += octets[-1] << 8
    while total > 0xffff:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def _read(octets: bytes, is_quoted: bool) -> Packet:
    return _read_ipv4(octets, is_quoted) if octets[0] >> 4 == 4 else _read_ipv6(octets, is_quoted)


def _read_ipv4(octets: bytes, is_quoted: bool) -> Packet:
    header = (octets[0] & 0xf) * 4
    length, _, fragment, ttl, protocol = struct.unpack_from("!HHHBB", octets, 2)
    source, destination = (str(ipaddress.IPv4Address(octets[start:start + 4])) for start in (12, 16))
    packet = Packet(source, destination, protocol, ttl, length=length,
                    fragment_offset=(fragment & 0x1fff) * 8, more_fragments=bool(fragment & 0x2000),
                    faults=() if checksum(octets[:header]) == 0 else ("IPv4 header checksum",))
    pseudo = octets[12:20] + struct.pack("!BBH", 0, protocol, length - header)
    return _read_payload(packet, octets[header:length], length - header, b"" if is_quoted else pseudo)


def _read_ipv6(octets: bytes, is_quoted: bool) -> Packet:
    payload_length, following, hop_limit = struct.unpack_from("!HBB", octets, 4)
    source, destination = (str(ipaddress.IPv6Address(octets[start:start + 16])) for start in (8, 24))
    packet = Packet(source, destination, following, hop_limit, length=40 + payload_length)
    start = 40
    if following == _FRAGMENT:
        following, _, fragment = struct.unpack_from("!BBH", octets, 40)
        packet = replace(packet, protocol=following, fragment_offset=fragment & 0xfff8,
                         more_fragments=bool(fragment & 1))
        start = 48
    length = 40 + payload_length - start
    pseudo = octets[8:40] + struct.pack("!IHBB", length, 0, 0, following)
    return _read_payload(packet, octets[start:40 + payload_length], length, b"" if is_quoted else pseudo)


def _read_payload(packet: Packet, octets: bytes, length: int, pseudo: bytes) -> Packet:
    """:param pseudo: the pseudo header for checksums; without it, that of what is quoted is not looked at"""
    if packet.fragment_offset > 0 or len(octets) < _SHORTEST:
        return replace(packet, payload=octets)
    is_checked = bool(pseudo) and len(octets) == length and not packet.more_fragments
    if packet.protocol in (ICMP, ICMP6):
        return _read_icmp(packet, octets, pseudo, is_checked)
    if packet.protocol not in (TCP, UDP, SCTP):
        return replace(packet, payload=octets)
    source_port, destination_port = struct.unpack_from("!HH", octets)
    header = (octets[12] >> 4) * 4 if packet.protocol == TCP and len(octets) > 12 else _HEADERS[packet.protocol]
    # UDP over IPv4 can do without a checksum (RFC 768). That of SCTP covers no addresses.
    has_none = packet.protocol == SCTP or (packet.protocol == UDP and len(pseudo) == _IPV4_PSEUDO_HEADER
                                           and octets[6:8] == bytes(2))
    is_wrong = is_checked and not has_none and checksum(pseudo + octets) != 0
    return replace(packet, source_port=source_port, destination_port=destination_port, payload=octets[header:],
                   faults=(*packet.faults, "transport checksum") if is_wrong else packet.faults)


def _read_icmp(packet: Packet, octets: bytes, pseudo: bytes, is_checked: bool) -> Packet:
    faults = packet.faults
    if is_checked and checksum(octets if packet.protocol == ICMP else pseudo + octets) != 0:
        faults += ("ICMP checksum",)
    quoted = _read(octets[_ICMP_HEADER:], is_quoted=True) if octets[0] in _ERRORS[packet.protocol] else None
    if quoted is not None:
        faults += tuple(f"quoted {fault}" for fault in quoted.faults)
    return replace(packet, kind=(octets[0], octets[1]), rest=struct.unpack_from("!I", octets, 4)[0],
                   payload=octets[_ICMP_HEADER:], faults=faults, quoted=quoted)
