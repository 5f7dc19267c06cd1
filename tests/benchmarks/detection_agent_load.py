# SPDX-License-Identifier: Apache-2.0
"""One agent that probes 5,000 members every second.

The packaged agent as it is installed on a node, and in another JVM on the same machine what stands for the controller,
and for members: a port at 5,000 addresses of the loopback interface, which accepts TCP connections. The members belong
to 50 services. Measured for a minute in each round, once all members are up: the processor time that the agent's
process takes, and the most memory that it has ever had resident; how late probes begin, by the agent's own word, which
it gives every 5 seconds: *late_p99* is the largest of the 99th percentiles, *late_longest* is the latest of all probes
in all rounds, of which none may be above a twentieth of the interval; *members_down* is how many times it said that a
member was down. No peer does the same. Medians of rounds otherwise; *spread* is the largest value less the smallest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping, Sequence

from benchmarks.java_program import JavaProgram, median_of
from detection.nodes import PROGRAM
from reports.report import Figure

MEMBERS = 5000
_INTERVAL = 1000
_TIMEOUT = 500
_SECONDS = 60
_MEBIBYTE = 2 ** 20
_CORES = 1.0
_MEMORY = 256.0
_LATENESS = 0.05 * _INTERVAL
_MICROSECONDS = 1e3

AGENT_LOAD = JavaProgram("tests/benchmarks/java", "org.roundtrip.benchmark.AgentLoad", heap="512m", timeout=900.0,
                         beside=("apps/detection/agent",))

#: Builds what is measured.
prepare = AGENT_LOAD.build


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    results = []
    for number in range(1, rounds + 1):
        result = AGENT_LOAD.run("tcp", MEMBERS, _INTERVAL, _TIMEOUT, _SECONDS, str(PROGRAM))
        results.append(result)
        print(f"  round {number}: {result['cores']:.2f} cores, {result['memoryBytes'] / _MEBIBYTE:.0f} MiB,"
              f" {result['latenessMaximum'] / _MICROSECONDS:.1f} ms late at most,"
              f" {result['probesPerSecond']:.0f} probes a second, {result['up']} up", flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    latest = [result["latenessMaximum"] / _MICROSECONDS for result in results]
    cores = median_of("processor", "cores", [result["cores"] for result in results])
    memory = median_of("memory", "MiB", [result["memoryBytes"] / _MEBIBYTE for result in results])
    return [replace(cores, goal=_CORES), replace(memory, goal=_MEMORY),
            median_of("late_p99", "ms", [result["latenessP99"] / _MICROSECONDS for result in results]),
            Figure("late_longest", "ms", max(latest), len(latest), max(latest) - min(latest), goal=_LATENESS),
            median_of("probes", "probes/s", [result["probesPerSecond"] for result in results]),
            Figure("members_down", "verdicts", float(sum(result["wentDown"] for result in results)), len(results),
                   goal=0.0)]
