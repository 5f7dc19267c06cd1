# SPDX-License-Identifier: Apache-2.0
"""How long messages take from one data centre to another, beside MirrorMaker 2 and its exactly-once mode.

500 records of 1 KiB a second, given to the broker of one data centre at even times, until a consumer at the broker of
the other one has them; the time runs from when a record was due to be sent, by one clock. One partition, all
acknowledgements (`acks=all`). The routing proxy is the packaged one, in its own process; MirrorMaker 2 has settings by
which it is soonest there (see messaging-throughput), once at least once, and once with
`exactly.once.source.support=enabled`. All three run all the time, each with topics of its own at the same brokers;
records are given to one after the other in every round, for as long each, after some that do not count. Medians of
rounds; *spread* is the largest of ours less the smallest. The goals are the peer's own time, and a tenth of that of the
exactly-once mode.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks import message_traffic
from benchmarks.message_traffic import MessageTraffic, make_topic
from benchmarks.replicators import (AWAY, Replicator, configuration, configuration_centre, mirror_maker, mirrored,
                                    routing_proxy)
from benchmarks.storage_servers import StorageServer
from reports.report import Figure

RATE = 500
_SECONDS = 10
_SECONDS_TO_SETTLE = 3
_SECONDS_TO_WARM_UP = 15
_OURS, _PEER, _EXACTLY_ONCE = "ours", "MirrorMaker 2", "MirrorMaker 2 exactly once"
_TENTH = 0.1

#: Builds what is measured.
prepare = message_traffic.prepare


class _Way:
    """One replicator and the messages that it carries."""

    def __init__(self, replicator: Replicator, traffic: MessageTraffic) -> None:
        self._replicator = replicator
        self._traffic = traffic

    def warm_up(self) -> None:
        """Lets it carry messages until it is warm."""
        self._traffic.await_flow(self._replicator)
        time.sleep(_SECONDS_TO_WARM_UP)
        self._traffic.hold()

    def measure(self) -> Mapping[str, Any]:
        """Lets it carry messages for a while, and returns how long they took."""
        self._traffic.go()
        time.sleep(_SECONDS_TO_SETTLE)
        self._traffic.window()
        time.sleep(_SECONDS)
        found = self._traffic.window()
        self._traffic.hold()
        return found

    def finish(self) -> None:
        """Makes sure that all have arrived.

        :raises RuntimeError: if not
        """
        found = self._traffic.finish(patience=10)
        if found["arrived"] < found["sent"]:
            raise RuntimeError(f"{self._traffic.name}: not all messages arrived: {found}")


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    found: dict[str, list[Mapping[str, Any]]] = {_OURS: [], _PEER: [], _EXACTLY_ONCE: []}
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder, ExitStack() as stack:
        servers = [stack.enter_context(StorageServer(Path(folder), number)) for number in (1, 2)]
        controller = stack.enter_context(configuration_centre(configuration(servers)))
        ways = {name: _way(name, Path(folder), servers, controller, stack) for name in found}
        for number in range(1, rounds + 1):
            for name, way in ways.items():
                found[name].append(way.measure())
            print(f"  round {number}: " + ", ".join(f"{name} {each[-1]['median']:.2f} / {each[-1]['p99']:.1f} ms"
                                                    for name, each in found.items()), flush=True)
        for way in ways.values():
            way.finish()
    return figures(found[_OURS], found[_PEER], found[_EXACTLY_ONCE])


def _way(name: str, folder: Path, servers: Sequence[StorageServer], controller: str, stack: ExitStack) -> _Way:
    own = folder / name.replace(" ", "-")
    own.mkdir()
    away = AWAY[0]
    given = f"public.{away}" if name == _OURS else f"{own.name}.{away}"
    arriving = f"private.{away}" if name == _OURS else mirrored(given, name == _EXACTLY_ONCE)
    if name == _OURS:
        replicator = routing_proxy(own, controller)
    else:
        replicator = mirror_maker(own, servers, given, exactly_once=name == _EXACTLY_ONCE)
    make_topic(servers[0], given)
    stack.enter_context(replicator)
    traffic = stack.enter_context(MessageTraffic.between_topics(name, RATE, (servers[0], given),
                                                                (away, servers[1], arriving), own / "traffic"))
    way = _Way(replicator, traffic)
    way.warm_up()
    return way


def figures(ours: Sequence[Mapping[str, Any]], peer: Sequence[Mapping[str, Any]],
            exactly_once: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the windows of all rounds."""
    return [figure for name in ("median", "p99") for figure in (
        _figure(f"latency_{name}", name, ours, (_PEER, peer), 1.0),
        _figure(f"latency_{name}_beside_exactly_once", name, ours, (_EXACTLY_ONCE, exactly_once), _TENTH))]


def _figure(title: str, name: str, ours: Sequence[Mapping[str, Any]], peer: tuple[str, Sequence[Mapping[str, Any]]],
            share: float) -> Figure:
    mine = [each[name] for each in ours]
    other = statistics.median(each[name] for each in peer[1])
    return Figure(title, "ms", statistics.median(mine), len(mine), max(mine) - min(mine), other, peer[0],
                  share * other)
