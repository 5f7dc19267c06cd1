# SPDX-License-Identifier: Apache-2.0
"""From the request for a clock session to the first message that synchronises.

A clock server and a client, both real ptp4l with unicast, run all the time and don't hear of each other; eight times a
second the client asks for Announce messages, of which it wants two, half a second apart, before it asks for Sync. The
time runs from sending the request over REST: until the session is up by its own word (*session_up*), and until the
first Sync message arrives that the client measures with (*first_synchronised_message*), by its timestamp. The peer is
the same clocks over ordinary forwarding, from sending its rules over REST; sessions and peer take turns, and in between
rules drop PTP, which the controller's own forwarding would carry. The goal is the time of the peer and half a second.

For *negotiated_first_synchronised_message* nothing is configured but a policy. The time runs from the start of ptp4l on
the client until the first Sync message arrives through the session that it has negotiated; the peer is a start over
ordinary forwarding, where the server grants at once. *spread* is the largest value less the smallest.
"""

from __future__ import annotations

import statistics
import time
from datetime import datetime
from typing import Any, Callable, Sequence

from benchmarks.laboratory import TARGET, laboratory
from clocks.ptp4l import Clocks, Profile
from clocks.timing import Sync
from controller.rest import Controller, await_network
from demo.forwarding import forget_ordinary_forwarding, forward_ordinarily
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.description import Host, Network
from topologies.emulation import EmulatedNetwork
from topologies.frames import PTP_EVENT_PORT, PTP_GENERAL_PORT
from topologies.two_sites import FAST_WAY, two_sites

_SESSION = "benchmark"
_POLICY = "benchmark"
_PEER_NAME = "ordinary forwarding"
_MOST_BEYOND_PEER = 0.5
_SECONDS_TO_SETTLE = 60.0
_NANOSECONDS_IN_A_SECOND = 1_000_000_000
#: Of the rules that drop, which are below those of ordinary forwarding and above those of the controller's own.
_APPLICATION = "org.roundtrip.benchmark"
_PRIORITY = 990
_PROFILE = Profile(log_query_interval=-3)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    up, session, forwarding = [], [], []
    negotiated, granted_at_once = [], []
    with laboratory(two_sites()) as (controller, network):
        network.connect(TARGET)
        controller.configure_capabilities(network.description)
        await_network(controller, network.description)
        bench = _Bench(controller, network)
        bench.introduce()
        bench.separate()
        with bench.clocks:
            for number in range(1, rounds + 1):
                first_up, first = bench.by_session()
                up.append(first_up)
                session.append(first)
                forwarding.append(bench.by_forwarding())
                print(f"  round {number}: session up after {first_up:.2f} s, synchronised after {first:.2f} s;"
                      f" {_PEER_NAME} after {forwarding[-1]:.2f} s", flush=True)
        with bench.clocks.server:
            for number in range(1, rounds + 1):
                negotiated.append(bench.by_negotiation())
                granted_at_once.append(bench.by_starting())
                print(f"  round {number}: negotiated and synchronised after {negotiated[-1]:.2f} s;"
                      f" {_PEER_NAME} after {granted_at_once[-1]:.2f} s", flush=True)
    return [Figure("session_up", "s", statistics.median(up), len(up), max(up) - min(up)),
            figure("first_synchronised_message", session, forwarding),
            figure("negotiated_first_synchronised_message", negotiated, granted_at_once)]


def figure(name: str, ours: Sequence[float], peer: Sequence[float]) -> Figure:
    """Returns the figure of times until the client measured, in seconds, beside those over ordinary forwarding."""
    beside = statistics.median(peer)
    return Figure(name, "s", statistics.median(ours), len(ours), max(ours) - min(ours), beside, _PEER_NAME,
                  beside + _MOST_BEYOND_PEER)


