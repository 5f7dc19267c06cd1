# SPDX-License-Identifier: Apache-2.0
"""What benchmarks of virtual servers share: their network, servers on members, and peers on a host of their own."""

from __future__ import annotations

import ipaddress
import re
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from benchmarks.laboratory import TARGET, LocalController, laboratory
from connections.servers import carry
from controller.rest import Controller, await_network
from topologies.awaiting import await_until
from topologies.description import Host, Network, Port
from topologies.emulation import EmulatedNetwork
from topologies.processes import end
from topologies.service_nodes import ACCESS_SWITCHES, MEMBERS, OTHER_VIP, VIP, service_nodes

#: Where members serve pages, and where they serve downloads.
WEB_PORT = 80
DOWNLOAD_PORT = 5201

#: The host of the peers, at one of the switches that act as load balancers, so that all have the same way to go.
#: HAProxy has its own address, nftables another one.
PEER = Host("peer", "02:00:00:02:03:01", ipaddress.IPv4Interface("10.0.3.1/8"), Port("a1", 2))
HAPROXY = PEER.ip
NFTABLES = "10.0.3.2"

_SECONDS_OF_CONNECTIONS = 5
_CONNECTIONS_AT_A_TIME = 64
_SECONDS_TO_START = 20.0
_SECONDS_TO_SETTLE = 60.0


#: Another host of that kind, at the load balancer whose link can be listened to.
METERED_SWITCH = "a2"
METERED_PEER = Host("peer2", "02:00:00:02:03:03", ipaddress.IPv4Interface("10.0.3.3/8"), Port(METERED_SWITCH, 2))


def balancing_network() -> Network:
    """The network of the tests of virtual servers, and the hosts of the peers."""
    network = service_nodes()
    return replace(network, hosts=(*network.hosts, PEER, METERED_PEER))


def members(network: EmulatedNetwork) -> list[Host]:
    """The hosts that are members."""
    return [network.description.host(name) for name in MEMBERS]


@contextmanager
def balancing_laboratory(beside: Network = Network((), (), ()), known: Network = balancing_network()) \
        -> Iterator[tuple[LocalController, EmulatedNetwork]]:
    """A controller that knows the network, with its hosts, for the time of a benchmark.

    :param beside: a network that runs as well, and of which the controller does not know
    :param known: the network of which it knows
    """
    both = Network(known.switches + beside.switches, known.hosts + beside.hosts, known.links + beside.links)
    with laboratory(both) as (controller, network):
        join_directly(network)
        for switch in known.switches:
            network.connect_switch(switch, TARGET)
        await_network(controller, known)
        for member in members(network):
            carry(network, member, VIP, OTHER_VIP)
        network.introduce(*known.hosts)
        await_until(lambda: len(controller.get("v1/hosts")["hosts"]) >= len(known.hosts), _SECONDS_TO_SETTLE,
                    "every host known", controller.describe)
        yield controller, network


def join_directly(network: EmulatedNetwork) -> None:
    """Joins switches by patch ports instead of pairs of interfaces, which costs nothing.

    One thread carries all switches, and passing a pair of interfaces is most of its work: without this a way would be
    as fast as it is short, whatever is done on it. Only the link that can be listened to stays as it is. To be called
    before the switches have their controller.
    """
    for link in network.description.links:
        if METERED_SWITCH in (link.a.switch, link.b.switch):
            continue
        for near, far in ((link.a, link.b), (link.b, link.a)):
            interface = network.port_interface(near)
            network.openvswitch.configure(
                "del-port", near.switch, interface, "--", "add-port", near.switch, _patch(near), "--", "set",
                "interface", _patch(near), "type=patch", f"options:peer={_patch(far)}", f"ofport_request={near.number}")


def _patch(port: Port) -> str:
    return f"{port.switch}-patch{port.number}"


def put_virtual_server(controller: Controller, network: EmulatedNetwork, name: str, port: int, **more: Any) -> None:
    """Asks for a virtual server of all members, and waits until it is up."""
    controller.put_virtual_server(name, {
        "vip": VIP, "ports": [str(port)],
        "members": [{"address": member.ip} for member in members(network)],
        "access-switches": [network.description.switch(switch).device_id for switch in ACCESS_SWITCHES], **more})
    await_up(controller, name)


def await_up(controller: Controller, name: str) -> None:
    """Waits until a virtual server is up."""
    await_until(lambda: controller.virtual_server(name)["status"]["state"] == "up", _SECONDS_TO_SETTLE,
                f"virtual server {name} up", controller.describe)


