# SPDX-License-Identifier: Apache-2.0
"""New connections and downloads through a virtual IP address, beside other ways to the same members.

Four members on two service nodes; two switches act as load balancers. Peers, in the same network and in turns in every
round: directly to one member; HAProxy in mode tcp, and nftables that translates addresses both ways, each on a host at
one of these switches, so that requests have the same way to go. *connection*: a page of two octets, each over a
connection of its own, 64 at a time (wrk); the time is that of a connection on average, the inverse of the rate. The
goals are the peer's time by what was promised: 0.9 of the rate of direct connections, 1.4 times HAProxy's, 1.3 times
nftables'. *download*: four streams from one member (iperf3); the time is that of a gigabyte, and may be that of direct
downloads by 0.95, and that of HAProxy. *replies*: how many octets of replies pass either end of the link of another
load balancer, for each octet that the client gets, in downloads of its own. One thread carries all switches, which are
joined by patch ports, but for that link: so hops cost nothing, as in a network of hardware, and what is done at a
switch costs what it does. Medians of rounds; *spread* is the largest of ours less the smallest.
"""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from typing import Sequence

from benchmarks.balancing import (DOWNLOAD_PORT, HAPROXY, METERED_PEER, METERED_SWITCH, NFTABLES, PEER, WEB_PORT,
                                  Daemons, balancing_laboratory, connections_per_second, members, metered_interfaces,
                                  put_virtual_server, translate_addresses)
from reports.report import Figure
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import output_of
from topologies.service_nodes import OTHER_VIP, VIP

_SECONDS_OF_DOWNLOAD = 5
_SECONDS_OF_METERED_DOWNLOAD = 1
_STREAMS = 4
_MICROSECONDS = 1e6
_GIGABYTE = 1e9

_OURS, _DIRECT, _HAPROXY, _NFTABLES = "virtual server", "direct", "HAProxy", "nftables"


@dataclass(frozen=True)
class Sample:
    """What one way did in one round."""

    connections_per_second: float
    bytes_per_second: float


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    samples: dict[str, list[Sample]] = {}
    replies: dict[str, list[float]] = {}
    with balancing_laboratory() as (controller, network), Daemons(network) as daemons:
        behind = members(network)
        servers = {WEB_PORT: behind, DOWNLOAD_PORT: behind[:1]}
        daemons.serve((WEB_PORT,), *behind)
        for peer in (PEER, METERED_PEER):
            daemons.haproxy(peer, "balancer", servers, "")
        translate_addresses(network, servers)
        put_virtual_server(controller, network, "web", WEB_PORT)
        put_virtual_server(controller, network, "download", DOWNLOAD_PORT, affinity="client-address")
        put_virtual_server(controller, network, "metered", DOWNLOAD_PORT, vip=OTHER_VIP, affinity="client-address",
                           **{"access-switches": [network.description.switch(METERED_SWITCH).device_id]})
        ways = {_OURS: VIP, _DIRECT: behind[0].ip, _HAPROXY: HAPROXY, _NFTABLES: NFTABLES}
        meter = ReplyMeter(network)
        for number in range(rounds + 1):
            warming = number == 0
            print(f"  {'warming up' if warming else f'round {number}'}:", flush=True)
            for way, address in ways.items():
                sample = _sample(network, address)
                print(f"    {way:<15}{sample.connections_per_second:8.0f} connections/s"
                      f"{8e-6 * sample.bytes_per_second:8.0f} Mbit/s", flush=True)
                if not warming:
                    samples.setdefault(way, []).append(sample)
            for way, address in {_OURS: OTHER_VIP, _HAPROXY: METERED_PEER.ip}.items():
                share = _replies_metered(network, meter, address)
                if not warming:
                    replies.setdefault(way, []).append(share)
    return [*figures(samples[_OURS], samples[_DIRECT], samples[_HAPROXY], samples[_NFTABLES]),
            reply_figure(replies[_OURS], replies[_HAPROXY])]


