# SPDX-License-Identifier: Apache-2.0
"""Frames as the hosts of an emulated network send them, and as they look with labels on."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass, replace

from topologies.description import Host

#: UDP ports of PTP event and general messages (IEEE 1588-2019, annex C) and its Ethernet type (annex E).
PTP_EVENT_PORT = 319
PTP_GENERAL_PORT = 320
PTP_ETHERNET_TYPE = 0x88f7

#: The multicast groups of PTP over UDP/IPv4 and over Ethernet for all messages but those of peer delay.
PTP_MULTICAST_ADDRESS = "224.0.1.129"
PTP_MULTICAST_MAC_OF_UDP = "01:00:5e:00:01:81"
PTP_MULTICAST_MAC = "01:1b:19:00:00:00"

_IPV4_TYPE = 0x0800
_IPV6_TYPE = 0x86dd
_MPLS_TYPE = 0x8847
_ARP_TYPE = 0x0806
_UDP = 17
_SCTP = 132
_SYNC = 0x0
_DELAY_REQUEST = 0x1


@dataclass(frozen=True)
class Frame:
    """An Ethernet frame. `labels` has the outermost label first; `ethernet_type` is that of the payload."""

    source: str
    destination: str
    ethernet_type: int
    payload: bytes
    labels: tuple[int, ...] = ()

    def with_labels(self, labels: tuple[int, ...]) -> Frame:
        """Returns the same frame with another label stack."""
        return replace(self, labels=labels)

    def to_bytes(self) -> bytes:
        """Encodes the frame, with a TTL of 64 in each label (RFC 3032)."""
        stack = b"".join(struct.pack("!I", label << 12 | (position == len(self.labels) - 1) << 8 | 64)
                         for position, label in enumerate(self.labels))
        kind = _MPLS_TYPE if self.labels else self.ethernet_type
        return _mac(self.destination) + _mac(self.source) + struct.pack("!H", kind) + stack + self.payload


def ptp_over_udp(sender: Host, receiver: Host, port: int = PTP_EVENT_PORT) -> Frame:
    """A PTP event message in UDP over IPv4 from one host to another: what the network does with it is what counts."""
    return Frame(sender.mac, receiver.mac, _IPV4_TYPE, _udp(sender.ip, receiver.ip, port, _ptp_message(_SYNC)))


def ptp_over_udp_multicast(sender: Host) -> Frame:
    """A PTP event message in UDP over IPv4 from a host to the multicast group of PTP."""
    return Frame(sender.mac, PTP_MULTICAST_MAC_OF_UDP, _IPV4_TYPE,
                 _udp(sender.ip, PTP_MULTICAST_ADDRESS, PTP_EVENT_PORT, _ptp_message(_SYNC)))


def ptp_over_ethernet(sender: Host) -> Frame:
    """A PTP event message over Ethernet from a host to the multicast group of PTP."""
    return Frame(sender.mac, PTP_MULTICAST_MAC, PTP_ETHERNET_TYPE, _ptp_message(_DELAY_REQUEST))


def ptp_over_udp_ipv6(sender: Host, receiver: Host, port: int = PTP_EVENT_PORT) -> Frame:
    """A PTP event message in UDP over IPv6 from one host to another."""
    message = _ptp_message(_SYNC)
    datagram = struct.pack("!HHHH", port, port, 8 + len(message), 0) + message
    header = struct.pack("!IHBB", 6 << 28, len(datagram), _UDP, 64)
    addresses = b"".join(ipaddress.IPv6Address(host.ipv6).packed for host in (sender, receiver))
    return Frame(sender.mac, receiver.mac, _IPV6_TYPE, header + addresses + datagram)


def ptp_over_ethernet_to(sender: Host, receiver: Host) -> Frame:
    """A PTP event message over Ethernet from one host to another."""
    return Frame(sender.mac, receiver.mac, PTP_ETHERNET_TYPE, _ptp_message(_DELAY_REQUEST))


def udp_over_ipv4(sender: Host, receiver: Host, port: int, payload: bytes) -> Frame:
    """A datagram from a UDP port of one host to the same port of another."""
    return Frame(sender.mac, receiver.mac, _IPV4_TYPE, _udp(sender.ip, receiver.ip, port, payload))


def plain_udp(sender: Host, receiver: Host, port: int = 5000) -> Frame:
    """A datagram that has nothing to do with clocks."""
    return Frame(sender.mac, receiver.mac, _IPV4_TYPE, _udp(sender.ip, receiver.ip, port, b"payload"))


def arp_announcement(sender: Host, address: str) -> Frame:
    """An ARP message by which a host tells everybody that an address is its own (RFC 5227, section 3)."""
    body = struct.pack("!HHBBH6s4s6s4s", 1, _IPV4_TYPE, 6, 4, 2, _mac(sender.mac), _ip(address), _mac(sender.mac),
                       _ip(address))
    return Frame(sender.mac, "ff:ff:ff:ff:ff:ff", _ARP_TYPE, body)


def sctp_init(sender: Host, receiver: Host, ports: tuple[int, int]) -> Frame:
    """A message that begins an SCTP association, from one port to another (RFC 9260, section 3.3.2)."""
    chunk = struct.pack("!BBHIIHHI", 1, 0, 20, 1, 65_536, 1, 1, 0)
    message = struct.pack("!HHII", *ports, 0, 0) + chunk
    return Frame(sender.mac, receiver.mac, _IPV4_TYPE, _ipv4(sender.ip, receiver.ip, _SCTP, message))


def _ptp_message(message_type: int) -> bytes:
    """The 44 octets of a Sync or Delay_Req message (IEEE 1588-2019, 13.6)."""
    return bytes([message_type, 2]) + struct.pack("!H", 44) + bytes(40)


def _udp(source: str, destination: str, port: int, payload: bytes) -> bytes:
    return _ipv4(source, destination, _UDP, struct.pack("!HHHH", port, port, 8 + len(payload), 0) + payload)


def _ipv4(source: str, destination: str, protocol: int, payload: bytes) -> bytes:
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0,
                         _ip(source), _ip(destination))
    return header[:10] + struct.pack("!H", _checksum(header)) + header[12:] + payload


def _checksum(header: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    total: int = sum(struct.unpack(f"!{len(header) // 2}H", header))
    while total > 0xffff:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def _mac(text: str) -> bytes:
    return bytes.fromhex(text.replace(":", ""))


def _ip(text: str) -> bytes:
    return bytes(int(part) for part in text.split("."))
