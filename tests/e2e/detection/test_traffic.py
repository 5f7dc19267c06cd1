# SPDX-License-Identifier: Apache-2.0
"""Connections that clients make while detection changes its mind: none fails of which could be known in time."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Callable, Iterator

import pytest

from connections.clients import Client
from connections.servers import HealthServer
from e2e.balancer.environment import SLOTS, all_open
from e2e.detection.environment import HEALTH_PORT, WEB, DetectionEnvironment
from topologies.awaiting import await_until
from topologies.service_nodes import VIP

_AT_A_TIME = 10


@pytest.fixture(name="health")
def _health(nodes: DetectionEnvironment) -> Iterator[dict[str, HealthServer]]:
    """Both members serve, and say by themselves how they are."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(HealthServer(nodes.network, nodes.host(name), VIP, HEALTH_PORT))
                   for name in ("m1", "m3")}
        stack.enter_context(nodes.profile("health", type="http", port=HEALTH_PORT, interval=300, timeout=250, rise=2,
                                          fall=2))
        nodes.serve(*servers, detection_profile="health")
        yield servers


def _open_until(nodes: DetectionEnvironment, client: Client, condition: Callable[[], bool], awaited: str) -> None:
    """Opens connections all the time, of which none may fail, until a condition is true and the switches know it."""
    count = len(client.ask().connections)

    def seen() -> bool:
        nonlocal count
        count += _AT_A_TIME
        opened = client.open(_AT_A_TIME)
        if not all_open(opened, count):
            pytest.fail(f"while waiting for {awaited}: {opened.answers}\n{nodes.describe()}")
        return condition()

    await_until(seen, 60.0, awaited, nodes.describe)
    nodes.await_rules()


def test_no_connection_fails_when_a_member_says_in_time_that_it_goes(
        nodes: DetectionEnvironment, health: dict[str, HealthServer]) -> None:
    with Client(nodes.network, nodes.host("client"), WEB) as client, \
            Client(nodes.network, nodes.host("client2"), WEB) as another:
        _open_until(nodes, client, lambda: True, "connections to both")
        kept = another.open(100)
        assert kept.answers.keys() == {"m1", "m3"}
        health["m1"].answer(503, "about to restart")
        _open_until(nodes, client, lambda: nodes.slots("web") == {"m3": SLOTS}, "m1 without slots")
        # It still serves whom it had.
        assert not another.ask().broken_since(kept)

        client.close()
        nodes.servers["m1"].crash()
        assert all(before.answer == "m1" for before, _ in another.ask().broken_since(kept))
        _open_until(nodes, client, lambda: len(client.ask().connections) >= 100, "connections without m1")
        assert client.ask().answers.keys() == {"m3"}

        nodes.servers["m1"].revive()
        health["m1"].answer()
        _open_until(nodes, client, lambda: nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}, "m1 back")
        _open_until(nodes, client, lambda: "m1" in client.ask().answers, "connections with m1")


def test_an_operator_decides_and_detection_does_not_overrule(
        nodes: DetectionEnvironment, health: dict[str, HealthServer]) -> None:
    with Client(nodes.network, nodes.host("client"), WEB) as client:
        nodes.controller.change_members("web", nodes.member("m1", state="draining"))
        _open_until(nodes, client, lambda: nodes.slots("web") == {"m3": SLOTS}, "m1 draining")
        nodes.controller.change_members("web", nodes.member("m1", state="disabled"))
        nodes.await_member_state("m1", "disabled")
        nodes.await_rules()
        client.close()
        nodes.servers["m1"].crash()
        # What detection finds of the other, and of the one that is disabled, does not bring the latter back.
        health["m1"].answer(503)
        health["m3"].answer(503)
        nodes.await_member_state("m3", "down")
        assert nodes.member_status("web", nodes.member("m1"))["status"]["state"] == "disabled"
        assert not nodes.slots("web").get("m1")
        health["m1"].answer()
        health["m3"].answer()
        nodes.await_member_state("m3", "serving")
        nodes.await_rules()
        _open_until(nodes, client, lambda: len(client.ask().connections) >= 100, "connections without m1")
        assert client.ask().answers.keys() == {"m3"}
        assert nodes.member_status("web", nodes.member("m1"))["status"]["state"] == "disabled"

        nodes.servers["m1"].revive()
        nodes.controller.change_members("web", nodes.member("m1", state="enabled"))
        _open_until(nodes, client, lambda: nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}, "m1 back")
