# SPDX-License-Identifier: Apache-2.0
"""10,000 flow rules to one switch.

Ours: the rules go to FlowRuleService in one request over REST, and the time runs from sending that request until the
switch itself counts all of them, and until the controller counts all of them as confirmed (state ADDED). HTTP and the
decoding of 10,000 rules from JSON are part of it, so it is an upper bound of what an application inside the controller
sees. Peer: ovs-ofctl with the same rules in a file, to a switch of the same kind without a controller, one message
after the other and as one bundle. Rounds of all three alternate; medians are compared.
"""

from __future__ import annotations

import re
import statistics
import time
from typing import Any, Iterable

from benchmarks.laboratory import TARGET, laboratory
from controller.rest import Controller
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Network, Switch
from topologies.emulation import EmulatedNetwork

RULES = 10_000
_GOAL_SECONDS = 3.0
_APPLICATION = "org.roundtrip.benchmark"
_PRIORITY = 20_000
_NETWORK = "10.0.0.0/8"
_SECONDS_TO_SETTLE = 120.0
_OURS, _PEER = Switch("ours", 0x1), Switch("peer", 0x2)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    network = Network((_OURS, _PEER), (), ())
    in_switch, confirmed, plain, bundled = [], [], [], []
    with laboratory(network) as (controller, emulated):
        emulated.connect_switch(_OURS, TARGET)
        await_until(lambda: controller.available_devices() == {_OURS.device_id}, _SECONDS_TO_SETTLE, "the switch",
                    controller.describe)
        file = emulated.folder / "rules"
        file.write_text("\n".join(_ofctl_rules()) + "\n")
        body = {"flows": list(_rest_rules())}
        for number in range(rounds + 1):
            first, second = _ours(controller, emulated, body)
            one, other = _peer(emulated, str(file)), _peer(emulated, str(file), "--bundle")
            warming = number == 0
            print(f"  {'warming up' if warming else f'round {number}'}: in the switch {first:.2f} s, confirmed"
                  f" {second:.2f} s; ovs-ofctl {one:.2f} s, as a bundle {other:.2f} s", flush=True)
            if not warming:
                in_switch.append(first)
                confirmed.append(second)
                plain.append(one)
                bundled.append(other)
    return [_figure("flow_rules_in_switch", in_switch, plain, "ovs-ofctl add-flows", _GOAL_SECONDS),
            _figure("flow_rules_confirmed", confirmed, plain, "ovs-ofctl add-flows", _GOAL_SECONDS),
            _figure("flow_rules_in_switch_beside_bundle", in_switch, bundled, "ovs-ofctl --bundle add-flows", None)]


def _figure(name: str, ours: list[float], peer: list[float], peer_name: str, goal: float | None) -> Figure:
    return Figure(name, "s", statistics.median(ours), len(ours), max(ours) - min(ours), statistics.median(peer),
                  peer_name, goal)


def _ours(controller: Controller, network: EmulatedNetwork, body: dict[str, Any]) -> tuple[float, float]:
    began = time.monotonic()
    controller.post(f"v1/flows?appId={_APPLICATION}", body)
    await_until(lambda: _count(network, _OURS) >= RULES, _SECONDS_TO_SETTLE, "the rules in the switch",
                controller.describe)
    in_switch = time.monotonic() - began
    await_until(lambda: _added(controller) == RULES, _SECONDS_TO_SETTLE, "the rules confirmed")
    confirmed = time.monotonic() - began
    controller.delete(f"v1/flows/application/{_APPLICATION}")
    await_until(lambda: _count(network, _OURS) == 0 and not _known(controller), _SECONDS_TO_SETTLE, "the rules gone")
    return in_switch, confirmed


def _peer(network: EmulatedNetwork, file: str, *options: str) -> float:
    began = time.monotonic()
    network.openvswitch.openflow(*options, "add-flows", _PEER.name, file)
    await_until(lambda: _count(network, _PEER) == RULES, _SECONDS_TO_SETTLE, "the peer's rules")
    taken = time.monotonic() - began
    network.openvswitch.openflow("del-flows", _PEER.name)
    return taken


def _count(network: EmulatedNetwork, switch: Switch) -> int:
    """The benchmark's rules in a switch. Nobody else's are about this network."""
    answer = network.openvswitch.openflow("dump-aggregate", switch.name, f"ip,nw_dst={_NETWORK}")
    return int(re.findall(r"flow_count=(\d+)", answer)[0])


def _known(controller: Controller) -> list[dict[str, Any]]:
    return [flow for flow in controller.flows(_OURS.device_id) if flow["appId"] == _APPLICATION]


def _added(controller: Controller) -> int:
    return sum(flow["state"] == "ADDED" for flow in _known(controller))


def _addresses() -> Iterable[str]:
    return (f"10.{number >> 16}.{number >> 8 & 0xff}.{number & 0xff}" for number in range(RULES))


def _ofctl_rules() -> Iterable[str]:
    return (f"priority={_PRIORITY},ip,nw_dst={address},actions=output:1" for address in _addresses())


def _rest_rules() -> Iterable[dict[str, Any]]:
    return ({"priority": _PRIORITY, "isPermanent": True, "deviceId": _OURS.device_id,
             "selector": {"criteria": [{"type": "ETH_TYPE", "ethType": "0x800"},
                                       {"type": "IPV4_DST", "ip": f"{address}/32"}]},
             "treatment": {"instructions": [{"type": "OUTPUT", "port": "1"}]}} for address in _addresses())
