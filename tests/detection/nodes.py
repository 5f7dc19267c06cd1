# SPDX-License-Identifier: Apache-2.0
"""Service nodes with an agent each."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence

from controller.instance import REPOSITORY
from controller.rest import Controller
from topologies.agent_host import PROBING_INTERFACE, AgentHost
from topologies.awaiting import await_until
from topologies.description import Host, Port
from topologies.emulation import EmulatedNetwork
from topologies.host_process import HostProcess

#: What runs an agent.
PROGRAM = REPOSITORY / "apps" / "detection" / "agent" / "target" / "agent" / "bin" / "roundtrip-detection-agent"

#: The source of all probes, to which members answer.
RESERVED_SOURCE = "169.254.255.1"

_SECRET = "correct horse battery staple"
_SECONDS_TO_CONNECT = 60.0


@dataclass(frozen=True)
class ServiceNode:
    """The agent of a service node."""

    name: str
    host: AgentHost
    agent: HostProcess


@contextmanager
def probing_nodes(controller: Controller, network: EmulatedNetwork, ports: Sequence[Port]) \
        -> Iterator[Mapping[str, ServiceNode]]:
    """Runs an agent at each of these free ports, each at another switch, until all are connected and as long as wanted.

    They have the names of their switches.
    """
    nodes: dict[str, ServiceNode] = {}
    with ExitStack() as stack:
        for port in ports:
            switch, host = port.switch, stack.enter_context(AgentHost(network, port))
            file = network.folder / f"agent-{switch}.properties"
            file.write_text(f"name = {switch}\nsecret = {_SECRET}\ncontrollers = {host.controller_address}\n"
                            f"interface = {PROBING_INTERFACE}\nstate-file = {network.folder}/agent-{switch}.checks\n")
            controller.put_detection_agent(switch, device=network.description.switch(switch).device_id,
                                           port=host.switch_interface, secret=_SECRET)
            stack.callback(controller.remove_detection_agent, switch)
            agent = HostProcess(host, [str(PROGRAM), "--config", str(file)], network.folder / f"agent-{switch}.log")
            nodes[switch] = ServiceNode(switch, host, stack.enter_context(agent))
        await_until(lambda: all(controller.detection_agent(name)["status"]["state"] == "connected" for name in nodes),
                    _SECONDS_TO_CONNECT, f"agents {', '.join(nodes)} connected",
                    lambda: "\n".join([controller.describe(), *(node.agent.log() for node in nodes.values())]))
        yield nodes


def answer_probes(network: EmulatedNetwork, *members: Host) -> None:
    """Gives members without a default route the way back to agents: the source of probes is in no network of theirs."""
    for member in members:
        network.execute(member, "ip", "route", "replace", f"{RESERVED_SOURCE}/32", "dev", network.interface(member))
