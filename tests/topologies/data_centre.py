# SPDX-License-Identifier: Apache-2.0
"""The inside of a data centre: its own ordinary switch, with hosts, behind the router that is at its gateway."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack

from topologies.data_centres import inner_network
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.network_namespace import NetworkNamespace

_SWITCH = "lan"
_INTERFACE = "eth0"


class DataCentre:
    """A data centre whose router is a host of a network that runs. A context manager. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, router: Host) -> None:
        self._network = network
        self._router = router
        self._stack = ExitStack()
        self._addresses = inner_network(router).hosts()
        self._gateway = next(self._addresses)

    def __enter__(self) -> DataCentre:
        self._on_router("ip", "link", "add", "dev", _SWITCH, "type", "bridge")
        self._on_router("ip", "address", "add", f"{self._gateway}/{inner_network(self._router).prefixlen}",
                        "dev", _SWITCH)
        self._on_router("ip", "link", "set", _SWITCH, "up")
        self._on_router("sysctl", "-qw", "net.ipv4.ip_forward=1")
        for other in self._network.description.hosts:
            if other != self._router:
                # The network carries what its paths are for, and no questions for neighbours.
                self._on_router("ip", "neighbour", "replace", other.ip, "lladdr", other.mac, "nud", "permanent",
                                "dev", self._network.interface(self._router))
                self._on_router("ip", "route", "replace", str(inner_network(other)), "via", other.ip)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()
        self._on_router("ip", "link", "del", "dev", _SWITCH)

    @property
    def name(self) -> str:
        """Its name, which is that of its router."""
        return self._router.name

    def add_host(self, name: str) -> InnerHost:
        """Connects a host to its switch, which stays there as long as the data centre."""
        address = next(self._addresses)
        namespace = self._stack.enter_context(
            NetworkNamespace(self._network.folder / f"{self.name}-{name}.namespace.log"))
        self._on_router("ip", "link", "add", "dev", name, "type", "veth",
                        "peer", "name", _INTERFACE, "netns", str(namespace.pid))
        self._on_router("ip", "link", "set", name, "master", _SWITCH, "up")
        host = InnerHost(namespace, address)
        host.namespace.execute("ip", "address", "add", f"{address}/{inner_network(self._router).prefixlen}",
                               "dev", _INTERFACE)
        host.namespace.execute("ip", "link", "set", _INTERFACE, "up")
        host.namespace.execute("ip", "route", "add", "default", "via", str(self._gateway))
        return host

    def _on_router(self, *command: str) -> str:
        return self._network.execute(self._router, *command)


class InnerHost:
    """A host of a data centre."""

    def __init__(self, namespace: NetworkNamespace, address: ipaddress.IPv4Address) -> None:
        self.namespace = namespace
        self.address = str(address)
