# SPDX-License-Identifier: Apache-2.0
"""Messages from an application in one data centre to one in another, while parts on their way fail.

Both applications are on this machine, so a latency is the time from one to the other, without the errors of two clocks.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from typing import Any, Callable

from controller.instance import INSTANCE
from controller.rest import Controller, Refused, directed_links
from demo.doorway import DOORWAYS
from demo.message_table import account_table, verdict, way
from demo.progress import Progress
from demo.scene import Lifeline, run
from messaging.account import Account, account
from messaging.sites import Site, configuration_of, sites
from reports.report import Figure, report, write
from topologies.awaiting import await_until
from topologies.data_centres import data_centres
from topologies.emulation import EmulatedNetwork
from topologies.host_process import HostProcess

_CONFIGURATION = "roundtrip/messaging/configuration"
_MESSAGING = "roundtrip/messaging"

#: Messages a second, and in each step.
_RATE = 100
_MESSAGES = 500

#: In bit/s, of the route in each direction.
_BANDWIDTH = "20000000"

#: How soon the service manager starts a proxy again, by its unit.
_SECONDS_TO_RESTART = 1.0
_SECONDS_TO_SETTLE = 60.0
_SECONDS_TO_BEGIN = 120.0


class Story:
    """The steps of the scene, on a network that runs. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, controller: Controller, north: Site, south: Site) -> None:
        self._network = network
        self._controller = controller
        self._description = network.description
        self._north = north
        self._south = south
        self._shop = north.sender("shop", "billing", _RATE)
        self._billing = south.receiver("billing")
        self._is_configured = False

    def discover(self, target: str) -> None:
        """Connects the switches and waits until the controller has found everything."""
        progress = Progress("discovery")
        self._network.connect(target)
        devices = {switch.device_id for switch in self._description.switches}
        links = directed_links(self._description)

        def found() -> bool:
            seen = (len(devices & self._controller.available_devices()), len(links & self._controller.links()))
            progress.show(f"{seen[0]} of {len(devices)} switches, {seen[1]} of {len(links)} link directions")
            return seen == (len(devices), len(links))

        await_until(found, _SECONDS_TO_SETTLE, "discovery", self._controller.describe)
        self._controller.configure_capabilities(self._description)
        progress.done(f"{len(devices)} switches, {len(links)} link directions")

    def provide(self) -> None:
        """Configures messaging, of which the controller makes a path, and starts the proxies."""
        progress = Progress("route")
        self._configure(configuration_of(
            {site.name: site for site in (self._north, self._south)}, {"shop": "north", "billing": "south"},
            {"orders": ("shop", "billing")},
            [{"from": "north", "to": "south", "bandwidth": _BANDWIDTH, "protected": True}]))
        self._is_configured = True
        await_until(lambda: self._network_of_route()["status"]["state"] == "up", _SECONDS_TO_SETTLE,
                    "the network of the route", lambda: str(self._route()))
        progress.done("a protected path from north to south, 20 Mbit/s each way")
        progress = Progress("proxies")
        proxies = [proxy for site in (self._north, self._south) for proxy in (site.message, site.routing)]
        for proxy in proxies:
            proxy.start()
        self._north.await_message_proxy()
        self._south.await_message_proxy()
        self._billing.process.start()
        self._shop.process.start()
        self._await_first_messages(progress)
        progress.done("a message proxy and a routing proxy in each data centre")

    def _await_first_messages(self, progress: Progress) -> None:
        def flowing() -> bool:
            progress.show("the first messages")
            return len(self._billing.messages()) >= _RATE

        await_until(flowing, _SECONDS_TO_BEGIN, "the first messages", self._describe)

    def undisturbed(self) -> Account:
        """Lets messages flow."""
        print(f"\n1. Messages flow: from the shop in the north to the billing in the south, {_RATE} a second\n")
        print(f"    over       {self._way('hops')}\n    standby    {self._way('standby-hops')}\n", flush=True)
        return self._observe(lambda: None)

    def cut(self) -> Account:
        """Cuts a link on their way."""
        link = self._description.link("wan-n", self._way("hops").split(" - ")[1])
        print(f"\n2. The link {link.name} is cut\n", flush=True)
        result = self._observe(lambda: self._network.cut(link))
        print(f"    over       {self._way('hops')}", flush=True)
        return result

    def kill(self) -> Account:
        """Kills the proxy that carries them, which its service manager would start again."""
        print("\n3. The routing proxy of the north is killed, and started again as its unit says\n", flush=True)

        def kill() -> None:
            self._north.routing.kill()
            time.sleep(_SECONDS_TO_RESTART)
            self._north.routing.start()

        return self._observe(kill)

    def all(self) -> Account:
        """Waits until all has arrived that has been sent so far, and returns what became of it."""
        last = len(self._shop.messages())
        await_until(lambda: not self._account(0, last).lost, _SECONDS_TO_SETTLE, "every message", self._describe)
        return self._account(0, last)

    def _observe(self, disturb: Callable[[], None]) -> Account:
        """Does something in the middle of messages, and returns what became of them once all are there."""
        first = len(self._shop.messages())
        progress = Progress("  messages")
        self._await_sent(first + _RATE, progress)
        disturb()
        self._await_sent(first + _MESSAGES, progress)
        last = len(self._shop.messages())

        def arrived() -> bool:
            seen = self._account(first, last)
            progress.show(f"{seen.confirmed} sent, {seen.delivered} delivered")
            return not seen.lost

        await_until(arrived, _SECONDS_TO_SETTLE, "every message", self._describe)
        result = self._account(first, last)
        progress.done(f"{result.confirmed} sent, {result.delivered} delivered")
        return result

    def _account(self, first: int, last: int) -> Account:
        """What became of messages from one number up to another, so far."""
        return account(self._shop.messages()[first:last], [
            message for message in self._billing.received_from(self._shop) if first <= message["number"] < last])

    def _await_sent(self, count: int, progress: Progress) -> None:
        def sent() -> bool:
            progress.show(f"{len(self._shop.messages())} sent, {len(self._billing.messages())} delivered, since the"
                          " beginning")
            return len(self._shop.messages()) >= count

        await_until(sent, _SECONDS_TO_SETTLE, f"{count} messages sent", self._describe)

    def show(self) -> None:
        """Shows the route as the controller sees it, and what has become of all messages."""
        route = self._route()
        print(f"    north -> south  {route['status']['state']}, network {self._network_of_route()['status']['state']},"
              f" over {self._way('hops')}")
        print("\n".join(account_table([("so far", self._account(0, len(self._shop.messages())))])), flush=True)

    def obey(self, line: str) -> bool:
        """Carries out what the user typed. Returns false for the wish to quit."""
        words = line.split()
        if words == ["quit"]:
            return False
        try:
            if words == ["show"]:
                self.show()
            elif words[:1] == ["kill"] and len(words) == 2 and words[1] in self._proxies():
                proxy = self._proxies()[words[1]]
                proxy.kill()
                proxy.start()
                print(f"    {words[1]}: killed and started again", flush=True)
            elif len(words) == 2 and words[0] in ("cut", "restore"):
                one, other = next(((link.a.switch, link.b.switch) for link in self._description.links
                                   if link.name == words[1]), (words[1], ""))
                link = self._description.link(one, other)
                (self._network.cut if words[0] == "cut" else self._network.restore)(link)
                print(f"    {link.name}: {'cut' if words[0] == 'cut' else 'restored'}", flush=True)
            elif words:
                print("    show, cut LINK, restore LINK, kill PROXY, quit\n    links: "
                      + " ".join(link.name for link in self._description.links)
                      + "\n    proxies: " + " ".join(self._proxies()), flush=True)
        except (RuntimeError, AssertionError, LookupError, OSError) as error:
            print(f"    {error}", flush=True)
        return True

    def clean_up(self) -> None:
        """Takes back what the scene asked the controller for, as far as it still answers."""
        for process in (self._shop.process, self._billing.process, *self._proxies().values()):
            if process.is_running:
                process.kill()
        if not self._is_configured:
            return
        with suppress(Refused, OSError):
            self._configure({})
            for proxy in self._controller.get(f"{_MESSAGING}/proxies")["proxy"]:
                self._controller.delete(f"{_MESSAGING}/proxies/{proxy['name']}")
            # The path goes while its switches are still there.
            await_until(lambda: not self._controller.te_paths(), _SECONDS_TO_SETTLE, "no path")

    def _proxies(self) -> dict[str, HostProcess]:
        return {f"{site.name}-{kind}": proxy for site in (self._north, self._south)
                for kind, proxy in (("message", site.message), ("routing", site.routing))}

    def _configure(self, configuration: dict[str, Any]) -> None:
        version = self._controller.get(_CONFIGURATION)["version"]
        self._controller.put(_CONFIGURATION, {**configuration, "version": version})

    def _route(self) -> dict[str, Any]:
        route: dict[str, Any] = self._controller.get(f"{_MESSAGING}/routes/north/south")
        return route

    def _network_of_route(self) -> dict[str, Any]:
        network: dict[str, Any] = self._route()["network"]
        return network

    def _way(self, which: str) -> str:
        path, = self._network_of_route()["paths"]
        return way(self._description, path[which])

    def _describe(self) -> str:
        return "\n".join([str(self._route()), *(f"{name}: {proxy.log()[-2000:]}"
                                                for name, proxy in self._proxies().items())])


