# SPDX-License-Identifier: Apache-2.0
"""Probes a second on the wire of 64 members that 1 to 16 load balancers share.

Four hosts of which each is 16 members by its ports, on two service nodes with an agent each; a virtual server of the
profile *normal*, which opens a TCP connection every second, is served by 1, 2, 4, 8 and 16 switches. The peer, at the
same time: HAProxy at each of these switches, which checks the same members as often, by opening a connection, too.
Counted is what begins connections at the members themselves, by its source, for some seconds once all members are up by
the word of whoever probes them. The goal is the peer's number by that of load balancers; a twentieth more is allowed
for what happens to begin within the time of counting. HAProxy checks later than it should on a machine that is too busy
for all 16 of them, and the goal is lower then. Medians of rounds; *spread* is the largest value less the
smallest.
"""

from __future__ import annotations

import ipaddress
import json
import statistics
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks.balancing import Daemons, balancing_laboratory, members, tell_haproxy
from connections.servers import carry
from controller.rest import Controller
from detection.nodes import RESERVED_SOURCE, answer_probes, probing_nodes
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Host, Link, Network, Port, Switch
from topologies.emulation import EmulatedNetwork
from topologies.service_nodes import VIP, service_nodes

#: How many load balancers there are, from the fewest to the most.
BALANCERS = (1, 2, 4, 8, 16)

_NAME = "probed"
_PORT = 80
_MEMBER_PORTS = range(8001, 8017)
_AGENT_PORTS = (Port("n1", 5), Port("n2", 5))
#: The hosts with the peers have addresses of their own.
_PEERS = ipaddress.IPv4Network("10.0.5.0/24")
_FIRST_FREE_PORT = 6
_TABLE = "inet counted"
_OURS, _HAPROXY = "ours", "HAProxy"
_SECONDS_TO_SETTLE = 300.0
_SECONDS_COUNTED = 20.0
_TOLERANCE = 1.05


def balanced_network() -> Network:
    """The network of the tests of virtual servers with more load balancers, and a host with a peer at each."""
    network = service_nodes()
    numbers = range(1, BALANCERS[-1] + 1)
    known = {switch.name for switch in network.switches}
    new = [number for number in numbers if f"a{number}" not in known]
    return replace(
        network,
        switches=(*network.switches, *(Switch(f"a{number}", 0x2a0 + number) for number in new)),
        hosts=(*network.hosts, *(_peer(number) for number in numbers)),
        links=(*network.links, *(Link(Port("c", _FIRST_FREE_PORT + place), Port(f"a{number}", 1))
                                 for place, number in enumerate(new))))


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    samples: dict[int, list[tuple[float, float]]] = {balancers: [] for balancers in BALANCERS}
    with balancing_laboratory(known=balanced_network()) as (controller, network), Daemons(network) as servers:
        behind = members(network)
        answer_probes(network, *behind)
        servers.serve(_MEMBER_PORTS, *behind)
        for member in behind:
            carry(network, member, VIP)
            _count_probes(network, member)
        with probing_nodes(controller, network, _AGENT_PORTS):
            for number in range(1, rounds + 1):
                for balancers in BALANCERS:
                    ours, peer = _sample(controller, network, behind, balancers)
                    samples[balancers].append((ours, peer))
                    print(f"  round {number}, load balancers {balancers}: {ours:.1f} probes a second, {_HAPROXY}"
                          f" {peer:.1f}", flush=True)
    return figures(samples)


def figures(samples: Mapping[int, Sequence[tuple[float, float]]]) -> list[Figure]:
    """Returns the figures of probes a second, ours and the peer's, by the number of load balancers."""
    return [_figure(balancers, [ours for ours, _ in values], statistics.median(peer for _, peer in values))
            for balancers, values in samples.items()]


def _figure(balancers: int, ours: Sequence[float], peer: float) -> Figure:
    return Figure(f"probes_for_{balancers}_balancer{'s' if balancers > 1 else ''}", "probes/s", statistics.median(ours),
                  len(ours), max(ours) - min(ours), peer, _HAPROXY, _TOLERANCE * peer / balancers)


