# SPDX-License-Identifier: Apache-2.0
"""A link in the middle of a protected path fails, and 1,000 packets a second each way go another way.

Two hosts talk over a te-path of four switches whose standby way is link-disjoint. The carrier of the middle link goes,
at both its ends in the same moment, and comes back later; then the other way's middle link is next. The
time is that during which nothing arrives, from the last packet before to the first one after, so a fail-over without
loss would be 1 ms. *mixed* is how long one direction went the new way while the other one did not, by the times at
which the first packets were sent that arrived. Peer: fast-failover groups of Open vSwitch that turn packets back at the
switch before the failed link, set up by hand in a network of the same kind that has no controller; fail-overs
alternate. A round has four of each. Turning back needs no word from anywhere, but keeps packets on both ways, and the
directions take different links until someone puts that right. *spread* is the largest value less the smallest.
"""

from __future__ import annotations

import ipaddress
import statistics
import time
from dataclasses import dataclass
from typing import Any, Callable, Sequence

from benchmarks.laboratory import TARGET, laboratory
from controller.instance import INSTANCE
from controller.rest import Controller, await_network, directed_links
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Delay, Host, Link, Network, Port, Switch
from topologies.emulation import EmulatedNetwork
from topologies.traffic import Conversation, Failover, failover

#: Milliseconds, for the median and for the longest of each direction.
_GOALS = (25.0, 50.0)
_FAILOVERS_IN_A_ROUND = 4
#: Attempts for each fail-over that counts. One does not in which a direction lost nothing: it had left the link before,
#: as when a busy machine lets BFD sessions time out.
_ATTEMPTS = 3
_SECONDS_TO_SETTLE = 60.0
_PATH = "failover"
_PEER_NAME = "Open vSwitch fast failover, turned back"
_MILLISECONDS = 1e3


@dataclass(frozen=True)
class Cause:
    """How links in the middle fail.

    `delay` is what they are made with, and `prepare` is done to both of them before the controller meets them.
    """

    fail: Callable[[EmulatedNetwork, Link], None]
    mend: Callable[[EmulatedNetwork, Link], None]
    delay: Delay | None = None
    prepare: Callable[[EmulatedNetwork, Link], None] = lambda network, link: None


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    measured, beside = fail_over(Cause(EmulatedNetwork.cut, EmulatedNetwork.restore), rounds)
    return figures(measured, beside, _GOALS)


def fail_over(cause: Cause, rounds: int) -> tuple[list[Failover], list[Failover]]:
    """Runs the rounds, and returns what each fail-over did to our path and to the peer's."""
    ours, peer = two_ways("", 0, cause.delay), two_ways("p", 1, cause.delay)
    both = Network(ours.switches + peer.switches, ours.hosts + peer.hosts, ours.links + peer.links)
    measured: list[Failover] = []
    beside: list[Failover] = []
    with laboratory(both) as (controller, network):
        for link in _middles(ours) + _middles(peer, "p"):
            cause.prepare(network, link)
        _set_up_peer(network, peer)
        _set_up_ours(controller, network, ours)
        with _conversation(network, ours) as talk, _conversation(network, peer) as other:
            wanted = rounds * _FAILOVERS_IN_A_ROUND
            warm = False
            for _ in range(_ATTEMPTS * (wanted + 1)):
                if len(measured) == wanted:
                    break
                link = _middle_of_active_way(controller, ours)
                one = _fail(network, cause, talk, link, lambda: _await_moved(controller, ours, link))
                two = _fail(network, cause, other, _middles(peer, "p")[0], lambda: None)
                await_until(lambda: directed_links(ours) <= controller.links(), _SECONDS_TO_SETTLE, "the link again",
                            controller.describe)
                _await_up(controller)
                counts = warm and one.interrupted and two.interrupted
                if counts:
                    measured.append(one)
                    beside.append(two)
                label = len(measured) if counts else "not counted" if warm else "warming up"
                print(f"  {label}: {link.name} {_text(one)}; peer {_text(two)}", flush=True)
                warm = True
    if len(measured) < wanted:
        raise RuntimeError(f"only {len(measured)} of {wanted} fail-overs in {_ATTEMPTS} times as many attempts")
    return measured, beside


def figures(ours: Sequence[Failover], peer: Sequence[Failover],
            goals: tuple[float | None, float | None] = (None, None)) -> list[Figure]:
    """Returns the figures of fail-overs.

    :param goals: in milliseconds, for the median and for the longest of each direction
    """
    return [*_figures("forward", ours, peer, lambda each: each.forward.gap, goals),
            *_figures("reverse", ours, peer, lambda each: each.reverse.gap, goals),
            *_figures("mixed", ours, [], lambda each: each.mixed, (None, None))]


def two_ways(prefix: str, number: int, delay: Delay | None = None) -> Network:
    """Returns two hosts and two ways of four switches between them.

    :param prefix: of the names of switches and hosts
    :param number: tells the addresses of one such network from those of another
    :param delay: of the links in the middle
    """
    def switch(name: str, identifier: int) -> Switch:
        return Switch(prefix + name, (number << 16) + identifier)

    def host(name: str, last: int, at: str) -> Host:
        return Host(prefix + name, f"02:00:00:00:{number:02x}:{last:02x}",
                    ipaddress.IPv4Interface(f"10.0.{number}.{last}/24"), Port(prefix + at, 1))

    def link(one: str, out: int, other: str, entry: int, length: Delay | None = None) -> Link:
        return Link(Port(prefix + one, out), Port(prefix + other, entry), length)

    return Network(
        tuple(switch(name, identifier) for name, identifier in
              (("a", 0xa), ("b", 0xb), ("c1", 0xc1), ("c2", 0xc2), ("c3", 0xc3), ("c4", 0xc4))),
        (host("server", 1, "a"), host("client", 3, "b")),
        (link("a", 3, "c1", 1), link("c1", 2, "c2", 1, delay), link("c2", 2, "b", 3),
         link("a", 4, "c3", 1), link("c3", 2, "c4", 1, delay), link("c4", 2, "b", 4)))


