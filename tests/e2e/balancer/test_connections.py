# SPDX-License-Identifier: Apache-2.0
"""Who serves which connection, and that connections stay while members and load balancers come and go."""

from __future__ import annotations

import threading

import pytest

from connections.clients import Client, Swarm
from connections.servers import Endpoint
from controller.rest import await_network
from e2e.balancer.environment import (PORT, SLOTS, TRANSLATED, UDP_PORT, UDP_TRANSLATED, ServerEnvironment, all_open,
                                      flow_mods)
from e2e.environment import SECONDS_TO_SETTLE, TARGET
from topologies.awaiting import await_until, holds_for
from topologies.description import Host
from topologies.service_nodes import FREE_PORTS, VIP, VIP6

_WEB = Endpoint("tcp", VIP, PORT)

#: Connections that are asked all the time, and others that say nothing for longer than a switch that sees one
#: direction only would remember them.
_ACTIVE = 200
_IDLE = 1000
_SECONDS_IDLE = 35.0

#: By how much the share of a member can differ from that of its slots: connections are few, and hashes are hashes.
_TOLERANCE = 0.1


def _assert_unbroken(nodes: ServerEnvironment, earlier: Swarm, now: Swarm) -> None:
    broken = now.broken_since(earlier)
    assert not broken, f"{len(broken)}: {broken[:5]} {now.answers}\n{nodes.describe()}"
    assert all_open(now, len(earlier.connections)), now.answers


def test_members_get_new_connections_by_their_weights(nodes: ServerEnvironment) -> None:
    weights = {"m1": 100, "m2": 50, "m3": 50, "m4": 0}
    nodes.put("web", *(nodes.member(name, weight=weight) for name, weight in weights.items()))
    slots = nodes.slots("web")

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        answers = client.open(1000).answers

    assert sum(slots.values()) == SLOTS
    assert slots == pytest.approx({name: weight / 200 * SLOTS for name, weight in weights.items() if weight}, abs=1)
    assert answers.keys() == slots.keys(), nodes.describe()
    for name, count in answers.items():
        assert count / 1000 == pytest.approx(slots[name] / SLOTS, abs=_TOLERANCE), (answers, slots)


def test_all_access_switches_choose_the_same_member(nodes: ServerEnvironment) -> None:
    members = [nodes.member(name) for name in ("m1", "m2", "m3", "m4")]
    nodes.put("web", *members, access=("a1",))

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        by_one = client.open(300, first_port=20_000)
        client.close()
        nodes.put("web", *members, access=("a2",))
        # What the members' switches remember must not answer for the access switch.
        nodes.network.openvswitch.control("dpctl/flush-conntrack")
        by_other = client.open(300, first_port=20_000)

    assert all_open(by_one, 300) and all_open(by_other, 300), (by_one.answers, by_other.answers)
    assert [connection.answer for connection in by_other.connections] \
        == [connection.answer for connection in by_one.connections]


def test_clients_stay_with_one_member_if_their_address_counts(nodes: ServerEnvironment) -> None:
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m2", "m3", "m4")), affinity="client-address")

    for name in ("client", "client2", "near"):
        with Client(nodes.network, nodes.host(name), _WEB) as client:
            opened = client.open(50)
            assert len(opened.answers) == 1, opened.answers
            assert all_open(opened, 50)


