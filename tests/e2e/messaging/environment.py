# SPDX-License-Identifier: Apache-2.0
"""What a test of messages between data centres works with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping

from controller.instance import INSTANCE
from controller.rest import Refused
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from messaging.account import Account
from messaging.sites import BY_HTTP, Application, Site, compare, configuration_of, sites
from topologies.awaiting import await_until
from topologies.data_centres import data_centres
from topologies.emulation import EmulatedNetwork
from topologies.host_process import HostProcess

#: How long what was sent may take to arrive, or a route to go on, after the last obstacle is gone: pauses grow to some
#: ten seconds.
SECONDS_TO_ARRIVE = 60.0

MESSAGING = "roundtrip/messaging"
CONFIGURATION = f"{MESSAGING}/configuration"

#: Messages a second.
RATE = 50.0

#: In bit/s.
_BANDWIDTH = "10000000"

_ROUTES = (("north", "south"), ("south", "north"), ("south", "east"))


@dataclass(frozen=True)
class MessagingEnvironment(Environment):
    """The controller, the network between data centres, and all that is in them."""

    sites: Mapping[str, Site]

    @property
    def north(self) -> Site:
        """Where the shop is."""
        return self.sites["north"]

    @property
    def south(self) -> Site:
        """Where the billing is."""
        return self.sites["south"]

    def usual_configuration(self) -> dict[str, Any]:
        """Orders go from the shop in the north to the billing in the south, and receipts come back. What the shop has
        for the audit in the east goes by way of the south. Each route has a network of its own."""
        return configuration_of(self.sites, {"shop": "north", "billing": "south", "audit": "east"},
                                {"orders": ("shop", "billing"), "receipts": ("billing", "shop"),
                                 "trail": ("shop", "audit")},
                                [{"from": origin, "to": destination, "bandwidth": _BANDWIDTH, "protected": True}
                                 for origin, destination in _ROUTES])

    def configure(self, configuration: Mapping[str, Any]) -> int:
        """Puts a configuration in the place of the one that is there, and returns its version."""
        version = self.controller.get(CONFIGURATION)["version"]
        self.controller.put(CONFIGURATION, {**configuration, "version": version})
        return int(self.controller.get(CONFIGURATION)["version"])

    def proxies(self) -> list[HostProcess]:
        """The proxies that run usually."""
        return [proxy for site in (self.north, self.south) for proxy in (site.message, site.routing)]

    def message_route(self, origin: str = "north", destination: str = "south") -> dict[str, Any]:
        """A route and what it does."""
        route: dict[str, Any] = self.controller.get(f"{MESSAGING}/routes/{origin}/{destination}")
        return route

    def act(self, action: str, body: object = None) -> None:
        """Does something with the route from the north to the south."""
        self.controller.request("POST", f"{MESSAGING}/routes/north/south/{action}", body)

    def await_route(self, state: str, reason: str = "", origin: str = "north", destination: str = "south") \
            -> dict[str, Any]:
        """Waits until a route is in a state, with certain words in its reason, and returns it."""
        def seen() -> dict[str, Any] | None:
            route = self.message_route(origin, destination)
            status = route["status"]
            return route if status["state"] == state and reason in status.get("reason", "") else None

        route = await_until(seen, SECONDS_TO_ARRIVE, f"route {origin} {destination} {state} {reason}", self.describe)
        assert route is not None
        return route

    def await_network(self, origin: str = "north", destination: str = "south", state: str = "up") -> dict[str, Any]:
        """Waits until the network of a route is in a state, and returns it."""
        def seen() -> dict[str, Any] | None:
            network: dict[str, Any] = self.message_route(origin, destination)["network"]
            return network if network["status"]["state"] == state else None

        network = await_until(seen, SECONDS_TO_SETTLE, f"network of route {origin} {destination} {state}",
                              self.describe)
        assert network is not None
        return network

    def way(self) -> tuple[str, ...]:
        """The switches over which the route from the north to the south goes."""
        path, = self.message_route()["network"]["paths"]
        return tuple(self.network.description.switch_of(hop["device"]).name for hop in path["hops"])

    def await_delivered(self, sender: Application, receiver: Application, more: int = 1) -> None:
        """Waits until so many more messages have arrived."""
        wanted = len(receiver.received_from(sender)) + more
        await_until(lambda: len(receiver.received_from(sender)) >= wanted, SECONDS_TO_ARRIVE, f"{wanted} messages",
                    lambda: self._described(sender, receiver))

    def await_more_sent(self, sender: Application, more: int = 100) -> None:
        """Waits until so many more messages have been confirmed, whether they arrive or not."""
        wanted = sum(message["confirmed"] for message in sender.messages()) + more
        await_until(lambda: sum(message["confirmed"] for message in sender.messages()) >= wanted, SECONDS_TO_ARRIVE,
                    f"{wanted} messages confirmed", self.describe)

    def await_all(self, sender: Application, receiver: Application, *, by_identifier: bool = False) -> Account:
        """Stops a sender, waits until all that was confirmed has arrived once and in order, and returns what became of
        it.

        :param by_identifier: whether the receiver leaves out what it has had by its identifier
        """
        sender.process.stop()
        await_until(lambda: not compare(sender, receiver).lost, SECONDS_TO_ARRIVE, "every message",
                    lambda: self._described(sender, receiver))
        result = compare(sender, receiver, by_identifier=by_identifier)
        assert result.is_flawless, f"{result}: {result.lost} {result.duplicates} {result.reordered}\n{self.describe()}"
        return result

    @contextmanager
    def flowing(self, program: str = BY_HTTP) -> Iterator[tuple[Application, Application]]:
        """The shop sends orders to the billing, of which the first have arrived.

        :param program: what both are
        """
        receiver = self.south.receiver("billing", program)
        sender = self.north.sender("shop", "billing", RATE, program)
        with receiver.process, sender.process:
            self.await_delivered(sender, receiver, int(RATE))
            yield sender, receiver

    def mend(self) -> None:
        """Brings everything back to where every test begins: all of it runs, with nothing on the way."""
        for link in self.network.description.links:
            self.network.restore(link)
            self.network.relay(link).open()
        for site in self.sites.values():
            site.management.heal()
            if not site.broker.process.is_running:
                site.broker.process.start()
                site.broker.await_ready()
        self.configure(self.usual_configuration())
        for origin, destination in _ROUTES:
            self.await_network(origin, destination)
        for proxy in self.proxies():
            if not proxy.is_running:
                proxy.start()
        for site in (self.north, self.south):
            site.await_message_proxy()
        self.await_route("running")
        self.await_route("running", origin="south", destination="north")

    def describe(self) -> str:
        """Everything that might explain a failure."""
        shown = []
        for path in ("routes", "proxies", "queues"):
            try:
                shown.append(f"{path}: {self.controller.get(f'{MESSAGING}/{path}')}")
            except (OSError, Refused) as error:
                shown.append(f"{path}: {error}")
        logs = [f"{name} {proxy}:\n{site.log(f'{proxy}.log')[-3000:]}" for name, site in self.sites.items()
                for proxy in ("message", "routing", "broker/broker")]
        return "\n".join([*shown, *logs, super().describe()])

    def _described(self, sender: Application, receiver: Application) -> str:
        return (f"{compare(sender, receiver)}\n{sender.messages()[-3:]}\n{receiver.messages()[-3:]}\n"
                f"{sender.process.log()[-1000:]}\n{receiver.process.log()[-1000:]}\n{self.describe()}")


def unconfirmed(sender: Application) -> list[dict[str, Any]]:
    """The messages that were not accepted, each with what was said instead."""
    return [message for message in sender.messages() if not message["confirmed"]]


@contextmanager
def between_data_centres(found: Environment) -> Iterator[MessagingEnvironment]:
    """The controller with the network between data centres, in place of the network that it has otherwise for as
    long."""
    found.mend()
    with in_place_of(found, 3) as network, sites(network) as built:
        environment = MessagingEnvironment(found.instance, found.controller, network, built)
        environment.controller.configure_capabilities(network.description)
        environment.await_everything_found()
        environment.configure(environment.usual_configuration())
        _each(environment.proxies(), HostProcess.start)
        yield environment
        for site in built.values():
            _each([proxy for proxy in (site.message, site.routing) if proxy.is_running], HostProcess.kill)
        environment.configure({})
        for proxy in environment.controller.get(f"{MESSAGING}/proxies")["proxy"]:
            environment.controller.delete(f"{MESSAGING}/proxies/{proxy['name']}")
        environment.await_nothing_left()


def _each(proxies: list[HostProcess], act: Callable[[HostProcess], object]) -> None:
    for proxy in proxies:
        act(proxy)


@contextmanager
def in_place_of(found: Environment, count: int) -> Iterator[EmulatedNetwork]:
    """The network between so many data centres, in place of the one that the controller has otherwise for as long."""
    found.network.disconnect()
    await_until(lambda: not found.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.stop()
    with EmulatedNetwork(data_centres(count), INSTANCE / "programs") as network:
        network.connect(TARGET)
        yield network
        network.disconnect()
        await_until(lambda: not found.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.start()
    found.network.connect(TARGET)
    found.await_everything_found()
