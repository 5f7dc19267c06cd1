# SPDX-License-Identifier: Apache-2.0
"""What is taken out of a capture of OpenFlow, and when rules count as confirmed."""

from __future__ import annotations

import struct

import pytest

from benchmarks.control_channel import (BARRIER_REPLY, BARRIER_REQUEST, FLOW_MOD, PACKET_IN, Confirmation, Message,
                                        Recording, confirmation)

_CONTROLLER = 6653
_SYN, _ACK = 2, 16


def openflow(kind: int, identifier: int, body: bytes = b"", version: int = 4) -> bytes:
    return struct.pack("!BBHI", version, kind, 8 + len(body), identifier) + body


def segment(source: int, destination: int, sequence: int, data: bytes, flags: int = _ACK) -> bytes:
    tcp = struct.pack("!HHIIBBHHH", source, destination, sequence, 0, 8 << 4, flags, 0, 0, 0) + bytes(12)
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp) + len(data), 0, 0, 64, 6, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
    return bytes(12) + b"\x08\x00" + ip + tcp + data


def capture(*frames: bytes) -> bytes:
    recorded = struct.pack("=IHHiIII", 0xa1b23c4d, 2, 4, 0, 0, 262144, 1)
    for number, frame in enumerate(frames):
        recorded += struct.pack("=IIII", 100 + number, 500_000_000, len(frame), len(frame)) + frame
    return recorded


def messages_of(recorded: bytes, size: int = 1 << 20) -> list[Message]:
    """What is in a capture that is read in pieces."""
    recording = Recording(_CONTROLLER)
    for position in range(0, len(recorded), size):
        recording.take(recorded[position:position + size])
    return recording.messages


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_messages_are_found_wherever_segments_end(size: int) -> None:
    data = openflow(FLOW_MOD, 7, b"rule") + openflow(BARRIER_REQUEST, 8)
    recorded = capture(segment(_CONTROLLER, 40001, 1000, data[:5]), segment(_CONTROLLER, 40001, 1005, data[5:]),
                       segment(40001, _CONTROLLER, 5, openflow(BARRIER_REPLY, 8)))

    assert messages_of(recorded, size) == [
        Message(101.5, 40001, FLOW_MOD, 7, b"rule"), Message(101.5, 40001, BARRIER_REQUEST, 8),
        Message(102.5, 40001, BARRIER_REPLY, 8)]


def test_what_is_sent_again_counts_once() -> None:
    data = openflow(FLOW_MOD, 7) + openflow(FLOW_MOD, 8)
    recorded = capture(segment(_CONTROLLER, 40001, 2 ** 32 - 4, data[:8]),
                       segment(_CONTROLLER, 40001, 2 ** 32 - 4, data), segment(_CONTROLLER, 40001, 3, data[7:8]))

    assert [message.identifier for message in messages_of(recorded)] == [7, 8]


def test_a_switch_that_comes_back_begins_anew() -> None:
    hello = openflow(0, 1, version=6)
    recorded = capture(segment(40001, _CONTROLLER, 5, openflow(PACKET_IN, 0)),
                       segment(40001, _CONTROLLER, 900, b"", _SYN), segment(40001, _CONTROLLER, 901, hello))

    assert [message.kind for message in messages_of(recorded)] == [PACKET_IN, 0]


def test_a_capture_with_a_gap_is_refused() -> None:
    recorded = capture(segment(40001, _CONTROLLER, 5, openflow(PACKET_IN, 0)),
                       segment(40001, _CONTROLLER, 14, openflow(PACKET_IN, 0)))

    with pytest.raises(ValueError, match="1 octets are missing"):
        messages_of(recorded)


def test_something_else_than_openflow_is_refused() -> None:
    with pytest.raises(ValueError, match="no message of OpenFlow"):
        messages_of(capture(segment(40001, _CONTROLLER, 5, b"GET / HTTP/1.1\r\n")))


def test_a_record_that_is_cut_off_is_left_out() -> None:
    recorded = capture(segment(40001, _CONTROLLER, 5, openflow(PACKET_IN, 1)),
                       segment(40001, _CONTROLLER, 13, openflow(PACKET_IN, 2)))

    assert [message.identifier for message in messages_of(recorded[:-1])] == [1]


def test_the_last_switch_counts() -> None:
    messages = [Message(0.5, 1, FLOW_MOD, 1), Message(1.0, 1, FLOW_MOD, 2), Message(1.1, 1, BARRIER_REQUEST, 3),
                Message(1.2, 2, FLOW_MOD, 4), Message(1.3, 1, BARRIER_REPLY, 3), Message(1.4, 2, BARRIER_REQUEST, 3),
                Message(1.45, 2, BARRIER_REPLY, 2), Message(1.5, 2, BARRIER_REPLY, 3), Message(2.0, 2, FLOW_MOD, 5)]

    assert confirmation(messages, 0.8, 1.9) == Confirmation(2, 1.0, 1.5)


def test_a_change_that_sends_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no rule was changed"):
        confirmation([Message(1.0, 1, BARRIER_REQUEST, 3), Message(1.1, 1, BARRIER_REPLY, 3)], 0.0, 2.0)


def test_a_change_that_is_never_confirmed_is_an_error() -> None:
    with pytest.raises(ValueError, match="has not confirmed"):
        confirmation([Message(1.0, 1, FLOW_MOD, 1), Message(1.1, 1, BARRIER_REQUEST, 3),
                      Message(1.2, 2, BARRIER_REPLY, 3)], 0.0, 2.0)
