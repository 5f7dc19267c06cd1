# SPDX-License-Identifier: Apache-2.0
"""20 switches connect and 40 links are discovered.

The time runs from the moment when the running switches are told where the controller is, all in one transaction, until
REST shows all switches as available and every link in both directions. The first time, right after the controller has
started and has never seen these switches, is a figure of its own; in the rounds that follow they come back after
all were away. There is no peer that does the same.
"""

from __future__ import annotations

import statistics
import time

from benchmarks.laboratory import TARGET, laboratory
from controller.rest import directed_links
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Link, Network, Port, Switch

_GOAL_SECONDS = 5.0
_SWITCHES = 20
_SECONDS_TO_SETTLE = 120.0


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    description = ring_with_chords(_SWITCHES)
    devices = {switch.device_id for switch in description.switches}
    links = directed_links(description)
    connected, discovered = [], []
    with laboratory(description) as (controller, network):
        for number in range(rounds + 1):
            began = time.monotonic()
            network.connect(TARGET)
            await_until(lambda: controller.available_devices() == devices, _SECONDS_TO_SETTLE, "the switches",
                        controller.describe)
            first = time.monotonic() - began
            await_until(lambda: controller.links() == links, _SECONDS_TO_SETTLE, "the links", controller.describe)
            second = time.monotonic() - began
            network.disconnect()
            await_until(lambda: not controller.available_devices() and not controller.links(), _SECONDS_TO_SETTLE,
                        "the switches gone", controller.describe)
            print(f"  {f'round {number}' if number else 'first time'}: {_SWITCHES} switches {first:.2f} s,"
                  f" {len(links) // 2} links {second:.2f} s", flush=True)
            connected.append(first)
            discovered.append(second)
    return [_figure("links_discovered_first_time", discovered[:1]),
            _figure("switches_connected", connected[1:]), _figure("links_discovered", discovered[1:])]


def ring_with_chords(size: int) -> Network:
    """Returns switches in a ring, each linked to the next and to the next but one."""
    switches = tuple(Switch(f"s{number}", 0x100 + number) for number in range(1, size + 1))
    links = []
    for number, switch in enumerate(switches):
        for step, out, entry in ((1, 1, 2), (2, 3, 4)):
            links.append(Link(Port(switch.name, out), Port(switches[(number + step) % size].name, entry)))
    return Network(switches, (), tuple(links))


def _figure(name: str, seconds: list[float]) -> Figure:
    return Figure(name, "s", statistics.median(seconds), len(seconds), max(seconds) - min(seconds), goal=_GOAL_SECONDS)
