# SPDX-License-Identifier: Apache-2.0
"""Programs among the Java tests of an application, which measure it in a JVM of their own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

from controller.instance import REPOSITORY
from reports.report import Figure

#: What atomix, which ONOS keeps its stores with, needs of a JVM.
_OPENED = ("--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
           "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED")


@dataclass(frozen=True)
class JavaProgram:
    """A program that prints its result as one line of JSON, its last one.

    :param module: the folder of its Maven module, such as apps/clock
    :param main: the class that is started
    :param heap: how large the heap may become, such as 2g
    :param timeout: seconds after which a run has failed
    :param beside: the folders of more modules that it needs to have been built
    """

    module: str
    main: str
    heap: str
    timeout: float
    beside: Sequence[str] = ()

    def build(self) -> None:
        """Builds what is measured, and finds out what it needs."""
        print("  building ...", flush=True)
        subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", str(REPOSITORY / "pom.xml"),
                        "-pl", ",".join([self.module, *self.beside]), "-am", "package",
                        "dependency:build-classpath", "-Dmdep.outputFile=target/test-classpath",
                        "-Dmdep.includeScope=test", "-DskipTests", "-DskipITs"],
                       check=True, stdin=subprocess.DEVNULL)

    def run(self, *arguments: int | str) -> Mapping[str, Any]:
        """Runs it to its end and returns its result.

        :raises RuntimeError: if it fails
        """
        done = subprocess.run(self.command(*arguments), text=True, capture_output=True, check=False,
                              timeout=self.timeout, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise RuntimeError(f"{self.main} failed: {done.stderr[-2000:]}")
        result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    def command(self, *arguments: int | str, options: Sequence[str] = ("-XX:+UseSerialGC", *_OPENED)) -> list[str]:
        """The command that runs it.

        :param options: of the JVM, beyond the heap
        """
        target = REPOSITORY / self.module / "target"
        classpath = [str(target / "test-classes"), str(target / "classes"),
                     (target / "test-classpath").read_text().strip()]
        return [str(_java()), f"-Xmx{self.heap}", *options, "-cp", os.pathsep.join(classpath), self.main,
                *map(str, arguments)]


def median_of(name: str, unit: str, samples: Sequence[float]) -> Figure:
    """The figure that the samples of all rounds make."""
    return Figure(name, unit, statistics.median(samples), len(samples), max(samples) - min(samples))


def failures_of(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The failures of all rounds."""
    return [failure for result in results for failure in result["failures"]]


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else Path("java")
