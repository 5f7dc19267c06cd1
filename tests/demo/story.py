# SPDX-License-Identifier: Apache-2.0
"""The time error of a clock over ordinary forwarding, over a co-routed session, and after a failure.

One real ptp4l pair measures throughout, over a way of 3 ms and a way of 15 ms. A figure is the median of its time
errors, its spread what 95 % of them differ from that at most. The peer of ordinary forwarding is the error that the
delays of the links predict. A path error is what the ways alone make of it, without the noise of the machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from clocks.ptp4l import Clocks
from clocks.timing import Summary
from controller.instance import INSTANCE
from controller.rest import Controller, Refused, directed_links
from demo.doorway import DOORWAYS
from demo.forwarding import forget_ordinary_forwarding, forward_ordinarily
from demo.presentation import expected_error, meaning, milliseconds, side_by_side, summary_table, verdict
from demo.progress import Progress
from demo.scene import Lifeline, run
from reports.report import Figure, report, write
from topologies.awaiting import await_until
from topologies.description import Link
from topologies.emulation import EmulatedNetwork
from topologies.frames import ptp_over_udp
from topologies.processes import real_time_is_allowed
from topologies.routes import Route, are_co_routed, follow, links_of
from topologies.two_sites import FAST_WAY, SLOW_WAY, two_sites

_SESSION = "demo"
_SAMPLES = 200
_SECONDS_TO_CONNECT = 60.0
_SECONDS_TO_MEASURE = 90.0

#: A co-routed session's median error must stay below this many microseconds.
_GOAL = 100.0


@dataclass(frozen=True)
class Observation:
    """Both directions as they were, and the time error measured over them."""

    forward: Route
    reverse: Route
    measured: Summary
    path_error: float

    @property
    def co_routed(self) -> bool:
        """Whether both directions used the same links."""
        return are_co_routed(self.forward, self.reverse)


class Story:
    """The steps of the demo, on a network that runs. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, controller: Controller) -> None:
        self._network = network
        self._controller = controller
        self._description = network.description
        self._server = self._description.host("server")
        self._client = self._description.host("client")
        self._clocks = Clocks(network, self._server, self._client)

    def discover(self, target: str) -> None:
        """Connects the switches and waits until the controller has found everything."""
        progress = Progress("discovery")
        self._network.connect(target)
        devices = {switch.device_id for switch in self._description.switches}
        links = directed_links(self._description)
        hosts = {self._server.host_id, self._client.host_id}

        def found() -> bool:
            seen = (len(devices & self._controller.available_devices()), len(links & self._controller.links()),
                    len(hosts & set(self._controller.hosts())))
            progress.show(f"{seen[0]} of {len(devices)} switches, {seen[1]} of {len(links)} link directions,"
                          f" {seen[2]} of {len(hosts)} hosts")
            if seen[0] == len(devices) and seen[2] < len(hosts):
                self._network.introduce(self._server, self._client)
            return seen == (len(devices), len(links), len(hosts))

        await_until(found, _SECONDS_TO_CONNECT, "discovery", self._controller.describe)
        self._controller.configure_capabilities(self._description)
        progress.done(f"{len(devices)} switches, {len(links)} link directions, {len(hosts)} hosts")

    def ordinary(self) -> Observation:
        """Measures over ordinary forwarding with a way of its own for each direction."""
        print("\n1. Ordinary forwarding: each direction takes its own way\n", flush=True)
        forward_ordinarily(self._controller, self._description, (self._server, self._client, FAST_WAY))
        forward_ordinarily(self._controller, self._description,
                           (self._client, self._server, tuple(reversed(SLOW_WAY))))
        await_until(lambda: self._routes()[0].switches == FAST_WAY
                    and self._routes()[1].switches == tuple(reversed(SLOW_WAY)),
                    30, "ordinary forwarding in the switches", self._controller.describe)
        self._clocks.start()
        return self.observe()

    def co_routed(self) -> Observation:
        """Measures over a co-routed clock session."""
        print("\n2. A clock session: both directions over the same links\n", flush=True)
        self._controller.put_clock_session(_SESSION, {
            "server": self._server.host_id, "client": self._client.host_id, "transport": "udp-ipv4",
            "delivery": "unicast"})
        self._await_session()
        return self.observe()

    def after_failover(self) -> Observation:
        """Cuts a link on the way of the session and measures again."""
        forward, _ = self._routes()
        link = self._link_in_the_middle_of(forward)
        print(f"\n3. The link {link.name} is cut\n", flush=True)
        self._network.cut(link)
        cut = time.monotonic()
        await_until(lambda: link.name not in links_of(self._description, self._routes()[0])
                    and are_co_routed(*self._routes()), 30, "both directions on another way", self._controller.describe)
        print(f"    {time.monotonic() - cut:.1f} s after the cut, both directions have moved together:\n", flush=True)
        self._await_session()
        return self.observe()

    def observe(self) -> Observation:
        """Shows both directions, measures, and shows what was measured. A route that changes meanwhile is an error."""
        forward, reverse = self._routes()
        print("\n".join(side_by_side(self._description, forward, reverse)))
        print(f"\n    {verdict(forward, reverse)}", flush=True)
        progress = Progress("  measuring")
        measured = self._clocks.measure(_SAMPLES, _SECONDS_TO_MEASURE, lambda count: progress.show(
            f"{count} of {_SAMPLES} time errors with ptp4l"))
        progress.done(f"{measured.samples} time errors with ptp4l")
        path_error = self._clocks.client.path_error()
        print(f"\n    time error  {measured}")
        print(f"    path error  {path_error:+.1f} us: by how much the fastest messages of the two ways differ, halved")
        print(f"    {meaning(self._description, forward, reverse, measured)}", flush=True)
        if (forward, reverse) != self._routes():
            raise RuntimeError("the ways changed while they were measured")
        return Observation(forward, reverse, measured, path_error)

    def show(self) -> None:
        """Shows both directions as they are now."""
        print("\n".join(side_by_side(self._description, *self._routes())))
        print(f"\n    {verdict(*self._routes())}", flush=True)

    def obey(self, line: str) -> bool:
        """Carries out what the user typed. Returns false for the wish to quit."""
        words = line.split()
        if not words:
            return True
        try:
            if words == ["quit"]:
                return False
            if words == ["show"]:
                self.show()
            elif words == ["measure"]:
                self.observe()
            elif len(words) == 2 and words[0] in ("cut", "restore"):
                one, _, other = words[1].partition("-")
                link = self._description.link(one, other)
                (self._network.cut if words[0] == "cut" else self._network.restore)(link)
                print(f"    {link.name}: {'cut' if words[0] == 'cut' else 'restored'}", flush=True)
            else:
                print("    show, measure, cut LINK, restore LINK, quit; links: "
                      + " ".join(link.name for link in self._description.links), flush=True)
        except (RuntimeError, AssertionError, LookupError) as error:
            print(f"    {error}", flush=True)
        return True

    def clean_up(self) -> None:
        """Takes back what the story asked the controller for, as far as it still answers."""
        self._clocks.stop()
        with suppress(Refused, OSError):
            self._controller.remove_clock_session(_SESSION)
        with suppress(Refused, OSError):
            forget_ordinary_forwarding(self._controller)

    def _routes(self) -> tuple[Route, Route]:
        return (follow(self._network, self._server.port, ptp_over_udp(self._server, self._client)),
                follow(self._network, self._client.port, ptp_over_udp(self._client, self._server)))

    def _await_session(self) -> None:
        await_until(lambda: self._controller.clock_session(_SESSION)["status"]["state"] == "up"
                    and are_co_routed(*self._routes()), 30, "the clock session", self._controller.describe)

    def _link_in_the_middle_of(self, route: Route) -> Link:
        names = links_of(self._description, route)
        name = names[len(names) // 2]
        return next(link for link in self._description.links if link.name == name)


def tell(arguments: argparse.Namespace, lifeline: Lifeline) -> None:
    """Runs the scene from the start of the network to its end."""
    with ExitStack() as stack:
        progress = Progress("network")
        network = stack.enter_context(EmulatedNetwork(two_sites(), INSTANCE / "programs"))
        progress.done("6 switches, 2 clocks, a fast way (1 ms a link) and a slow way (5 ms a link)")
        if not real_time_is_allowed():
            print("              without real-time priority, so expect longer tails")
        story = Story(network, Controller())
        stack.callback(story.clean_up)
        story.discover(f"tcp:127.0.0.1:{DOORWAYS['openflow']}")
        ordinary = story.ordinary()
        before = story.co_routed()
        after = story.after_failover()
        print()
        print("\n".join(summary_table([("ordinary", ordinary.measured, ordinary.co_routed),
                                       ("co-routed", before.measured, before.co_routed),
                                       ("after the cut", after.measured, after.co_routed)])), flush=True)
        if arguments.report:
            write(_report(network, ordinary, before, after), arguments.report)
            print(f"\n    figures: {arguments.report}")
        if arguments.keep:
            _keep(story, lifeline)


def _keep(story: Story, lifeline: Lifeline) -> None:
    print("""
The network stays up. In another terminal:

    ./roundtrip shell te-paths
    ./roundtrip shell clock-sessions
    curl -su onos:rocks http://127.0.0.1:8181/onos/roundtrip/clock/sessions/demo

Here: show, measure, cut LINK, restore LINK, quit (or Ctrl-C).
""", flush=True)
    while True:
        print("> ", end="", flush=True)
        if not story.obey(lifeline.line()):
            return


def _report(network: EmulatedNetwork, ordinary: Observation, before: Observation,
            after: Observation) -> dict[str, object]:
    """The report: the figures in their common form, and the main ones once more under short names."""
    expected = expected_error(network.description, ordinary.forward, ordinary.reverse)
    figures = [
        Figure("ordinary_median_us", "us", ordinary.measured.median, ordinary.measured.samples,
               ordinary.measured.spread, expected, f"half of the asymmetry, {milliseconds(expected)}"),
        _figure("corouted_median_us", before, ordinary),
        _figure("after_failover_median_us", after, ordinary)]
    short: dict[str, object] = {"corouted_before": before.co_routed, "corouted_after": after.co_routed}
    for name, observation in (("ordinary", ordinary), ("corouted", before), ("after_failover", after)):
        short[f"{name}_median_us"] = round(observation.measured.median, 3)
        short[f"{name}_path_error_us"] = round(observation.path_error, 3)
        short[f"{name}_p95_us"] = round(observation.measured.p95, 3)
        short[f"{name}_samples"] = observation.measured.samples
    return report("demo", figures, short)


def _figure(name: str, ours: Observation, peer: Observation) -> Figure:
    return Figure(name, "us", ours.measured.median, ours.measured.samples, ours.measured.spread,
                  peer.measured.median, "ordinary forwarding", _GOAL)


if __name__ == "__main__":
    sys.exit(run(tell))
