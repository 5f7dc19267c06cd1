# SPDX-License-Identifier: Apache-2.0
"""What an end-to-end test works with: the controller, the network, and questions to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from controller.instance import ControllerInstance
from controller.rest import Controller, await_network
from demo.forwarding import forget_ordinary_forwarding
from topologies.awaiting import await_until
from topologies.description import Host, Link
from topologies.emulation import EmulatedNetwork
from topologies.frames import Frame, ptp_over_udp
from topologies.routes import Route, are_co_routed, follow, links_of
from topologies.rules import Rule, all_rules

#: Where the switches find the controller.
TARGET = "tcp:127.0.0.1:6653"

#: Where nobody listens. A switch without any controller would lose its rules; one that waits for its controller does
#: not.
NOBODY = "tcp:127.0.0.1:9"

#: How long a change in the network or a request may take until everything has settled.
SECONDS_TO_SETTLE = 30.0

#: The applications whose rules a test may leave none of.
_APPLICATIONS = ("org.roundtrip.tepath", "org.roundtrip.clock")

#: How a dump shows PTP: its UDP ports (IEEE 1588-2019, annex C) and its Ethernet type (annex E).
_PTP = ("tp_dst=319", "tp_dst=320", "tp_src=319", "tp_src=320", "dl_type=0x88f7")


@dataclass(frozen=True)
class Environment:
    """The controller and the network of the tests."""

    instance: ControllerInstance
    controller: Controller
    network: EmulatedNetwork

    def host(self, name: str) -> Host:
        """A host by its name."""
        return self.network.description.host(name)

    def link(self, name: str) -> Link:
        """A link by its name, such as c1-c2."""
        return next(link for link in self.network.description.links if link.name == name)

    def routes(self, server: Host, client: Host) -> tuple[Route, Route]:
        """Where PTP goes from the server to the client, and back, by the tables of the switches."""
        return self.route(server, ptp_over_udp(server, client)), self.route(client, ptp_over_udp(client, server))

    def route(self, sender: Host, frame: Frame) -> Route:
        """Where a frame goes that a host sends."""
        return follow(self.network, sender.port, frame)

    def links_between(self, server: Host, client: Host) -> tuple[str, ...]:
        """The names of the links that PTP takes from the server to the client."""
        return links_of(self.network.description, self.routes(server, client)[0])

    def request_session(self, name: str, server: Host, client: Host, **more: object) -> None:
        """Asks for a clock session."""
        self.controller.put_clock_session(name, {"server": server.host_id, "client": client.host_id, **more})

    def await_session(self, name: str, server: Host, client: Host, timeout: float = SECONDS_TO_SETTLE) -> None:
        """Waits until a session is up and the switches carry it over the same links in both directions."""
        await_until(lambda: self.controller.clock_session(name)["status"]["state"] == "up", timeout,
                    f"clock session {name} up", self.describe)
        await_until(lambda: are_co_routed(*self.routes(server, client)), timeout,
                    f"clock session {name} co-routed in the switches", self.describe)

    def await_state(self, name: str, state: str, timeout: float = SECONDS_TO_SETTLE) -> dict[str, Any]:
        """Waits until a session is in a state, and returns the session."""
        return await_until(lambda: (session := self.controller.clock_session(name))["status"]["state"] == state
                           and session, timeout, f"clock session {name} {state}", self.describe) or {}

    def await_path(self, name: str, timeout: float = SECONDS_TO_SETTLE) -> None:
        """Waits until a te-path is up."""
        await_until(lambda: self.controller.te_path(name)["status"]["state"] == "up", timeout, f"te-path {name} up",
                    self.describe)

    def rules_of_sessions(self) -> list[Rule]:
        """The rules in the switches that carry labels or are about PTP. Only te-paths and sessions make such."""
        return [rule for rule in all_rules(self.network)
                if rule.has_label or any(mark in rule.match for mark in _PTP)]

    def rules_of_negotiation(self) -> list[Rule]:
        """The rules that take signalling out of the network or guard servers of policies."""
        return [rule for rule in all_rules(self.network) if rule.table == 20 or rule.priority in (43_000, 40_400)]

    def flows_of_applications(self) -> list[object]:
        """The rules that the controller knows of te-paths and sessions."""
        return [flow for flow in self.controller.flows() if flow["appId"] in _APPLICATIONS]

    def await_nothing_left(self) -> None:
        """Waits until neither switches nor controller have anything of a path or a session."""
        await_until(lambda: not self.rules_of_sessions(), SECONDS_TO_SETTLE, "no rule of a path in the switches",
                    self.describe)
        await_until(lambda: not self.flows_of_applications(), SECONDS_TO_SETTLE,
                    "no rule of a path in the controller", self.describe)
        # What is being removed is shown until it is gone.
        await_until(lambda: not self.controller.clock_sessions() and not self.controller.te_paths(), SECONDS_TO_SETTLE,
                    "no path and no session", self.describe)

    def mend(self) -> None:
        """Brings the network and the controller back to where every test begins."""
        for policy in self.controller.clock_policies():
            self.controller.remove_clock_policy(policy["name"])
        for session in self.controller.clock_sessions():
            # Those that are negotiated go with their policies.
            if session["origin"] == "configured":
                self.controller.remove_clock_session(session["name"])
        for path in self.controller.te_paths():
            # Those of sessions go with their sessions.
            if path["owner"] == "org.roundtrip.tepath":
                self.controller.remove_te_path(path["name"])
        forget_ordinary_forwarding(self.controller)
        for link in self.network.description.links:
            self.network.restore(link)
            self.network.relay(link).open()
        for host in self.network.description.hosts:
            self.network.attach(host)
        self.controller.configure_capabilities(self.network.description)
        self.controller.forget_links()
        # Tests cut the same links again and again, which no test but that of damping shall feel.
        self.controller.configure_paths(dampingHalfLife=0)
        self.await_everything_found()
        self.await_nothing_left()

    def await_everything_found(self) -> None:
        """Waits until the controller knows every switch, link and host. It forgets hosts whose switch was away."""
        description = self.network.description
        await_network(self.controller, description)

        def missing() -> list[Host]:
            known = self.controller.hosts()
            return [host for host in description.hosts
                    if not host.addresses <= set(known.get(host.host_id, {}).get("ipAddresses", ()))]

        def all_known() -> bool:
            self.network.introduce(*missing())
            return not missing()

        await_until(all_known, SECONDS_TO_SETTLE, f"{len(description.hosts)} hosts", self.controller.describe)

    def describe(self) -> str:
        """Everything that might explain a failure."""
        rules = "\n".join(f"  {rule.switch} table={rule.table} priority={rule.priority} {rule.match}"
                          f" actions={rule.actions} age={rule.age:.0f} packets={rule.packets}"
                          for rule in all_rules(self.network))
        return f"{self.controller.describe()}\nrules:\n{rules}\n{self.instance.log()}"
