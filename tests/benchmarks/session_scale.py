# SPDX-License-Identifier: Apache-2.0
"""1,000 clock sessions of 500 clients with two servers each.

The clock application's own part: the service itself, in one JVM, over te-paths, hosts and a store that answer at once
and keep all in memory; what te-paths take is in the benchmark scale. Setting up runs from the first request until all
sessions with the better server are up and all others stand by. Then a link fails that the tunnels of all 500 better
sessions use, as often as there are rounds of failures: once they go over to another way, and the time runs until all
have been in holdover and are up again; once there is no other way, and it runs until all clients are served by their
other servers, each of which is admitted when the better one is known to be held back; and once the link comes back,
until all are served by the better server again. The time that switches take, and the resume delay, come on top.
Seconds of the processor are those of all threads of the JVM, garbage collection and compilation included. No peer does
the same. Rounds are JVMs of their own; medians.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from benchmarks.java_program import JavaProgram, failures_of, median_of
from reports.report import Figure

CLIENTS = 500
_FAILURES = 5
_PROGRAM = JavaProgram("apps/clock", "org.roundtrip.clock.impl.SessionScale", heap="2g", timeout=1800.0)

#: Builds what is measured.
prepare = _PROGRAM.build


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    results = []
    for number in range(1, rounds + 1):
        result = _PROGRAM.run(CLIENTS, _FAILURES)
        results.append(result)
        slowest = max(float(failure["changedOver"]["seconds"]) for failure in result["failures"])
        print(f"  round {number}: set up in {result['setUp']['seconds']:.2f} s,"
              f" {int(result['bytesWithEmulation'])} bytes a session,"
              f" all clients served by their other servers in {slowest:.2f} s at most", flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    found = [median_of("set_up_all", "s", [result["setUp"]["seconds"] for result in results]),
             median_of("set_up_per_session_processor", "ms",
                       [1000 * result["setUp"]["processorSeconds"] / result["sessions"] for result in results]),
             median_of("memory_per_session_with_emulation", "kB",
                       [int(result["bytesWithEmulation"]) / 1000 for result in results]),
             median_of("link_failure_sessions", "sessions",
                       [float(failure["affected"]) for failure in failures_of(results)])]
    for name, key in (("link_failure_all_moved_over", "movedOver"), ("link_failure_all_changed_over", "changedOver"),
                      ("link_repair_all_changed_back", "restored")):
        found.append(median_of(name, "s", [failure[key]["seconds"] for failure in failures_of(results)]))
        found.append(median_of(f"{name}_processor", "s",
                               [failure[key]["processorSeconds"] for failure in failures_of(results)]))
    return found
