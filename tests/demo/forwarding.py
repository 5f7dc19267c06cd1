# SPDX-License-Identifier: Apache-2.0
"""Ordinary forwarding: rules for one direction at a time, put in through ONOS's own REST interface.

This is what a network does that finds each direction's way for itself, by load, by policy, or by the shortest path of
the moment: every frame arrives, and nobody minds that the answer comes back another way. Except clocks.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from controller.rest import Controller, Refused
from topologies.description import Host, Network, Port

#: The application under whose name the rules are known to the controller.
APPLICATION = "org.roundtrip.demo"

#: Above the plain forwarding between hosts, below clock sessions.
_PRIORITY = 1000


def forward_ordinarily(controller: Controller, network: Network, way: tuple[Host, Host, tuple[str, ...]]) -> None:
    """Sends the frames of one host to another along a way.

    :param way: the sender, the receiver, and the names of the switches from one to the other
    """
    sender, receiver, switches = way
    rules = []
    here = sender.port
    for position, name in enumerate(switches):
        following = switches[position + 1] if position + 1 < len(switches) else None
        out = receiver.port if following is None else _port_towards(network, name, following)
        rules.append(_rule(network, here, out, receiver))
        far = network.far_end(out)
        if isinstance(far, Port):
            here = far
    controller.post(f"v1/flows?appId={APPLICATION}", {"flows": rules})


def forget_ordinary_forwarding(controller: Controller) -> None:
    """Removes all rules that were put in here. It does not matter if there never were any."""
    try:
        controller.delete(f"v1/flows/application/{APPLICATION}")
    except Refused as refusal:
        # ONOS does not know an application that never had a rule.
        if refusal.status != HTTPStatus.NOT_FOUND:
            raise


def _port_towards(network: Network, switch: str, following: str) -> Port:
    link = network.link(switch, following)
    return link.a if link.a.switch == switch else link.b


def _rule(network: Network, entry: Port, out: Port, receiver: Host) -> dict[str, Any]:
    return {"priority": _PRIORITY, "isPermanent": True, "deviceId": network.switch(entry.switch).device_id,
            "selector": {"criteria": [{"type": "IN_PORT", "port": entry.number},
                                      {"type": "ETH_DST", "mac": receiver.mac}]},
            "treatment": {"instructions": [{"type": "OUTPUT", "port": str(out.number)}]}}
