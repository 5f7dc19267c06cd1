# SPDX-License-Identifier: Apache-2.0
"""What became of messages."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from messaging.account import account, read_lines, without_known


def _sent(number: int, confirmed: bool = True) -> dict[str, Any]:
    return {"number": number, "key": f"key-{number % 2}", "sent": 1.0, "confirmed": confirmed}


def _received(number: int, after: float = 0.005, identifier: str = "") -> dict[str, Any]:
    return {"number": number, "key": f"key-{number % 2}", "sent": 1.0, "received": 1.0 + after,
            "id": identifier or f"north:0:{number}"}


def test_each_once_and_those_of_a_key_in_order_is_flawless() -> None:
    result = account([_sent(number) for number in range(4)], [_received(number) for number in (1, 0, 2, 3)])

    assert result.is_flawless
    assert (result.sent, result.confirmed, result.delivered) == (4, 4, 4)


def test_what_was_confirmed_and_did_not_arrive_is_lost() -> None:
    result = account([_sent(0), _sent(1), _sent(2, confirmed=False)], [_received(0)])

    assert (result.lost, result.is_flawless) == ((1,), False)


def test_what_was_not_confirmed_may_arrive_but_not_twice() -> None:
    assert account([_sent(0, confirmed=False)], [_received(0)]).is_flawless
    assert account([_sent(0, confirmed=False)], [_received(0), _received(0)]).duplicates == (0,)


def test_an_older_message_after_a_newer_one_of_its_key_is_reordered() -> None:
    result = account([_sent(number) for number in range(4)], [_received(number) for number in (2, 0, 1, 3)])

    assert (result.reordered, result.is_flawless) == ((0,), False)


def test_who_compares_identifiers_processes_each_once() -> None:
    again = [_received(0, identifier="a"), _received(1, identifier="b"), _received(0, identifier="a")]

    assert account([_sent(0), _sent(1)], again).duplicates == (0,)
    assert account([_sent(0), _sent(1)], without_known(again)).is_flawless


def test_the_latency_is_that_of_a_share_of_the_messages() -> None:
    result = account([_sent(number) for number in range(100)],
                     [_received(number, after=number / 1000) for number in range(100)])

    assert round(result.latency(0.5)) == 50
    assert round(result.latency(0.99)) == 99
    assert math.isnan(account([], []).latency(0.5))


def test_the_longest_gap_is_between_two_that_follow_each_other() -> None:
    result = account([_sent(0), _sent(1), _sent(2)], [_received(0), _received(1, after=2.0), _received(2, after=2.5)])

    assert round(result.longest_gap, 3) == 1.995


def test_a_line_that_is_being_written_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "sent"
    assert not read_lines(file)
    file.write_text('{"number": 1}\n{"numb')

    assert read_lines(file) == [{"number": 1}]
