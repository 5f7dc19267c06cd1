# SPDX-License-Identifier: Apache-2.0
"""What a test of the network of routes works with: data centres without proxies and brokers, whose places are taken by
whatever connects from the one and listens like the other."""

from __future__ import annotations

import itertools
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Mapping

from connections import named_server
from controller.instance import REPOSITORY
from demo.forwarding import forget_ordinary_forwarding, forward_ordinarily
from e2e.environment import SECONDS_TO_SETTLE, Environment
from e2e.messaging.environment import CONFIGURATION, MESSAGING, in_place_of
from topologies.awaiting import await_until
from topologies.data_centre import DataCentre, InnerHost
from topologies.host_process import HostProcess

#: Where brokers listen, and something else on the same host.
BROKER_PORT = 9092
OTHER_PORT = 8080

#: What the two routes reserve, in bit/s.
SOUTHWARDS, NORTHWARDS = 20_000_000, 5_000_000

#: What the controller calls the te-path of both routes.
PATH = "messaging.north.south"

_CORES = ("wan-1", "wan-2")

_numbers = itertools.count()


@dataclass(frozen=True)
class Centre:
    """A data centre: from where its proxies would connect, and where its broker would listen."""

    proxies: InnerHost
    broker: InnerHost


@dataclass(frozen=True)
class RouteNetworkEnvironment(Environment):
    """The controller, the network between data centres, and hosts in them."""

    centres: Mapping[str, Centre]

    def configuration(self, southwards: int = SOUTHWARDS, northwards: int = NORTHWARDS) -> dict[str, Any]:
        """Routes both ways with these bandwidths in bit/s, protected if they have any."""
        return {
            "data-centres": [self.data_centre(name) for name in self.centres],
            "routes": [{"from": origin, "to": destination, "bandwidth": str(bandwidth), "protected": bandwidth > 0}
                       for origin, destination, bandwidth in (("north", "south", southwards),
                                                              ("south", "north", northwards))]}

    def data_centre(self, name: str) -> dict[str, Any]:
        """How a data centre is configured."""
        centre = self.centres[name]
        return {"name": name, "bootstrap-servers": [f"{centre.broker.address}:{BROKER_PORT}"],
                "gateways": [self.network.description.connect_point(self.host(name).port)],
                "proxies": [centre.proxies.address]}

    def configure(self, configuration: Mapping[str, Any]) -> None:
        """Puts a configuration in the place of the one that is there."""
        version = self.controller.get(CONFIGURATION)["version"]
        self.controller.put(CONFIGURATION, {**configuration, "version": version})

    def route_network(self, origin: str = "north", destination: str = "south") -> dict[str, Any]:
        """The network of a route."""
        network: dict[str, Any] = self.controller.get(f"{MESSAGING}/routes/{origin}/{destination}")["network"]
        return network

    def await_network(self, state: str, reason: str = "", origin: str = "north", destination: str = "south") \
            -> dict[str, Any]:
        """Waits until the network of a route is in a state, with certain words in its reason, and returns it."""
        def seen() -> dict[str, Any] | None:
            network = self.route_network(origin, destination)
            status = network["status"]
            return network if status["state"] == state and reason in status["reason"] else None

        network = await_until(seen, SECONDS_TO_SETTLE, f"network of {origin} {destination} {state} {reason}",
                              self.describe)
        assert network is not None
        return network

    def working_core(self) -> str:
        """The switch in the middle of the working way."""
        hops = self.route_network()["paths"][0]["hops"]
        switches = [self.network.description.switch_of(hop["device"]).name for hop in hops]
        assert len(switches) == 3, switches
        return switches[1]

    def other_core(self) -> str:
        """The switch in the middle of the other way."""
        return next(core for core in _CORES if core != self.working_core())

    def forward_other_traffic(self, core: str) -> None:
        """Lets whatever no te-path takes in go by one of the two switches in the middle, both ways."""
        north, south = self.host("north"), self.host("south")
        forward_ordinarily(self.controller, self.network.description, (north, south, ("wan-n", core, "wan-s")))
        forward_ordinarily(self.controller, self.network.description, (south, north, ("wan-s", core, "wan-n")))

    @contextmanager
    def listening(self, centre: str, port: int) -> Iterator[None]:
        """Something answers at a port of the host of a broker."""
        host = self.centres[centre].broker
        with HostProcess(host.namespace, ["/usr/bin/python3", named_server.__file__, centre, "tcp", host.address,
                                          str(port)], self._log(f"listener-{centre}-{port}")) as process:
            await_until(lambda: "ready" in process.log(), SECONDS_TO_SETTLE, f"a listener at {host.address} {port}",
                        process.log)
            yield

    def talker(self, origin: str, destination: str, port: int) -> Talker:
        """What talks to such a one from the host of the proxies of another data centre, and does not run yet."""
        source, target = self.centres[origin].proxies, self.centres[destination].broker
        log = self._log(f"talker-{origin}-{destination}-{port}")
        return Talker(HostProcess(source.namespace, [
            "env", f"PYTHONPATH={REPOSITORY / 'tests'}", "/usr/bin/python3", "-m", "messaging.talker",
            source.address, target.address, str(port)], log))

    def reset(self) -> None:
        """Brings everything back to where every test begins: no routes, and nothing on the way."""
        self.configure({})
        for link in self.network.description.links:
            self.network.restore(link)
            self.network.relay(link).open()
        for router in self.network.description.hosts:
            self.network.move(router, router.port)
        forget_ordinary_forwarding(self.controller)
        self.controller.configure_paths(dampingHalfLife=0)
        self.await_everything_found()
        self.await_nothing_left()

    def describe(self) -> str:
        """Everything that might explain a failure."""
        return f"{self.controller.get(f'{MESSAGING}/routes')}\n{super().describe()}"

    def _log(self, name: str) -> Path:
        return self.network.folder / f"{name}-{next(_numbers)}.log"


class Talker:
    """What talks over one connection. A context manager that runs it."""

    def __init__(self, process: HostProcess) -> None:
        self.process = process

    def __enter__(self) -> Talker:
        self.process.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.process.__exit__(*error)

    def answers(self) -> list[float]:
        """When each answer came, in seconds since 1970."""
        return [float(line) for line in self.process.log().splitlines(keepends=True)
                if line.endswith("\n") and line[0].isdigit()]

    def await_more(self, more: int = 50) -> None:
        """Waits until so many more answers have come over the same connection."""
        wanted = len(self.answers()) + more
        await_until(lambda: self.process.is_running and len(self.answers()) >= wanted, SECONDS_TO_SETTLE,
                    f"{wanted} answers", lambda: self.process.log()[-1000:])
        assert self.process.is_running, self.process.log()[-1000:]

    def longest_gap(self) -> float:
        """The longest time between two answers, in seconds."""
        answers = self.answers()
        return max(after - before for before, after in zip(answers, answers[1:]))


@contextmanager
def with_route_networks(found: Environment) -> Iterator[RouteNetworkEnvironment]:
    """The controller with two data centres, in place of the network that it has otherwise for as long."""
    found.mend()
    with in_place_of(found, 2) as network, ExitStack() as stack:
        built = [stack.enter_context(DataCentre(network, router)) for router in network.description.hosts]
        centres = {centre.name: Centre(centre.add_host("proxies"), centre.add_host("broker")) for centre in built}
        environment = RouteNetworkEnvironment(found.instance, found.controller, network, centres)
        environment.controller.configure_capabilities(network.description)
        environment.await_everything_found()
        yield environment
        environment.reset()
