# SPDX-License-Identifier: Apache-2.0
"""100 virtual servers of 16 members each, beside one of them alone.

A virtual IP address each, on four hosts of which each is four members by its ports, behind two switches that act as
load balancers. *set_up*: from the first of 99 requests over REST until all are up, which means that every switch has
confirmed every rule. *request_longest*: the slowest of these requests, until it is answered. *rules*: what the switches
hold then for all 100 together. *memory*: what is reachable in the controller after garbage collection, all of ONOS
included; *memory_per_server* is by how much it grows with the 99, for each of them. *processor_at_rest*: what the
controller takes while nothing happens with all 100, which is mostly reading what switches have. *connection*: a page of
two octets, each over a connection of its own, 64 at a time, from one virtual server, with 99 others there and alone,
when the controller has done with what it has to do: it shares the processors with all switches here. The time is that
of a connection on average, and may be that of the one alone by 0.9. The 99 come and go in every round; medians.
"""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass, replace
from typing import Sequence

from benchmarks.balancing import Daemons, await_up, balancing_laboratory, connections_per_second, members
from benchmarks.java_program import median_of
from benchmarks.laboratory import LocalController
from connections.servers import carry
from controller.rest import Controller
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.emulation import EmulatedNetwork
from topologies.service_nodes import ACCESS_SWITCHES

SERVERS = 100
_MEMBER_PORTS = (8001, 8002, 8003, 8004)
_PORT = 80
_SECONDS_TO_SETTLE = 300.0
_MICROSECONDS = 1e6
_BYTES_IN_A_MEGABYTE = 1e6
_APPLICATION = "org.roundtrip.balancer"
#: The upper bits of a cookie are the number of the application.
_APPLICATION_BIT = 48


@dataclass(frozen=True)
class Sample:
    """What was measured in one round."""

    seconds_alone: float
    seconds_among: float
    seconds_to_set_up: float
    seconds_of_longest_request: float
    rules: int
    bytes_alone: int
    bytes_of_all: int
    processors_at_rest: float

    @property
    def bytes_per_server(self) -> float:
        """By how much the memory of the controller grows with each virtual server."""
        return (self.bytes_of_all - self.bytes_alone) / (SERVERS - 1)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    samples = []
    with balancing_laboratory() as (controller, network), Daemons(network) as daemons:
        behind = members(network)
        for member in behind:
            carry(network, member, *(_vip(number) for number in range(SERVERS)))
        daemons.serve(_MEMBER_PORTS, *behind)
        _put(controller, network, 0)
        await_up(controller, _name(0))
        _seconds_of_connection(network)
        for number in range(1, rounds + 1):
            samples.append(_round(controller, network))
            print(f"  round {number}: {samples[-1]}", flush=True)
            _take_down(controller)
    return figures(samples)


def figures(samples: Sequence[Sample]) -> list[Figure]:
    """Returns the figures of the samples of some rounds."""
    beside = statistics.median(_MICROSECONDS * sample.seconds_alone for sample in samples)
    return [median_of("set_up_of_99", "s", [sample.seconds_to_set_up for sample in samples]),
            median_of("request_longest", "s", [sample.seconds_of_longest_request for sample in samples]),
            median_of("rules_of_100", "rules", [float(sample.rules) for sample in samples]),
            median_of("memory_of_100", "MB", [sample.bytes_of_all / _BYTES_IN_A_MEGABYTE for sample in samples]),
            median_of("memory_per_server", "MB",
                      [sample.bytes_per_server / _BYTES_IN_A_MEGABYTE for sample in samples]),
            median_of("processor_at_rest", "cores", [sample.processors_at_rest for sample in samples]),
            replace(median_of("connection_among_100", "us",
                              [_MICROSECONDS * sample.seconds_among for sample in samples]),
                    peer=beside, peer_name="alone", goal=beside / 0.9)]


def _round(controller: LocalController, network: EmulatedNetwork) -> Sample:
    controller.await_rest(_SECONDS_TO_SETTLE)
    alone = _seconds_of_connection(network)
    bytes_alone = controller.live_heap()
    began = time.monotonic()
    longest = max(_put(controller, network, number) for number in range(1, SERVERS))
    await_until(lambda: all(server["status"]["state"] == "up" for server in controller.virtual_servers()),
                _SECONDS_TO_SETTLE, f"{SERVERS} virtual servers up", controller.describe)
    set_up = time.monotonic() - began
    bytes_of_all = controller.live_heap()
    processors = controller.await_rest(_SECONDS_TO_SETTLE)
    return Sample(alone, _seconds_of_connection(network), set_up, longest, _rules(controller, network), bytes_alone,
                  bytes_of_all, processors)


def _seconds_of_connection(network: EmulatedNetwork) -> float:
    return 1 / connections_per_second(network, network.description.host("client"), _vip(0), _PORT)


def _take_down(controller: Controller) -> None:
    for number in range(1, SERVERS):
        controller.remove_virtual_server(_name(number))
    await_until(lambda: len(controller.virtual_servers()) == 1, _SECONDS_TO_SETTLE, "one virtual server left",
                controller.describe)


def _put(controller: Controller, network: EmulatedNetwork, number: int) -> float:
    """Asks for a virtual server and returns after how many seconds the answer came."""
    began = time.monotonic()
    controller.put_virtual_server(_name(number), {
        "vip": _vip(number), "ports": [str(_PORT)],
        "members": [{"address": member.ip, "port": port} for member in members(network) for port in _MEMBER_PORTS],
        "access-switches": [network.description.switch(switch).device_id for switch in ACCESS_SWITCHES]})
    return time.monotonic() - began


def _rules(controller: Controller, network: EmulatedNetwork) -> int:
    application = int(controller.get(f"v1/applications/{_APPLICATION}")["id"])
    cookies = f"cookie={application << _APPLICATION_BIT:#x}/{0xffff << _APPLICATION_BIT:#x}"
    return sum(_count(network.openvswitch.openflow("dump-aggregate", switch.name, cookies))
               for switch in network.description.switches)


def _count(answer: str) -> int:
    count = re.search(r"flow_count=(\d+)", answer)
    if count is None:
        raise RuntimeError(f"no count of rules in {answer}")
    return int(count[1])


def _name(number: int) -> str:
    return f"scale{number}"


def _vip(number: int) -> str:
    return f"10.9.8.{number + 1}"
