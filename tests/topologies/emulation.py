# SPDX-License-Identifier: Apache-2.0
"""Brings the description of a network to life, in the private namespace of this process."""

from __future__ import annotations

import ipaddress
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Iterator, Sequence

from mininet.link import Link as MininetLink
from mininet.log import setLogLevel
from mininet.net import Mininet
from mininet.node import Host as MininetHost
from mininet.node import Switch as MininetSwitch

from topologies.description import Host, Link, Network, Port, Switch
from topologies.openvswitch import OpenVSwitch
from topologies.private_namespace import is_private
from topologies.processes import bound_to_parent, output_of
from topologies.programs import compiled
from topologies.relay import Relay

#: MTU between switches: room for a label stack on a frame of 1500 octets.
CORE_MTU = 1600

#: How soon a switch tries again to reach a controller that went away, and how soon it notices that it has.
_CONTROLLER = ("max_backoff=1000", "inactivity_probe=5000")


class _Bridge(MininetSwitch):
    """A bridge of our own Open vSwitch, with fixed port numbers and without a controller at first."""

    def __init__(self, name: str, openvswitch: OpenVSwitch, **parameters: Any) -> None:
        super().__init__(name, **parameters)
        self._openvswitch = openvswitch

    def start(self, controllers: object) -> None:
        """Creates the bridge and its ports in one transaction."""
        # A secure bridge has no rules but those of its controller, and keeps them when the controller goes away.
        command = ["add-br", self.name, "--", "set", "bridge", self.name, "datapath_type=netdev", "fail_mode=secure",
                   "protocols=OpenFlow13", f"other_config:datapath-id={self.dpid}",
                   "other_config:disable-in-band=true"]
        for number, interface in sorted(self.intfs.items()):
            if number > 0:
                command += ["--", "add-port", self.name, interface.name, "--", "set", "interface", interface.name,
                            f"ofport_request={number}"]
        self._openvswitch.configure(*command)

    def stop(self, deleteIntfs: bool = True) -> None:
        """Removes the bridge."""
        self._openvswitch.configure("--if-exists", "del-br", self.name)
        super().stop(deleteIntfs)


class _PlainHost(MininetHost):
    """A host that computes its checksums itself: a switch in user space can't finish what an offload left open."""

    def config(self, ipv6: ipaddress.IPv6Interface | None = None, **parameters: Any) -> dict[str, Any]:
        """Configures the host's interfaces."""
        result: dict[str, Any] = super().config(**parameters)
        for interface in self.intfNames():
            self.cmd("ethtool", "-K", interface, "tx", "off")
            if ipv6 is not None:
                # The address that is given and no other, and nothing said that nobody asked for.
                self.cmd("ip", "link", "set", interface, "addrgenmode", "none")
                self.cmd("sysctl", "-qw", f"net.ipv6.conf.{interface}.accept_ra=0",
                         f"net.ipv6.conf.{interface}.router_solicitations=0",
                         f"net.ipv6.conf.{interface}.disable_ipv6=0")
                self.cmd("ip", "-6", "address", "flush", "dev", interface)
                self.cmd("ip", "-6", "address", "add", str(ipv6), "dev", interface, "nodad")
        return result


class _RelayedLink(MininetLink):
    """Two wires, each from a switch to the relay between them."""

    @classmethod
    def makeIntfPair(cls, intfname1: str, intfname2: str, addr1: str | None = None, addr2: str | None = None,
                     node1: Any = None, node2: Any = None, deleteIntfs: bool = True) -> None:
        """Creates both wires."""
        for name, address in ((intfname1, addr1), (intfname2, addr2)):
            output_of(["ip", "link", "add", name, *(["address", address] if address else []),
                       "type", "veth", "peer", "name", _relay_end(name)])


def _interface_of(port: Port) -> str:
    return f"{port.switch}-eth{port.number}"


def _relay_end(interface: str) -> str:
    return f"{interface}r"


