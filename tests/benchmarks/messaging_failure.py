# SPDX-License-Identifier: Apache-2.0
"""The process that carries messages is killed again and again, beside MirrorMaker 2.

An application sends 1,000 messages of 1 KiB a second, of a hundred keys, and another one in the other data centre
receives them. *ours*: both use the library of the message proxy, and the packaged routing proxy carries them. Peers:
MirrorMaker 2 (see messaging-throughput) at least once, and with `exactly.once.source.support=enabled`; the applications
write to a topic and read the replicated one, committed records only. In every round each process is killed (`kill -9`)
and started again at once, as a supervisor would, one way after the other, and only when messages flow again does the
round go on; MirrorMaker 2 only in the first five rounds, and its exactly-once mode in the first two, because they take
longer. *lost*, *duplicated* and *reordered* (a message that comes after a later one of its key) are sums over all
rounds, as the receiving application sees it, after all had time to arrive. *gap*: the longest time in which nothing
arrived, the longest of all rounds; *gap_median* the median of the longest in each round. Promised were 5 seconds.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks import message_traffic
from benchmarks.message_traffic import MessageTraffic, make_topic, waiting
from benchmarks.replicators import (AWAY, HOME, Replicator, configuration, configuration_centre, mirror_maker,
                                    mirrored, routing_proxy)
from benchmarks.storage_servers import StorageServer
from reports.report import Figure
from topologies.awaiting import await_until

RATE = 1000
_GOAL = 5.0
_SECONDS_OF_FLOW = 3.0
_SECONDS_UNTIL_IT_FLOWS = 150.0
_SECONDS_FOR_THE_REST = 60
_OURS, _PEER, _EXACTLY_ONCE = "ours", "MirrorMaker 2", "MirrorMaker 2 exactly once"
#: In how many rounds a peer is killed at most.
_MOST_KILLS = {_PEER: 5, _EXACTLY_ONCE: 2}
_MILLISECONDS = 1e3

#: Builds what is measured.
prepare = message_traffic.prepare


class KilledWay:
    """Messages from one application to another, and the process that is killed."""

    def __init__(self, replicator: Replicator, traffic: MessageTraffic) -> None:
        self.gaps: list[float] = []
        self._replicator = replicator
        self._traffic = traffic

    def kill(self) -> None:
        """Kills it once, and waits until messages flow again."""
        self._traffic.window()
        time.sleep(_SECONDS_OF_FLOW)
        before = self._traffic.totals()["arrived"]
        self._replicator.kill()
        held = self._traffic.totals()["sent"]
        self._replicator.start()
        # All that waited must have arrived, and not just what was on its way when it was killed.
        await_until(lambda: self._has_caught_up(held), _SECONDS_UNTIL_IT_FLOWS,
                    f"messages of {self._traffic.name} after a kill",
                    lambda: f"{before} before, now {self._traffic.totals()}\n{self._replicator.said()}")
        self.gaps.append(self._traffic.window()["silence"] / _MILLISECONDS)

    def _has_caught_up(self, held: int) -> bool:
        totals = self._traffic.totals()
        return bool(totals["arrived"] > held and waiting(totals) < RATE)

    def finish(self) -> Mapping[str, Any]:
        """Sends no more, and returns what has become of all messages."""
        return self._traffic.finish(_SECONDS_FOR_THE_REST)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder, ExitStack() as stack:
        servers = [stack.enter_context(StorageServer(Path(folder), number)) for number in (1, 2)]
        ways = {name: _way(name, Path(folder), servers, stack) for name in (_OURS, _PEER, _EXACTLY_ONCE)}
        for number in range(1, rounds + 1):
            for name, way in ways.items():
                if number <= _MOST_KILLS.get(name, rounds):
                    way.kill()
            print(f"  round {number}: longest gaps " + ", ".join(f"{name} {way.gaps[-1]:.1f} s" for name, way
                                                                 in ways.items() if len(way.gaps) == number),
                  flush=True)
        totals = {name: way.finish() for name, way in ways.items()}
        for name, found in totals.items():
            print(f"  {name}: {found['sent']} sent, {found['duplicated']} duplicated, {lost(found)} lost,"
                  f" {found['reordered']} reordered", flush=True)
    return figures(totals, {name: way.gaps for name, way in ways.items()})


def _way(name: str, folder: Path, servers: Sequence[StorageServer], stack: ExitStack) -> KilledWay:
    own = folder / name.replace(" ", "-")
    own.mkdir()
    away = AWAY[0]
    log = own / "traffic"
    if name == _OURS:
        given = configuration(servers)
        controller = stack.enter_context(configuration_centre(given))
        file = own / "configuration.json"
        # Applications reach the storage server of their own data centre.
        file.write_text(json.dumps({**given, "data-centres": [
            {**each, "bootstrap-servers": [server.local]} for each, server in zip(given["data-centres"], servers)]}))
        replicator = routing_proxy(own, controller)
        traffic = MessageTraffic.between_applications(name, RATE, file,
                                                      (f"application-{HOME}", f"application-{away}"), log)
    else:
        topic = f"{own.name}.{away}"
        make_topic(servers[0], topic)
        replicator = mirror_maker(own, servers, topic, exactly_once=name == _EXACTLY_ONCE)
        traffic = MessageTraffic.between_topics(name, RATE, (servers[0], topic),
                                                (away, servers[1], mirrored(topic, name == _EXACTLY_ONCE)), log)
    stack.enter_context(replicator)
    stack.enter_context(traffic).await_flow(replicator)
    return KilledWay(replicator, traffic)


def lost(totals: Mapping[str, Any]) -> int:
    """How many messages were accepted and never arrived."""
    return max(0, int(totals["stored"] - totals["arrived"]))


def figures(totals: Mapping[str, Mapping[str, Any]], gaps: Mapping[str, Sequence[float]]) -> list[Figure]:
    """Returns the figures, by what became of all messages and the longest gaps of each round."""
    ours = gaps[_OURS]
    found: list[Figure] = []
    for peer, suffix in ((_PEER, ""), (_EXACTLY_ONCE, "_beside_exactly_once")):
        for name, of in (("lost", lost), ("duplicated", lambda each: each["duplicated"]),
                         ("reordered", lambda each: each["reordered"])):
            found.append(Figure(f"{name}{suffix}", "messages", float(of(totals[_OURS])), int(totals[_OURS]["sent"]),
                                peer=float(of(totals[peer])), peer_name=peer, goal=0.0))
        found.append(Figure(f"gap{suffix}", "s", max(ours), len(ours), max(ours) - min(ours), max(gaps[peer]), peer,
                            _GOAL))
        found.append(Figure(f"gap_median{suffix}", "s", statistics.median(ours), len(ours), max(ours) - min(ours),
                            statistics.median(gaps[peer]), peer))
    return found
