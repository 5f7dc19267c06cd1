# SPDX-License-Identifier: Apache-2.0
"""10,000 protected paths on 1,000 switches.

The te-path application's own part: the service itself, in one JVM, over emulated services of ONOS that answer at once
and keep all in memory. The network is a ring with as many random chords, so that each switch has four links on
average; each path joins two random switches, reserves bandwidth in both directions, and has a standby way that shares
no link with its active one. Setting up runs from the first request until the last path has both ways confirmed.
Memory is what is reachable after garbage collection: what the service gives back when it stops is its own; the
emulated stores of rules and intents hold more of the same rules. Then the link that most paths use loses its carrier
and gets it back, five times; the time runs until all paths that used it have two ways again. Seconds of the processor
are those of all threads of the JVM, garbage collection and compilation included. No peer does the same. Rounds are
JVMs of their own; medians.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from benchmarks.java_program import JavaProgram, failures_of, median_of
from reports.report import Figure

SWITCHES = 1000
PATHS = 10_000
_FAILURES = 5
_PROGRAM = JavaProgram("apps/tepath", "org.roundtrip.tepath.impl.ServiceScale", heap="4g", timeout=3600.0)

#: Builds what is measured.
prepare = _PROGRAM.build


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    results = []
    for number in range(1, rounds + 1):
        result = _PROGRAM.run(SWITCHES, PATHS, _FAILURES)
        results.append(result)
        print(f"  round {number}: set up in {result['setUp']['seconds']:.1f} s, {int(result['bytes'])} bytes a path,"
              f" {_slowest(result):.2f} s after a failure", flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    return [median_of("set_up_all", "s", [result["setUp"]["seconds"] for result in results]),
            median_of("set_up_all_processor", "s", [result["setUp"]["processorSeconds"] for result in results]),
            median_of("set_up_per_path_processor", "ms",
                      [1000 * result["setUp"]["processorSeconds"] / result["paths"] for result in results]),
            median_of("memory_per_path", "kB", [int(result["bytes"]) / 1000 for result in results]),
            median_of("memory_per_path_with_emulation", "kB",
                      [int(result["bytesWithEmulation"]) / 1000 for result in results]),
            median_of("link_failure_paths", "paths", [float(failure["affected"]) for failure in failures_of(results)]),
            median_of("link_failure_all_protected", "s",
                      [failure["settled"]["seconds"] for failure in failures_of(results)]),
            median_of("link_failure_all_protected_processor", "s",
                      [failure["settled"]["processorSeconds"] for failure in failures_of(results)])]


def _slowest(result: Mapping[str, Any]) -> float:
    return max(float(failure["settled"]["seconds"]) for failure in result["failures"])
