# SPDX-License-Identifier: Apache-2.0
"""The time error of a clock over four kinds of forwarding, one after the other in each round.

A way of 3 ms and a way of 15 ms join a clock server and a client, both real ptp4l, which run all the time. *asymmetric*
is ordinary forwarding that sends one direction over each way, *equal* is ordinary forwarding that happens to send both
over the shorter way, *session* is a co-routed clock session, and *failover* is the same session from before a link on
its way is cut until the client has measured over the other way for a while; nothing that ptp4l computed in that time
is left out. The errors are the offsets that ptp4l logs itself, one for each Sync message, 32 a second. Medians have a
sign; of the percentiles, that of the sizes is meant. The peer of *asymmetric* is the error that the delays of the links
predict, the peer of the others is *asymmetric*. A session's median may be a twentieth of the error of asymmetric
forwarding, and its 99th percentile a half: one measurement over two ways would be off by all of it. *spread* is what
95 % of the errors differ from the median at most.
"""

from __future__ import annotations

import time
from typing import Sequence

from benchmarks.laboratory import TARGET, laboratory
from clocks.ptp4l import Clocks
from clocks.timing import Summary, percentile, summarise
from controller.rest import Controller, await_network
from demo.forwarding import forget_ordinary_forwarding, forward_ordinarily
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Link, Network
from topologies.emulation import EmulatedNetwork
from topologies.frames import ptp_over_udp
from topologies.routes import Route, are_co_routed, follow, links_of
from topologies.two_sites import FAST_WAY, SLOW_WAY, two_sites

_SESSION = "benchmark"
_SAMPLES = 300
#: Offsets that are left out after the forwarding has changed: ptp4l takes the median of the last ten path delays.
_UNSETTLED = 32
_SECONDS_TO_SETTLE = 60.0
_SECONDS_TO_MEASURE = 120.0
_NANOSECONDS_IN_A_MICROSECOND = 1000

#: Which part of the error of asymmetric forwarding the median and the percentiles of a session may have.
_PART_FOR_MEDIAN = 1 / 20
_PART_FOR_PERCENTILES = 1 / 2


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    errors: dict[str, list[float]] = {name: [] for name in ("asymmetric", "equal", "session", "failover")}
    with laboratory(two_sites()) as (controller, network):
        network.connect(TARGET)
        controller.configure_capabilities(network.description)
        await_network(controller, network.description)
        bench = _Bench(controller, network)
        bench.introduce()
        with bench.clocks:
            for number in range(1, rounds + 1):
                for name, found in bench.round().items():
                    errors[name] += found
                    print(f"  round {number}: {name:<11}{summarise(found)}", flush=True)
    return figures(errors, _predicted(network.description))


def figures(errors: dict[str, list[float]], predicted: float) -> list[Figure]:
    """Returns the figures of the time errors of all four kinds, in microseconds.

    :param predicted: the error that the delays of the links make of asymmetric forwarding
    """
    asymmetric = summarise(errors["asymmetric"])
    found = []
    for name, values in errors.items():
        is_session = name in ("session", "failover")
        median_goal, goal = ((abs(asymmetric.median) * part if is_session else None)
                             for part in (_PART_FOR_MEDIAN, _PART_FOR_PERCENTILES))
        peer = "asymmetric forwarding" if name != "asymmetric" else "half of the asymmetry of the links"
        beside = _statistics(errors["asymmetric"], asymmetric) if name != "asymmetric" else (predicted,) * 3
        summary = summarise(values)
        for kind, ours, other, limit in zip(("median", "p95", "p99"), _statistics(values, summary), beside,
                                            (median_goal, goal, goal)):
            found.append(Figure(f"{name}_{kind}", "us", ours, len(values), summary.spread,
                                abs(other) if kind != "median" else other, peer, limit))
    return found


