# SPDX-License-Identifier: Apache-2.0
"""A member is added to a virtual server and another one drained, under connections that are kept.

1,000 connections, half of which are used all the time and half of which are idle for two minutes before each change.
Broken is a connection that does not get an answer from the same server afterwards. Peers, at the same time: HAProxy in
mode tcp on a host of its own, whose servers are enabled and drained through its socket; and a SELECT group of OpenFlow
with a bucket for each member, which is changed by ovs-ofctl, in a switch of the same kind without a controller.
Figures are sums over all rounds.
"""

from __future__ import annotations

import ipaddress
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Mapping, Sequence

from benchmarks.balancing import (HAPROXY, PEER, Daemons, await_up, balancing_laboratory, members, put_virtual_server,
                                  tell_haproxy)
from connections.clients import Client
from connections.servers import Endpoint, NamedServer
from controller.rest import Controller
from reports.report import Figure
from topologies.description import Host, Network, Port, Switch
from topologies.emulation import EmulatedNetwork
from topologies.service_nodes import VIP

_PORT = 7007
_CONNECTIONS_OF_A_KIND = 500
_SECONDS_IDLE = 120.0

_OURS, _HAPROXY, _GROUP = "virtual server", "HAProxy", "SELECT group"
_KINDS = ("active", "idle")
_ADDED, _DRAINED = "added", "drained"

#: The network of the group: a client and four members at one switch, which no controller knows.
_SWITCH = Switch("g", 0x2f)
_GROUP_HOSTS = tuple(Host(f"g{number}", f"02:00:00:02:04:{number:02x}",
                          ipaddress.IPv4Interface(f"10.0.4.{number}/8"), Port("g", number)) for number in range(1, 6))
_GROUP_CLIENT, _GROUP_MEMBERS = _GROUP_HOSTS[0], _GROUP_HOSTS[1:]
_GROUP_VIP, _GROUP_MAC = "10.9.4.9", "02:00:00:02:04:ff"


@dataclass(frozen=True)
class Way:
    """One way to share connections: where its clients are, and how its members are changed."""

    client: Host
    address: str
    changes: Mapping[str, Callable[[], None]]


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    broken: dict[tuple[str, str, str], int] = {}
    with balancing_laboratory(Network((_SWITCH,), _GROUP_HOSTS, ())) as (controller, network), ExitStack() as stack:
        for host in (*members(network), *_GROUP_MEMBERS):
            stack.enter_context(NamedServer(network, host, Endpoint("tcp", "0.0.0.0", _PORT)))
        for number in range(1, rounds + 1):
            with Daemons(network) as daemons:
                ways = _ways(controller, network, daemons)
                for key, count in _round(network, ways).items():
                    broken[key] = broken.get(key, 0) + count
                controller.remove_virtual_server("kept")
            print(f"  round {number}: " + ", ".join(f"{' '.join(key)} {count}" for key, count in broken.items()),
                  flush=True)
    return figures(broken, rounds)


def figures(broken: Mapping[tuple[str, str, str], int], rounds: int) -> list[Figure]:
    """Returns the figures of how many connections were broken, by way, kind of connection, and change."""
    return [Figure(f"{kind}_broken_when_{change}_beside_{'haproxy' if peer == _HAPROXY else 'group'}", "connections",
                   float(broken[_OURS, kind, change]), rounds * _CONNECTIONS_OF_A_KIND,
                   peer=float(broken[peer, kind, change]), peer_name=peer, goal=0.0)
            for kind in _KINDS for change in (_ADDED, _DRAINED) for peer in (_HAPROXY, _GROUP)]


