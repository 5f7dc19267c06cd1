# SPDX-License-Identifier: Apache-2.0
"""What is read in captured packets."""

import struct

import pytest

from topologies.description import Host, Port
from topologies.frames import Frame, plain_udp, ptp_over_udp_ipv6
from topologies.packets import ICMP, UDP, Packet, checksum, packet_of, packets_of
from topologies.service_nodes import service_nodes

_CLIENT, _MEMBER = service_nodes().host("client"), service_nodes().host("m1")


def _icmp_error(quoted: bytes) -> bytes:
    """What a router says of a packet that is too big for an MTU of 1300."""
    message = struct.pack("!BBHI", 3, 4, 0, 1300) + quoted[:28]
    message = message[:2] + struct.pack("!H", checksum(message)) + message[4:]
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(message), 0, 0, 63, ICMP, 0, bytes([10, 0, 1, 254]),
                         bytes([10, 9, 9, 9]))
    header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
    return Frame(_CLIENT.mac, _MEMBER.mac, 0x0800, header + message).to_bytes()


def _read(frame: bytes) -> Packet:
    packet = packet_of(frame)
    assert packet is not None
    return packet


def test_a_datagram_is_read() -> None:
    packet = _read(plain_udp(_CLIENT, _MEMBER).to_bytes())

    assert packet.ends == ("10.0.1.1", 5000, "10.0.2.1", 5000)
    assert (packet.eth_source, packet.eth_destination) == (_CLIENT.mac, _MEMBER.mac)
    assert (packet.protocol, packet.ttl, packet.payload) == (UDP, 64, b"payload")
    assert not packet.is_fragment


def test_a_wrong_checksum_is_found() -> None:
    frame = bytearray(plain_udp(_CLIENT, _MEMBER).to_bytes())
    # A TTL that was counted down by somebody who did not mind the header's checksum.
    frame[22] -= 1

    # The datagram itself has a checksum of 0, which over IPv4 is none.
    assert _read(bytes(frame)).faults == ("IPv4 header checksum",)


def test_over_ipv6_a_checksum_is_no_option() -> None:
    packet = _read(ptp_over_udp_ipv6(_CLIENT, _MEMBER).to_bytes())

    assert packet.ends == ("fd00:0:1::1", 319, "fd00:0:2::1", 319)
    assert packet.faults == ("transport checksum",)


def test_what_an_error_quotes_is_read() -> None:
    quoted = plain_udp(_MEMBER, _CLIENT).to_bytes()[14:]

    packet = _read(_icmp_error(quoted))

    assert (packet.kind, packet.rest, packet.faults) == ((3, 4), 1300, ())
    assert packet.quoted is not None
    assert packet.quoted.ends == ("10.0.2.1", 5000, "10.0.1.1", 5000)


def test_a_quoted_header_that_was_changed_without_its_checksum_is_found() -> None:
    quoted = bytearray(plain_udp(_MEMBER, _CLIENT).to_bytes()[14:])
    quoted[15] ^= 1

    assert _read(_icmp_error(bytes(quoted))).faults == ("quoted IPv4 header checksum",)


@pytest.mark.parametrize(("octets", "expected"), [(b"\x00\x01\xf2\x03\xf4\xf5\xf6\xf7", 0x220d), (b"\x01", 0xfeff)])
def test_the_checksum_is_that_of_rfc_1071(octets: bytes, expected: int) -> None:
    assert checksum(octets) == expected


def test_other_frames_are_left_out() -> None:
    host = Host("h", "02:00:00:00:00:01", _CLIENT.address, Port("e", 1))
    assert not packets_of([Frame(host.mac, host.mac, 0x0806, bytes(28)).to_bytes()])
