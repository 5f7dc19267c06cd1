# SPDX-License-Identifier: Apache-2.0
"""Who answers for a virtual IP address, who may use it, and what becomes of packets that are no requests."""

from __future__ import annotations

import sys
from dataclasses import replace
from ipaddress import IPv4Interface
from typing import Iterator

import pytest

from connections.clients import Client, fetch
from connections.remote import ADDRESS, ADDRESS6, NARROW_MTU, RemoteClient
from connections.servers import Endpoint, WebServer
from e2e.balancer.environment import PORT, UDP_PORT, UDP_TRANSLATED, ServerEnvironment, all_open
from e2e.environment import NOBODY, SECONDS_TO_SETTLE, TARGET
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.description import Host
from topologies.frames import arp_announcement, plain_udp
from topologies.packets import ICMP, ICMP6, Packet, packets_of
from topologies.processes import CommandFailed
from topologies.service_nodes import OTHER_VIP, VIP, VIP6

_WEB = Endpoint("tcp", VIP, PORT)

#: A port where no server listens.
_CLOSED = 5999


def _neighbour(nodes: ServerEnvironment, host: Host, address: str) -> str:
    """The MAC address that a host finds when it asks the network anew."""
    nodes.network.execute(host, "ip", "neigh", "flush", "to", address, "dev", nodes.network.interface(host))
    ping = ["ping", "-c", "1", "-W", "1", address]
    try:
        nodes.network.execute(host, *ping)
    except CommandFailed:
        # Whether anybody answers an echo is another question.
        pass
    shown = nodes.network.execute(host, "ip", "neigh", "show", "to", address).split()
    return shown[shown.index("lladdr") + 1] if "lladdr" in shown else "nobody"


def _answers_echo(nodes: ServerEnvironment, host: Host, address: str) -> bool:
    try:
        return " 0% packet loss" in nodes.network.execute(host, "ping", "-c", "3", "-i", "0.2", "-W", "2", address)
    except CommandFailed:
        return False


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_only_the_load_balancer_answers_for_the_virtual_ip(nodes: ServerEnvironment, vip: str) -> None:
    server = nodes.put("web", *(nodes.member(name, ipv6=vip == VIP6) for name in ("m1", "m3")), vip=vip)

    for name in ("client", "near", "router"):
        assert _neighbour(nodes, nodes.host(name), vip) == server["vip-mac"].lower(), f"{name}\n{nodes.describe()}"


def test_arp_is_answered_without_the_controller(nodes: ServerEnvironment) -> None:
    server = nodes.put("web", nodes.member("m1"))
    # Client and member find each other by the controller.
    nodes.network.execute(nodes.host("client"), "ping", "-c", "1", "-W", "5", nodes.host("m1").ip)
    nodes.network.connect(NOBODY)
    try:
        assert _neighbour(nodes, nodes.host("client"), VIP) == server["vip-mac"].lower()
        with Client(nodes.network, nodes.host("client"), _WEB) as client:
            opened = client.open(50)
            assert all_open(opened, 50), opened.answers
    finally:
        nodes.network.connect(TARGET)
        nodes.await_everything_found()
        nodes.await_server("web")


def test_what_others_claim_is_dropped_and_counted(nodes: ServerEnvironment) -> None:
    server = nodes.put("web", nodes.member("m1"))
    client = nodes.host("client")
    assert _neighbour(nodes, client, VIP) == server["vip-mac"].lower()

    with Capture(nodes.network, client, f"arp and src host {VIP}") as capture:
        for name in ("m1", "m3", "client2"):
            nodes.send(nodes.host(name), arp_announcement(nodes.host(name), VIP), times=3)
        await_until(lambda: nodes.drops("web")["foreign-claim"] >= 9, SECONDS_TO_SETTLE, "nine claims",
                    lambda: f"{nodes.drops('web')}\n{nodes.describe()}")
        assert not capture.frames()
    assert server["vip-mac"].lower() in nodes.network.execute(client, "ip", "neigh", "show", "to", VIP)


def test_members_need_not_hide_the_virtual_ip_when_they_ask(nodes: ServerEnvironment) -> None:
    """Linux asks for a client's address by ARP in the name of the virtual IP address, from which it answers."""
    client, member = nodes.host("client"), nodes.host("m1")
    nodes.put("web", nodes.member("m1"))
    nodes.network.execute(member, "ip", "neigh", "flush", "all")

    with Client(nodes.network, client, _WEB) as swarm:
        opened = swarm.open(10)

    assert all_open(opened, 10), f"{opened.answers}\n{nodes.describe()}"
    addresses = nodes.controller.hosts()[member.host_id]["ipAddresses"]
    assert VIP not in addresses, f"the controller takes the virtual IP address for the member's: {addresses}"