def figures(ours: Sequence[Sample], direct: Sequence[Sample], haproxy: Sequence[Sample],
            nftables: Sequence[Sample]) -> list[Figure]:
    """Returns the figures of the samples of some rounds."""
    return [_time_of_connection("direct", ours, direct, 1 / 0.9),
            _time_of_connection("HAProxy", ours, haproxy, 1 / 1.4),
            _time_of_connection("nftables", ours, nftables, 1 / 1.3),
            _time_of_download("direct", ours, direct, 1 / 0.95),
            _time_of_download("HAProxy", ours, haproxy, 1.0),
            _time_of_download("nftables", ours, nftables, None)]


def reply_figure(ours: Sequence[float], peer: Sequence[float]) -> Figure:
    """Returns the figure of how many octets of replies passed the load balancer's link for each that arrived."""
    return _beside("replies_on_the_balancers_link", "B/B", _HAPROXY, ours, peer, 0.0)


def _time_of_connection(name: str, ours: Sequence[Sample], peer: Sequence[Sample], goal: float | None) -> Figure:
    return _beside("connection", "us", name, [_MICROSECONDS / sample.connections_per_second for sample in ours],
                   [_MICROSECONDS / sample.connections_per_second for sample in peer], goal)


def _time_of_download(name: str, ours: Sequence[Sample], peer: Sequence[Sample], goal: float | None) -> Figure:
    return _beside("download", "s", name, [_GIGABYTE / sample.bytes_per_second for sample in ours],
                   [_GIGABYTE / sample.bytes_per_second for sample in peer], goal)


def _beside(what: str, unit: str, name: str, ours: Sequence[float], peer: Sequence[float],
            goal: float | None) -> Figure:
    beside = statistics.median(peer)
    return Figure(f"{what}_beside_{name.lower()}", unit, statistics.median(ours), len(ours), max(ours) - min(ours),
                  beside, name, None if goal is None else goal * beside)


class ReplyMeter:
    """Counts what members send, at both ends of the link of the switch that can be listened to."""

    def __init__(self, network: EmulatedNetwork) -> None:
        rules = "\n".join(
            f" chain at{number} {{\n type filter hook ingress device \"{interface}\" priority 0;\n"
            f" tcp sport {DOWNLOAD_PORT} counter\n }}"
            for number, interface in enumerate(metered_interfaces(network)))
        file = network.folder / "meter.nft"
        file.write_text(f"table netdev replies {{\n{rules}\n}}\n")
        output_of(["nft", "-f", str(file)])

    def count(self) -> int:
        """Octets of replies at both ends so far."""
        listed = json.loads(output_of(["nft", "-j", "list", "table", "netdev", "replies"]))
        return sum(part["counter"]["bytes"] for entry in listed["nftables"] if "rule" in entry
                   for part in entry["rule"]["expr"] if "counter" in part)


def _sample(network: EmulatedNetwork, address: str) -> Sample:
    client = network.description.host("client")
    rate = connections_per_second(network, client, address, WEB_PORT)
    delivered, seconds = _download(network, client, address, _SECONDS_OF_DOWNLOAD)
    return Sample(rate, delivered / seconds)


def _replies_metered(network: EmulatedNetwork, meter: ReplyMeter, address: str) -> float:
    before = meter.count()
    delivered, _ = _download(network, network.description.host("client"), address, _SECONDS_OF_METERED_DOWNLOAD)
    return (meter.count() - before) / delivered


def _download(network: EmulatedNetwork, client: Host, address: str, seconds: int) -> tuple[int, float]:
    said = json.loads(network.execute(client, "iperf3", "--client", address, "--port", str(DOWNLOAD_PORT), "--reverse",
                                      "--parallel", str(_STREAMS), "--time", str(seconds), "--json",
                                      timeout=60.0))
    received = said["end"]["sum_received"]
    return int(received["bytes"]), float(received["seconds"])
