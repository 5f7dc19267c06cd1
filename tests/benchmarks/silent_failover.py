# SPDX-License-Identifier: Apache-2.0
"""The same as failover, but the link loses all packets silently, and BFD of 20 ms notices.

Both ends of each link in the middle have BFD on (RFC 5880) with intervals of 20 ms in Open vSwitch, which calls a
session down after three of them. So most of the time goes by before anybody knows of the failure, for the peer as well,
whose groups look at the same sessions. There is no goal.
"""

from __future__ import annotations

from benchmarks.failover import Cause, fail_over, figures
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Delay, Link
from topologies.emulation import EmulatedNetwork

_BFD = ("bfd:enable=true", "bfd:min_tx=20", "bfd:min_rx=20")
_SECONDS_TO_SETTLE = 30.0


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    silence = Cause(lambda network, link: network.relay(link).shut(), _mend, Delay.same(0), _watch)
    return figures(*fail_over(silence, rounds))


def _watch(network: EmulatedNetwork, link: Link) -> None:
    for interface in _interfaces(link):
        network.openvswitch.configure("set", "interface", interface, *_BFD)
    _await_sessions(network, link)


def _mend(network: EmulatedNetwork, link: Link) -> None:
    network.relay(link).open()
    _await_sessions(network, link)


def _await_sessions(network: EmulatedNetwork, link: Link) -> None:
    await_until(lambda: all("state: up" in network.openvswitch.control("bfd/show", interface).lower()
                            for interface in _interfaces(link)), _SECONDS_TO_SETTLE, f"BFD on {link.name}",
                network.openvswitch.log)


def _interfaces(link: Link) -> list[str]:
    return [f"{end.switch}-eth{end.number}" for end in (link.a, link.b)]