def _last_neighbours(host: Host) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The last address of each network that a host is in, before the one for broadcasts."""
    for address in (host.address, host.ipv6_address):
        if address is not None:
            yield address.network[-2]


class EmulatedNetwork:
    """A running network. One a process, because it owns the process's private namespace; not safe for several threads.

    Use it as a context manager::

        with EmulatedNetwork(two_sites(), programs) as network:
            network.connect("tcp:127.0.0.1:6653")
    """

    def __init__(self, description: Network, programs: Path) -> None:
        """
        :param description: what it consists of
        :param programs: the folder for compiled programs that are kept
        :raises RuntimeError: outside a private namespace, where it would meet other networks
        """
        if not is_private():
            raise RuntimeError("an emulated network needs a private namespace: start this program by"
                               " python3 -m topologies.private_namespace")
        self.description = description
        self._programs = programs
        self._stack: tempfile.TemporaryDirectory[str] | None = None
        self._folder = Path()
        self._relays: dict[Link, Relay] = {}
        self._moved: dict[Host, Port] = {}
        self._mininet: Any = None
        self._openvswitch: OpenVSwitch | None = None

    def __enter__(self) -> EmulatedNetwork:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    @property
    def openvswitch(self) -> OpenVSwitch:
        """The Open vSwitch that carries the bridges."""
        if self._openvswitch is None:
            raise RuntimeError("the network does not run")
        return self._openvswitch

    @property
    def folder(self) -> Path:
        """A folder for files that end with the network, with a short name, as the names of sockets must be short."""
        return self._folder

    def start(self) -> None:
        """Starts everything. The switches have no controller yet, and no rules."""
        self._stack = tempfile.TemporaryDirectory(prefix="roundtrip-")
        self._folder = Path(self._stack.name)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        setLogLevel("critical")
        # Mininet.init would raise limits of the whole machine, which a network of this size does not need.
        Mininet.inited = True
        # Switch ports are no IPv6 hosts: without this each sends router solicitations into the network.
        output_of(["sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1", "net.ipv6.conf.all.disable_ipv6=1"])
        self._openvswitch = OpenVSwitch(self._folder)
        self._openvswitch.start()
        self._mininet = Mininet(topo=None, controller=None, build=False)
        for switch in self.description.switches:
            self._mininet.addSwitch(switch.name, cls=_Bridge, dpid=f"{switch.datapath_id:016x}",
                                    openvswitch=self._openvswitch, inNamespace=False)
        for host in self.description.hosts:
            self._add_host(host)
        for link in self.description.links:
            self._add_link(link)
        self._mininet.build()
        self._mininet.start()
        self._check_switches(self._openvswitch)
        for link in self.description.links:
            self._start_relay(link)

    def stop(self) -> None:
        """Stops everything and removes its files. Fine for a network that runs only in part, or not at all."""
        for relay in self._relays.values():
            relay.end()
        self._relays.clear()
        self._moved.clear()
        if self._mininet is not None:
            self._mininet.stop()
            self._mininet = None
        if self._openvswitch is not None:
            self._openvswitch.stop()
            self._openvswitch = None
        if self._stack is not None:
            self._stack.cleanup()
            self._stack = None

    def connect(self, target: str) -> None:
        """Gives every switch its controller, all in one transaction.

        :param target: where the controller listens, such as tcp:127.0.0.1:6653 or unix:/path
        """
        self._set_controller(self.description.switches, target)

    def connect_switch(self, switch: Switch, target: str) -> None:
        """Gives one switch its controller."""
        self._set_controller((switch,), target)

    def disconnect(self) -> None:
        """Takes the controller away from every switch; the rules stay."""
        command: list[str] = []
        for switch in self.description.switches:
            command += ["--", "del-controller", switch.name]
        self.openvswitch.configure(*command[1:])

    def cut(self, link: Link) -> None:
        """Cuts a link: both ports lose their carrier."""
        for interface in self._wire_ends(link):
            output_of(["ip", "link", "set", interface, "down"])

    def restore(self, link: Link) -> None:
        """Mends a link that was cut."""
        for interface in self._wire_ends(link):
            output_of(["ip", "link", "set", interface, "up"])

    def detach(self, host: Host) -> None:
        """Takes the carrier away from the port of a host, as when the host loses its power."""
        output_of(["ip", "link", "set", _interface_of(host.port), "down"])

    def attach(self, host: Host) -> None:
        """Gives the carrier back to the port of a host that was detached."""
        output_of(["ip", "link", "set", _interface_of(host.port), "up"])

    def move(self, host: Host, port: Port) -> None:
        """Moves a host to a port that is free, with its address, as a virtual machine is moved while it runs.

        The description still says where the host was first, which is also where :meth:`move` brings it back.
        """
        here = self._moved.get(host, host.port)
        if here == port:
            return
        interface = _interface_of(host.port)
        self.openvswitch.configure("del-port", here.switch, interface, "--", "add-port", port.switch, interface,
                                   "--", "set", "interface", interface, f"ofport_request={port.number}")
        self._moved[host] = port

    def fail_switch(self, switch: Switch) -> None:
        """Takes a switch away as a power failure would: its neighbours lose their carrier as well."""
        self.openvswitch.configure("del-br", switch.name)
        for link in self._links_of(switch):
            self.cut(link)

    def repair_switch(self, switch: Switch, target: str) -> None:
        """Brings back a switch that has failed, without rules or groups, and gives it its controller."""
        for link in self._links_of(switch):
            self.restore(link)
        self._mininet[switch.name].start([])
        self.connect_switch(switch, target)

    def relay(self, link: Link) -> Relay:
        """Returns the relay of a link, which can lose frames silently, in one direction or both."""
        return self._relays[link]

    def restart_switch(self, switch: Switch, target: str) -> None:
        """Restarts one switch: it comes back with its ports and its controller, and without rules or groups."""
        self.openvswitch.configure("del-br", switch.name)
        self._mininet[switch.name].start([])
        self.connect_switch(switch, target)

    def execute(self, host: Host, *command: str, timeout: float = 30.0) -> str:
        """Runs a command on a host to its end and returns what it printed."""
        return output_of(self._on(host, command), timeout=timeout)

    def launch(self, host: Host, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        """Starts a process on a host, with its output in a log."""
        with log.open("wb") as output:
            return subprocess.Popen(bound_to_parent(self._on(host, command)), stdin=subprocess.DEVNULL,
                                    stdout=output, stderr=subprocess.STDOUT, start_new_session=True)

    def converse(self, host: Host, command: Sequence[str], log: Path) -> subprocess.Popen[str]:
        """Starts a process on a host that takes orders and answers, in lines of text, with its errors in a log."""
        with log.open("wb") as errors:
            return subprocess.Popen(bound_to_parent(self._on(host, command)), stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True)

    def interface(self, host: Host) -> str:
        """The name of a host's network interface."""
        return str(self._mininet[host.name].defaultIntf().name)

    def port_interface(self, port: Port) -> str:
        """The name of the network interface that is a port of a switch.

        :raises LookupError: if nothing is attached there, or something that was moved there
        """
        if self.description.far_end(port) is None:
            raise LookupError(f"nothing is attached to {port}")
        return _interface_of(port)

    def introduce(self, *hosts: Host) -> None:
        """Lets hosts ask for a neighbour, so that the network learns where they are. There need be no answer."""
        questions = [subprocess.Popen(self._on(host, ["ping", "-c", "1", "-W", "1", str(neighbour)]),
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                     for host in hosts for neighbour in _last_neighbours(host)]
        for question in questions:
            question.wait()

    def _links_of(self, switch: Switch) -> list[Link]:
        return [link for link in self.description.links if switch.name in (link.a.switch, link.b.switch)]

    def _set_controller(self, switches: Sequence[Switch], target: str) -> None:
        command: list[str] = []
        for switch in switches:
            command += ["--", "set-controller", switch.name, target,
                        "--", "set", "controller", switch.name, *_CONTROLLER]
        self.openvswitch.configure(*command[1:])

    def _check_switches(self, openvswitch: OpenVSwitch) -> None:
        """The database accepts a bridge that the daemon then can't make."""
        made = openvswitch.control("ofproto/list").split()
        missing = [switch.name for switch in self.description.switches if switch.name not in made]
        if missing:
            raise RuntimeError(f"Open vSwitch could not make {', '.join(missing)}; it needs to open /dev/net/tun\n"
                               f"{openvswitch.log()}")

    def _on(self, host: Host, command: Sequence[str]) -> list[str]:
        return ["mnexec", "-a", str(self._mininet[host.name].pid), *command]

    def _add_host(self, host: Host) -> None:
        node = self._mininet.addHost(host.name, cls=_PlainHost, ip=str(host.address), mac=host.mac,
                                     ipv6=host.ipv6_address)
        self._mininet.addLink(node, self._mininet[host.port.switch], port1=0, port2=host.port.number)

    def _add_link(self, link: Link) -> None:
        a, b = self._mininet[link.a.switch], self._mininet[link.b.switch]
        self._mininet.addLink(a, b, port1=link.a.number, port2=link.b.number,
                              cls=MininetLink if link.delay is None else _RelayedLink)
        ends = [_interface_of(end) for end in (link.a, link.b)]
        for interface in {*ends, *self._wire_ends(link)}:
            output_of(["ip", "link", "set", interface, "mtu", str(CORE_MTU), "up"])

    def _start_relay(self, link: Link) -> None:
        if link.delay is None:
            return
        a, b = self._wire_ends(link)
        for interface in (a, b):
            # A relay copies frames as they are: none may be merged on the way in.
            output_of(["ethtool", "-K", interface, "gro", "off"])
        self._relays[link] = Relay(compiled("relay", self._programs), a, b, link.delay)

    @staticmethod
    def _wire_ends(link: Link) -> tuple[str, str]:
        """The interfaces that take the carrier from the link's ports when they go down."""
        a, b = (_interface_of(end) for end in (link.a, link.b))
        return (a, b) if link.delay is None else (_relay_end(a), _relay_end(b))
