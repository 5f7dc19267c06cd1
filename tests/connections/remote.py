# SPDX-License-Identifier: Apache-2.0
"""A client behind a router, on the other side of a narrow link."""

from __future__ import annotations

import ipaddress
import subprocess
from typing import Sequence

from topologies.awaiting import await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end, output_of

#: The MTU of the link between router and client. The client does not know of it: it offers 1460 octets of a segment.
NARROW_MTU = 1300

#: The client's own addresses and the router's towards it.
ADDRESS = "10.200.0.2"
ADDRESS6 = "fd00:200::2"
_ROUTER = "10.200.0.1"
_ROUTER6 = "fd00:200::1"

#: The router's towards the network. It asks there for neighbours on behalf of others, which Linux only does in the name
#: of a link-local address: without one it says nothing, and what it should forward is lost.
_ROUTER_ON_LINK = "fe80::1"

_SECONDS_TO_START = 20.0


class RemoteClient:
    """A client in a network namespace of its own behind a host that routes. A context manager.

    Hosts that answer it must know the way: see `routes`. What the router forwards to it must fit the narrow link, or
    the router says so with ICMP.
    """

    def __init__(self, network: EmulatedNetwork, router: Host) -> None:
        self._network = network
        self._router = router
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RemoteClient:
        log = self._network.folder / "remote-client.log"
        self._process = self._network.launch(
            self._router, ["unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"], log)
        await_until(lambda: log.read_text().startswith("ready"), _SECONDS_TO_START, "a namespace", log.read_text)
        # The processes of a host share the network's process namespace, so that this number is right there as well.
        number = str(self._process.pid)
        on_router = [("ip", "link", "add", "far", "type", "veth", "peer", "name", "wan", "netns", number),
                     ("ethtool", "-K", "far", "tx", "off"),
                     ("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1",
                      "net.ipv6.conf.far.disable_ipv6=0"),
                     ("ip", "address", "add", f"{_ROUTER}/24", "dev", "far"),
                     ("ip", "address", "add", f"{_ROUTER6}/64", "dev", "far", "nodad"),
                     ("ip", "link", "set", "far", "mtu", str(NARROW_MTU), "up"),
                     ("ip", "address", "replace", f"{_ROUTER_ON_LINK}/64", "dev",
                      self._network.interface(self._router), "nodad")]
        for command in on_router:
            self._network.execute(self._router, *command)
        for command in (("ip", "link", "set", "lo", "up"), ("ethtool", "-K", "wan", "tx", "off"),
                        ("sysctl", "-qw", "net.ipv6.conf.wan.disable_ipv6=0"),
                        ("ip", "address", "add", f"{ADDRESS}/24", "dev", "wan"),
                        ("ip", "address", "add", f"{ADDRESS6}/64", "dev", "wan", "nodad"),
                        ("ip", "link", "set", "wan", "up"),
                        ("ip", "route", "add", "default", "via", _ROUTER),
                        ("ip", "-6", "route", "add", "default", "via", _ROUTER6)):
            self.execute(*command)
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    @property
    def routes(self) -> Sequence[tuple[str, ...]]:
        """The commands that tell a host the way to it."""
        segment, segment6 = (str(ipaddress.ip_interface(address).network) for address in
                             (f"{ADDRESS}/24", f"{ADDRESS6}/64"))
        return (("ip", "route", "replace", segment, "via", self._router.ip),
                ("ip", "-6", "route", "replace", segment6, "via", self._router.ipv6))

    def execute(self, *command: str, timeout: float = 30.0) -> str:
        """Runs a command as the client to its end and returns what it printed."""
        assert self._process is not None
        return output_of(["nsenter", "--net", f"--target={self._process.pid}", "--", *command], timeout=timeout)
