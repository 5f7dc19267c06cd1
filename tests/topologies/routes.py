# SPDX-License-Identifier: Apache-2.0
"""Where a frame goes, by what the switches themselves say they would do with it.

Each switch is asked with ``ofproto/trace``, which runs the frame through the switch's own tables and groups and tells
what the datapath would do. So what is shown is what the network does, and not what someone asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from topologies.description import Host, Network, Port
from topologies.emulation import EmulatedNetwork
from topologies.frames import Frame

#: A frame that passes more switches than this is in a loop.
_MOST_HOPS = 32


@dataclass(frozen=True)
class Hop:
    """What a switch does with a frame. A label of None says that the frame has none on that side."""

    switch: str
    in_port: int
    out_port: int
    label_in: int | None
    label_out: int | None


@dataclass(frozen=True)
class Route:
    """The switches that a frame passes, and the host that gets it; if none does, the reason."""

    hops: tuple[Hop, ...]
    arrived: Host | None
    reason: str

    @property
    def switches(self) -> tuple[str, ...]:
        """The names of the switches in order."""
        return tuple(hop.switch for hop in self.hops)


@dataclass(frozen=True)
class Output:
    """A frame that leaves a switch. The port is that of the datapath, or None for the controller."""

    datapath_port: int | None
    labels: tuple[int, ...]


def are_co_routed(forward: Route, reverse: Route) -> bool:
    """Tells whether both routes arrive and use the same ports of the same switches, and so the same links, mirrored."""
    mirrored = [(hop.switch, hop.out_port, hop.in_port) for hop in reversed(reverse.hops)]
    return (forward.arrived is not None and reverse.arrived is not None
            and [(hop.switch, hop.in_port, hop.out_port) for hop in forward.hops] == mirrored)


def follow(network: EmulatedNetwork, start: Port, frame: Frame) -> Route:
    """Follows a frame from the port where it enters the network to where it ends up."""
    ports = _datapath_ports(network.openvswitch.control("dpif/show"))
    hops: list[Hop] = []
    here = start
    while len(hops) < _MOST_HOPS:
        trace = network.openvswitch.control("ofproto/trace", here.switch, f"in_port={here.number}",
                                            frame.to_bytes().hex())
        outputs = [output for output in outputs_of(trace, frame.labels) if output.datapath_port is not None]
        if len(outputs) != 1:
            reason = f"lost at {here.switch}" if not outputs else f"{here.switch} sends it out of several ports"
            return Route(tuple(hops), None, reason)
        out = ports[outputs[0].datapath_port]
        hops.append(Hop(here.switch, here.number, out.number, _outermost(frame.labels), _outermost(outputs[0].labels)))
        frame = frame.with_labels(outputs[0].labels)
        far_end = network.description.far_end(out)
        if isinstance(far_end, Host):
            return Route(tuple(hops), far_end, "")
        if far_end is None:
            return Route(tuple(hops), None, f"nothing is at {out}")
        here = far_end
    return Route(tuple(hops), None, "it goes round in circles")


def links_of(network: Network, route: Route) -> tuple[str, ...]:
    """Returns the names of the links that a route uses, in order."""
    names = []
    for hop in route.hops:
        out = Port(hop.switch, hop.out_port)
        names += [link.name for link in network.links if link.far_end(out) is not None]
    return tuple(names)


def outputs_of(trace: str, labels: tuple[int, ...]) -> list[Output]:
    """Returns the frames that leave the switch, from the answer of ``ofproto/trace``.

    :param trace: the answer, with one list of datapath actions, or more if the frame is looked up again on the way
    :param labels: the labels of the frame as it enters
    """
    outputs: list[Output] = []
    stack = list(labels)
    for actions in re.findall(r"^Datapath actions: (.*)$", trace, re.MULTILINE):
        for action in split_actions(actions):
            label = re.search(r"label=(\d+)", action)
            if action.isdigit():
                outputs.append(Output(int(action), tuple(stack)))
            elif action.startswith("userspace("):
                outputs.append(Output(None, tuple(stack)))
            elif action.startswith("push_mpls(") and label:
                stack.insert(0, int(label[1]))
            elif action.startswith("pop_mpls("):
                stack.pop(0)
            elif action.startswith("set(mpls(") and label:
                stack[0] = int(label[1])
    return outputs


def split_actions(actions: str) -> list[str]:
    """Splits a list of datapath actions at its commas, but not within brackets."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(actions):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append(actions[start:position])
            start = position + 1
    return [*parts, actions[start:]]


def _datapath_ports(show: str) -> dict[int | None, Port]:
    """Reads the datapath's port numbers from the answer of ``dpif/show``."""
    ports: dict[int | None, Port] = {}
    bridge = ""
    for line in show.splitlines():
        name = re.fullmatch(r"  (\S+):", line)
        port = re.match(r"    \S+ (\d+)/(\d+):", line)
        if name:
            bridge = name[1]
        elif port:
            ports[int(port[2])] = Port(bridge, int(port[1]))
    return ports


def _outermost(labels: tuple[int, ...]) -> int | None:
    return labels[0] if labels else None
