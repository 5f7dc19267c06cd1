# SPDX-License-Identifier: Apache-2.0
"""Runs the stages of the tests.

    python3 -m stages [style|unit|integration|e2e]...

What failed is named at the end. The last line is the sum of all: N passed, N failed. The exit status is 0 only if every
stage ran, ran tests, and none failed. Logs and reports are kept in .roundtrip/test.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Sequence

from controller.instance import DISTRIBUTION, INSTANCE, REPOSITORY
from stages.results import Count, count_all, reports_since
from stages.running import Interruption, run
from topologies.private_namespace import in_private_namespace

_TESTS = REPOSITORY / "tests"
_LOGS = INSTANCE / "test"
_REPORTER = REPOSITORY / "apps" / "clock" / "reporter"
_PYTHON = sys.executable

#: The Python packages of the tests. A new one has to be named here, so that it is checked.
_PACKAGES = sorted(folder.parent.name for folder in _TESTS.glob("*/__init__.py"))

#: The applications that promise to run on ONOS 2.5 to 2.7, which therefore compile against both.
_PORTABLE = "apps/base,apps/tepath,apps/clock,apps/detection/protocol,apps/detection,apps/balancer"
_NEWEST_ONOS = "2.7.0"

#: What ./roundtrip keeps of the sources that the distribution was built of, and what these are now.
_BUILT = DISTRIBUTION / ".sources"
_SOURCES = os.environ.get("ROUNDTRIP_SOURCES")

_GCC = ("gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror")
_MAVEN = ("mvn", "-B", "-ntp", "-fae")
_SHOWN_OF_MAVEN = r"Tests run: .* - in |Tests run:.*Time elapsed|Building .*\[\d+/\d+\]|^\[ERROR\] (?!\s*$)|BUILD "
_SHOWN_OF_PYTEST = r"PASSED|FAILED|ERROR|SKIPPED|passed|failed"


def style() -> Count:
    """Style and types of everything that is not Java, and of Java by checkstyle."""
    checks: list[tuple[str, Sequence[str], Path]] = [
        ("flake8", [_PYTHON, "-m", "flake8", ".", str(_REPORTER)], _TESTS),
        ("mypy", [_PYTHON, "-m", "mypy", *_PACKAGES], _TESTS),
        ("relay.c", [*_GCC, "-o", "/dev/null", "topologies/relay.c"], _TESTS),
        ("shifted_clock.c", [*_GCC, "-shared", "-fPIC", "-o", "/dev/null", "topologies/shifted_clock.c"], _TESTS),
        ("checkstyle", [*_MAVEN, "checkstyle:check@style"], REPOSITORY)]
    for script in _scripts():
        checks.append((f"bash {script}", ["bash", "-n", script], REPOSITORY))
        if shutil.which("shellcheck"):
            checks.append((f"shellcheck {script}", ["shellcheck", "--severity=warning", script], REPOSITORY))
    for module in sorted((REPOSITORY / "yang").glob("*.yang")):
        checks.append((f"yanglint {module.name}", ["yanglint", "-p", "yang", f"yang/{module.name}"], REPOSITORY))
    return sum((_check("style", name, command, folder) for name, command, folder in checks), Count())


def unit() -> Count:
    """Every pure function and codec; builds the distribution on the way; compiles against the newest ONOS as well."""
    began = time.time()
    built = run([*_MAVEN, "install", "-DskipITs"], _log("unit"), 2000, _SHOWN_OF_MAVEN, REPOSITORY)
    count = count_all(reports_since(REPOSITORY, "surefire", began))
    if built and _SOURCES:
        _BUILT.write_text(f"{_SOURCES}\n", encoding="utf-8")
    if not built and count.failed == 0:
        count += Count(failures=("the build",))
    count += _pytest("unit", "python", ["unit"], private=False, timeout=300)
    return count + _check("unit", f"compile against ONOS {_NEWEST_ONOS}",
                          [*_MAVEN, "-q", "test-compile", f"-Donos.version={_NEWEST_ONOS}",
                           "-Dbuild.folder=target-onos-2.7", "-Dcheckstyle.skip", "-pl", _PORTABLE], REPOSITORY)


def integration() -> Count:
    """The providers against a real switch. Needs what the unit stage has built."""
    began = time.time()
    passed = run([*_MAVEN, "verify", "-Dcheckstyle.skip", "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false"],
                 _log("integration"), 900, _SHOWN_OF_MAVEN, REPOSITORY)
    count = count_all(reports_since(REPOSITORY, "failsafe", began))
    return count if passed or count.failed else count + Count(failures=("the build",))


def e2e() -> Count:
    """Controller, switches and clocks together. Needs what the unit stage has built."""
    # Each has a controller and switches in a namespace of its own, and waits most of the time. About equally long.
    clocks_and_messages = ["e2e/clock", "e2e/messaging"]
    others = ["e2e", *(f"--ignore={folder}" for folder in clocks_and_messages)]
    interruption = Interruption()
    with concurrent.futures.ThreadPoolExecutor(thread_name_prefix="e2e") as threads:
        running = [threads.submit(_pytest, "e2e", name, arguments, True, 2400, interruption)
                   for name, arguments in (("clocks-and-messages", clocks_and_messages), ("others", others))]
        try:
            return sum((result.result() for result in running), Count())
        finally:
            interruption.happen()


STAGES: dict[str, Callable[[], Count]] = {"style": style, "unit": unit, "integration": integration, "e2e": e2e}


def main() -> int:
    """Runs the stages that were asked for, or all, and returns the exit status."""
    stages = "\n".join(f"  {name:<12}{stage.__doc__}" for name, stage in STAGES.items())
    parser = argparse.ArgumentParser(prog="roundtrip test", formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=f"Runs the tests: all stages, or those that are named.\n\n{stages}")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="one of the above")
    wanted = parser.parse_args().stages or list(STAGES)
    unknown = [name for name in wanted if name not in STAGES]
    if unknown:
        parser.error(f"no such stage: {', '.join(unknown)}; there are {', '.join(STAGES)}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _LOGS.mkdir(parents=True, exist_ok=True)
    total = Count()
    try:
        for name in STAGES:
            if name in wanted:
                count = _run_stage(name)
                total += count if count.passed + count.failed else Count(failures=(f"{name}, in which no test ran",))
    except KeyboardInterrupt:
        print("\nroundtrip test: interrupted", file=sys.stderr)
        return 130
    if total.failures:
        print("\nfailed:", *total.failures, sep="\n    ")
    print(total, flush=True)
    return 1 if total.failed else 0


def _run_stage(name: str) -> Count:
    print(f"\n== {name}: {STAGES[name].__doc__}", flush=True)
    _log(name).unlink(missing_ok=True)
    began = time.monotonic()
    count = STAGES[name]()
    print(f"   {name}: {count} ({time.monotonic() - began:.0f} s)", flush=True)
    return count


def _pytest(stage: str, name: str, tests: Sequence[str], private: bool, timeout: float,
            interruption: Interruption = Interruption()) -> Count:
    report, log = _LOGS / f"{stage}-{name}.xml", _log(f"{stage}-{name}")
    for old in (report, log):
        old.unlink(missing_ok=True)
    command = [_PYTHON, "-m", "pytest", "-v", "--tb=short", f"--junitxml={report}", *tests]
    passed = run(in_private_namespace(command) if private else command, log, timeout, _SHOWN_OF_PYTEST, _TESTS,
                 interruption)
    count = count_all([report]) if report.exists() else Count(failures=(f"{stage} {name}, which left no report",))
    return count if passed or count.failed else count + Count(failures=(f"{stage} {name}, outside of its tests",))


def _check(stage: str, name: str, command: Sequence[str], folder: Path) -> Count:
    """A check that either passes or fails as a whole."""
    print(f"    {name}", flush=True)
    return Count(passed=1) if run(command, _log(stage), 600, r"^\[ERROR\] \S", folder) else Count(failures=(name,))


def _scripts() -> list[str]:
    """The shell scripts that the repository keeps."""
    files = subprocess.run(["git", "-C", str(REPOSITORY), "ls-files", "-z"], text=True, capture_output=True,
                           check=True).stdout.split("\0")
    return [file for file in files if file.endswith(".sh") or file and _is_script(REPOSITORY / file)]


def _is_script(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            return content.readline(64).rstrip() in (b"#!/bin/bash", b"#!/usr/bin/env bash", b"#!/bin/sh")
    except OSError:
        return False


def _log(stage: str) -> Path:
    return _LOGS / f"{stage}.log"


if __name__ == "__main__":
    sys.exit(main())