def test_idle_and_active_connections_stay_through_two_changes_in_a_row(nodes: ServerEnvironment) -> None:
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m2", "m3")))

    with Client(nodes.network, nodes.host("client"), _WEB) as active, \
            Client(nodes.network, nodes.host("client2"), _WEB) as idle:
        idle_before, active_before = idle.open(_IDLE), active.open(_ACTIVE)
        active.pester()
        holds_for(lambda: True, _SECONDS_IDLE, "idle")
        nodes.controller.change_members("web", nodes.member("m4"))
        nodes.controller.change_members("web", nodes.member("m1", state="draining"))
        await_until(lambda: nodes.slots("web").keys() == {"m2", "m3", "m4"}, SECONDS_TO_SETTLE, "m1 without slots",
                    nodes.describe)
        nodes.await_rules()
        new = active.open(200)
        nodes.controller.change_members("web", nodes.member("m2", weight=10),
                                        nodes.member("m3", operation="remove"))
        await_until(lambda: nodes.slots("web").keys() == {"m2", "m4"}, SECONDS_TO_SETTLE, "m3 without slots",
                    nodes.describe)
        nodes.await_rules()

        _assert_unbroken(nodes, idle_before, idle.ask())
        active_now = active.rest()
        _assert_unbroken(nodes, new, active_now)
        _assert_unbroken(nodes, active_before, Swarm(active_now.connections[:_ACTIVE]))
        assert min(connection.rounds for connection in active_now.connections[:_ACTIVE]) > 10
        assert {connection.answer for connection in new.connections[_ACTIVE:]} <= {"m2", "m3", "m4"}


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_connections_stay_when_a_member_and_an_access_switch_go_together(nodes: ServerEnvironment, vip: str) -> None:
    ipv6 = vip == VIP6
    nodes.put("web", *(nodes.member(name, ipv6=ipv6) for name in ("m1", "m2", "m3", "m4")), vip=vip)

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", vip, PORT)) as active, \
            Client(nodes.network, nodes.host("client2"), Endpoint("tcp", vip, PORT)) as idle:
        idle_before, active_before = idle.open(_IDLE), active.open(_ACTIVE)
        active.pester()
        nodes.controller.change_members("web", nodes.member("m2", ipv6=ipv6, state="draining"))
        nodes.network.fail_switch(nodes.network.description.switch("a1"))
        try:
            nodes.await_server("web", "degraded")
            _assert_unbroken(nodes, idle_before, idle.ask())
        finally:
            nodes.repair("a1")
        # It gets its rules before it takes requests.
        nodes.await_server("web", "up")

        _assert_unbroken(nodes, idle_before, idle.ask())
        _assert_unbroken(nodes, active_before, active.rest())


def test_datagrams_stay_with_their_member(nodes: ServerEnvironment) -> None:
    nodes.put("dns", *(nodes.member(name, UDP_TRANSLATED) for name in ("m1", "m3")), protocol="udp",
              ports=[str(UDP_PORT)])

    with Client(nodes.network, nodes.host("client"), Endpoint("udp", VIP, UDP_PORT)) as client:
        before = client.open(300)
        assert before.answers.keys() == {"m1", "m3"}, f"{before.answers}\n{nodes.describe()}"
        nodes.controller.change_members("dns", nodes.member("m4", UDP_TRANSLATED),
                                        nodes.member("m1", UDP_TRANSLATED, state="draining"))
        await_until(lambda: nodes.slots("dns").keys() == {"m3", "m4"}, SECONDS_TO_SETTLE, "m1 without slots",
                    nodes.describe)
        nodes.await_rules()

        _assert_unbroken(nodes, before, client.ask())
        assert {connection.answer for connection in client.open(200).connections[300:]} == {"m3", "m4"}


