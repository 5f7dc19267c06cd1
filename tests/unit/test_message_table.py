# SPDX-License-Identifier: Apache-2.0
"""What the scene of messages says."""

from __future__ import annotations

from demo.message_table import account_table, verdict, way
from messaging.account import Account
from topologies.data_centres import data_centres

_FLAWLESS = Account(500, 500, 500, (), (), (), (12.0, 14.0, 90.0), 0.4)
_FLAWED = Account(500, 500, 499, (7,), (8, 9), (), (12.0,), 31.0)


def test_a_way_is_that_of_the_switches() -> None:
    assert way(data_centres(), [{"device": "of:0000000000000641"}, {"device": "of:0000000000000652"},
                                {"device": "of:0000000000000642"}]) == "wan-n - wan-2 - wan-s"


def test_the_table_is_aligned() -> None:
    lines = account_table([("undisturbed", _FLAWLESS), ("a proxy is killed", _FLAWED)])

    assert len({len(line) for line in lines}) == 1
    assert lines[1].split() == ["undisturbed", "500", "500", "0", "0", "14", "ms", "90", "ms", "0.4", "s"]


def test_the_verdict_names_what_went_wrong() -> None:
    assert verdict(_FLAWLESS).startswith("Each message arrived once")
    assert verdict(_FLAWED) == "1 messages were lost, 2 came more than once, 0 out of order."
