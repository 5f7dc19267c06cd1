# SPDX-License-Identifier: Apache-2.0
"""Clocks of agents that step: nothing is found out by the time of the day. Of the controller a unit test shows it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from controller.instance import INSTANCE
from e2e.balancer.environment import SLOTS
from e2e.detection.environment import DetectionEnvironment
from topologies.awaiting import holds_for
from topologies.shifted_clock import ShiftedClock

_STEPS = (timedelta(days=1), timedelta(days=-30))


def _assert_all_stays_well(nodes: DetectionEnvironment, since: object) -> None:
    """For longer than a lease."""
    def well() -> bool:
        return (nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}
                and nodes.controller.detection_agent("n1")["status"]["state"] == "connected"
                and nodes.health("m1")["status"]["since"] == since)

    holds_for(well, 7, "m1 up as before", nodes.describe)


def test_the_clock_of_an_agent_may_step(nodes: DetectionEnvironment) -> None:
    clock = ShiftedClock(nodes.agents["n1"].folder, INSTANCE / "programs")
    with nodes.restarted("n1", clock.environment) as agent:
        nodes.serve("m1", "m3")
        since = nodes.health("m1")["status"]["since"]
        for step in _STEPS:
            clock.step(step)
            _assert_all_stays_well(nodes, since)
            nodes.servers["m1"].crash()
            assert "connection refused" in nodes.await_member_state("m1", "down")
            # That it has stepped is seen by what the agent says of the last probe.
            last = datetime.fromisoformat(nodes.health("m1")["last-probe"][:19] + "+00:00")
            assert abs(last - datetime.now(timezone.utc) - step) < timedelta(minutes=5), agent.log()
            nodes.servers["m1"].revive()
            nodes.await_member_state("m1", "serving")
            since = nodes.health("m1")["status"]["since"]
    nodes.await_agent("n1", "connected")
