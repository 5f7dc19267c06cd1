# SPDX-License-Identifier: Apache-2.0
"""What becomes of virtual servers when members, agents or the controller fail and come back."""

from __future__ import annotations

from connections.clients import Client
from controller.rest import await_network
from e2e.balancer.environment import SLOTS, all_open
from e2e.detection.environment import SERVICE, WEB, DetectionEnvironment
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until, holds_for


def test_members_serve_as_soon_as_they_answer(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")

    assert nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}
    health = nodes.controller.member_health(SERVICE)
    assert {member["agent"] for member in health.values()} == {"n1", "n2"}
    assert all(member["status"]["state"] == "up" and int(member["probes"]) > 0 for member in health.values()), health
    with Client(nodes.network, nodes.host("client"), WEB) as client:
        assert client.open(100).answers.keys() == {"m1", "m3"}


def test_a_member_whose_process_is_killed_gets_no_new_connections_until_it_is_back(
        nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    with Client(nodes.network, nodes.host("client"), WEB) as client:
        kept = client.open(100)
        nodes.servers["m1"].crash()
        assert "connection refused" in nodes.await_member_state("m1", "down")
        nodes.await_rules()
        assert nodes.slots("web") == {"m3": SLOTS}
        assert all(before.answer == "m1" for before, _ in client.ask().broken_since(kept))
        client.close()
        assert client.open(100).answers.keys() == {"m3"}

        nodes.servers["m1"].revive()
        nodes.await_member_state("m1", "serving")
        nodes.await_rules()
        client.close()
        assert client.open(100).answers.keys() == {"m1", "m3"}


def test_a_silent_agent_makes_its_members_unknown_and_they_go_on_serving(
        nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    slots = nodes.slots("web")
    nodes.agents["n1"].agent.kill()

    assert "lease" in nodes.await_member_state("m1", "unknown")
    holds_for(lambda: nodes.slots("web") == slots, 2, "the slots as they were", nodes.describe)
    nodes.agents["n1"].agent.start()
    nodes.await_member_state("m1", "serving")


def test_an_agent_that_is_cut_off_goes_on_probing(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    nodes.agents["n1"].host.partition()
    nodes.await_member_state("m1", "unknown")
    nodes.servers["m1"].crash()
    nodes.agents["n1"].host.heal()

    assert "connection refused" in nodes.await_member_state("m1", "down")


def test_all_members_down_is_no_reason_to_serve_nobody(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3", panic_threshold=50)
    for name in ("m1", "m3"):
        nodes.servers[name].crash()
    for name in ("m1", "m3"):
        nodes.await_member_state(name, "panic")

    # What is known of a member is shown at once, and its slots when they have been given.
    await_until(lambda: nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}, SECONDS_TO_SETTLE,
                "slots for both", nodes.describe)
    await_until(lambda: [alarm["type"] for alarm in nodes.controller.virtual_server("web")["alarms"]] == ["panic"],
                SECONDS_TO_SETTLE, "the alarm of panic", nodes.describe)


def test_the_controller_can_die_and_nobody_notices(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    slots = nodes.slots("web")
    with Client(nodes.network, nodes.host("client"), WEB) as client:
        before = client.open(100)
        nodes.instance.kill()
        nodes.instance.start()
        await_network(nodes.controller, nodes.network.description)
        for name in nodes.agents:
            nodes.await_agent(name, "connected")
        for name in ("m1", "m3"):
            nodes.await_member_state(name, "serving")
        assert nodes.slots("web") == slots
        assert not client.ask().broken_since(before)
        assert all_open(client.open(100), 200)