def _sample(controller: Controller, network: EmulatedNetwork, behind: Sequence[Host], balancers: int) \
        -> tuple[float, float]:
    """Lets some load balancers work and returns the probes a second, ours and the peer's."""
    switches = [network.description.switch(f"a{number}") for number in range(1, balancers + 1)]
    controller.put_virtual_server(_NAME, {
        "vip": VIP, "ports": [str(_PORT)], "detection-profile": "normal",
        "members": [{"address": member.ip, "port": port} for port in _MEMBER_PORTS for member in behind],
        "access-switches": [switch.device_id for switch in switches]})
    with Daemons(network) as peers:
        controls = [_check(network, peers, behind, number) for number in range(1, balancers + 1)]
        await_until(lambda: _is_served(controller.virtual_server(_NAME)), _SECONDS_TO_SETTLE, "every member serving",
                    lambda: str(controller.virtual_server(_NAME)))
        await_until(lambda: all(tell_haproxy(control, "show stat").count(",L4OK,") == len(behind) * len(_MEMBER_PORTS)
                                for control in controls),
                    _SECONDS_TO_SETTLE, "every member up for every peer")
        began, before = time.monotonic(), _counted(network, behind)
        time.sleep(_SECONDS_COUNTED)
        seconds, after = time.monotonic() - began, _counted(network, behind)
    return (after[_OURS] - before[_OURS]) / seconds, (after[_HAPROXY] - before[_HAPROXY]) / seconds


def _is_served(server: Mapping[str, Any]) -> bool:
    return server["status"]["state"] == "up" and all(member["status"]["state"] == "serving"
                                                     for member in server["member-status"])


def _peer(number: int) -> Host:
    return Host(f"p{number}", f"02:00:00:02:05:{number:02x}",
                ipaddress.IPv4Interface(f"{_PEERS.network_address + number}/8"), Port(f"a{number}", 2))


def _check(network: EmulatedNetwork, peers: Daemons, behind: Sequence[Host], number: int) -> Path:
    """Lets a peer check all members, and returns its socket."""
    host = network.description.host(f"p{number}")
    control = network.folder / f"p{number}.sock"
    servers = "\n".join(f" server {member.name}-{port} {member.ip}:{port} check inter 1s fall 3 rise 2"
                        for port in _MEMBER_PORTS for member in behind)
    peers.haproxy(host, "checking", {}, f"global\n stats socket {control} level admin\n"
                  f"listen checked\n bind {host.ip}:{_PORT}\n timeout check 500ms\n{servers}", _PORT)
    return control


def _count_probes(network: EmulatedNetwork, member: Host) -> None:
    """Lets a member count what begins connections to it, by who does."""
    begins = f"tcp flags & (syn | ack) == syn tcp dport {_MEMBER_PORTS[0]}-{_MEMBER_PORTS[-1]}"
    file = network.folder / f"counted-{member.name}.nft"
    file.write_text(f"table {_TABLE} {{\n counter {_OURS} {{ }}\n counter {_HAPROXY} {{ }}\n"
                    " chain arriving {\n type filter hook prerouting priority raw;\n"
                    f" {begins} ip saddr {RESERVED_SOURCE} counter name {_OURS}\n"
                    f" {begins} ip saddr {_PEERS} counter name {_HAPROXY}\n }}\n}}\n")
    network.execute(member, "nft", "-f", str(file))


def _counted(network: EmulatedNetwork, behind: Sequence[Host]) -> dict[str, int]:
    """What has begun connections to all members so far, by who did."""
    counted = {_OURS: 0, _HAPROXY: 0}
    for member in behind:
        for entry in json.loads(network.execute(member, "nft", "-j", "list", "counters"))["nftables"]:
            if "counter" in entry:
                counted[entry["counter"]["name"]] += entry["counter"]["packets"]
    return counted
