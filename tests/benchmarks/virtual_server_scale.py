# SPDX-License-Identifier: Apache-2.0
"""100 virtual servers of 16 members each, beside one of them alone.

A virtual IP address each, on four hosts of which each is four members by its ports, behind two switches that act as
load balancers. *set_up*: from the first of 99 requests over REST until all are up, which means that every switch has
confirmed every rule. *rules*: what the switches hold then for all 100 together. *connection*: a page of two octets,
each over a connection of its own, 64 at a time, from one virtual server, with 99 others there and alone; the time is
that of a connection on average, and may be that of the one alone by 0.9. The 99 come and go in every round; medians.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from benchmarks.balancing import Daemons, await_up, balancing_laboratory, connections_per_second, members
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
_APPLICATION = "org.roundtrip.balancer"


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    alone, among, set_up, rules = [], [], [], []
    with balancing_laboratory() as (controller, network), Daemons(network) as daemons:
        behind = members(network)
        for member in behind:
            carry(network, member, *(_vip(number) for number in range(SERVERS)))
        daemons.serve(_MEMBER_PORTS, *behind)
        client = network.description.host("client")
        _put(controller, network, 0)
        await_up(controller, _name(0))
        connections_per_second(network, client, _vip(0), _PORT)
        for number in range(1, rounds + 1):
            alone.append(_MICROSECONDS / connections_per_second(network, client, _vip(0), _PORT))
            set_up.append(_set_up(controller, network))
            rules.append(_rules(controller))
            among.append(_MICROSECONDS / connections_per_second(network, client, _vip(0), _PORT))
            print(f"  round {number}: {set_up[-1]:.1f} s to set up, {rules[-1]} rules, a connection in"
                  f" {among[-1]:.0f} us, alone {alone[-1]:.0f} us", flush=True)
            _take_down(controller)
    beside = statistics.median(alone)
    return [Figure("set_up_of_99", "s", statistics.median(set_up), rounds, max(set_up) - min(set_up)),
            Figure("rules_of_100", "rules", statistics.median(rules), rounds, max(rules) - min(rules)),
            Figure("connection_among_100", "us", statistics.median(among), rounds, max(among) - min(among), beside,
                   "alone", beside / 0.9)]


def _set_up(controller: Controller, network: EmulatedNetwork) -> float:
    began = time.monotonic()
    for number in range(1, SERVERS):
        _put(controller, network, number)
    await_until(lambda: all(server["status"]["state"] == "up" for server in controller.virtual_servers()),
                _SECONDS_TO_SETTLE, f"{SERVERS} virtual servers up", controller.describe)
    return time.monotonic() - began


def _take_down(controller: Controller) -> None:
    for number in range(1, SERVERS):
        controller.remove_virtual_server(_name(number))
    await_until(lambda: len(controller.virtual_servers()) == 1, _SECONDS_TO_SETTLE, "one virtual server left",
                controller.describe)


def _put(controller: Controller, network: EmulatedNetwork, number: int) -> None:
    controller.put_virtual_server(_name(number), {
        "vip": _vip(number), "ports": [str(_PORT)],
        "members": [{"address": member.ip, "port": port} for member in members(network) for port in _MEMBER_PORTS],
        "access-switches": [network.description.switch(switch).device_id for switch in ACCESS_SWITCHES]})


def _rules(controller: Controller) -> int:
    flows: list[Any] = controller.get(f"v1/flows/application/{_APPLICATION}")["flows"]
    return len(flows)


def _name(number: int) -> str:
    return f"scale{number}"


def _vip(number: int) -> str:
    return f"10.9.8.{number + 1}"
