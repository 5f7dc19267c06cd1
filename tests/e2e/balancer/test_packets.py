# SPDX-License-Identifier: Apache-2.0
"""What requests and replies look like at every place of their ways."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from ipaddress import IPv4Interface

import pytest

from connections.clients import Client, fetch
from connections.servers import Endpoint, NamedServer, WebServer, without_vips
from e2e.balancer.environment import PORT, TRANSLATED, UDP_PORT, UDP_TRANSLATED, ServerEnvironment, all_open
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.description import Host, Port
from topologies.frames import sctp_init
from topologies.packets import SCTP, Packet, packets_of
from topologies.service_nodes import OTHER_VIP, VIP, VIP6

_TTL = 64

#: Source addresses between the access switch and the member's.
_SLOT_MAC = "06:"


@dataclass(frozen=True)
class Service:
    """What is asked for, and where the member listens."""

    protocol: str
    ipv6: bool
    port: int
    listens: int

    @property
    def vip(self) -> str:
        """The virtual IP address."""
        return VIP6 if self.ipv6 else VIP

    def __str__(self) -> str:
        return f"{self.protocol}{6 if self.ipv6 else 4}-{self.port}-{self.listens}"


_SERVICES = [Service(protocol, ipv6, port, listens) for ipv6 in (False, True)
             for protocol, port, listens in (("tcp", PORT, PORT), ("tcp", PORT, TRANSLATED),
                                             ("udp", UDP_PORT, UDP_PORT), ("udp", UDP_PORT, UDP_TRANSLATED))]


@pytest.mark.parametrize("service", _SERVICES, ids=str)
def test_only_the_destination_is_rewritten_and_restored(nodes: ServerEnvironment, service: Service) -> None:
    client, member = nodes.host("client"), nodes.host("m1")
    of_client, of_member = (host.ipv6 if service.ipv6 else host.ip for host in (client, member))
    server = nodes.put("web", nodes.member("m1", None if service.port == service.listens else service.listens,
                                           ipv6=service.ipv6),
                       vip=service.vip, protocol=service.protocol, ports=[str(service.port)])

    with _Captures(nodes, f"{service.protocol} and host {of_client}", client, Port("a1", 1), member) as captures, \
            Client(nodes.network, client, Endpoint(service.protocol, service.vip, service.port)) as swarm:
        connections = swarm.open(1)
        assert all_open(connections, 1), f"{connections}\n{nodes.describe()}"
        captures.await_quiet()
        port = connections.connections[0].port
        at_client, at_access, at_member = captures.packets()

    request = (of_client, port, service.vip, service.port)
    redirected = (of_client, port, of_member, service.listens)
    delivered = (of_client, port, service.vip, service.listens)
    answered = (service.vip, service.listens, of_client, port)
    reply = (service.vip, service.port, of_client, port)
    assert {packet.ends for packet in at_client} == {request, reply}
    assert {packet.ends for packet in at_access} == {request, redirected}, "a reply crosses the load balancer"
    assert {packet.ends for packet in at_member} == {delivered, answered}
    everywhere = [*at_client, *at_access, *at_member]
    assert {packet.ttl for packet in everywhere} == {_TTL}
    assert not [packet for packet in everywhere if packet.faults]
    assert {packet.eth_destination for packet in at_client if packet.ends == request} == {server["vip-mac"].lower()}
    assert all(packet.eth_source.startswith(_SLOT_MAC) for packet in at_access if packet.ends == redirected)
    assert {packet.eth_destination for packet in at_access if packet.ends == redirected} == {member.mac}
    assert {packet.eth_destination for packet in at_member if packet.ends == delivered} == {member.mac}
    for sent, received in (([p for p in at_client if p.ends == request], [p for p in at_member
                                                                          if p.ends == delivered]),
                           ([p for p in at_member if p.ends == answered], [p for p in at_client
                                                                           if p.ends == reply])):
        assert [(p.length, p.payload) for p in sent] == [(p.length, p.payload) for p in received], "not one to one"


def test_other_traffic_to_a_member_is_left_alone(nodes: ServerEnvironment) -> None:
    client, member = nodes.host("client"), nodes.host("m1")
    nodes.put("web", nodes.member("m1"))

    with NamedServer(nodes.network, member, Endpoint("tcp", member.ip, TRANSLATED)), \
            Capture(nodes.network, member, f"tcp and host {client.ip}") as capture, \
            Client(nodes.network, client, Endpoint("tcp", member.ip, TRANSLATED)) as swarm:
        opened = swarm.open(10)
        assert all_open(opened, 10), opened.answers
        packets = packets_of(capture.frames())

    assert {address for packet in packets for address in (packet.source, packet.destination)} \
        == {client.ip, member.ip}
    assert {packet.eth_source for packet in packets} == {client.mac, member.mac}


@pytest.mark.parametrize("access", [("a1",), ("n1",), ("n2",), ("n1", "n2"), ("e",), ("c",), ("a1", "a2")],
                         ids="-".join)
def test_any_switch_can_be_the_load_balancer_and_any_host_the_client(nodes: ServerEnvironment,
                                                                     access: tuple[str, ...]) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"), access=access)

    for name in ("client", "near", "m2", "m4"):
        # Hosts that carry the virtual IP address themselves would only speak with themselves.
        client = nodes.host(name)
        with without_vips(nodes.network, client), Client(nodes.network, client, Endpoint("tcp", VIP, PORT)) as swarm:
            opened = swarm.open(40)
            assert opened.answers.keys() == {"m1", "m3"}, f"{name}: {opened.answers}\n{nodes.describe()}"
            assert all_open(opened, 40)


def test_a_member_is_a_client_of_its_own_virtual_ip(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1", None), nodes.member("m3", None))

    with Client(nodes.network, nodes.host("m1"), Endpoint("tcp", VIP, PORT)) as swarm:
        assert swarm.open(20).answers == {"m1": 20}


def test_downloads_do_not_cross_the_load_balancer(nodes: ServerEnvironment) -> None:
    client, member, size = nodes.host("client"), nodes.host("m1"), 2_000_000
    nodes.put("web", nodes.member("m1", 8000))

    with WebServer(nodes.network, member, VIP, 8000, large=size), \
            Capture(nodes.network, Port("a1", 1), f"tcp and host {client.ip}") as capture:
        assert fetch(nodes.network, client, f"http://{VIP}/name") == member.name
        assert len(fetch(nodes.network, client, f"http://{VIP}/large")) == size
        crossing = packets_of(capture.frames())

    assert crossing, "the requests did not cross the load balancer"
    assert not [packet for packet in crossing if packet.source == VIP]
    assert all(packet.length <= 300 for packet in crossing), "more than requests and acknowledgements"


def test_streams_of_one_client_go_to_one_member(nodes: ServerEnvironment) -> None:
    members = [nodes.host(name) for name in ("m1", "m3")]
    nodes.put("iperf", *(nodes.member(host.name, None) for host in members), ports=["5201"],
              affinity="client-address")

    with ExitStack() as stack:
        for host in members:
            log = nodes.network.folder / f"iperf-{host.name}.log"
            process = nodes.network.launch(host, ["iperf3", "-s", "-B", VIP, "--forceflush"], log)
            stack.callback(process.wait)
            stack.callback(process.kill)
            await_until(lambda log=log: "listening" in log.read_text(), 20, "iperf3")  # type: ignore[misc]
        # A test of iperf3 is one connection that steers it and one for each stream: all must reach the same server.
        shown = nodes.network.execute(nodes.host("client"), "iperf3", "-c", VIP, "-P", "4", "-R", "-n", "4M",
                                      timeout=60)

    assert "iperf Done" in shown


def test_virtual_servers_share_an_address_and_members_serve_several(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"))
    nodes.put("alternative", nodes.member("m3", None), ports=[str(TRANSLATED)])
    nodes.put("dns", nodes.member("m3", UDP_TRANSLATED), protocol="udp", ports=[str(UDP_PORT)])
    nodes.put("other", nodes.member("m1"), vip=OTHER_VIP)

    for endpoint, name in ((Endpoint("tcp", VIP, PORT), "m1"), (Endpoint("tcp", VIP, TRANSLATED), "m3"),
                           (Endpoint("udp", VIP, UDP_PORT), "m3"), (Endpoint("tcp", OTHER_VIP, PORT), "m1")):
        with Client(nodes.network, nodes.host("client"), endpoint) as client:
            assert client.open(20).answers == {name: 20}, f"{endpoint}\n{nodes.describe()}"


def test_sctp_reaches_its_member(nodes: ServerEnvironment) -> None:
    client, member = nodes.host("client"), nodes.host("m3")
    server = nodes.put("signalling", nodes.member("m3", None), protocol="sctp", ports=["2905"])
    to_vip = sctp_init(client, replace(client, mac=server["vip-mac"].lower(), address=IPv4Interface(f"{VIP}/32")),
                       (40_000, 2905))

    with Capture(nodes.network, member, "sctp") as capture:
        nodes.send(client, to_vip)
        packets = await_until(lambda: packets_of(capture.frames()), SECONDS_TO_SETTLE, "the message", nodes.describe)

    assert [packet.ends for packet in packets] == [(client.ip, 40_000, VIP, 2905)]
    assert packets[0].protocol == SCTP
    assert not packets[0].faults


class _Captures:
    """Captures at several places."""

    def __init__(self, nodes: ServerEnvironment, expression: str, *places: Host | Port) -> None:
        self._stack = ExitStack()
        self._captures = [Capture(nodes.network, place, expression) for place in places]
        self._describe = nodes.describe

    def __enter__(self) -> _Captures:
        for capture in self._captures:
            self._stack.enter_context(capture)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def await_quiet(self) -> None:
        """Waits until what was sent at one end of a way has been seen at the other."""
        def counts() -> list[int]:
            return [len(packets) for packets in self.packets()]

        await_until(lambda: counts()[0] == counts()[-1] > 0, SECONDS_TO_SETTLE, "as many packets at both ends",
                    lambda: f"{counts()}\n{self._describe()}")

    def packets(self) -> list[list[Packet]]:
        """What passed each place."""
        return [packets_of(capture.frames()) for capture in self._captures]
