# SPDX-License-Identifier: Apache-2.0
"""Probes of every kind: what members answer, or do not, and what is said of it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import Iterator

import pytest

from connections.certificates import make_certificate, trusting
from connections.servers import HealthServer, without_vips
from e2e.balancer.environment import TRANSLATED, UDP_PORT, UDP_TRANSLATED
from e2e.detection.environment import HEALTH_PORT, DetectionEnvironment
from topologies.awaiting import await_until, holds_for
from topologies.description import Host
from topologies.service_nodes import OTHER_VIP, VIP, VIP6

#: Often and patient, so that a busy machine is not taken for a slow member; and found soon.
_PROBED_OFTEN = {"interval": 400, "timeout": 300, "rise": 2, "fall": 2}


@pytest.fixture(name="health")
def _health(nodes: DetectionEnvironment) -> Iterator[dict[str, HealthServer]]:
    """Servers by which members say how they are."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(HealthServer(nodes.network, nodes.host(name), VIP, HEALTH_PORT))
               for name in ("m1", "m3")}


@contextmanager
def _filtered(nodes: DetectionEnvironment, host: Host, port: int) -> Iterator[None]:
    """Lets a host drop what comes to a port, without a word, as a firewall does."""
    for words in ("add table inet filtered",
                  "add chain inet filtered input { type filter hook input priority 0 ; }",
                  f"add rule inet filtered input tcp dport {port} drop"):
        nodes.network.execute(host, "nft", words)
    try:
        yield
    finally:
        nodes.network.execute(host, "nft", "delete", "table", "inet", "filtered")


def test_a_port_that_is_filtered_is_a_timeout_and_no_refusal(nodes: DetectionEnvironment) -> None:
    nodes.serve("m1", "m3")
    with _filtered(nodes, nodes.host("m1"), TRANSLATED):
        assert "timeout after 80 ms" in nodes.await_member_state("m1", "down")
        assert nodes.health("m3")["status"]["state"] == "up"

    nodes.await_member_state("m1", "serving")


def test_answers_slower_than_the_timeout_are_none_and_slow_ones_within_it_are(
        nodes: DetectionEnvironment, health: dict[str, HealthServer]) -> None:
    with nodes.profile("health", type="http", port=HEALTH_PORT, interval=1000, timeout=800, rise=1, fall=2):
        nodes.serve("m1", "m3", detection_profile="health")
        health["m1"].answer(delay=0.2)
        # The median is that of the last minute.
        await_until(lambda: int(nodes.health("m1")["latency"]["p99"]) >= 200_000, 30.0, "slow answers of m1",
                    nodes.describe)
        assert nodes.health("m1")["status"]["state"] == "up"

        health["m1"].answer(delay=1.5)
        assert "timeout after 800 ms waiting for the HTTP response" in nodes.await_member_state("m1", "down")
        assert nodes.health("m3")["status"]["state"] == "up"
        health["m1"].answer()
        nodes.await_member_state("m1", "serving")


def test_an_answer_that_is_not_the_right_one_makes_a_member_go_down_and_says_which_it_was(
        nodes: DetectionEnvironment, health: dict[str, HealthServer]) -> None:
    with nodes.profile("health", type="http", port=HEALTH_PORT, path="/health", expected_status="200",
                       expected_body="well", **_PROBED_OFTEN):
        nodes.serve("m1", "m3", detection_profile="health")
        health["m1"].answer(500)
        health["m3"].answer(200, "too many open files")
        assert "HTTP 500" in nodes.await_member_state("m1", "down")
        assert 'body lacks "well"' in nodes.await_member_state("m3", "down")
        health["m1"].answer(503)
        nodes.await_reason("m1", "HTTP 503")

        for server in health.values():
            server.answer()
        for name in health:
            nodes.await_member_state(name, "serving")
        assert nodes.health("m1")["status"]["reason"] == "HTTP 200"


def test_a_member_must_prove_who_it_is_if_the_profile_says_so(nodes: DetectionEnvironment) -> None:
    folder = nodes.agents["n1"].folder
    right, wrong = make_certificate(folder, "right", VIP), make_certificate(folder, "wrong", OTHER_VIP)
    with ExitStack() as stack:
        for name, certificate in (("m1", right), ("m2", wrong)):
            stack.enter_context(HealthServer(nodes.network, nodes.host(name), VIP, HEALTH_PORT, certificate.both))
        stack.enter_context(nodes.restarted("n1", {"JAVA_OPTIONS": trusting(folder, [right, wrong])}))
        stack.enter_context(nodes.profile("anybody", type="https", port=HEALTH_PORT, **_PROBED_OFTEN))
        stack.enter_context(nodes.profile("verified", type="https", port=HEALTH_PORT, verify_certificate=True,
                                          **_PROBED_OFTEN))
        nodes.serve("m1", "m2", detection_profile="anybody")
        members = [nodes.member(name) for name in ("m1", "m2")]
        nodes.controller.put_virtual_server("web", nodes.request(*members, detection_profile="verified"))

        assert f"TLS failed: No subject alternative names matching IP address {VIP} found" \
            in nodes.await_member_state("m2", "down")
        nodes.await_member_state("m1", "serving")
        await_until(lambda: nodes.health("m1")["status"]["reason"] == "HTTP 200", 30.0, "m1 verified", nodes.describe)


