# SPDX-License-Identifier: Apache-2.0
"""Frames, bit by bit."""

from topologies.frames import plain_udp, ptp_over_ethernet, ptp_over_udp
from topologies.two_sites import two_sites

_NETWORK = two_sites()
_SERVER, _CLIENT = _NETWORK.host("server"), _NETWORK.host("client")


def test_ptp_over_udp_has_its_port_and_a_right_checksum() -> None:
    frame = ptp_over_udp(_SERVER, _CLIENT).to_bytes()
    header = frame[14:34]

    assert frame[:14].hex() == "020000000003" "020000000001" "0800"
    assert sum(int.from_bytes(header[i:i + 2], "big") for i in range(0, 20, 2)) % 0xffff == 0
    assert int.from_bytes(frame[36:38], "big") == 319


def test_labels_come_outermost_first_and_only_the_last_is_the_bottom() -> None:
    frame = plain_udp(_SERVER, _CLIENT).with_labels((100, 200)).to_bytes()

    assert frame[12:14].hex() == "8847"
    assert [int.from_bytes(frame[i:i + 4], "big") >> 8 for i in (14, 18)] == [100 << 4, 200 << 4 | 1]
    assert frame[22] == 0x45


def test_ptp_over_ethernet_goes_to_its_group() -> None:
    assert ptp_over_ethernet(_SERVER).to_bytes()[:14].hex() == "011b19000000" "020000000001" "88f7"
