# SPDX-License-Identifier: Apache-2.0
"""The host of an agent of detection: a service node as far as an agent has to do with it."""

from __future__ import annotations

import ipaddress
import itertools
import subprocess
from pathlib import Path
from typing import Sequence

from topologies.awaiting import await_until
from topologies.description import Port
from topologies.emulation import EmulatedNetwork
from topologies.processes import bound_to_parent, end, output_of

_SETUP = Path(__file__).parents[2] / "apps" / "detection" / "agent" / "src" / "main" / "scripts" / "setup-interface"

#: The interface by which agents probe, and that by which they reach the controller.
PROBING_INTERFACE = "probe"
_MANAGEMENT_INTERFACE = "manage"

#: Networks of two addresses, the controller's and that of an agent's host, which no network of the tests has.
_MANAGEMENT = ipaddress.IPv4Network("100.64.0.0/16")

_SECONDS_TO_START = 20.0

_numbers = itertools.count()


class AgentHost:
    """A host in a network namespace of its own, with an interface at a free port of a switch and one to the controller.

    A context manager; the switch must be running. Not safe for several threads.
    """

    def __init__(self, network: EmulatedNetwork, port: Port) -> None:
        self._network = network
        self._number = next(_numbers)
        self._subnet = list(_MANAGEMENT.subnets(new_prefix=30))[self._number]
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port

    def __enter__(self) -> AgentHost:
        log = self._network.folder / f"agent-host{self._number}.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                bound_to_parent(["unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"]),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        await_until(lambda: log.read_text().startswith("ready"), _SECONDS_TO_START, "a namespace", log.read_text)
        self.execute("ip", "link", "set", "lo", "up")
        for outside, inside in ((self.switch_interface, PROBING_INTERFACE),
                                (self.controller_interface, _MANAGEMENT_INTERFACE)):
            output_of(["ip", "link", "add", "dev", outside, "type", "veth",
                       "peer", "name", inside, "netns", str(self._process.pid)])
            output_of(["ip", "link", "set", outside, "up"])
        # A switch in user space can't finish what an offload left open.
        self.execute("ethtool", "-K", PROBING_INTERFACE, "tx", "off")
        output_of(["ip", "address", "add", f"{self.controller_address}/30", "dev", self.controller_interface])
        self.execute("ip", "address", "add", f"{self._subnet[2]}/30", "dev", _MANAGEMENT_INTERFACE)
        self.execute("ip", "link", "set", _MANAGEMENT_INTERFACE, "up")
        self.attach()
        self.set_up()
        return self

    def __exit__(self, *error: object) -> None:
        self._network.openvswitch.configure("--if-exists", "del-port", self.switch_interface)
        for interface in (self.switch_interface, self.controller_interface):
            # Its peer goes with it, and the namespace with its last process.
            output_of(["ip", "link", "del", "dev", interface])
        if self._process is not None:
            end(self._process)
            self._process = None

    @property
    def switch_interface(self) -> str:
        """The name of the port by which agents probe."""
        return f"{self.port.switch}-probe"

    @property
    def controller_interface(self) -> str:
        """The name of the interface of ours by which agents reach the controller."""
        return f"manage{self._number}"

    @property
    def controller_address(self) -> str:
        """Where this host finds the controller, which listens at all addresses."""
        return str(self._subnet[1])

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
        return self._network.folder / f"agent-host{self._number}"

    def partition(self) -> None:
        """Cuts the host off from the controller. It goes on probing."""
        output_of(["ip", "link", "set", self.controller_interface, "down"])

    def heal(self) -> None:
        """Lets the host reach the controller again."""
        output_of(["ip", "link", "set", self.controller_interface, "up"])

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command such that it runs on this host."""
        if self._process is None:
            raise RuntimeError("the host does not run")
        return ["nsenter", "--net", f"--target={self._process.pid}", "--", *command]

    def execute(self, *command: str, timeout: float = 30.0) -> str:
        """Runs a command on this host to its end and returns what it printed."""
        return output_of(self.inside(command), timeout=timeout)