def test_only_members_may_be_the_virtual_ip(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"))
    receiver = nodes.host("client2")
    vip = IPv4Interface(f"{VIP}/32")

    with Capture(nodes.network, receiver, f"src host {VIP}") as capture:
        # A member of another virtual server, if of any, and a host that is none.
        for name in ("m3", "near", "client"):
            nodes.send(nodes.host(name), plain_udp(replace(nodes.host(name), address=vip), receiver), times=5)
        await_until(lambda: nodes.drops("web")["spoofed-source"] >= 15, SECONDS_TO_SETTLE, "15 packets dropped",
                    lambda: f"{nodes.drops('web')}\n{nodes.describe()}")
        assert not capture.frames()
    with Client(nodes.network, receiver, _WEB) as swarm:
        assert all_open(swarm.open(10), 10)


def test_other_ports_are_dropped_and_counted(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"))
    client = nodes.host("client")

    with Capture(nodes.network, nodes.host("m1"), f"host {client.ip}") as capture:
        nodes.network.execute(client, sys.executable, "-c", _SEND, VIP, str(_CLOSED), "10")
        await_until(lambda: nodes.drops("web")["port-not-served"] >= 1, SECONDS_TO_SETTLE, "a packet dropped",
                    lambda: f"{nodes.drops('web')}\n{nodes.describe()}")
        assert not capture.frames()


def test_requests_without_a_member_are_dropped_and_counted(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"))
    nodes.controller.change_members("web", nodes.member("m1", state="disabled"))
    nodes.await_server("web", "down")

    with pytest.raises(CommandFailed):
        fetch(nodes.network, nodes.host("client"), f"http://{VIP}/", "-m", "2")

    await_until(lambda: nodes.drops("web")["no-member"] >= 1, SECONDS_TO_SETTLE, "a request dropped",
                lambda: f"{nodes.drops('web')}\n{nodes.describe()}")


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_echo_is_answered_while_a_member_is_usable(nodes: ServerEnvironment, vip: str) -> None:
    ipv6 = vip == VIP6
    nodes.put("web", *(nodes.member(name, ipv6=ipv6) for name in ("m1", "m3")), vip=vip)

    for name in ("client", "near"):
        assert _answers_echo(nodes, nodes.host(name), vip), f"{name}\n{nodes.describe()}"
    nodes.controller.change_members("web", nodes.member("m1", ipv6=ipv6, state="disabled"))
    nodes.await_member("web", nodes.member("m1", ipv6=ipv6), "disabled")
    nodes.await_rules()
    assert _answers_echo(nodes, nodes.host("client"), vip), nodes.describe()
    nodes.controller.change_members("web", nodes.member("m3", ipv6=ipv6, state="disabled"))
    nodes.await_server("web", "down")

    assert not _answers_echo(nodes, nodes.host("client"), vip)


def _captured_errors(nodes: ServerEnvironment, capture: Capture) -> list[Packet]:
    """Waits for ICMP errors: the types of those of ICMPv6 are below 128 (RFC 4443, section 2.1)."""
    return await_until(lambda: [packet for packet in packets_of(capture.frames())
                                if packet.protocol == ICMP or packet.kind[0] < 128],
                       SECONDS_TO_SETTLE, "an ICMP error", nodes.describe) or []


@pytest.mark.parametrize("vip", [VIP, VIP6])
@pytest.mark.parametrize("port", [_CLOSED, UDP_PORT])
def test_a_member_says_that_nobody_listens(nodes: ServerEnvironment, vip: str, port: int) -> None:
    ipv6, client = vip == VIP6, nodes.host("client")
    nodes.put("dns", nodes.member("m1", _CLOSED, ipv6=ipv6), vip=vip, protocol="udp", ports=[str(port)])

    with Capture(nodes.network, client, "icmp or icmp6") as capture, \
            Client(nodes.network, client, Endpoint("udp", vip, port)) as swarm:
        opened = swarm.open(1)
        errors = _captured_errors(nodes, capture)

    assert opened.answers == {"REFUSED": 1}, nodes.describe()
    assert {packet.source for packet in errors} == {vip}
    assert {packet.kind for packet in errors} == {(1, 4) if ipv6 else (3, 3)}
    assert not [packet for packet in errors if packet.faults]
    for packet in errors:
        assert packet.quoted is not None
        assert packet.quoted.ends == (client.ipv6 if ipv6 else client.ip, opened.connections[0].port, vip, port)


@pytest.fixture(name="remote")
def _remote(nodes: ServerEnvironment) -> Iterator[RemoteClient]:
    with RemoteClient(nodes.network, nodes.host("router")) as remote:
        for name in ("m1", "m3"):
            for route in remote.routes:
                nodes.network.execute(nodes.host(name), *route)
        yield remote


@pytest.mark.parametrize("vip", [VIP, VIP6])
@pytest.mark.parametrize("listens", [8000, 8001])
def test_path_mtu_discovery_reaches_the_member(nodes: ServerEnvironment, remote: RemoteClient, vip: str,
                                               listens: int) -> None:
    ipv6, member, size = vip == VIP6, nodes.host("m1"), 300_000
    nodes.put("web", nodes.member("m1", listens, ipv6=ipv6), vip=vip, ports=["8000"])
    nodes.network.execute(member, "ip", *(["-6"] if ipv6 else []), "route", "flush", "cache")

    with WebServer(nodes.network, member, vip, listens, large=size), \
            Capture(nodes.network, member, "icmp or icmp6") as capture:
        url = f"http://[{vip}]:8000/large" if ipv6 else f"http://{vip}:8000/large"
        fetched = remote.execute("curl", "-sS", "--fail", "-g", "-m", "20", "-o", "/dev/null", "-w", "%{size_download}",
                                 url)
        errors = _captured_errors(nodes, capture)

    assert int(fetched) == size
    for packet in errors:
        assert packet.kind == ((2, 0) if ipv6 else (3, 4))
        assert packet.rest & 0xffff == NARROW_MTU
        assert packet.protocol == (ICMP6 if ipv6 else ICMP)
        assert packet.destination == vip
        assert packet.quoted is not None
        assert packet.quoted.ends[:3] == (vip, listens, ADDRESS6 if ipv6 else ADDRESS)
        assert not packet.faults


def test_requests_in_fragments_are_refused_and_counted(nodes: ServerEnvironment) -> None:
    client = nodes.host("client")
    nodes.put("dns", nodes.member("m1", UDP_TRANSLATED), protocol="udp", ports=[str(UDP_PORT)])

    with Capture(nodes.network, nodes.host("m1"), f"udp and src host {client.ip}") as capture:
        nodes.network.execute(client, sys.executable, "-c", _SEND, VIP, str(UDP_PORT), "4000")
        # Not even the first one shows its ports.
        await_until(lambda: nodes.drops("dns")["later-fragment"] >= 3, SECONDS_TO_SETTLE, "three fragments dropped",
                    lambda: f"{nodes.drops('dns')}\n{nodes.describe()}")
        assert not capture.frames()


@pytest.mark.parametrize("vip", [VIP, VIP6])
def test_replies_in_fragments_reach_the_client(nodes: ServerEnvironment, vip: str) -> None:
    ipv6 = vip == VIP6
    nodes.put("dns", nodes.member("m1", UDP_PORT, ipv6=ipv6), vip=vip, protocol="udp", ports=[str(UDP_PORT)])

    answer = nodes.network.execute(nodes.host("client"), sys.executable, "-c", _ASK, vip, str(UDP_PORT), "4000")

    assert answer.split() == ["m1", "4000"], nodes.describe()


def test_virtual_ips_do_not_answer_for_each_other(nodes: ServerEnvironment) -> None:
    one = nodes.put("one", nodes.member("m1"))
    other = nodes.put("other", nodes.member("m3"), vip=OTHER_VIP)
    assert one["vip-mac"] != other["vip-mac"]

    for vip, name in ((VIP, "m1"), (OTHER_VIP, "m3")):
        with Client(nodes.network, nodes.host("client"), Endpoint("tcp", vip, PORT)) as swarm:
            assert swarm.open(20).answers == {name: 20}
    nodes.controller.remove_virtual_server("one")
    await_until(lambda: [server["name"] for server in nodes.controller.virtual_servers()] == ["other"],
                SECONDS_TO_SETTLE, "one gone", nodes.describe)
    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", OTHER_VIP, PORT)) as swarm:
        assert swarm.open(20).answers == {"m3": 20}


#: Sends a datagram of some length to an address and a port.
_SEND = """
import socket, sys
host, port, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as speaker:
    speaker.sendto(b"?".ljust(length), (host, port))
"""

#: Asks a named server for an answer of some length, and prints its name and the length.
_ASK = """
import socket, sys
host, port, length = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as speaker:
    speaker.settimeout(3)
    speaker.connect((host, port))
    for attempt in range(3):
        speaker.send(f"?{length}".encode())
        try:
            answer = speaker.recv(65535)
            print(answer.split()[0].decode(), len(answer))
            break
        except TimeoutError:
            continue
"""
