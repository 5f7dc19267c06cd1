# SPDX-License-Identifier: Apache-2.0
"""Hosts that no emulated network has in its description: network namespaces, and their ways to the controller."""

from __future__ import annotations

import ipaddress
import itertools
import subprocess
from pathlib import Path
from typing import Sequence

from topologies.awaiting import await_until
from topologies.processes import bound_to_parent, end, output_of

_MANAGEMENT_INTERFACE = "manage"

#: Networks of two addresses, the controller's and that of a host, which no network of the tests has.
_MANAGEMENT = ipaddress.IPv4Network("100.64.0.0/16")

_SECONDS_TO_START = 20.0

_numbers = itertools.count()


class NetworkNamespace:
    """A network namespace with nothing but a loopback interface at first.

    A context manager: it ends, with its interfaces, when its last process does. Not safe for several threads.
    """

    def __init__(self, log: Path) -> None:
        """
        :param log: what the process that keeps it says, which is nothing unless it fails
        """
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> NetworkNamespace:
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                bound_to_parent(["unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"]),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        await_until(lambda: self._log.read_text().startswith("ready"), _SECONDS_TO_START, "a namespace",
                    self._log.read_text)
        self.execute("ip", "link", "set", "lo", "up")
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    @property
    def pid(self) -> int:
        """The number of the process that keeps it.

        :raises RuntimeError: if there is none
        """
        if self._process is None:
            raise RuntimeError("the host does not run")
        return self._process.pid

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command such that it runs on this host."""
        return ["nsenter", "--net", f"--target={self.pid}", "--", *command]

    def execute(self, *command: str, timeout: float = 30.0) -> str:
        """Runs a command on this host to its end and returns what it printed."""
        return output_of(self.inside(command), timeout=timeout)


class ManagementLink:
    """The way of a host to the controller, which no emulated network carries. A context manager."""

    def __init__(self, namespace: NetworkNamespace) -> None:
        self._namespace = namespace
        self._number = next(_numbers)
        self._subnet = list(_MANAGEMENT.subnets(new_prefix=30))[self._number]

    def __enter__(self) -> ManagementLink:
        output_of(["ip", "link", "add", "dev", self.controller_interface, "type", "veth",
                   "peer", "name", _MANAGEMENT_INTERFACE, "netns", str(self._namespace.pid)])
        output_of(["ip", "address", "add", f"{self.controller_address}/30", "dev", self.controller_interface])
        self._namespace.execute("ip", "address", "add", f"{self._subnet[2]}/30", "dev", _MANAGEMENT_INTERFACE)
        self._namespace.execute("ip", "link", "set", _MANAGEMENT_INTERFACE, "up")
        self.heal()
        return self

    def __exit__(self, *error: object) -> None:
        # Its peer goes with it.
        output_of(["ip", "link", "del", "dev", self.controller_interface])

    @property
    def controller_interface(self) -> str:
        """The name of the interface of ours by which the host reaches the controller."""
        return f"manage{self._number}"

    @property
    def controller_address(self) -> str:
        """Where the host finds us."""
        return str(self._subnet[1])

    def partition(self) -> None:
        """Cuts the host off from the controller."""
        output_of(["ip", "link", "set", self.controller_interface, "down"])

    def heal(self) -> None:
        """Lets the host reach the controller again."""
        output_of(["ip", "link", "set", self.controller_interface, "up"])
