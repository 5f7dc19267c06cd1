# SPDX-License-Identifier: Apache-2.0
"""The WAN to one of two data centres is cut for a minute, beside MirrorMaker 2.

5,000 messages of 1 KiB a second for one data centre, and 500 for another one, from a third, one partition each. For a
minute all packets from and to the storage server of the first are lost without a word, but for those of clients in its
own data centre; meanwhile messages are given as before. *catch_up*: from the end of the cut until no more than a tenth
of a second's messages are missing there. *other_p99*: the 99th percentile of the time that messages for the other data
centre took, from the cut until all had been caught up; *other_p99_before* the same before the cut; the times run from
when a message was due to be sent, to when a consumer at the broker there has it. *lost* and *reordered* (a record that
comes after a later one of its key) are those of the first. The routing proxy is the packaged one, and carries both
routes, and so does MirrorMaker 2 (see messaging-throughput); both stand where messages are accepted. One after the
other, with topics of their own; medians of rounds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from benchmarks import message_traffic
from benchmarks.message_traffic import MessageTraffic, make_topic, waiting
from benchmarks.replicators import (AWAY, configuration, configuration_centre, mirror_maker, mirrored,
                                    routing_proxy)
from benchmarks.storage_servers import Cut, StorageServer
from reports.report import Figure
from topologies.awaiting import await_until

RATE = 5000
OTHER_RATE = 500
_SECONDS = 60.0
_SECONDS_BEFORE = 10.0
_SECONDS_TO_WARM_UP = 10.0
#: How long catching up may take, beyond the time of the cut.
_SECONDS_TO_CATCH_UP = 300.0
_SECONDS_FOR_THE_REST = 60
_CAUGHT_UP = 0.1
_PEER = "MirrorMaker 2"

#: Builds what is measured.
prepare = message_traffic.prepare


@dataclass(frozen=True)
class Outcome:
    """What became of a cut: times in seconds, those of messages for the other data centre in milliseconds."""

    catch_up: float
    other_p99: float
    other_p99_before: float
    lost: int
    reordered: int


def measure(rounds: int, seconds: float = _SECONDS) -> list[Figure]:
    """Runs the rounds and returns the figures.

    :param seconds: how long the cut is
    """
    ours: list[Outcome] = []
    peer: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder, ExitStack() as stack:
        servers = [stack.enter_context(StorageServer(Path(folder), number)) for number in (1, 2, 3)]
        for number in range(1, rounds + 1):
            for outcomes, name in ((ours, "ours"), (peer, "peer")) if number % 2 else ((peer, "peer"), (ours, "ours")):
                own = Path(folder) / f"{name}-{number}"
                own.mkdir()
                outcomes.append(_cut(own, servers, seconds))
            print(f"  round {number}: ours {_said(ours[-1])}; peer {_said(peer[-1])}", flush=True)
    return figures(ours, peer)


def _cut(folder: Path, servers: Sequence[StorageServer], seconds: float) -> Outcome:
    is_ours = folder.name.startswith("ours")
    with ExitStack() as stack:
        given = {away: f"{folder.name}.{away}" for away in AWAY}
        for topic in given.values():
            make_topic(servers[0], topic)
        if is_ours:
            controller = stack.enter_context(configuration_centre(configuration(
                servers, public=folder.name, private=f"private-{folder.name}")))
            replicator = routing_proxy(folder, controller)
        else:
            replicator = mirror_maker(folder, servers, f"{folder.name}.DATA_CENTRE")
        stack.enter_context(replicator)
        cut, other = (stack.enter_context(MessageTraffic.between_topics(
            folder.name, rate, (servers[0], given[away]),
            (away, servers[number], f"private-{given[away]}" if is_ours else mirrored(given[away])),
            folder / f"traffic-{away}")) for number, away, rate in ((1, AWAY[0], RATE), (2, AWAY[1], OTHER_RATE)))
        cut.await_flow(replicator)
        other.await_flow(replicator)
        time.sleep(_SECONDS_TO_WARM_UP)
        other.window()
        time.sleep(_SECONDS_BEFORE)
        before = other.window()["p99"]
        with Cut(servers[1]):
            time.sleep(seconds)
        mended = time.monotonic()
        await_until(lambda: waiting(cut.totals()) < _CAUGHT_UP * RATE, seconds + _SECONDS_TO_CATCH_UP,
                    f"all messages of {folder.name} after a cut", lambda: f"{cut.totals()}\n{replicator.said()}")
        caught_up = time.monotonic() - mended
        during = other.window()["p99"]
        totals = cut.finish(_SECONDS_FOR_THE_REST)
        other.finish(_SECONDS_FOR_THE_REST)
    return Outcome(caught_up, during, before, int(totals["stored"] - totals["arrived"]), int(totals["reordered"]))


def figures(ours: Sequence[Outcome], peer: Sequence[Outcome]) -> list[Figure]:
    """Returns the figures of some rounds."""
    before = statistics.median(each.other_p99_before for each in ours)
    return [_figure("catch_up", "s", [each.catch_up for each in ours], [each.catch_up for each in peer], _PEER),
            _figure("other_p99", "ms", [each.other_p99 for each in ours], [each.other_p99_before for each in ours],
                    "before the cut"),
            _figure("other_p99_beside_mirror_maker", "ms", [each.other_p99 for each in ours],
                    [each.other_p99 for each in peer], _PEER),
            Figure("other_p99_before", "ms", before, len(ours), peer_name=_PEER,
                   peer=statistics.median(each.other_p99_before for each in peer)),
            Figure("lost", "messages", float(sum(each.lost for each in ours)), len(ours), peer_name=_PEER,
                   peer=float(sum(each.lost for each in peer)), goal=0.0),
            Figure("reordered", "messages", float(sum(each.reordered for each in ours)), len(ours), peer_name=_PEER,
                   peer=float(sum(each.reordered for each in peer)), goal=0.0)]


def _figure(name: str, unit: str, ours: Sequence[float], peer: Sequence[float], peer_name: str) -> Figure:
    other = statistics.median(peer)
    return Figure(name, unit, statistics.median(ours), len(ours), max(ours) - min(ours), other, peer_name, other)


def _said(outcome: Outcome) -> str:
    return (f"caught up in {outcome.catch_up:.1f} s, {outcome.lost} lost, the other route's p99"
            f" {outcome.other_p99:.1f} ms, {outcome.other_p99_before:.1f} ms before")
