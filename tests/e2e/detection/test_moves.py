# SPDX-License-Identifier: Apache-2.0
"""Members that move or flap, and switches that restart, while agents probe."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from connections.clients import Client
from connections.servers import HealthServer
from e2e.balancer.environment import all_open
from e2e.detection.environment import HEALTH_PORT, SERVICE, WEB, DetectionEnvironment
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.service_nodes import FREE_PORTS, VIP

#: Beginnings of probes over TCP: SYN without ACK.
_PROBES = "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn"

#: How long a member is held down when it fails too often for the first time, and the second, in seconds.
_HOLDS = (10.0, 20.0)

#: After how many failures at most it is held, even on a machine so slow that earlier ones are half forgotten.
_MOST_FAILURES = 10


def test_a_member_that_moves_is_taken_from_the_old_agent_before_the_new_one_gets_it(
        nodes: DetectionEnvironment) -> None:
    moving, there = nodes.host("m1"), FREE_PORTS[1]
    nodes.serve("m1")
    with Capture(nodes.network, nodes.agents["n1"].host.switch_interface, _PROBES) as old, \
            Capture(nodes.network, nodes.agents["n2"].host.switch_interface, _PROBES) as new:
        nodes.network.move(moving, there)

        def probed_there() -> list[dict[str, Any]]:
            """The history of the member once it is up there: a busy machine may starve the agent a moment later."""
            # The network learns where it is from what it sends.
            nodes.network.introduce(moving)
            history = nodes.history("m1")
            return history if (history[-1].get("agent"), history[-1]["state"]) == ("n2", "up") else []

        history = await_until(probed_there, SECONDS_TO_SETTLE, "m1 up by agent n2", nodes.describe) or []
        before, after = old.timed_frames(), new.timed_frames()

    assert before and after
    assert max(frame.time for frame in before) < min(frame.time for frame in after), "both agents have probed at once"
    states = [change["state"] for change in history]
    agents = [change.get("agent") for change in history]
    taken = agents.index("n2")
    assert "n1" not in agents[taken:], history
    assert "up" in states[:taken] and "unknown" in (states[taken - 1], states[taken]), history
    nodes.await_member_state("m1", "serving")


def test_a_switch_that_restarts_gets_the_rules_of_probes_again(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    with Client(nodes.network, nodes.host("client"), WEB) as client:
        before = client.open(50)
        nodes.restart_switch("n1")
        nodes.await_everything_found()
        nodes.await_member_state("m1", "serving")
        nodes.await_server("web")
        assert not [pair for pair in client.ask().broken_since(before) if pair[0].answer == "m3"]
        probes = int(nodes.health("m1")["probes"])
        await_until(lambda: nodes.health("m1")["status"]["state"] == "up"
                    and int(nodes.health("m1")["probes"]) > probes + 10, SECONDS_TO_SETTLE, "more probes of m1",
                    nodes.describe)
        client.close()
        assert all_open(client.open(50), 50)
    nodes.servers["m1"].crash()
    assert "connection refused" in nodes.await_member_state("m1", "down")


def test_a_member_that_flaps_is_held_down_longer_and_longer(nodes: DetectionEnvironment) -> None:
    with HealthServer(nodes.network, nodes.host("m1"), VIP, HEALTH_PORT) as server, \
            HealthServer(nodes.network, nodes.host("m3"), VIP, HEALTH_PORT), \
            nodes.profile("health", type="http", port=HEALTH_PORT, interval=200, timeout=150, rise=1, fall=2):
        nodes.serve("m1", "m3", detection_profile="health")

        def fail_until_held() -> float:
            """Lets the member fail until it is held down, and returns for how long it is, in seconds."""
            for _ in range(_MOST_FAILURES):
                server.answer(503)
                nodes.await_reason("m1", "HTTP 503")
                server.answer()
                health = await_until(lambda: (seen := nodes.health("m1"))["status"]["reason"].endswith("HTTP 200")
                                     and seen, SECONDS_TO_SETTLE, "m1 that answers again", nodes.describe) or {}
                if "held-until" in health:
                    assert health["status"]["state"] == "down", health
                    assert "held down" in health["status"]["reason"], health
                    until = datetime.fromisoformat(health["held-until"][:19] + "+00:00")
                    return (until - datetime.now(timezone.utc)).total_seconds()
                nodes.await_member_state("m1", "serving")
            raise AssertionError(f"m1 is not held down: {nodes.history('m1')}\n{nodes.describe()}")

        for hold in _HOLDS:
            left = fail_until_held()
            assert hold / 2 < left <= hold, f"held for {left} s more\n{nodes.history('m1')}"
            alarms = [(alarm["type"], alarm["subject"]) for alarm in nodes.controller.detection_alarms()]
            assert ("member-flapping", f"{SERVICE} {nodes.health('m1')['member']}") in alarms
            await_until(lambda: nodes.slots("web").keys() == {"m3"}, SECONDS_TO_SETTLE, "m1 without slots",
                        nodes.describe)
            nodes.await_member_state("m1", "serving")
