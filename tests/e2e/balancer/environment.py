# SPDX-License-Identifier: Apache-2.0
"""What a test of virtual servers works with."""

from __future__ import annotations

import collections
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Sequence

from connections.clients import Swarm
from connections.servers import Endpoint, NamedServer, carry
from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies import frame_sender
from topologies.awaiting import await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.frames import Frame
from topologies.processes import end, start
from topologies.rules import Rule, all_rules
from topologies.service_nodes import ACCESS_SWITCHES, MEMBERS, OTHER_VIP, VIP, VIP6, service_nodes

#: Where clients send, and where members listen if ports are translated.
PORT = 80
TRANSLATED = 8080
UDP_PORT = 5300
UDP_TRANSLATED = 5353

#: What the servers of every member listen at.
ENDPOINTS = (*(Endpoint("tcp", address, port) for address in (VIP, OTHER_VIP, VIP6) for port in (PORT, TRANSLATED)),
             *(Endpoint("udp", address, port) for address in (VIP, VIP6) for port in (UDP_PORT, UDP_TRANSLATED)))

SLOTS = 256

_APPLICATION = "org.roundtrip.balancer"

#: The leading bits of a rule's cookie say to the controller whose it is.
_BITS_OF_COOKIE = 48


@dataclass(frozen=True)
class ServerEnvironment(Environment):
    """The controller, the network of service nodes, and the servers on its members, by their hosts' names."""

    servers: dict[str, NamedServer]

    @staticmethod
    def of(instance: ControllerInstance, controller: Controller, network: EmulatedNetwork) -> ServerEnvironment:
        """Returns the environment with servers that do not run yet."""
        return ServerEnvironment(instance, controller, network, {
            name: NamedServer(network, network.description.host(name), *ENDPOINTS) for name in MEMBERS})

    def device(self, switch: str) -> str:
        """The controller's name of a switch."""
        return self.network.description.switch(switch).device_id

    def member(self, name: str, port: int | None = TRANSLATED, *, ipv6: bool = False, **more: object) -> dict[str, Any]:
        """A member of a virtual server; without a port it listens at those of the virtual server."""
        host = self.host(name)
        return {"address": host.ipv6 if ipv6 else host.ip, **({} if port is None else {"port": port}), **more}

    def request(self, *members: dict[str, Any], access: Sequence[str] = ACCESS_SWITCHES, **more: object) \
            -> dict[str, Any]:
        """What to ask for; of more, the hyphens of the names are underscores here."""
        return {"vip": VIP, "ports": [str(PORT)], "members": list(members),
                "access-switches": [self.device(switch) for switch in access],
                **{name.replace("_", "-"): value for name, value in more.items()}}

    def put(self, name: str, *members: dict[str, Any], access: Sequence[str] = ACCESS_SWITCHES,
            **more: object) -> dict[str, Any]:
        """Asks for a virtual server and waits until it is up."""
        self.controller.put_virtual_server(name, self.request(*members, access=access, **more))
        return self.await_server(name)

    def await_server(self, name: str, state: str = "up", timeout: float = SECONDS_TO_SETTLE) -> dict[str, Any]:
        """Waits until a virtual server is in a state and its rules are in the switches, and returns it."""
        server = await_until(lambda: (found := self.controller.virtual_server(name))["status"]["state"] == state
                             and found, timeout, f"virtual server {name} {state}", self.describe) or {}
        self.await_rules(timeout)
        return server

    def await_rules(self, timeout: float = SECONDS_TO_SETTLE) -> None:
        """Waits until every rule that the controller wants is in the switches, but in those that are away."""
        def unsettled() -> list[dict[str, Any]]:
            there = self.controller.available_devices()
            return [flow for flow in self.flows_of_servers() if flow["deviceId"] in there and flow["state"] != "ADDED"]

        await_until(lambda: not unsettled(), timeout, "all rules of virtual servers", self.describe)

    def await_member(self, name: str, member: dict[str, Any], state: str, timeout: float = SECONDS_TO_SETTLE) \
            -> dict[str, Any]:
        """Waits until a member is in a state, and returns its status."""
        def in_state() -> dict[str, Any] | None:
            status = self.member_status(name, member)
            return status if status["status"]["state"] == state else None

        status = await_until(in_state, timeout, f"member {member} {state}", self.describe)
        assert status is not None
        return status

    def member_status(self, name: str, member: dict[str, Any]) -> dict[str, Any]:
        """How a member fares.

        :raises LookupError: if the virtual server has nothing to do with it
        """
        for status in self.controller.virtual_server(name)["member-status"]:
            if _is(status["member"], member):
                found: dict[str, Any] = status
                return found
        raise LookupError(f"{name} has no member {member}")

    def slots(self, name: str) -> dict[str, int]:
        """How many slots each member has, by the names of their hosts."""
        names = {address: host.name for host in self.network.description.hosts for address in host.addresses}
        slots: collections.Counter[str] = collections.Counter()
        for status in self.controller.virtual_server(name)["member-status"]:
            address = _address(status["member"])
            slots[names.get(address, address)] += int(status["slots"])
        return {name: count for name, count in slots.items() if count > 0}

    def rules_of_servers(self) -> list[Rule]:
        """The rules of virtual servers in the switches."""
        application = self.controller.get(f"v1/applications/ids/entry?name={_APPLICATION}")["id"]
        return [rule for rule in all_rules(self.network) if rule.cookie >> _BITS_OF_COOKIE == application]

    def flows_of_servers(self) -> list[dict[str, Any]]:
        """The rules of virtual servers that the controller knows."""
        return [flow for flow in self.controller.flows() if flow["appId"] == _APPLICATION]

    def drops(self, name: str) -> dict[str, int]:
        """How many packets were dropped, by the reason."""
        return {drop["reason"]: int(drop["packets"]) for drop in
                self.controller.virtual_server_statistics(name)["drops"]}

    def send(self, sender: Host, frame: Frame, times: int = 1) -> None:
        """Sends a frame from a host as it is."""
        file = self.network.folder / "frames"
        file.write_text("".join(f"{frame.to_bytes().hex()}\n" for _ in range(times)))
        self.network.execute(sender, sys.executable, str(Path(frame_sender.__file__)), self.network.interface(sender),
                             "100", "0", str(file))

    def mend(self) -> None:
        """Brings the network and the controller back to where every test begins."""
        for server in self.controller.virtual_servers():
            self.controller.remove_virtual_server(server["name"])
        for link in self.network.description.links:
            self.network.restore(link)
        for host in self.network.description.hosts:
            self.network.move(host, host.port)
            self.network.attach(host)
        self.await_everything_found()
        await_until(lambda: not self.controller.virtual_servers() and not self.flows_of_servers(), SECONDS_TO_SETTLE,
                    "no virtual servers", self.describe)
        await_until(lambda: not self.rules_of_servers(), SECONDS_TO_SETTLE, "no rules of virtual servers",
                    lambda: f"rules in the switches: {self.rules_of_servers()}\n{self.describe()}")
        for named in self.servers.values():
            named.revive()

    def repair(self, switch: str) -> None:
        """Brings back a switch that has failed."""
        self.network.repair_switch(self.network.description.switch(switch), TARGET)

    def describe(self) -> str:
        """Everything that might explain a failure."""
        unsettled = [flow for flow in self.flows_of_servers() if flow["state"] != "ADDED"]
        return (f"virtual servers: {self.controller.virtual_servers()}\n"
                f"rules that are not in the switches: {unsettled}\n{super().describe()}")


