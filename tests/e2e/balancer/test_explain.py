# SPDX-License-Identifier: Apache-2.0
"""What the controller says of a connection is what becomes of it, and asking changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from connections.clients import Client
from connections.servers import Endpoint
from e2e.balancer.environment import PORT, UDP_PORT, UDP_TRANSLATED, ServerEnvironment, all_open
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until
from topologies.service_nodes import VIP, VIP6

_FIRST_PORT = 20_000
_CONNECTIONS = 30


def _explain(nodes: ServerEnvironment, client: str, port: int, vip: str = VIP, protocol: str = "tcp") \
        -> dict[str, Any]:
    host = nodes.host(client)
    return nodes.controller.explain_connection(vip=vip, protocol=protocol, client_port=port,
                                               client=host.ipv6 if vip == VIP6 else host.ip)


def _member(nodes: ServerEnvironment, explanation: dict[str, Any], key: str = "member") -> str:
    """The name of the host of a member in an explanation."""
    assert key in explanation, (explanation, nodes.describe())
    return next(host.name for host in nodes.network.description.hosts
                if any(address in explanation[key] for address in host.addresses))


def _switches(rules: list[dict[str, Any]]) -> list[str]:
    """The switches of a way, each once in their order."""
    devices = [rule["device"] for rule in rules]
    return [device for device, before in zip(devices, [None, *devices]) if device != before]


def _rules(explanation: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of both ways."""
    return [*explanation["request"], *explanation["reply"]]


def _await_counted(nodes: ServerEnvironment, client: str, port: int) -> dict[str, Any]:
    """An explanation in which every rule has taken packets: a switch counts what its datapath has forwarded later."""
    def seen() -> dict[str, Any] | None:
        explanation = _explain(nodes, client, port)
        return explanation if all(int(rule["packets"]) for rule in _rules(explanation)) else None

    explanation = await_until(seen, SECONDS_TO_SETTLE, "packets counted by every rule",
                              lambda: f"{_explain(nodes, client, port)}\n{nodes.describe()}")
    assert explanation is not None
    return explanation


@pytest.mark.parametrize(("vip", "protocol"), [(VIP, "tcp"), (VIP6, "tcp"), (VIP, "udp")])
def test_a_connection_goes_where_it_was_said_to_go(nodes: ServerEnvironment, vip: str, protocol: str) -> None:
    served, listening = (UDP_PORT, UDP_TRANSLATED) if protocol == "udp" else (PORT, 8080)
    nodes.put("web", *(nodes.member(name, listening, ipv6=vip == VIP6) for name in ("m1", "m2", "m3", "m4")),
              vip=vip, protocol=protocol, ports=[str(served)])

    said = {port: _explain(nodes, "client", port, vip, protocol)
            for port in range(_FIRST_PORT, _FIRST_PORT + _CONNECTIONS)}
    # That a connection was asked about makes none.
    again = _explain(nodes, "client", _FIRST_PORT, vip, protocol)
    with Client(nodes.network, nodes.host("client"), Endpoint(protocol, vip, served)) as client:
        swarm = client.open(_CONNECTIONS, first_port=_FIRST_PORT)
        assert all_open(swarm, _CONNECTIONS), (swarm.answers, nodes.describe())
        # A switch forgets datagrams soon.
        client.pester()
        pinned = {connection.port: _explain(nodes, "client", connection.port, vip, protocol)
                  for connection in swarm.connections}
        asked = client.rest()

    assert asked.broken_since(swarm) == []
    assert again == said[_FIRST_PORT] | {"request": again["request"], "reply": again["reply"]}
    for connection in swarm.connections:
        before, after = said[connection.port], pinned[connection.port]
        assert (before["pin"], after["pin"]) == ("not-pinned", "pinned"), (before, after)
        assert _member(nodes, before) == _member(nodes, after) == connection.answer, (before, after)
        assert before["slot"] == after["slot"]


def test_both_ways_are_shown_with_the_counters_of_every_switch(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m3"), access=("a1",))

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        swarm = client.open(1)
        assert all_open(swarm, 1), (swarm.answers, nodes.describe())
        explanation = _await_counted(nodes, "client", swarm.connections[0].port)

    way = [nodes.device(name) for name in ("e", "c", "a1", "c", "n2")]
    assert _switches(explanation["request"]) == way
    assert _switches(explanation["reply"]) == [nodes.device(name) for name in ("n2", "c", "e")]
    assert explanation["access-switch"] == nodes.device("a1")
    for rule in _rules(explanation):
        # Forwarding takes ARP too, whose frames are the shortest.
        assert int(rule["bytes"]) >= 42 * int(rule["packets"]), rule


def test_a_connection_of_a_draining_member_is_said_to_stay(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        swarm = client.open(_CONNECTIONS)
        assert swarm.answers.keys() == {"m1", "m3"}, (swarm.answers, nodes.describe())
        nodes.controller.change_members("web", nodes.member("m1", state="draining"))
        await_until(lambda: nodes.slots("web").keys() == {"m3"}, SECONDS_TO_SETTLE, "m1 without slots",
                    nodes.describe)
        nodes.await_rules()
        of_draining = next(connection for connection in swarm.connections if connection.answer == "m1")
        explanation = _explain(nodes, "client", of_draining.port)
        now = client.ask()

    assert now.broken_since(swarm) == []
    assert explanation["pin"] == "pinned"
    assert _member(nodes, explanation) == "m1"
    assert _member(nodes, explanation, "slot-member") == "m3"
    # By way of the switch of the member that has the slot now.
    assert _switches(explanation["request"])[-3:] == [nodes.device(name) for name in ("n2", "c", "n1")]


def test_drops_have_a_reason_and_a_counter(nodes: ServerEnvironment) -> None:
    nodes.controller.put_virtual_server("web", nodes.request(nodes.member("m1", state="disabled")))
    nodes.await_server("web", "down")
    await_until(lambda: {switch["status"]["state"] for switch in
                         nodes.controller.virtual_server("web")["access-switch-status"]} == {"ready"},
                SECONDS_TO_SETTLE, "access switches ready", nodes.describe)
    nodes.await_rules()

    explanation = _explain(nodes, "client", _FIRST_PORT)
    before = nodes.drops("web")["no-member"]
    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        failed = client.open(1)
    await_until(lambda: nodes.drops("web")["no-member"] > before, SECONDS_TO_SETTLE, "drops counted",
                nodes.describe)

    assert explanation["drop"] == "no-member", explanation
    assert "member" not in explanation
    assert failed.open == 0


def test_statistics_count_connections_and_packets_of_each_member(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        swarm = client.open(_CONNECTIONS)
        assert all_open(swarm, _CONNECTIONS), (swarm.answers, nodes.describe())
        _explain(nodes, "client", swarm.connections[0].port)
    await_until(lambda: int(nodes.controller.virtual_server_statistics("web")["connections"]) == _CONNECTIONS,
                SECONDS_TO_SETTLE, f"{_CONNECTIONS} connections counted",
                lambda: f"{nodes.controller.virtual_server_statistics('web')}\n{nodes.describe()}")
    statistics = nodes.controller.virtual_server_statistics("web")

    assert {_member(nodes, member): int(member["connections"]) for member in statistics["members"]} == swarm.answers
    for member in statistics["members"]:
        # At the least the three packets that begin a connection and one with a question; and two in return.
        assert int(member["request-packets"]) >= 4 * int(member["connections"]), statistics
        assert int(member["reply-packets"]) >= 2 * int(member["connections"]), statistics
    assert sum(int(drop["packets"]) for drop in statistics["drops"]) == 0, statistics
