# SPDX-License-Identifier: Apache-2.0
"""From a change of the members of a virtual server to the last switch that has confirmed it, with 64 members.

Three hosts of which each is 21 members by its ports, and one that is a single member, behind two switches that act as
load balancers. *change*: from sending the request over REST until the last barrier is answered that follows a rule
which was changed for it; this includes what is taken out of the members' switches last, when requests go their new ways
already. The changes are of one member each: its weight becomes 50 and 100 again; it is disabled, enabled, drained and
enabled; it is removed and added. The next one begins when nothing has been sent for a while. Two rounds go before that
are not counted: the controller compiles its programs as it runs them. *request*: until the request is answered.
*member_lost*: the host that is a single member is taken from its port; from the switch's word of it until the last
barrier. *member_moved*: it is at another switch then, or back; from the packet of it after which the controller begins
to change rules. *21_members_lost* and *21_members_moved* are the same of a host with 21 members, a third of all slots,
each of which has its rules on five switches. All times are those at which messages pass on the loopback interface.
*spread* is the largest value less the smallest.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping, Sequence

from benchmarks.balancing import await_up, balancing_laboratory, members, put_virtual_server
from benchmarks.control_channel import PACKET_IN, PORT_STATUS, ControlChannel, Message, confirmation
from controller.rest import Controller
from reports.report import Figure
from topologies.emulation import EmulatedNetwork
from topologies.service_nodes import FREE_PORTS

_NAME = "membership"
_PORT = 80
_MEMBER_PORTS = range(8001, 8022)
_CONTROLLER_PORT = 6653
_MEMBERS_IN_A_ROUND = 3
#: How far apart the members are that change one after the other: it has no factor in common with 64.
_STRIDE = 27
#: Nothing else may be under way when a change begins. (The controller tells its own framework of changes when none has
#: come for ten seconds, so seldom between two of these.)
_PAUSE = 1.0
_WARM_UP_ROUNDS = 2
_SECONDS_TO_SETTLE = 30.0
_MILLISECONDS = 1e3
_GOAL = 50.0

#: For what is too seldom to have percentiles.
_EXTREMES: tuple[tuple[str, Callable[[Sequence[float]], float], float | None], ...] = (
    ("median", statistics.median, None), ("longest", max, _GOAL))

#: What is done to a member, one after the other.
_STEPS: tuple[Mapping[str, Any], ...] = (
    {"weight": 50}, {"weight": 100}, {"state": "disabled"}, {"state": "enabled"}, {"state": "draining"},
    {"state": "enabled"}, {"operation": "remove"}, {})


@dataclass(frozen=True)
class Period:
    """The time of one change, in seconds since 1970. It is over when nothing more is sent for it."""

    begin: float
    answered: float
    end: float


@dataclass(frozen=True)
class Move:
    """A host was taken from its port, and was at another one some time later. `members` is how many it is."""

    mac: str
    members: int
    lost: Period
    moved: Period


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    changes: list[Period] = []
    moves: list[Move] = []
    with balancing_laboratory() as (controller, network), ControlChannel(network.folder, _CONTROLLER_PORT) as channel:
        everyone = [{"address": member.ip, "port": port} for index, port in enumerate(_MEMBER_PORTS)
                    for member in members(network)[:None if index == 0 else -1]]
        # Nothing but changes sends rules: no drain time ends meanwhile.
        put_virtual_server(controller, network, _NAME, _PORT, members=everyone, **{"drain-time": 3600})
        channel.await_quiet(_PAUSE, _SECONDS_TO_SETTLE)
        for number in range(_WARM_UP_ROUNDS + rounds):
            is_warm = number >= _WARM_UP_ROUNDS
            for change in _changes(everyone, number):
                period = _change(controller, channel, change)
                changes += [period] if is_warm else []
            for move in _moves(controller, network, channel, number):
                moves += [move] if is_warm else []
            print(f"  round {number}" if is_warm else "  warmed up", flush=True)
        return figures(channel.messages(), changes, moves)


def figures(messages: Sequence[Message], changes: Sequence[Period], moves: Sequence[Move]) -> list[Figure]:
    """Returns the figures of what was sent within some periods."""
    confirmed = [confirmation(messages, change.begin, change.end) for change in changes]
    times = [each.last_confirmed - change.begin for each, change in zip(confirmed, changes)]
    return [_figure("change_median", statistics.median, times, None), _figure("change_p99", p99, times, _GOAL),
            _figure("change_longest", max, times, None),
            _figure("request_median", statistics.median, [change.answered - change.begin for change in changes], None),
            Figure("rules_of_a_change", "rules", statistics.median(each.rules for each in confirmed), len(confirmed)),
            *_figures_of_moves("member", messages, [move for move in moves if move.members == 1]),
            *_figures_of_moves(f"{len(_MEMBER_PORTS)}_members", messages,
                               [move for move in moves if move.members > 1])]


def _figures_of_moves(who: str, messages: Sequence[Message], moves: Sequence[Move]) -> Iterator[Figure]:
    lost = [_since(messages, move.lost, lambda message: message.kind == PORT_STATUS) for move in moves]
    moved = [_since(messages, move.moved, lambda message: message.kind == PACKET_IN
                    and bytes.fromhex(move.mac.replace(":", "")) in message.body) for move in moves]
    for happened, times in (("lost", lost), ("moved", moved)):
        for kind, choose, goal in _EXTREMES:
            yield _figure(f"{who}_{happened}_{kind}", choose, times, goal)


def p99(values: Sequence[float]) -> float:
    """The smallest value that at least 99 of 100 do not exceed."""
    return sorted(values)[-(-99 * len(values) // 100) - 1]


def _figure(name: str, choose: Callable[[Sequence[float]], float], seconds: Sequence[float],
            goal: float | None) -> Figure:
    values = [value * _MILLISECONDS for value in seconds]
    return Figure(name, "ms", choose(values), len(values), max(values) - min(values), goal=goal)


def _since(messages: Sequence[Message], period: Period, is_event: Callable[[Message], bool]) -> float:
    """How long after the last message of an event before the first change its last switch has confirmed."""
    done = confirmation(messages, period.begin, period.end)
    event = max(message.time for message in messages
                if period.begin <= message.time < done.first_sent and is_event(message))
    return done.last_confirmed - event


def _changes(everyone: Sequence[Mapping[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    for position in range(_MEMBERS_IN_A_ROUND):
        member = everyone[(number * _MEMBERS_IN_A_ROUND + position) * _STRIDE % len(everyone)]
        for step in _STEPS:
            yield {**member, **step}


def _change(controller: Controller, channel: ControlChannel, change: Mapping[str, Any]) -> Period:
    begin = time.time()
    controller.change_members(_NAME, change)
    return _settled(channel, begin)


def _settled(channel: ControlChannel, begin: float) -> Period:
    answered = time.time()
    channel.await_quiet(_PAUSE, _SECONDS_TO_SETTLE)
    return Period(begin, answered, time.time())


def _moves(controller: Controller, network: EmulatedNetwork, channel: ControlChannel, number: int) -> Iterator[Move]:
    *many, single = members(network)
    for host, number_of_members in ((single, 1), (many[number % len(many)], len(_MEMBER_PORTS))):
        elsewhere = next(port for port in FREE_PORTS if port.switch != host.port.switch)
        for port in (elsewhere, host.port):
            begin = time.time()
            network.detach(host)
            lost = _settled(channel, begin)
            begin = time.time()
            network.move(host, port)
            network.attach(host)
            network.introduce(host)
            await_up(controller, _NAME)
            yield Move(host.mac, number_of_members, lost, _settled(channel, begin))