@contextmanager
def at_service_nodes(found: Environment) -> Iterator[ServerEnvironment]:
    """The controller with the network of service nodes and servers on its members, in place of the network that it has
    otherwise for as long."""
    found.mend()
    found.network.disconnect()
    await_until(lambda: not found.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.stop()
    with EmulatedNetwork(service_nodes(), INSTANCE / "programs") as network, ExitStack() as stack:
        network.connect(TARGET)
        nodes = ServerEnvironment.of(found.instance, found.controller, network)
        for server in nodes.servers.values():
            carry(network, server.host, VIP, OTHER_VIP, VIP6)
            stack.enter_context(server)
        yield nodes
        nodes.mend()
        network.disconnect()
        await_until(lambda: not nodes.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.start()
    found.network.connect(TARGET)
    found.await_everything_found()


def all_open(swarm: Swarm, count: int) -> bool:
    """Tells whether so many connections are open and none is broken."""
    return swarm.open == count == len(swarm.connections)


def _is(written: str, member: dict[str, Any]) -> bool:
    return _address(written) == member["address"] and (written.rpartition(":")[2] == str(member.get("port", 0))
                                                       or "port" not in member)


def _address(written: str) -> str:
    return written.rpartition(":")[0].strip("[]") if "]" in written or written.count(":") == 1 else written


@contextmanager
def flow_mods(nodes: ServerEnvironment, *switches: str) -> Iterator[dict[str, int]]:
    """Counts the messages by which the controller changes rules of switches; the numbers are there at the end."""
    counted: dict[str, int] = {}
    logs = {switch: nodes.network.folder / f"snoop-{switch}.log" for switch in switches}
    processes = []
    for switch, log in logs.items():
        log.unlink(missing_ok=True)
        socket = nodes.network.folder / f"{switch}.snoop"
        await_until(socket.exists, SECONDS_TO_SETTLE, str(socket))
        processes.append(start(["ovs-ofctl", "--protocols=OpenFlow13", "snoop", switch], log,
                               nodes.network.openvswitch.environment))
    try:
        # The controller asks every switch for an echo, or its statistics, every few seconds.
        await_until(lambda: all(log.stat().st_size > 0 for log in logs.values()), SECONDS_TO_SETTLE,
                    "messages of every switch")
        yield counted
    finally:
        for process in processes:
            end(process)
    for switch, log in logs.items():
        counted[switch] = log.read_text(errors="replace").count("OFPT_FLOW_MOD")
