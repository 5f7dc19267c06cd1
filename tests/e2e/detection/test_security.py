# SPDX-License-Identifier: Apache-2.0
"""Agents that lie, strangers who say that they are agents, and what agents may do."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import pytest

from connections.certificates import make_certificate
from detection.session import AgentSession, RefusedByController, result
from e2e.balancer.environment import SLOTS
from e2e.detection.environment import CAPABILITIES, SECRET, SERVICE, DetectionEnvironment, there_are_others
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until, holds_for
from topologies.capture import Capture


def _await_alarm(nodes: DetectionEnvironment, kind: str, subject: str) -> str:
    """Waits for an alarm, and returns its reason."""
    def reason() -> str:
        return next((str(alarm["reason"]) for alarm in nodes.controller.detection_alarms()
                     if (alarm["type"], alarm["subject"]) == (kind, subject)), "")

    return await_until(reason, SECONDS_TO_SETTLE, f"the alarm {kind} about {subject}", nodes.describe)


def _checks(nodes: DetectionEnvironment, agent: str) -> list[dict[str, Any]]:
    """What an agent was told to check last, as it keeps it."""
    lines = nodes.agents[agent].state_file.read_text().splitlines()
    return [check for line in lines for check in json.loads(line)["checks"]]


def _assert_both_serve(nodes: DetectionEnvironment, seconds: float = 2.0) -> None:
    holds_for(lambda: nodes.slots("web") == {"m1": SLOTS // 2, "m3": SLOTS // 2}
              and {health["status"]["state"] for health in nodes.controller.member_health(SERVICE).values()} == {"up"},
              seconds, "both members up", nodes.describe)


def test_an_agent_that_lies_can_harm_its_own_members_only(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    foreign = next(check["id"] for check in await_until(lambda: _checks(nodes, "n1"), SECONDS_TO_SETTLE,
                                                        "the checks of n1", nodes.describe))
    # Somebody has taken over node n2, and has its agent's secret.
    nodes.agents["n2"].agent.kill()
    with AgentSession("n2", SECRET) as liar:
        own = [check["id"] for check in liar.accept_checks()]
        assert len(own) == 1 and foreign not in own
        liar.send_results(*(result(check, "up", "all is well") for check in own))
        nodes.await_member_state("m3", "serving")
        liar.send_results(result(foreign, "down", "a lie"), result("no such check", "down", "a lie"))
        assert "2 results" in _await_alarm(nodes, "foreign-results", "n2")
        _assert_both_serve(nodes)

        liar.send_results(*(result(check, "down", "a lie about its own") for check in own))
        nodes.await_reason("m3", "a lie about its own")
        assert nodes.health("m1")["status"]["state"] == "up"

    nodes.agents["n2"].agent.start()
    nodes.await_member_state("m3", "serving")


def test_a_stranger_without_the_secret_learns_nothing_and_disturbs_nobody(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    since = nodes.controller.detection_agent("n1")["status"]["since"]

    with pytest.raises(RefusedByController, match="the secret of agent n1 is another"):
        AgentSession("n1", "another secret of nobody")
    assert "the secret of agent n1 is another" in _await_alarm(nodes, "agent-refused", "n1")
    with pytest.raises(RefusedByController, match="there is no agent n3"):
        AgentSession("n3", SECRET)
    _assert_both_serve(nodes)
    assert nodes.controller.detection_agent("n1")["status"] == {
        **nodes.controller.detection_agent("n1")["status"], "state": "connected", "since": since}


def test_agents_have_no_right_but_to_send_echoes(nodes: DetectionEnvironment) -> None:
    for node in nodes.agents.values():
        lines = (line.split(":", 1) for line in Path(f"/proc/{node.agent.pid}/status").read_text().splitlines())
        status = {name: value.split() for name, value in lines}
        assert "java" in status["Name"]
        assert [int(status[name][0], 16) for name in ("CapEff", "CapPrm", "CapBnd")] == [CAPABILITIES] * 3
        assert status["NoNewPrivs"] == ["1"]
        assert not there_are_others() or "0" not in status["Uid"]


@contextmanager
def _certificates(nodes: DetectionEnvironment) -> Iterator[Path]:
    """Has the controller speak TLS, and returns the folder with its certificate and with that of a stranger."""
    folder = nodes.network.folder / "certificates"
    folder.mkdir(exist_ok=True)
    addresses = [node.host.controller_address for node in nodes.agents.values()]
    ours, others = (make_certificate(folder, name, *addresses) for name in ("controller", "stranger"))
    for certificate in (ours, others):
        # Agents are users without rights.
        shutil.copy(certificate.certificate, nodes.agents["n1"].folder)
    nodes.controller.configure_detection(tlsCertificates=ours.certificate, tlsKey=ours.key)
    try:
        yield nodes.agents["n1"].folder
    finally:
        for node in nodes.agents.values():
            node.configuration()
            if node.agent.is_running:
                node.agent.stop()
            node.agent.start()
        nodes.controller.configure_detection(tlsCertificates="", tlsKey="")


def _start(nodes: DetectionEnvironment, name: str, **configuration: object) -> None:
    node = nodes.agents[name]
    node.configuration(**configuration)
    node.agent.start()


def test_agents_trust_the_controller_by_its_certificate_only_and_nobody_reads_what_they_say(
        nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    slots = nodes.slots("web")
    with _certificates(nodes) as folder:
        for name in nodes.agents:
            # They speak no TLS yet.
            nodes.await_agent(name, "expired")
        for node in nodes.agents.values():
            # They would go on saying who they are, in clear text, until they know better.
            node.agent.stop()
        with Capture(nodes.network, nodes.agents["n1"].host.controller_interface, "tcp port 6690") as capture:
            _start(nodes, "n1", tls_trust=folder / "controller.crt")
            _start(nodes, "n2", tls_trust=folder / "stranger.crt")
            nodes.await_agent("n1", "connected")
            await_until(lambda: nodes.health("m1")["status"]["state"] == "up", SECONDS_TO_SETTLE, "m1 up over TLS",
                        nodes.describe)
            said = b"".join(capture.frames())
        assert said and b'"type"' not in said and SERVICE.encode() not in said
        await_until(lambda: "PKIX" in nodes.agents["n2"].agent.log() or "certif" in nodes.agents["n2"].agent.log(),
                    SECONDS_TO_SETTLE, "agent n2 that mistrusts the controller", nodes.describe)
        assert nodes.controller.detection_agent("n2")["status"]["state"] == "expired"
        assert nodes.slots("web") == slots
        nodes.servers["m1"].crash()
        assert "connection refused" in nodes.await_member_state("m1", "down")
    for name in nodes.agents:
        nodes.await_agent(name, "connected")
