# SPDX-License-Identifier: Apache-2.0
"""How fast records get from one data centre to another, and what that costs, beside MirrorMaker 2.

Records of 1 KiB wait in a topic of 1 or 8 partitions at the broker of one data centre; a replicator is started and
carries them to the broker of another one (`acks=all`). Both replicators carry the same topic, one after the other, in
turns the one or the other first. Each is a process of its own with the same garbage collector (serial): the packaged
routing proxy with the heap that its script gives it, 160 MiB, and `connect-mirror` with settings by which it carries
most (fetches of 16 MiB and 4,000 records, batches of 256 KiB, a buffer of 64 MiB, no heartbeats, checkpoints or access
control lists, a task for each processor, positions kept every second) and a heap of 256 MiB: with 192 it does not get
going. The first 150,000 records warm it up, the next 350,000 are measured. *processor_per_record*: the time of all
threads of the replicator; *memory*: the most that it ever had resident. The times may be the peer's by 1.2, the time of
processors 0.6 of the peer's, the memory half. Medians of rounds; *spread* is the largest of ours less the smallest.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks.java_program import JavaProgram
from benchmarks.replicators import (AWAY, PROXY_MODULE, Replicator, configuration, configuration_centre,
                                    mirror_maker, mirrored, routing_proxy)
from benchmarks.storage_servers import MODULE, StorageServer
from reports.report import Figure

WARM = 150_000
RECORDS = 350_000
_PARTITIONS = (1, 8)
_MICROSECONDS = 1e6
_KIBIBYTES = 1024
_PEER = "MirrorMaker 2"
#: What was promised, as shares of what the peer takes.
_TIME = 1 / 1.2
_PROCESSOR = 0.6
_MEMORY = 0.5
_SECONDS = 180
_PACKAGE = "org.roundtrip.benchmark.messaging"
_FILLED_TOPIC = JavaProgram(MODULE, f"{_PACKAGE}.FilledTopic", heap="256m", timeout=120.0, beside=(PROXY_MODULE,))
_DELETED_TOPICS = JavaProgram(MODULE, f"{_PACKAGE}.DeletedTopics", heap="64m", timeout=60.0)
_CARRIED_RECORDS = JavaProgram(MODULE, f"{_PACKAGE}.CarriedRecords", heap="64m", timeout=_SECONDS + 30.0)

#: Builds what is measured.
prepare = _FILLED_TOPIC.build


@dataclass(frozen=True)
class Carried:
    """What one replicator took in one round: of a record in microseconds, and at most of memory, in MiB."""

    time: float
    processor: float
    memory: float

    @staticmethod
    def of(result: Mapping[str, Any]) -> Carried:
        """Reads what the watching program says."""
        return Carried(_MICROSECONDS * result["seconds"] / result["records"],
                       _MICROSECONDS * result["processorSeconds"] / result["records"],
                       result["peakKibibytes"] / _KIBIBYTES)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    ours: dict[int, list[Carried]] = {partitions: [] for partitions in _PARTITIONS}
    peer: dict[int, list[Carried]] = {partitions: [] for partitions in _PARTITIONS}
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder, ExitStack() as stack:
        servers = [stack.enter_context(StorageServer(Path(folder), number)) for number in (1, 2)]
        for number in range(1, rounds + 1):
            for partitions in _PARTITIONS:
                with tempfile.TemporaryDirectory(dir=folder) as own:
                    _round(Path(own), servers, partitions, number, (ours[partitions], peer[partitions]))
                print(f"  round {number}, {partitions} partitions: ours {_said(ours[partitions][-1])},"
                      f" peer {_said(peer[partitions][-1])}", flush=True)
    return [figure for partitions in _PARTITIONS
            for figure in figures(partitions, ours[partitions], peer[partitions])]


def _round(folder: Path, servers: Sequence[StorageServer], partitions: int, number: int,
           results: tuple[list[Carried], list[Carried]]) -> None:
    """Lets both carry the same records, the one that went second before now first."""
    name = f"r{number}-{partitions}"
    topic = f"{name}.{AWAY[0]}"
    carried = (f"private-{topic}", mirrored(topic))
    _FILLED_TOPIC.run(servers[0].local, topic, partitions, AWAY[0], WARM + RECORDS)
    with configuration_centre(configuration(servers, partitions, name, f"private-{name}")) as controller:
        for which in (0, 1) if number % 2 else (1, 0):
            own = folder / str(which)
            own.mkdir()
            replicator = mirror_maker(own, servers, topic, partitions) if which else routing_proxy(own, controller)
            results[which].append(_carry(replicator, servers[1], carried[which]))
            _DELETED_TOPICS.run(servers[1].local, carried[which])
    _DELETED_TOPICS.run(servers[0].local, topic)


def _carry(replicator: Replicator, server: StorageServer, topic: str) -> Carried:
    with replicator:
        try:
            return Carried.of(_CARRIED_RECORDS.run(server.local, topic, replicator.pid, WARM, RECORDS, _SECONDS))
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{replicator.name}: {replicator.said()}") from error


def figures(partitions: int, ours: Sequence[Carried], peer: Sequence[Carried]) -> list[Figure]:
    """Returns the figures of some rounds."""
    suffix = f"{partitions}_partition" + ("s" if partitions > 1 else "")

    def figure(name: str, unit: str, share: float, mine: Sequence[float], other: Sequence[float]) -> Figure:
        return Figure(f"{name}_{suffix}", unit, statistics.median(mine), len(mine), max(mine) - min(mine),
                      statistics.median(other), _PEER, share * statistics.median(other))

    return [figure("time_per_record", "us", _TIME, [each.time for each in ours], [each.time for each in peer]),
            figure("processor_per_record", "us", _PROCESSOR, [each.processor for each in ours],
                   [each.processor for each in peer]),
            figure("memory", "MiB", _MEMORY, [each.memory for each in ours], [each.memory for each in peer])]


def _said(carried: Carried) -> str:
    return f"{1e3 / carried.time:.1f} k/s, {carried.processor:.1f} us of processors, {carried.memory:.0f} MiB"
