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

import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any, Mapping, Sequence

from controller.instance import REPOSITORY
from reports.report import Figure

CLIENTS = 500
_FAILURES = 5
_MODULE = REPOSITORY / "apps" / "clock"
_CLASSPATH = _MODULE / "target" / "test-classpath"
_MAIN = "org.roundtrip.clock.impl.SessionScale"
_JVM = ("-Xmx2g", "-XX:+UseSerialGC", "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED")
_SECONDS_FOR_A_RUN = 1800.0


def prepare() -> None:
    """Builds what is measured."""
    print("  building ...", flush=True)
    subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", str(REPOSITORY / "pom.xml"), "-pl", str(_MODULE), "-am", "package",
                    "dependency:build-classpath", "-Dmdep.outputFile=target/test-classpath", "-Dmdep.includeScope=test",
                    "-DskipTests", "-DskipITs"], check=True, stdin=subprocess.DEVNULL)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    results = []
    for number in range(1, rounds + 1):
        result = _run()
        results.append(result)
        slowest = max(float(failure["changedOver"]["seconds"]) for failure in result["failures"])
        print(f"  round {number}: set up in {result['setUp']['seconds']:.2f} s,"
              f" {int(result['bytesWithEmulation'])} bytes a session,"
              f" all clients served by their other servers in {slowest:.2f} s at most", flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    found = [_figure("set_up_all", "s", [result["setUp"]["seconds"] for result in results]),
             _figure("set_up_per_session_processor", "ms",
                     [1000 * result["setUp"]["processorSeconds"] / result["sessions"] for result in results]),
             _figure("memory_per_session_with_emulation", "kB",
                     [int(result["bytesWithEmulation"]) / 1000 for result in results]),
             _figure("link_failure_sessions", "sessions",
                     [float(failure["affected"]) for failure in _failures(results)])]
    for name, key in (("link_failure_all_moved_over", "movedOver"), ("link_failure_all_changed_over", "changedOver"),
                      ("link_repair_all_changed_back", "restored")):
        found.append(_figure(name, "s", [failure[key]["seconds"] for failure in _failures(results)]))
        found.append(_figure(f"{name}_processor", "s",
                             [failure[key]["processorSeconds"] for failure in _failures(results)]))
    return found


def _failures(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [failure for result in results for failure in result["failures"]]


def _figure(name: str, unit: str, samples: Sequence[float]) -> Figure:
    return Figure(name, unit, statistics.median(samples), len(samples), max(samples) - min(samples))


def _run() -> Mapping[str, Any]:
    target = _MODULE / "target"
    classpath = os.pathsep.join([str(target / "test-classes"), str(target / "classes"), _CLASSPATH.read_text().strip()])
    command = [str(_java()), *_JVM, "-cp", classpath, _MAIN, str(CLIENTS), str(_FAILURES)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=_SECONDS_FOR_A_RUN,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"the service failed: {done.stderr[-2000:]}")
    result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else Path("java")