def tell(arguments: argparse.Namespace, lifeline: Lifeline) -> None:
    """Runs the scene from the start of the network to its end."""
    controller = Controller()
    _require_no_configuration(controller)
    progress = Progress("network")
    with EmulatedNetwork(data_centres(), INSTANCE / "programs") as network:
        progress.done("4 switches, a fast way (2 ms a link) and a slow way (5 ms a link) between two data centres")
        progress = Progress("brokers")
        with sites(network) as built:
            progress.done("an Apache Kafka in each data centre")
            story = Story(network, controller, built["north"], built["south"])
            try:
                story.discover(f"tcp:127.0.0.1:{DOORWAYS['openflow']}")
                story.provide()
                steps = {"undisturbed": story.undisturbed(), "a link is cut": story.cut(),
                         "a proxy is killed": story.kill()}
                in_all = story.all()
                print()
                print("\n".join(account_table(list(steps.items()))))
                print(f"\n    {verdict(in_all)}", flush=True)
                if arguments.report:
                    write(_report(steps), arguments.report)
                    print(f"\n    figures: {arguments.report}")
                if arguments.keep:
                    _keep(story, lifeline)
            finally:
                story.clean_up()


def _require_no_configuration(controller: Controller) -> None:
    configuration = controller.get(_CONFIGURATION)
    if configuration["data-centres"]:
        raise RuntimeError("the controller that is running has a configuration of messaging, which this scene would"
                           " replace. Stop it (./roundtrip stop) and run the scene with another ROUNDTRIP_HOME")