class _Bench:
    """The clocks, and the network between them in its four states. Not safe for several threads."""

    def __init__(self, controller: Controller, network: EmulatedNetwork) -> None:
        self._controller = controller
        self._network = network
        self._description = network.description
        self._server, self._client = (network.description.host(name) for name in ("server", "client"))
        self.clocks = Clocks(network, self._server, self._client)

    def introduce(self) -> None:
        """Lets the controller find the hosts."""
        hosts = (self._server, self._client)

        def known() -> bool:
            self._network.introduce(*hosts)
            return {host.host_id for host in hosts} <= set(self._controller.hosts())

        await_until(known, _SECONDS_TO_SETTLE, "the hosts", self._controller.describe)

    def round(self) -> dict[str, list[float]]:
        """Measures over each kind of forwarding once."""
        found = {}
        self._forward(FAST_WAY, SLOW_WAY)
        found["asymmetric"] = self._settled_errors()
        self._forward(FAST_WAY, FAST_WAY)
        found["equal"] = self._settled_errors()
        self._controller.put_clock_session(_SESSION, {"server": self._server.host_id, "client": self._client.host_id,
                                                      "delivery": "unicast"})
        self._await_session()
        found["session"] = self._settled_errors()
        found["failover"] = self._through_failover()
        self._controller.remove_clock_session(_SESSION)
        await_until(lambda: not self._controller.clock_sessions(), _SECONDS_TO_SETTLE, "the end of the session",
                    self._controller.describe)
        return found

    def _forward(self, there: tuple[str, ...], back: tuple[str, ...]) -> None:
        """Forwards ordinarily, over a way each, which both are named from the server to the client."""
        forget_ordinary_forwarding(self._controller)
        forward_ordinarily(self._controller, self._description, (self._server, self._client, there))
        forward_ordinarily(self._controller, self._description, (self._client, self._server, tuple(reversed(back))))
        await_until(lambda: [route.switches for route in self._routes()] == [there, tuple(reversed(back))],
                    _SECONDS_TO_SETTLE, "ordinary forwarding", self._controller.describe)

    def _through_failover(self) -> list[float]:
        began = time.monotonic()
        self._await_errors(began, _SAMPLES // 2)
        link = self._middle()
        self._network.cut(link)
        await_until(lambda: link.name not in links_of(self._description, self._routes()[0]), _SECONDS_TO_SETTLE,
                    "another way", self._controller.describe)
        self._await_session()
        self._await_errors(time.monotonic(), _SAMPLES // 2)
        errors = self._errors_since(began)
        self._network.restore(link)
        await_network(self._controller, self._description)
        return errors

    def _settled_errors(self) -> list[float]:
        began = time.monotonic()
        self._await_errors(began, _UNSETTLED + _SAMPLES)
        return self._errors_since(began)[_UNSETTLED:]

    def _await_errors(self, began: float, count: int) -> None:
        await_until(lambda: len(self._errors_since(began)) >= count, _SECONDS_TO_MEASURE, f"{count} time errors",
                    lambda: f"{self.clocks.log()}\n{self._controller.describe()}")

    def _errors_since(self, began: float) -> list[float]:
        return [logged.offset / _NANOSECONDS_IN_A_MICROSECOND for logged in self.clocks.client.offsets()
                if logged.at >= began]

    def _await_session(self) -> None:
        await_until(lambda: self._controller.clock_session(_SESSION)["status"]["state"] == "up"
                    and are_co_routed(*self._routes()), _SECONDS_TO_SETTLE, "the session", self._controller.describe)

    def _middle(self) -> Link:
        names = links_of(self._description, self._routes()[0])
        return next(link for link in self._description.links if link.name == names[len(names) // 2])

    def _routes(self) -> tuple[Route, Route]:
        return (follow(self._network, self._server.port, ptp_over_udp(self._server, self._client)),
                follow(self._network, self._client.port, ptp_over_udp(self._client, self._server)))


def _statistics(errors: Sequence[float], summary: Summary) -> tuple[float, float, float]:
    sizes = [abs(error) for error in errors]
    return summary.median, summary.p95, percentile(sizes, 0.99)


def _predicted(network: Network) -> float:
    """Half of what the way there takes longer than the way back, in microseconds."""
    there, back = (sum(network.link(one, other).delay_from(one) for one, other in zip(way, way[1:]))
                   for way in (FAST_WAY, tuple(reversed(SLOW_WAY))))
    return (there - back) / 2
