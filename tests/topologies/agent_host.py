# SPDX-License-Identifier: Apache-2.0
"""The host of an agent of detection: a service node as far as an agent has to do with it."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from pathlib import Path
from typing import Sequence

from topologies.description import Port
from topologies.emulation import EmulatedNetwork
from topologies.network_namespace import ManagementLink, NetworkNamespace
from topologies.processes import output_of

_SETUP = Path(__file__).parents[2] / "apps" / "detection" / "agent" / "src" / "main" / "scripts" / "setup-interface"

#: The interface by which agents probe.
PROBING_INTERFACE = "probe"

_numbers = itertools.count()


class AgentHost:
    """A host in a network namespace of its own, with an interface at a free port of a switch and one to the controller.

    A context manager; the switch must be running. Not safe for several threads.
    """

    def __init__(self, network: EmulatedNetwork, port: Port) -> None:
        self._network = network
        self._name = f"agent-host{next(_numbers)}"
        self._namespace = NetworkNamespace(network.folder / f"{self._name}.log")
        self._management = ManagementLink(self._namespace)
        self._stack = ExitStack()
        self.port = port

    def __enter__(self) -> AgentHost:
        self._stack.enter_context(self._namespace)
        self._stack.enter_context(self._management)
        output_of(["ip", "link", "add", "dev", self.switch_interface, "type", "veth",
                   "peer", "name", PROBING_INTERFACE, "netns", str(self._namespace.pid)])
        self._stack.callback(output_of, ["ip", "link", "del", "dev", self.switch_interface])
        output_of(["ip", "link", "set", self.switch_interface, "up"])
        # A switch in user space can't finish what an offload left open.
        self.execute("ethtool", "-K", PROBING_INTERFACE, "tx", "off")
        self.attach()
        self._stack.callback(self._network.openvswitch.configure, "--if-exists", "del-port", self.switch_interface)
        self.set_up()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def switch_interface(self) -> str:
        """The name of the port by which agents probe."""
        return f"{self.port.switch}-probe"

    @property
    def controller_interface(self) -> str:
        """The name of the interface of ours by which agents reach the controller."""
        return self._management.controller_interface

    @property
    def controller_address(self) -> str:
        """Where this host finds the controller, which listens at all addresses."""
        return self._management.controller_address

    def attach(self) -> None:
        """Makes its interface a port of the switch: again after the switch was restarted."""
        self._network.openvswitch.configure(
            "--may-exist", "add-port", self.port.switch, self.switch_interface,
            "--", "set", "interface", self.switch_interface, f"ofport_request={self.port.number}")

    def set_up(self) -> str:
        """Gives the interface its addresses, as an operator does, and returns what was said."""
        return self.execute("env", f"STATE_DIRECTORY={self._state}", str(_SETUP), PROBING_INTERFACE)

    def tear_down(self) -> str:
        """Takes the addresses back, as an operator does, and returns what was said."""
        return self.execute("env", f"STATE_DIRECTORY={self._state}", str(_SETUP), "remove", PROBING_INTERFACE)

    @property
    def _state(self) -> Path:
        return self._network.folder / self._name

    def partition(self) -> None:
        """Cuts the host off from the controller. It goes on probing."""
        self._management.partition()

    def heal(self) -> None:
        """Lets the host reach the controller again."""
        self._management.heal()

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command such that it runs on this host."""
        return self._namespace.inside(command)

    def execute(self, *command: str, timeout: float = 30.0) -> str:
        """Runs a command on this host to its end and returns what it printed."""
        return self._namespace.execute(*command, timeout=timeout)
