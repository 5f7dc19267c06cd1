# SPDX-License-Identifier: Apache-2.0
"""Virtual servers whose members are to be probed where nobody can: what serves then, and what is said."""

from __future__ import annotations

from connections.clients import Client
from connections.servers import Endpoint
from controller.rest import await_network
from e2e.balancer.environment import PORT, SLOTS, ServerEnvironment, all_open
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until, holds_for
from topologies.service_nodes import VIP

_MEMBERS = ("m1", "m3")


def _alarms(nodes: ServerEnvironment) -> list[str]:
    return [alarm["type"] for alarm in nodes.controller.virtual_server("web")["alarms"]]


def _await_alarms(nodes: ServerEnvironment, *alarms: str) -> None:
    await_until(lambda: _alarms(nodes) == list(alarms), SECONDS_TO_SETTLE, f"the alarms {alarms}", nodes.describe)


def _no_agent(nodes: ServerEnvironment, name: str) -> str:
    switch = nodes.network.description.switch(nodes.host(name).port.switch)
    return f"no detection agent on {switch.device_id}"


def test_a_new_server_whose_members_nobody_probes_serves_nobody_and_says_why(nodes: ServerEnvironment) -> None:
    members = [nodes.member(name) for name in _MEMBERS]
    nodes.controller.put_virtual_server("web", nodes.request(*members, detection_profile="fast"))

    nodes.await_server("web", "down")
    for name, member in zip(_MEMBERS, members):
        status = nodes.await_member("web", member, "unknown")["status"]
        await_until(lambda: _no_agent(nodes, name) in nodes.member_status("web", member)["status"]["reason"],
                    SECONDS_TO_SETTLE, f"{_no_agent(nodes, name)} in {status}", nodes.describe)
    _await_alarms(nodes, "no-member")
    assert not nodes.slots("web")

    nodes.controller.put_virtual_server(
        "web", nodes.request(*members, detection_profile="fast", panic_threshold=1))
    _await_alarms(nodes, "panic")
    nodes.await_rules()
    assert nodes.slots("web") == dict.fromkeys(_MEMBERS, SLOTS // len(_MEMBERS))
    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        assert all_open(client.open(20), 20)


def test_a_profile_that_is_not_there_is_named(nodes: ServerEnvironment) -> None:
    nodes.controller.put_virtual_server("web", nodes.request(nodes.member("m1"), detection_profile="fastt"))

    await_until(lambda: "there is no detection profile 'fastt'"
                in nodes.member_status("web", nodes.member("m1"))["status"]["reason"], SECONDS_TO_SETTLE,
                "the profile in the reason", nodes.describe)


def test_detection_that_begins_and_a_controller_that_restarts_take_nothing_from_members_that_serve(
        nodes: ServerEnvironment) -> None:
    members = [nodes.member(name) for name in _MEMBERS]
    nodes.put("web", *members, panic_threshold=50)
    slots = nodes.slots("web")

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        before = client.open(20)
        nodes.controller.put_virtual_server(
            "web", nodes.request(*members, detection_profile="fast", panic_threshold=50, slow_start=30))
        for member in members:
            nodes.await_member("web", member, "unknown")
        holds_for(lambda: nodes.slots("web") == slots, 2, "the slots as they were", nodes.describe)

        nodes.instance.kill()
        nodes.instance.start()
        await_network(nodes.controller, nodes.network.description)
        for member in members:
            nodes.await_member("web", member, "unknown")
        assert nodes.slots("web") == slots
        nodes.await_server("web", "degraded")
        assert nodes.slots("web") == slots
        assert not _alarms(nodes)
        assert not client.ask().broken_since(before)
        assert all_open(client.open(40), 60)
