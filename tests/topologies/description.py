# SPDX-License-Identifier: Apache-2.0
"""What an emulated network consists of, as plain values."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Port:
    """A port of a switch, as OpenFlow numbers it."""

    switch: str
    number: int

    def __str__(self) -> str:
        return f"{self.switch}:{self.number}"


@dataclass(frozen=True)
class Switch:
    """A switch. The name is that of its bridge, at most 8 characters, so that interface names fit the kernel."""

    name: str
    datapath_id: int

    @property
    def device_id(self) -> str:
        """The name that the controller gives it, such as of:000000000000000a."""
        return f"of:{self.datapath_id:016x}"


@dataclass(frozen=True)
class Host:
    """A host and the port it is attached to."""

    name: str
    mac: str
    address: ipaddress.IPv4Interface
    port: Port
    ipv6_address: ipaddress.IPv6Interface | None = None

    @property
    def ip(self) -> str:
        """The IPv4 address without its prefix length."""
        return str(self.address.ip)

    @property
    def ipv6(self) -> str:
        """The IPv6 address without its prefix length.

        :raises LookupError: for a host without one
        """
        if self.ipv6_address is None:
            raise LookupError(f"{self.name} has no IPv6 address")
        return str(self.ipv6_address.ip)

    @property
    def addresses(self) -> frozenset[str]:
        """All of its IP addresses without their prefix lengths."""
        return frozenset({self.ip} if self.ipv6_address is None else {self.ip, self.ipv6})

    @property
    def host_id(self) -> str:
        """The name that the controller gives it: the MAC address, and no VLAN."""
        return f"{self.mac.upper()}/None"


@dataclass(frozen=True)
class Delay:
    """The delay of a link in each direction, in microseconds, from its end a to its end b and back."""

    a_to_b: int
    b_to_a: int

    @staticmethod
    def same(microseconds: int) -> Delay:
        """A delay that is the same in both directions."""
        return Delay(microseconds, microseconds)


@dataclass(frozen=True)
class Link:
    """A link between two switches. Without a delay it is a plain wire that can't be cut silently.

    `number` tells links apart that join the same two switches.
    """

    a: Port
    b: Port
    delay: Delay | None = None
    number: int = 1

    @property
    def name(self) -> str:
        """A name for people, by the switches at its ends: c1-c2 is the first link between them, c1-c2.2 the second."""
        pair = f"{self.a.switch}-{self.b.switch}"
        return pair if self.number == 1 else f"{pair}.{self.number}"

    def delay_from(self, switch: str) -> int:
        """Returns how long a frame takes that enters at the end of a switch, in microseconds."""
        if self.delay is None:
            return 0
        return self.delay.a_to_b if switch == self.a.switch else self.delay.b_to_a

    def far_end(self, port: Port) -> Port | None:
        """Returns the other end, or nothing if the port is not an end of this link."""
        return {self.a: self.b, self.b: self.a}.get(port)


@dataclass(frozen=True)
class Network:
    """Switches, hosts, and the links between the switches."""

    switches: tuple[Switch, ...]
    hosts: tuple[Host, ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        names = [switch.name for switch in self.switches] + [host.name for host in self.hosts]
        if len(set(names)) != len(names):
            raise ValueError(f"two nodes have the same name: {sorted(names)}")
        if len({link.name for link in self.links}) != len(self.links):
            raise ValueError("two links have the same name")
        ports = [host.port for host in self.hosts] + [end for link in self.links for end in (link.a, link.b)]
        if len(set(ports)) != len(ports):
            raise ValueError("a port is used twice")
        unknown = {port.switch for port in ports} - {switch.name for switch in self.switches}
        if unknown:
            raise ValueError(f"ports of unknown switches: {sorted(unknown)}")

    def switch(self, name: str) -> Switch:
        """Returns the switch of a name."""
        return next(switch for switch in self.switches if switch.name == name)

    def switch_of(self, device_id: str) -> Switch:
        """Returns the switch of a device identifier."""
        return next(switch for switch in self.switches if switch.device_id == device_id)

    def host(self, name: str) -> Host:
        """Returns the host of a name."""
        return next(host for host in self.hosts if host.name == name)

    def link(self, one: str, other: str) -> Link:
        """Returns the only link between two switches."""
        found = [link for link in self.links if {link.a.switch, link.b.switch} == {one, other}]
        if len(found) != 1:
            raise LookupError(f"{len(found)} links between {one} and {other}")
        return found[0]

    def far_end(self, port: Port) -> Port | Host | None:
        """Returns what is at the other end of the wire in a port: another switch's port, a host, or nothing."""
        for host in self.hosts:
            if host.port == port:
                return host
        for link in self.links:
            far = link.far_end(port)
            if far is not None:
                return far
        return None

    def connect_point(self, port: Port) -> str:
        """Returns the controller's name of a port, such as of:000000000000000a/1."""
        return f"{self.switch(port.switch).device_id}/{port.number}"
