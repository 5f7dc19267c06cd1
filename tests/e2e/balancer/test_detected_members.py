# SPDX-License-Identifier: Apache-2.0
"""Members that agents probe on their own nodes: what becomes of virtual servers when they fail and come back."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Iterator

import pytest

from connections.clients import Client
from connections.servers import Endpoint
from controller.instance import REPOSITORY
from controller.rest import await_network
from detection.agent import DetectionAgent
from e2e.balancer.environment import PORT, SLOTS, ServerEnvironment, all_open
from e2e.environment import SECONDS_TO_SETTLE
from topologies.agent_host import PROBING_INTERFACE, AgentHost
from topologies.awaiting import await_until, holds_for
from topologies.description import Port
from topologies.service_nodes import MEMBERS, VIP

_PROGRAM = REPOSITORY / "apps" / "detection" / "agent" / "target" / "agent" / "bin" / "roundtrip-detection-agent"
_SECRET = "correct horse battery staple"

#: The source of all probes, to which members answer.
_RESERVED_SOURCE = "169.254.255.1"

_WEB = Endpoint("tcp", VIP, PORT)
_SERVICE = "balancer/web"

_SECONDS_TO_CONNECT = 30.0

#: Longer than the lease of an agent.
_SECONDS_TO_EXPIRE = 30.0


@dataclass(frozen=True)
class _Node:
    """The agent of a service node."""

    name: str
    host: AgentHost
    agent: DetectionAgent


@pytest.fixture(scope="module", name="running")
def _running(at_service_nodes: ServerEnvironment) -> Iterator[dict[str, _Node]]:
    """An agent on every service node."""
    nodes, network = at_service_nodes, at_service_nodes.network
    for name in MEMBERS:
        member = nodes.host(name)
        # These have no default route, by which a member answers to a source that is in no network of its own.
        network.execute(member, "ip", "route", "replace", f"{_RESERVED_SOURCE}/32", "dev", network.interface(member))
    with ExitStack() as stack:
        found = {}
        for switch in ("n1", "n2"):
            host = stack.enter_context(AgentHost(network, Port(switch, 5)))
            file = network.folder / f"agent-{switch}.properties"
            file.write_text(f"name = {switch}\nsecret = {_SECRET}\ncontrollers = {host.controller_address}\n"
                            f"interface = {PROBING_INTERFACE}\nstate-file = {network.folder}/agent-{switch}.checks\n")
            agent = DetectionAgent(host, [str(_PROGRAM), "--config", str(file)], network.folder / f"agent-{switch}.log")
            found[switch] = _Node(switch, host, stack.enter_context(agent))
        for switch, node in found.items():
            nodes.controller.put_detection_agent(switch, device=nodes.device(switch), port=node.host.switch_interface,
                                                 secret=_SECRET)
        yield found
        for switch in found:
            nodes.controller.remove_detection_agent(switch)


@pytest.fixture(name="agents")
def _agents(running: dict[str, _Node], nodes: ServerEnvironment) -> dict[str, _Node]:
    """Agents that run and are connected."""
    for node in running.values():
        node.host.heal()
        if not node.agent.is_running:
            node.agent.start()
        _await_agent(nodes, node, "connected")
    return running


def _await_agent(nodes: ServerEnvironment, node: _Node, state: str) -> None:
    await_until(lambda: nodes.controller.detection_agent(node.name)["status"]["state"] == state, _SECONDS_TO_EXPIRE,
                f"agent {node.name} {state}",
                lambda: f"{nodes.controller.detection_agents()}\n{node.agent.log()}\n{nodes.describe()}")


def _await_member(nodes: ServerEnvironment, agents: dict[str, _Node], name: str, state: str) -> str:
    """Waits until a member is in a state, and returns the reason."""
    member = nodes.member(name)

    def status() -> dict[str, Any]:
        found: dict[str, Any] = nodes.member_status("web", member)["status"]
        return found

    await_until(lambda: status()["state"] == state, _SECONDS_TO_CONNECT, f"{name} {state}", lambda: "\n".join(
        [str(status()), str(nodes.controller.detections()), *(node.agent.log() for node in agents.values()),
         nodes.describe()]))
    reason: str = status()["reason"]
    return reason


def _serve(nodes: ServerEnvironment, agents: dict[str, _Node], *names: str, **more: Any) -> None:
    members = [nodes.member(name) for name in names]
    nodes.controller.put_virtual_server("web", nodes.request(*members, detection_profile="fast", **more))
    for name in names:
        _await_member(nodes, agents, name, "serving")
    nodes.await_server("web")


def test_members_serve_as_soon_as_they_answer(nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3")

    assert nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}
    health = nodes.controller.member_health(_SERVICE)
    assert {member["agent"] for member in health.values()} == {"n1", "n2"}
    assert all(member["status"]["state"] == "up" and int(member["probes"]) > 0 for member in health.values()), health
    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        assert client.open(100).answers.keys() == {"m1", "m3"}


def test_a_member_whose_process_is_killed_gets_no_new_connections_until_it_is_back(
        nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3")
    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        kept = client.open(100)
        nodes.servers["m1"].crash()
        assert "connection refused" in _await_member(nodes, agents, "m1", "down")
        nodes.await_rules()
        assert nodes.slots("web") == {"m3": SLOTS}
        assert all(before.answer == "m1" for before, _ in client.ask().broken_since(kept))
        client.close()
        assert client.open(100).answers.keys() == {"m3"}

        nodes.servers["m1"].revive()
        _await_member(nodes, agents, "m1", "serving")
        nodes.await_rules()
        client.close()
        assert client.open(100).answers.keys() == {"m1", "m3"}


def test_a_silent_agent_makes_its_members_unknown_and_they_go_on_serving(
        nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3")
    slots = nodes.slots("web")
    agents["n1"].agent.kill()

    assert "lease" in _await_member(nodes, agents, "m1", "unknown")
    holds_for(lambda: nodes.slots("web") == slots, 2, "the slots as they were", nodes.describe)
    agents["n1"].agent.start()
    _await_member(nodes, agents, "m1", "serving")


def test_an_agent_that_is_cut_off_goes_on_probing(nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3")
    agents["n1"].host.partition()
    _await_member(nodes, agents, "m1", "unknown")
    nodes.servers["m1"].crash()
    agents["n1"].host.heal()

    assert "connection refused" in _await_member(nodes, agents, "m1", "down")


def test_all_members_down_is_no_reason_to_serve_nobody(nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3", panic_threshold=50)
    for name in ("m1", "m3"):
        nodes.servers[name].crash()
    for name in ("m1", "m3"):
        _await_member(nodes, agents, name, "panic")

    # What is known of a member is shown at once, and its slots when they have been given.
    await_until(lambda: nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}, SECONDS_TO_SETTLE,
                "slots for both", nodes.describe)
    await_until(lambda: [alarm["type"] for alarm in nodes.controller.virtual_server("web")["alarms"]] == ["panic"],
                SECONDS_TO_SETTLE, "the alarm of panic", nodes.describe)


def test_the_controller_can_die_and_nobody_notices(nodes: ServerEnvironment, agents: dict[str, _Node]) -> None:
    _serve(nodes, agents, "m1", "m3")
    slots = nodes.slots("web")
    with Client(nodes.network, nodes.host("client"), _WEB) as client:
        before = client.open(100)
        nodes.instance.kill()
        nodes.instance.start()
        await_network(nodes.controller, nodes.network.description)
        for node in agents.values():
            _await_agent(nodes, node, "connected")
        for name in ("m1", "m3"):
            _await_member(nodes, agents, name, "serving")
        assert nodes.slots("web") == slots
        assert not client.ask().broken_since(before)
        assert all_open(client.open(100), 200)
