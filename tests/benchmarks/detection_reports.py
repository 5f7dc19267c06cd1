# SPDX-License-Identifier: Apache-2.0
"""What 1,000 agents with 50 members each cost a controller while nothing changes.

The detection service with its server of agents as they are in a controller, in a JVM of its own over emulated services
of ONOS that keep all in memory, and 1,000 agents in the same JVM, each with a connection of its own: they speak the
real protocol, but probe nothing, and say every 10 seconds, as they are asked to, that all their members are well. 1,000
virtual servers have 50 members each, on 50 nodes. Measured for a minute, once all 50,000 members are up: *traffic* is
what the loopback interface carries, with all headers and in both directions; *controller_processor* is the time of all
threads but those of agents, garbage collection included. No peer does the same, and there is no goal. Rounds are JVMs
of their own; medians.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from benchmarks.java_program import JavaProgram, median_of
from reports.report import Figure

AGENTS = 1000
MEMBERS = 50
_SECONDS = 60
_KILOBYTE = 1e3
_PROGRAM = JavaProgram("apps/detection", "org.roundtrip.detection.impl.ReportScale", heap="2g", timeout=1800.0)

#: Builds what is measured.
prepare = _PROGRAM.build


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    results = []
    for number in range(1, rounds + 1):
        result = _PROGRAM.run(AGENTS, MEMBERS, _SECONDS)
        if result["connected"] < AGENTS or result["up"] < AGENTS * MEMBERS:
            raise RuntimeError(f"not all agents and members were there to the end: {result}")
        results.append(result)
        print(f"  round {number}: {result['bytesPerSecond'] / _KILOBYTE:.0f} kB/s,"
              f" {result['controllerCores']:.3f} cores, {result['snapshotsPerSecond']:.1f} snapshots a second",
              flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    return [median_of("traffic", "kB/s", [result["bytesPerSecond"] / _KILOBYTE for result in results]),
            median_of("traffic_of_an_agent", "B/s", [result["bytesPerSecond"] / AGENTS for result in results]),
            median_of("snapshots", "snapshots/s", [result["snapshotsPerSecond"] for result in results]),
            median_of("controller_processor", "cores", [result["controllerCores"] for result in results])]
