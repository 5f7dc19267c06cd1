# SPDX-License-Identifier: Apache-2.0
"""From the moment when the process of a member is killed until nothing new is sent to it.

Eight virtual servers of the profile *fast* (TCP connections every 100 ms, two bad results, of which the second is 20 ms
after the first), each of four members on two service nodes with an agent each, behind two switches that act as load
balancers. The peer, in the same network and at the same time: HAProxy on a host at one of these switches, which checks
the same processes with the same interval and fall (it could also be told to check again sooner after a bad result), and
does not try again a connection that a member refused. 32 processes are killed one after the other in each round. All
the while a client opens a connection every 2 ms to the virtual server and to HAProxy each, so that a member gets one
every 8 ms or so; *last_connection* is from the kill until the last beginning of a connection arrives at the member's
host, which is not a probe. A killed process is a failure for ours and the peer alike.

*reported*: from the kill to the packet in which the agent says so. *decision_to_data_plane*: from that packet until the
last switch has answered the barrier that follows a rule that was changed for it. These times are those at which packets
pass the interfaces of the machine that runs the controller. *spread* is the largest value less the smallest.
"""

from __future__ import annotations

import statistics
import struct
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Mapping, Sequence

from benchmarks.balancing import HAPROXY, PEER, Daemons, balancing_laboratory, members, put_virtual_server, tell_haproxy
from benchmarks.control_channel import ControlChannel, Message, confirmation
from benchmarks.virtual_server_membership import p99
from connections.servers import carry
from controller.rest import Controller
from detection.nodes import RESERVED_SOURCE, answer_probes, probing_nodes
from reports.report import Figure
from topologies.awaiting import await_until
from topologies.capture import Capture, TimedFrame
from topologies.description import Host, Port
from topologies.emulation import EmulatedNetwork
from topologies.processes import end
from topologies.service_nodes import VIP

_SERVICES = range(8)
#: Where clients connect, where members serve those of ours and those of the peer, and where the peer checks them.
_PORT, _SERVED, _SERVED_TO_PEER, _CHECKED = 80, 8000, 9000, 7000
_AGENT_PORTS = (Port("n1", 5), Port("n2", 5))
_CONTROLLER_PORT = 6653
_REPORT_PORT = 6690
_KNOCKER = Path(__file__).parents[1] / "connections" / "knocker.py"
_MICROSECONDS_BETWEEN_CONNECTIONS = 2000
_SECONDS_OF_CONNECTIONS_BEFORE = 0.5
_SECONDS_UNTIL_NOTHING_IS_SENT = 0.8
_SECONDS_TO_SETTLE = 60.0
_MILLISECONDS = 1e3
_GOAL = 50.0
_HAPROXY = "HAProxy"

_TCP_DESTINATION_PORT = struct.Struct("!H")
_DESTINATION_PORT_AT = 14 + 20 + 2


@dataclass(frozen=True)
class Kill:
    """A process was killed. Times are in seconds since 1970; nothing happens to others before the end."""

    host: str
    service: int
    time: float
    end: float


@dataclass(frozen=True)
class Outcome:
    """What became of a kill, in seconds after it. The last is after the report."""

    last_connection: float
    last_connection_of_peer: float
    reported: float
    confirmed: float


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    outcomes: list[Outcome] = []
    with balancing_laboratory() as (controller, network), ExitStack() as stack:
        behind = members(network)
        for member in behind:
            carry(network, member, VIP)
        answer_probes(network, *behind)
        daemons = stack.enter_context(Daemons(network))
        nodes = stack.enter_context(probing_nodes(controller, network, _AGENT_PORTS))
        channel = stack.enter_context(ControlChannel(network.folder, _CONTROLLER_PORT))
        bench = _Bench(controller, network, daemons, channel)
        for number in range(1, rounds + 1):
            with ExitStack() as recording:
                said = [recording.enter_context(Capture(network, node.host.controller_interface,
                                                        f"tcp dst port {_REPORT_PORT}")) for node in nodes.values()]
                begun = {member.name: recording.enter_context(Capture(network, member, _beginnings()))
                         for member in behind}
                kills = [bench.kill(member, service) for member in behind for service in _SERVICES]
                reports = [frame for capture in said for frame in capture.timed_frames()]
                arrivals = {name: capture.timed_frames() for name, capture in begun.items()}
            found = [outcome(kill, arrivals[kill.host], reports, channel.messages()) for kill in kills]
            outcomes += found
            print(f"  round {number}: " + ", ".join(f"{figure.name} {figure.ours:.0f} ms" for figure in figures(found)),
                  flush=True)
    return figures(outcomes)


def figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Returns the figures of what became of some kills."""
    ours = [each.last_connection for each in outcomes]
    peer = [each.last_connection_of_peer for each in outcomes]
    confirmed = [each.confirmed for each in outcomes]
    return [_figure("last_connection_median", statistics.median, ours, statistics.median(peer)),
            _figure("last_connection_p99", p99, ours, p99(peer)),
            _figure("reported_median", statistics.median, [each.reported for each in outcomes]),
            _figure("decision_to_data_plane_median", statistics.median, confirmed),
            _figure("decision_to_data_plane_p99", p99, confirmed, goal=_GOAL)]


def _figure(name: str, choose: Callable[[Sequence[float]], float], seconds: Sequence[float],
            peer: float | None = None, goal: float | None = None) -> Figure:
    values = [value * _MILLISECONDS for value in seconds]
    beside = None if peer is None else peer * _MILLISECONDS
    return Figure(name, "ms", choose(values), len(values), max(values) - min(values), beside,
                  None if peer is None else _HAPROXY, beside if goal is None else goal)


def outcome(kill: Kill, arrivals: Sequence[TimedFrame], reports: Sequence[TimedFrame],
            messages: Sequence[Message]) -> Outcome:
    """Says what became of a kill.

    :param arrivals: what began connections at the host of the process
    :param reports: what agents said
    :param messages: what passed between the controller and its switches
    :raises ValueError: if nobody reported it, or no rule was changed
    """
    said = [frame.time for frame in reports if kill.time <= frame.time < kill.end
            and b'"type":"results"' in frame.data and b'"verdict":"down"' in frame.data]
    if not said:
        raise ValueError(f"no agent has reported what was killed: {kill}")
    reported = min(said)
    confirmed = confirmation(messages, reported, kill.end).last_confirmed
    return Outcome(_last(arrivals, kill, _SERVED), _last(arrivals, kill, _SERVED_TO_PEER), reported - kill.time,
                   confirmed - reported)


def _last(arrivals: Sequence[TimedFrame], kill: Kill, first_port: int) -> float:
    """How long after a kill the last connection began at a port of the process, or 0 if none did."""
    return max((frame.time - kill.time for frame in arrivals if kill.time <= frame.time < kill.end
                and _destination_port(frame.data) == first_port + kill.service), default=0.0)


def _destination_port(frame: bytes) -> int:
    port: int = _TCP_DESTINATION_PORT.unpack_from(frame, _DESTINATION_PORT_AT)[0]
    return port


def _beginnings() -> str:
    """What begins connections of clients at a member, as pcap-filter(7) has it."""
    served = " or ".join(f"dst portrange {first}-{first + _SERVICES[-1]}" for first in (_SERVED, _SERVED_TO_PEER))
    return f"tcp[tcpflags] & (tcp-syn | tcp-ack) == tcp-syn and ({served}) and not src host {RESERVED_SOURCE}"


class _Bench:
    """Virtual servers and their peer, with processes that can be killed."""

    def __init__(self, controller: Controller, network: EmulatedNetwork, daemons: Daemons,
                 channel: ControlChannel) -> None:
        self._controller = controller
        self._network = network
        self._daemons = daemons
        self._channel = channel
        self._control = network.folder / "checks.sock"
        self._processes: Mapping[tuple[str, int], subprocess.Popen[bytes]] = {
            (member.name, service): self._serve(member, service)
            for member in members(network) for service in _SERVICES}
        daemons.haproxy(PEER, "checks", {}, self._checks(), *(_PORT + service for service in _SERVICES))
        for service in _SERVICES:
            put_virtual_server(controller, network, self._name(service), _PORT + service, **{
                "members": [{"address": member.ip, "port": _SERVED + service} for member in members(network)],
                "detection-profile": "fast"})
        self._await_all()

    def kill(self, member: Host, service: int) -> Kill:
        """Kills a process under connections, and starts it again when all have noticed."""
        log = self._network.folder / "knocker.log"
        command = [sys.executable, str(_KNOCKER), str(_MICROSECONDS_BETWEEN_CONNECTIONS),
                   VIP, str(_PORT + service), HAPROXY, str(_PORT + service)]
        knocker = self._network.launch(self._network.description.host("client"), command, log)
        try:
            time.sleep(_SECONDS_OF_CONNECTIONS_BEFORE)
            process = self._processes[member.name, service]
            killed = time.time()
            process.kill()
            process.wait()
            # Asking would keep those busy who are to decide.
            self._channel.await_quiet(_SECONDS_UNTIL_NOTHING_IS_SENT, _SECONDS_TO_SETTLE)
            self._await_down(member, service)
            self._channel.await_quiet(_SECONDS_UNTIL_NOTHING_IS_SENT, _SECONDS_TO_SETTLE)
            ended = time.time()
        finally:
            end(knocker)
        self._processes = {**self._processes, (member.name, service): self._serve(member, service)}
        self._await_all()
        self._channel.await_quiet(_SECONDS_UNTIL_NOTHING_IS_SENT, _SECONDS_TO_SETTLE)
        return Kill(member.name, service, killed, ended)

    def _serve(self, member: Host, service: int) -> subprocess.Popen[bytes]:
        ports = [first + service for first in (_SERVED, _SERVED_TO_PEER, _CHECKED)]
        binds = "\n".join(f" bind 0.0.0.0:{port}" for port in ports)
        return self._daemons.haproxy(member, f"member{service}", {},
                                     f"frontend member\n mode http\n{binds}\n http-request return status 200", *ports)

    def _checks(self) -> str:
        listeners = [f"listen {self._name(service)}\n bind {HAPROXY}:{_PORT + service}\n retries 0\n"
                     " timeout check 80ms\n" + "\n".join(self._checked(member, service)
                                                         for member in members(self._network))
                     for service in _SERVICES]
        return "\n".join([f"global\n stats socket {self._control} level admin", *listeners])

    @staticmethod
    def _checked(member: Host, service: int) -> str:
        return (f" server {member.name} {member.ip}:{_SERVED_TO_PEER + service}"
                f" check port {_CHECKED + service} inter 100ms fall 2 rise 2")

    def _await_down(self, member: Host, service: int) -> None:
        await_until(lambda: f"{self._name(service)},{member.name}," in "\n".join(
                        line for line in tell_haproxy(self._control, "show stat").splitlines() if ",DOWN," in line),
                    _SECONDS_TO_SETTLE, "down for HAProxy")
        await_until(lambda: any(status["status"]["state"] == "down" for status in
                                self._controller.virtual_server(self._name(service))["member-status"]),
                    _SECONDS_TO_SETTLE, f"{member.name} down for the virtual server", lambda: "\n".join(
                        [str(self._controller.virtual_server(self._name(service))["member-status"]),
                         str(self._controller.member_health(f"balancer/{self._name(service)}")),
                         str(self._controller.detection_agents()),
                         str([flow for flow in self._controller.flows() if flow["state"] != "ADDED"])]))

    def _await_all(self) -> None:
        processes = len(members(self._network)) * len(_SERVICES)
        await_until(lambda: tell_haproxy(self._control, "show stat").count(",L4OK,") == processes, _SECONDS_TO_SETTLE,
                    "all members up for HAProxy")
        await_until(lambda: all(status["status"]["state"] == "serving"
                                for service in _SERVICES for status in
                                self._controller.virtual_server(self._name(service))["member-status"]),
                    _SECONDS_TO_SETTLE, "all members serving", self._controller.describe)

    @staticmethod
    def _name(service: int) -> str:
        return f"killed{service}"