def _ways(controller: Controller, network: EmulatedNetwork, daemons: Daemons) -> dict[str, Way]:
    behind, client = members(network), network.description.host("client")
    put_virtual_server(controller, network, "kept", _PORT,
                       members=[{"address": member.ip} for member in behind[:-1]])
    control = network.folder / "haproxy.sock"
    daemons.haproxy(PEER, "kept", {}, f"""global
        stats socket {control} level admin
        listen kept
        bind {HAPROXY}:{_PORT}
        """ + "\n".join(f"server {member.name} {member.ip}:{_PORT}{' disabled' if member == behind[-1] else ''}"
                        for member in behind), _PORT)
    _install_group(network)
    return {
        _OURS: Way(client, VIP, {
            _ADDED: lambda: _change(controller, {"address": behind[-1].ip}),
            _DRAINED: lambda: _change(controller, {"address": behind[0].ip, "state": "draining"})}),
        _HAPROXY: Way(client, HAPROXY, {
            _ADDED: lambda: _tell(control, f"enable server kept/{behind[-1].name}"),
            _DRAINED: lambda: _tell(control, f"set server kept/{behind[0].name} state drain")}),
        _GROUP: Way(_GROUP_CLIENT, _GROUP_VIP, {
            _ADDED: lambda: _share(network, _GROUP_MEMBERS),
            _DRAINED: lambda: _share(network, _GROUP_MEMBERS[1:])})}


def _round(network: EmulatedNetwork, ways: Mapping[str, Way]) -> dict[tuple[str, str, str], int]:
    broken: dict[tuple[str, str, str], int] = {}
    with ExitStack() as stack:
        clients = {(way, kind): stack.enter_context(Client(network, ways[way].client,
                                                           Endpoint("tcp", ways[way].address, _PORT),
                                                           proxied=way == _HAPROXY))
                   for way in ways for kind in _KINDS}
        before = {key: client.open(_CONNECTIONS_OF_A_KIND) for key, client in clients.items()}
        for key, swarm in before.items():
            if swarm.open < _CONNECTIONS_OF_A_KIND:
                raise RuntimeError(f"{' '.join(key)}: {swarm.answers}")
        for change in (_ADDED, _DRAINED):
            for name in ways:
                clients[name, "active"].pester()
            time.sleep(_SECONDS_IDLE)
            for way in ways.values():
                way.changes[change]()
            for (name, kind), client in clients.items():
                after = client.rest() if kind == "active" else client.ask()
                broken[name, kind, change] = len(after.broken_since(before[name, kind]))
                before[name, kind] = after
    return broken


def _change(controller: Controller, *changes: Mapping[str, object]) -> None:
    controller.change_members("kept", *changes)
    await_up(controller, "kept")


def _tell(control: Path, order: str) -> None:
    """Gives HAProxy an order, which it answers with what was wrong with it."""
    said = tell_haproxy(control, order)
    if said:
        raise RuntimeError(f"HAProxy: {order}: {said}")


def _install_group(network: EmulatedNetwork) -> None:
    client = _GROUP_CLIENT
    network.execute(client, "ip", "neighbour", "replace", _GROUP_VIP, "lladdr", _GROUP_MAC, "dev",
                    network.interface(client))
    network.openvswitch.openflow("del-groups", "g")
    network.openvswitch.openflow("add-group", "g", _group(_GROUP_MEMBERS[:-1]))
    network.openvswitch.openflow("del-flows", "g")
    network.openvswitch.openflow("add-flow", "g", "priority=1,arp,actions=flood")
    network.openvswitch.openflow("add-flow", "g", f"priority=2,ip,nw_dst={_GROUP_VIP},actions=group:1")
    for member in _GROUP_MEMBERS:
        network.openvswitch.openflow(
            "add-flow", "g", f"priority=2,ip,in_port={member.port.number},actions=mod_nw_src:{_GROUP_VIP},"
            f"mod_dl_src:{_GROUP_MAC},output:{client.port.number}")


def _share(network: EmulatedNetwork, behind: Sequence[Host]) -> None:
    network.openvswitch.openflow("mod-group", "g", _group(behind))


def _group(behind: Sequence[Host]) -> str:
    return "group_id=1,type=select," + ",".join(
        f"bucket=bucket_id:{member.port.number},actions=mod_dl_dst:{member.mac},mod_nw_dst:{member.ip},"
        f"output:{member.port.number}" for member in behind)