def test_one_backend_address_of_two_services_has_two_verdicts(nodes: DetectionEnvironment) -> None:
    other = "balancer/other"
    with nodes.profile("health", type="http", port=HEALTH_PORT, **_PROBED_OFTEN), ExitStack() as stack:
        of_web, of_other = (stack.enter_context(HealthServer(nodes.network, nodes.host("m1"), vip, HEALTH_PORT))
                            for vip in (VIP, OTHER_VIP))
        member = nodes.member("m1")
        for name, vip in (("web", VIP), ("other", OTHER_VIP)):
            nodes.controller.put_virtual_server(name, nodes.request(member, vip=vip, detection_profile="health"))
        for name in ("web", "other"):
            nodes.await_member_state("m1", "serving", name)
        checks = nodes.controller.detection_agent("n1")["checks"]
        assert checks == 2

        of_other.answer(503)
        assert "HTTP 503" in nodes.await_member_state("m1", "down", "other")
        holds_for(lambda: nodes.health("m1")["status"]["state"] == "up", 2, "m1 up for web", nodes.describe)
        of_web.answer(500)
        of_other.answer()
        assert "HTTP 500" in nodes.await_member_state("m1", "down", "web")
        nodes.await_member_state("m1", "serving", "other")
        assert nodes.health("m1", other)["status"]["reason"] == "HTTP 200"


def test_members_are_probed_over_ipv6(nodes: DetectionEnvironment) -> None:
    members = [nodes.member(name, ipv6=True) for name in ("m1", "m3")]
    nodes.controller.put_virtual_server("web", nodes.request(*members, vip=VIP6, detection_profile="fast"))
    for name in ("m1", "m3"):
        nodes.await_member_state(name, "serving", ipv6=True)

    nodes.servers["m1"].crash()
    assert "connection refused" in nodes.await_member_state("m1", "down", ipv6=True)
    assert nodes.health("m3")["status"]["state"] == "up"
    nodes.servers["m1"].revive()
    nodes.await_member_state("m1", "serving", ipv6=True)


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_members_are_probed_by_datagrams(nodes: DetectionEnvironment, vip: str) -> None:
    ipv6 = vip == VIP6
    question, answer = b"?1\n".hex(), b"m".hex()
    with nodes.profile("names", type="udp", payload=question, expected_response=answer, **_PROBED_OFTEN):
        members = [nodes.member(name, UDP_TRANSLATED, ipv6=ipv6) for name in ("m1", "m3")]
        nodes.controller.put_virtual_server("web", nodes.request(
            *members, vip=vip, protocol="udp", ports=[str(UDP_PORT)], detection_profile="names"))
        for name in ("m1", "m3"):
            nodes.await_member_state(name, "serving", ipv6=ipv6, port=UDP_TRANSLATED)

        nodes.servers["m1"].crash()
        assert "connection refused" in nodes.await_member_state("m1", "down", ipv6=ipv6, port=UDP_TRANSLATED)
        assert nodes.health("m3")["status"]["state"] == "up"
        nodes.servers["m1"].revive()
        nodes.await_member_state("m1", "serving", ipv6=ipv6, port=UDP_TRANSLATED)


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_members_are_probed_by_echoes(nodes: DetectionEnvironment, vip: str) -> None:
    ipv6 = vip == VIP6
    with nodes.profile("echo", type="icmp", **_PROBED_OFTEN):
        members = [nodes.member(name, ipv6=ipv6) for name in ("m1", "m3")]
        nodes.controller.put_virtual_server("web", nodes.request(*members, vip=vip, detection_profile="echo"))
        for name in ("m1", "m3"):
            nodes.await_member_state(name, "serving", ipv6=ipv6)
        assert nodes.health("m1")["status"]["reason"] == "echo reply"

        with without_vips(nodes.network, nodes.host("m1")):
            nodes.await_member_state("m1", "down", ipv6=ipv6)
            assert nodes.health("m3")["status"]["state"] == "up"
        nodes.await_member_state("m1", "serving", ipv6=ipv6)