def _keep(story: Story, lifeline: Lifeline) -> None:
    print("""
The network stays up, and messages flow. In another terminal:

    ./roundtrip shell message-routes
    ./roundtrip shell message-route-show north south
    ./roundtrip shell message-route-pause north south

Here: show, cut LINK, restore LINK, kill PROXY, quit (or Ctrl-C).
""", flush=True)
    while True:
        print("> ", end="", flush=True)
        if not story.obey(lifeline.line()):
            return


def _report(steps: dict[str, Account]) -> dict[str, object]:
    """The report: the latencies in the common form of figures, and what became of messages."""
    figures = [Figure(f"latency_{name.split()[-1]}_ms", "ms", result.latency(0.5), result.delivered,
                      result.latency(0.99) - result.latency(0.5)) for name, result in steps.items()]
    results = list(steps.values())
    return report("demo-messaging", figures, {
        "sent": sum(result.confirmed for result in results), "delivered": sum(result.delivered for result in results),
        "lost": sum(len(result.lost) for result in results),
        "duplicates": sum(len(result.duplicates) for result in results),
        "reordered": sum(len(result.reordered) for result in results),
        "longest_gap_s": round(max(result.longest_gap for result in results), 3)})


if __name__ == "__main__":
    sys.exit(run(tell))