def test_connections_of_a_removed_member_end_with_the_drain_time(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"), drain_time=3)

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(100)
        nodes.controller.change_members("web", nodes.member("m1", operation="remove"))
        await_until(lambda: len(nodes.controller.virtual_server("web")["member-status"]) == 1, SECONDS_TO_SETTLE,
                    "m1 gone", nodes.describe)
        nodes.await_rules()
        after = client.ask()

    assert {old.answer for old, _ in after.broken_since(before)} == {"m1"}, after.answers
    assert after.answers["m3"] == before.answers["m3"], (before.answers, after.answers)


def test_a_member_that_crashes_takes_only_its_own_connections_with_it(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(200)
        nodes.servers["m1"].crash()
        nodes.controller.change_members("web", nodes.member("m1", state="disabled"))
        nodes.await_member("web", nodes.member("m1"), "disabled")
        nodes.await_rules()
        after = client.open(100)

    assert {old.answer for old, _ in after.broken_since(before)} == {"m1"}, after.answers
    assert {connection.answer for connection in after.connections[200:]} == {"m3"}, after.answers


def test_a_member_whose_port_is_down_leaves_at_once_and_comes_back(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(100)
        nodes.network.detach(nodes.host("m1"))
        nodes.await_member("web", nodes.member("m1"), "port-down")
        nodes.await_rules()
        without = client.open(100)
        nodes.network.attach(nodes.host("m1"))
        nodes.await_member("web", nodes.member("m1"), "serving")
        nodes.await_rules()
        again = client.open(200)

    new = without.connections[100:]
    assert {connection.answer for connection in new} == {"m3"}, without.answers
    assert not [old for old, now in without.broken_since(before) if old.answer == "m3"]
    assert {connection.answer for connection in again.connections[200:]} == {"m1", "m3"}, again.answers


def test_rules_follow_a_member_that_moves(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))
    moving = nodes.host("m1")

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(_ACTIVE)
        nodes.network.move(moving, FREE_PORTS[1])
        nodes.network.introduce(moving)
        location = nodes.network.description.connect_point(FREE_PORTS[1])
        await_until(lambda: nodes.member_status("web", nodes.member("m1"))["location"] == location,
                    SECONDS_TO_SETTLE, f"m1 at {location}", nodes.describe)
        nodes.await_server("web")
        # Its own connections stay only in slots that it has got back: its old port was down before it was seen again.
        assert not [old for old, now in client.ask().broken_since(before) if old.answer == "m3"]
        new = client.open(100).connections[_ACTIVE:]

    assert {connection.answer for connection in new} == {"m1", "m3"}


def test_a_member_that_changes_its_mac_address_and_back_keeps_its_connections(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))
    changing = nodes.host("m1")

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(100)
        try:
            _change_mac(nodes, changing, "02:00:00:02:02:f1")
            _assert_unbroken(nodes, before, client.ask())
            before = client.open(100)
            assert before.answers.keys() == {"m1", "m3"}
        finally:
            _change_mac(nodes, changing, changing.mac)
        _assert_unbroken(nodes, before, client.ask())
        assert all_open(client.open(100), 300)


def _change_mac(nodes: ServerEnvironment, member: Host, mac: str) -> None:
    interface = nodes.network.interface(member)
    nodes.network.execute(member, "ip", "link", "set", interface, "address", mac)
    nodes.network.introduce(member)
    await_until(lambda: nodes.member_status("web", nodes.member(member.name))["mac"].lower() == mac,
                SECONDS_TO_SETTLE, f"{member.name} as {mac}", nodes.describe)
    nodes.await_rules()


def test_a_member_that_nobody_has_seen_is_looked_for(nodes: ServerEnvironment) -> None:
    host, address = nodes.host("near"), "10.0.2.77"
    late = {"address": address, "port": TRANSLATED}
    nodes.controller.put_virtual_server("web", nodes.request(nodes.member("m1"), late))
    nodes.await_member("web", late, "waiting-for-host")
    assert nodes.slots("web") == {"m1": SLOTS}

    interface = nodes.network.interface(host)
    nodes.network.execute(host, "ip", "address", "add", f"{address}/8", "dev", interface)
    try:
        # The host itself says nothing: it only answers.
        nodes.await_member("web", late, "serving")
        assert nodes.member_status("web", late)["slots"] == SLOTS // 2
    finally:
        nodes.network.execute(host, "ip", "address", "del", f"{address}/8", "dev", interface)


@pytest.mark.parametrize("switch", ["n1", "a1", "a2", "c"])
def test_a_restarted_switch_gets_its_rules_back(nodes: ServerEnvironment, switch: str) -> None:
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m3")))

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(_ACTIVE)
        client.pester()
        nodes.network.restart_switch(nodes.network.description.switch(switch), TARGET)
        await_network(nodes.controller, nodes.network.description)
        nodes.await_server("web")
        client.ask()
        _assert_unbroken(nodes, before, client.rest())
        after = client.open(100)

    assert all_open(after, _ACTIVE + 100), f"{after.answers}\n{nodes.describe()}"


def test_a_controller_that_is_killed_in_a_change_finishes_it(nodes: ServerEnvironment) -> None:
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m2", "m3")))

    with Client(nodes.network, nodes.host("client"), _WEB) as active, \
            Client(nodes.network, nodes.host("client2"), _WEB) as idle:
        idle_before, active_before = idle.open(_IDLE), active.open(_ACTIVE)
        active.pester()
        nodes.controller.change_members("web", nodes.member("m4"), nodes.member("m1", state="draining"))
        nodes.instance.kill()
        idle_while_away = idle.ask()
        new_while_away = idle.open(100)
        nodes.instance.start()
        await_network(nodes.controller, nodes.network.description)
        await_until(lambda: nodes.slots("web").keys() == {"m2", "m3", "m4"}, 60, "the change", nodes.describe)
        nodes.await_server("web", timeout=60)

        _assert_unbroken(nodes, idle_before, Swarm(idle_while_away.connections[:_IDLE]))
        _assert_unbroken(nodes, new_while_away, idle.ask())
        _assert_unbroken(nodes, active_before, active.rest())
        assert all_open(new_while_away, _IDLE + 100), new_while_away.answers


def test_changes_that_race_end_in_one_of_their_orders(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m2"))
    errors: list[Exception] = []

    def change(name: str, weights: range) -> None:
        controller = type(nodes.controller)()
        try:
            for weight in weights:
                controller.change_members("web", nodes.member(name, weight=weight))
        except Exception as error:  # pylint: disable=broad-except
            errors.append(error)

    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(_ACTIVE)
        client.pester()
        threads = [threading.Thread(target=change, args=(name, range(10, 101, 10)))
                   for name in ("m1", "m2", "m3", "m4")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors
        server = nodes.await_server("web")
        await_until(lambda: nodes.slots("web") == {name: SLOTS // 4 for name in ("m1", "m2", "m3", "m4")},
                    SECONDS_TO_SETTLE, "equal shares", nodes.describe)
        nodes.await_rules()
        _assert_unbroken(nodes, before, client.rest())

    assert [member["weight"] for member in server["members"]] == [100] * 4


def test_a_change_touches_only_the_rules_that_change(nodes: ServerEnvironment) -> None:
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m2", "m3")))
    before = {rule.identity: rule for rule in nodes.rules_of_servers()}

    with flow_mods(nodes, "a1", "a2", "n1", "n2", "e", "c") as counted:
        nodes.controller.change_members("web", nodes.member("m4"))
        await_until(lambda: nodes.slots("web").get("m4") == SLOTS // 4, SECONDS_TO_SETTLE, "the slots of m4",
                    nodes.describe)
        nodes.await_rules()
        after = {rule.identity: rule for rule in nodes.rules_of_servers()}

    changed = {identity for identity, rule in after.items()
               if identity not in before or rule.actions != before[identity].actions}
    untouched = [rule for identity, rule in after.items() if identity not in changed]
    assert not before.keys() - after.keys()
    assert all(rule.age > before[rule.identity].age for rule in untouched), "a rule was put in anew for nothing"
    for switch in ("a1", "a2"):
        assert len([identity for identity in changed if identity[0] == switch]) == SLOTS // 4
    assert {switch: count for switch, count in counted.items() if count > 0} \
        == {switch: count for switch in ("a1", "a2", "n1", "n2", "e", "c")
            if (count := sum(identity[0] == switch for identity in changed)) > 0}