def _conversation(network: EmulatedNetwork, description: Network) -> Conversation:
    one, other = description.hosts
    # No direction waits for an answer that is not about it.
    for host, peer in ((one, other), (other, one)):
        network.execute(host, "ip", "neighbour", "replace", peer.ip, "lladdr", peer.mac, "dev",
                        network.interface(host), "nud", "permanent")
    return Conversation(network, INSTANCE / "programs", one, other)


def _set_up_ours(controller: Controller, network: EmulatedNetwork, ours: Network) -> None:
    for switch in ours.switches:
        network.connect_switch(switch, TARGET)
    controller.configure_capabilities(ours)
    await_network(controller, ours)
    source, destination = (ours.connect_point(host.port) for host in ours.hosts)
    every = [{"ip-protocol": 17}]
    controller.put_te_path(_PATH, {"source": source, "destination": destination, "forward-traffic": every,
                                   "reverse-traffic": every, "exclusive": True, "protection": {"disjoint": "link"}})
    _await_up(controller)


def _set_up_peer(network: EmulatedNetwork, peer: Network) -> None:
    for end, host in (("pa", peer.hosts[0]), ("pb", peer.hosts[1])):
        _add_group(network, end, "watch_port=3,actions=3", "watch_port=4,actions=4")
        _add_flows(network, end, "in_port=1,actions=group:1", "in_port=4,actions=1",
                   f"priority=2,in_port=3,dl_dst={host.mac},actions=1",
                   "priority=1,in_port=3,actions=4")
    for middle, inner, outer in (("pc1", 2, 1), ("pc2", 1, 2)):
        _add_group(network, middle, f"watch_port={inner},actions={inner}", f"watch_port={outer},actions=in_port")
        _add_flows(network, middle, f"in_port={outer},actions=group:1", f"in_port={inner},actions={outer}")
    for middle in ("pc3", "pc4"):
        _add_flows(network, middle, "in_port=1,actions=2", "in_port=2,actions=1")


def _add_group(network: EmulatedNetwork, switch: str, *buckets: str) -> None:
    network.openvswitch.openflow("add-group", switch, "group_id=1,type=ff," + ",".join(
        f"bucket={bucket}" for bucket in buckets))


def _add_flows(network: EmulatedNetwork, switch: str, *flows: str) -> None:
    network.openvswitch.openflow("add-flows", switch, "-", text="\n".join(flows) + "\n")


def _fail(network: EmulatedNetwork, cause: Cause, talk: Conversation, link: Link,
          settled: Callable[[], object]) -> Failover:
    """Lets a link fail until everything has settled without it, and returns what that did."""
    talk.await_flowing()
    since = time.time()
    cause.fail(network, link)
    talk.await_flowing()
    settled()
    talk.await_flowing()
    until = time.time()
    cause.mend(network, link)
    talk.await_flowing()
    return failover(*talk.packets(), since, until)


def _middle_of_active_way(controller: Controller, ours: Network) -> Link:
    way = {ours.switch_of(hop["device"]).name for hop in controller.te_path(_PATH)["forward"]}
    first, second = _middles(ours)
    return first if first.a.switch in way else second


def _middles(network: Network, prefix: str = "") -> tuple[Link, Link]:
    return network.link(f"{prefix}c1", f"{prefix}c2"), network.link(f"{prefix}c3", f"{prefix}c4")


def _await_up(controller: Controller) -> None:
    def protected(path: dict[str, Any]) -> bool:
        return path["status"]["state"] == "up" and path.get("standby", {}).get("status", {}).get("state") == "ready"

    await_until(lambda: protected(controller.te_path(_PATH)), _SECONDS_TO_SETTLE, "the path up and protected",
                controller.describe)


def _await_moved(controller: Controller, ours: Network, failed: Link) -> None:
    """Waits until the path is up on a way without a link."""
    await_until(lambda: controller.te_path(_PATH)["status"]["state"] == "up"
                and _middle_of_active_way(controller, ours) != failed, _SECONDS_TO_SETTLE, "the path on the other way",
                controller.describe)


def _text(one: Failover) -> str:
    return (f"forward {one.forward.gap * _MILLISECONDS:.1f} ms ({one.forward.lost} lost), reverse"
            f" {one.reverse.gap * _MILLISECONDS:.1f} ms ({one.reverse.lost} lost), mixed"
            f" {one.mixed * _MILLISECONDS:.1f} ms")


def _figures(name: str, ours: Sequence[Failover], peer: Sequence[Failover], of: Callable[[Failover], float],
             goals: tuple[float | None, float | None]) -> list[Figure]:
    values, others = ([of(each) * _MILLISECONDS for each in source] for source in (ours, peer))
    chosen: tuple[tuple[str, Callable[[Sequence[float]], float]], ...] = (
        ("median", statistics.median), ("longest", max))
    return [Figure(f"{name}_{kind}", "ms", choose(values), len(values), max(values) - min(values),
                   choose(others) if others else None, _PEER_NAME if others else None, goal)
            for (kind, choose), goal in zip(chosen, goals)]
