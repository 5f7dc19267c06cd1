# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks of virtual servers make of what they measure."""

from __future__ import annotations

import pytest

from benchmarks import virtual_server, virtual_server_changes, virtual_server_membership
from benchmarks.balancing import balancing_network
from benchmarks.control_channel import BARRIER_REPLY, BARRIER_REQUEST, FLOW_MOD, PACKET_IN, PORT_STATUS, Message
from benchmarks.virtual_server import Sample
from benchmarks.virtual_server_membership import Move, Period


def test_the_host_of_the_peers_is_at_a_load_balancer() -> None:
    network = balancing_network()

    assert network.host("peer").port.switch == "a1"
    assert len({host.port for host in network.hosts}) == len(network.hosts)


def test_what_is_as_fast_as_was_promised_meets_its_goals() -> None:
    figures = {figure.name: figure for figure in virtual_server.figures(
        [Sample(9000, 1e8)], [Sample(10000, 1.05e8)], [Sample(6400, 9e7)], [Sample(6900, 9e7)])}

    assert all(figure.met for figure in figures.values() if figure.goal is not None)
    assert round(figures["connection_beside_direct"].ours, 1) == 111.1


def test_what_is_slower_than_was_promised_misses_them() -> None:
    figures = {figure.name: figure for figure in virtual_server.figures(
        [Sample(8900, 9e7)], [Sample(10000, 1e8)], [Sample(6500, 1e8)], [Sample(7000, 9e7)])}

    assert not any(figure.met for figure in figures.values() if figure.goal is not None)


def test_no_reply_passes_the_load_balancer() -> None:
    none = virtual_server.reply_figure([0.0, 0.0], [2.2, 2.0])
    one = virtual_server.reply_figure([0.0, 0.01, 0.01], [2.2, 2.0, 2.1])

    assert none.met and none.peer == pytest.approx(2.1)
    assert not one.met


def test_a_broken_connection_misses_its_goal() -> None:
    broken = {(way, kind, change): 0 for way in ("virtual server", "HAProxy", "SELECT group")
              for kind in ("active", "idle") for change in ("added", "drained")}
    broken["virtual server", "idle", "drained"] = 1
    broken["SELECT group", "active", "added"] = 300
    figures = {figure.name: figure for figure in virtual_server_changes.figures(broken, 2)}

    assert len(figures) == 8
    assert [name for name, figure in figures.items() if not figure.met] == [
        "idle_broken_when_drained_beside_haproxy", "idle_broken_when_drained_beside_group"]
    assert figures["active_broken_when_added_beside_group"].peer == 300
    assert figures["active_broken_when_added_beside_group"].samples == 1000


def told(begin: float, end: float) -> list[Message]:
    """A switch is told of a rule and a barrier, and confirms."""
    return [Message(begin, 1, FLOW_MOD, 1), Message(begin, 1, BARRIER_REQUEST, 2), Message(end, 1, BARRIER_REPLY, 2)]


def test_a_change_lasts_until_the_last_switch_has_confirmed() -> None:
    mac = bytes.fromhex("020000000201")
    messages = [*told(10.01, 10.02), *told(11.01, 11.06),
                Message(20.1, 2, PORT_STATUS, 0), *told(20.11, 20.13),
                Message(21.1, 3, PACKET_IN, 0, mac), Message(21.2, 3, PACKET_IN, 0, b"x" + mac + b"y"),
                Message(21.205, 3, PACKET_IN, 0, b"other"),
                *told(21.21, 21.24),
                Message(30.1, 2, PORT_STATUS, 0), *told(30.11, 30.2),
                Message(31.1, 3, PACKET_IN, 0, mac), *told(31.11, 31.2)]
    figures = {figure.name: figure for figure in virtual_server_membership.figures(
        messages, [Period(10.0, 10.015, 10.9), Period(11.0, 11.005, 11.9)],
        [Move("02:00:00:00:02:01", 1, Period(20.0, 20.0, 20.9), Period(20.9, 20.9, 22.0)),
         Move("02:00:00:00:02:01", 21, Period(30.0, 30.0, 30.9), Period(30.9, 30.9, 32.0))])}

    assert figures["change_median"].ours == pytest.approx(40)
    assert figures["change_p99"].ours == pytest.approx(60) and not figures["change_p99"].met
    assert figures["request_median"].ours == pytest.approx(10)
    assert figures["rules_of_a_change"].ours == 1
    assert figures["member_lost_longest"].ours == pytest.approx(30) and figures["member_lost_longest"].met
    assert figures["member_moved_longest"].ours == pytest.approx(40)
    assert figures["21_members_lost_longest"].ours == pytest.approx(100)
    assert not figures["21_members_lost_longest"].met


def test_percentiles_are_values_that_were_measured() -> None:
    assert virtual_server_membership.p99(range(1, 101)) == 99
    assert virtual_server_membership.p99(range(1, 102)) == 100
    assert virtual_server_membership.p99([3, 1, 2]) == 3