class Daemons:
    """Programs on hosts that run until the benchmark is over. A context manager."""

    def __init__(self, network: EmulatedNetwork) -> None:
        self._network = network
        self._stack = ExitStack()

    def __enter__(self) -> Daemons:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def serve(self, ports: Sequence[int], *hosts: Host) -> None:
        """Serves short pages at some ports, and downloads, on hosts."""
        for host in hosts:
            binds = "\n".join(f" bind 0.0.0.0:{port}" for port in ports)
            self.haproxy(host, "web", {}, f"frontend web\n mode http\n option httpclose\n{binds}\n"
                         f" http-request return status 200 content-type text/plain string {host.name}", *ports)
            self.start(host, "download", ["iperf3", "--server", "--port", str(DOWNLOAD_PORT)], DOWNLOAD_PORT)

    def haproxy(self, host: Host, name: str, servers: Mapping[int, Sequence[Host]], more: str, *ports: int) \
            -> subprocess.Popen[bytes]:
        """Runs HAProxy on a host, which passes connections to each port on to servers that have the same one."""
        listeners = "\n".join(f"listen port{port}\n bind {host.ip}:{port}\n" + "".join(
            f" server {server.name} {server.ip}:{port}\n" for server in behind) for port, behind in servers.items())
        file = self._network.folder / f"{name}-{host.name}.cfg"
        file.write_text(f"global\n maxconn 8000\ndefaults\n mode tcp\n timeout connect 5s\n timeout client 10m\n"
                        f" timeout server 10m\n{listeners}\n{more}\n")
        return self.start(host, name, ["haproxy", "-db", "-f", str(file)], *servers, *ports)

    def start(self, host: Host, name: str, command: Sequence[str], *ports: int) -> subprocess.Popen[bytes]:
        """Starts a program on a host, waits until it listens at its ports, and returns its process."""
        log = self._network.folder / f"{name}-{host.name}.log"
        process: subprocess.Popen[bytes] = self._network.launch(host, command, log)
        self._stack.callback(end, process)
        await_until(lambda: all(self._is_listening(host, port) for port in ports), _SECONDS_TO_START,
                    f"{name} on {host.name}", log.read_text)
        return process

    def _is_listening(self, host: Host, port: int) -> bool:
        return str(port) in self._network.execute(host, "ss", "-Hltn", "sport", "=", f":{port}")


def tell_haproxy(control: Path, order: str) -> str:
    """Gives an order to HAProxy by its socket, and returns what it says."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(control))
        connection.sendall(f"{order}\n".encode())
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile().read().strip()


def translate_addresses(network: EmulatedNetwork, servers: Mapping[int, Sequence[Host]]) -> None:
    """Lets nftables on the host of the peers translate connections to each port to servers, both ways."""
    rules = "\n".join(
        f"ip daddr {NFTABLES} tcp dport {port} dnat to numgen inc mod {len(behind)} map"
        f" {{ {', '.join(f'{number} : {server.ip}' for number, server in enumerate(behind))} }}"
        for port, behind in servers.items())
    file = network.folder / "translation.nft"
    file.write_text(f"table ip balancer {{\n chain in {{\n type nat hook prerouting priority dstnat;\n{rules}\n }}\n"
                    " chain out {\n type nat hook postrouting priority srcnat; masquerade\n }\n}\n")
    network.execute(PEER, "ip", "address", "add", f"{NFTABLES}/8", "dev", network.interface(PEER))
    network.execute(PEER, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.send_redirects=0",
                    f"net.ipv4.conf.{network.interface(PEER)}.send_redirects=0")
    network.execute(PEER, "nft", "-f", str(file))


def connections_per_second(network: EmulatedNetwork, client: Host, address: str, port: int) -> float:
    """How many pages a client gets, each over a connection of its own, many at a time.

    :raises RuntimeError: if it gets none
    """
    said = network.execute(client, "wrk", "--threads", "1", "--connections", str(_CONNECTIONS_AT_A_TIME),
                           "--duration", f"{_SECONDS_OF_CONNECTIONS}s", "--header", "Connection: close",
                           f"http://{address}:{port}/", timeout=60.0)
    rate = re.search(r"Requests/sec:\s*([0-9.]+)", said)
    if rate is None or float(rate[1]) == 0:
        raise RuntimeError(f"no connection to {address}:\n{said}")
    return float(rate[1])


def metered_interfaces(network: EmulatedNetwork) -> list[str]:
    """The interfaces at both ends of the link that can be listened to."""
    return [network.port_interface(end) for link in network.description.links for end in (link.a, link.b)
            if METERED_SWITCH in (link.a.switch, link.b.switch)]