class _Bench:
    """The clocks, and the network between them. Not safe for several threads."""

    def __init__(self, controller: Controller, network: EmulatedNetwork) -> None:
        self._controller = controller
        self._network = network
        self._server, self._client = (network.description.host(name) for name in ("server", "client"))
        self.clocks = Clocks(network, self._server, self._client, _PROFILE)

    def introduce(self) -> None:
        """Lets the controller find the hosts, and the hosts each other, which is no part of what is measured."""
        hosts = (self._server, self._client)
        for host, other in (hosts, hosts[::-1]):
            self._network.execute(host, "ip", "neighbour", "replace", other.ip, "lladdr", other.mac, "dev",
                                  self._network.interface(host), "nud", "permanent")

        def known() -> bool:
            self._network.introduce(*hosts)
            return {host.host_id for host in hosts} <= set(self._controller.hosts())

        await_until(known, _SECONDS_TO_SETTLE, "the hosts", self._controller.describe)

    def separate(self) -> None:
        """Keeps PTP out that neither a session nor the peer's ordinary forwarding takes."""
        rules = [_drop(self._network.description, host, port) for host in (self._server, self._client)
                 for port in (PTP_EVENT_PORT, PTP_GENERAL_PORT)]
        self._controller.post(f"v1/flows?appId={_APPLICATION}", {"flows": rules})

    def by_session(self) -> tuple[float, float]:
        """Returns how long a session takes to be up, and until the client measures."""
        began, first = self._time(lambda: self._controller.put_clock_session(_SESSION, {
            "server": self._server.host_id, "client": self._client.host_id, "delivery": "unicast"}))
        status = self._controller.clock_session(_SESSION)["status"]
        if status["state"] != "up":
            raise RuntimeError(f"the client measures over a session that is {status['state']}")
        self._controller.remove_clock_session(_SESSION)
        await_until(lambda: not self._controller.clock_sessions(), _SECONDS_TO_SETTLE, "the end of the session",
                    self._controller.describe)
        return datetime.fromisoformat(status["since"]).timestamp() - began, first

    def by_forwarding(self) -> float:
        """Returns how long ordinary forwarding takes until the client measures."""
        _, first = self._time(self._forward)
        forget_ordinary_forwarding(self._controller)
        return first

    def by_negotiation(self) -> float:
        """Returns how long a client takes from its start until it measures over a session that it has negotiated."""
        self._controller.put_clock_policy(_POLICY, {"servers": [self._server.ip], "clients": ["0.0.0.0/0"]})
        first = self._start_client()
        origins = [session["origin"] for session in self._controller.clock_sessions()]
        if origins != ["negotiated"]:
            raise RuntimeError(f"the client measures over {origins or 'no session'}")
        self.clocks.client.stop()
        self._controller.remove_clock_policy(_POLICY)
        await_until(lambda: not self._controller.clock_sessions(), _SECONDS_TO_SETTLE, "the end of the session",
                    self._controller.describe)
        return first

    def by_starting(self) -> float:
        """Returns how long a client takes from its start until it measures over ordinary forwarding."""
        self._forward()
        first = self._start_client()
        self.clocks.client.stop()
        forget_ordinary_forwarding(self._controller)
        return first

    def _forward(self) -> None:
        for way in ((self._server, self._client, FAST_WAY), (self._client, self._server, FAST_WAY[::-1])):
            forward_ordinarily(self._controller, self._network.description, way)

    def _start_client(self) -> float:
        began = time.time()
        self.clocks.client.start()
        return self._first_sync() - began

    def _time(self, request: Callable[[], object]) -> tuple[float, float]:
        """Returns when a request was sent, since the epoch, and how long it took until the client measured."""
        await_until(lambda: self.clocks.client.state() == "LISTENING", _SECONDS_TO_SETTLE, "a client without a server",
                    self.clocks.log)
        self.clocks.forget()
        began = time.time()
        request()
        return began, self._first_sync() - began

    def _first_sync(self) -> float:
        """Waits until the client measures, and returns when it first did, in seconds since the epoch."""
        first = await_until(lambda: next((event for event in self.clocks.client.events() if isinstance(event, Sync)),
                                         None), _SECONDS_TO_SETTLE, "a Sync message",
                            lambda: f"{self.clocks.log()}\n{self._controller.describe()}")
        assert first is not None
        return first.at / _NANOSECONDS_IN_A_SECOND


def _drop(network: Network, host: Host, port: int) -> dict[str, Any]:
    """A rule that drops what a host sends to a port of UDP over IPv4."""
    return {"priority": _PRIORITY, "isPermanent": True, "deviceId": network.switch(host.port.switch).device_id,
            "selector": {"criteria": [{"type": "IN_PORT", "port": host.port.number},
                                      {"type": "ETH_TYPE", "ethType": "0x0800"}, {"type": "IP_PROTO", "protocol": 17},
                                      {"type": "UDP_DST", "udpPort": port}]},
            "treatment": {"instructions": [{"type": "NOACTION"}]}}
