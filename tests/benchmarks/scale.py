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

import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any, Mapping, Sequence

from controller.instance import REPOSITORY
from reports.report import Figure

SWITCHES = 1000
PATHS = 10_000
_FAILURES = 5
_MODULE = REPOSITORY / "apps" / "tepath"
_CLASSPATH = _MODULE / "target" / "test-classpath"
_MAIN = "org.roundtrip.tepath.impl.ServiceScale"
_JVM = ("-Xmx4g", "-XX:+UseSerialGC", "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED")
_SECONDS_FOR_A_RUN = 3600.0


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
        print(f"  round {number}: set up in {result['setUp']['seconds']:.1f} s, {int(result['bytes'])} bytes a path,"
              f" {_slowest(result):.2f} s after a failure", flush=True)
    return figures(results)


def figures(results: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    return [_figure("set_up_all", "s", [result["setUp"]["seconds"] for result in results]),
            _figure("set_up_all_processor", "s", [result["setUp"]["processorSeconds"] for result in results]),
            _figure("set_up_per_path_processor", "ms",
                    [1000 * result["setUp"]["processorSeconds"] / result["paths"] for result in results]),
            _figure("memory_per_path", "kB", [int(result["bytes"]) / 1000 for result in results]),
            _figure("memory_per_path_with_emulation", "kB",
                    [int(result["bytesWithEmulation"]) / 1000 for result in results]),
            _figure("link_failure_paths", "paths", [float(failure["affected"]) for failure in _failures(results)]),
            _figure("link_failure_all_protected", "s",
                    [failure["settled"]["seconds"] for failure in _failures(results)]),
            _figure("link_failure_all_protected_processor", "s",
                    [failure["settled"]["processorSeconds"] for failure in _failures(results)])]


def _failures(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [failure for result in results for failure in result["failures"]]


def _slowest(result: Mapping[str, Any]) -> float:
    return max(float(failure["settled"]["seconds"]) for failure in result["failures"])


def _figure(name: str, unit: str, samples: Sequence[float]) -> Figure:
    return Figure(name, unit, statistics.median(samples), len(samples), max(samples) - min(samples))


def _run() -> Mapping[str, Any]:
    target = _MODULE / "target"
    classpath = os.pathsep.join([str(target / "test-classes"), str(target / "classes"), _CLASSPATH.read_text().strip()])
    command = [str(_java()), *_JVM, "-cp", classpath, _MAIN, str(SWITCHES), str(PATHS), str(_FAILURES)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=_SECONDS_FOR_A_RUN,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"the service failed: {done.stderr[-2000:]}")
    result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else Path("java")
