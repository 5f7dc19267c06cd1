# SPDX-License-Identifier: Apache-2.0
"""Runs a benchmark in a private namespace, and makes the page of benchmarks."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Callable

import demo.story
from benchmarks import (clock_setup, clock_time_error, detection_agent_load, detection_failure, detection_probes,
                        detection_reports, detection_starvation, discovery, failover, flow_rules, messaging_cut,
                        messaging_failure, messaging_latency, messaging_long_cut, messaging_throughput,
                        path_computation, scale, session_scale, silent_failover, virtual_server, virtual_server_changes,
                        virtual_server_membership, virtual_server_scale)
from benchmarks.document import page
from controller.instance import REPOSITORY
from reports.report import report, write
from topologies.private_namespace import is_private, run_privately

_BENCHMARKS: dict[str, ModuleType] = {"flow-rules": flow_rules, "discovery": discovery,
                                      "path-computation": path_computation, "scale": scale,
                                      "session-scale": session_scale,
                                      "failover": failover, "silent-failover": silent_failover,
                                      "clock-time-error": clock_time_error, "clock-setup": clock_setup,
                                      "virtual-server": virtual_server,
                                      "virtual-server-changes": virtual_server_changes,
                                      "virtual-server-membership": virtual_server_membership,
                                      "virtual-server-scale": virtual_server_scale,
                                      "detection-probes": detection_probes, "detection-failure": detection_failure,
                                      "detection-agent-load": detection_agent_load,
                                      "detection-starvation": detection_starvation,
                                      "detection-reports": detection_reports,
                                      "messaging-throughput": messaging_throughput,
                                      "messaging-latency": messaging_latency,
                                      "messaging-failure": messaging_failure, "messaging-cut": messaging_cut,
                                      "messaging-long-cut": messaging_long_cut}
#: What has to be done before the private namespace, in which there is no network outside.
_PREPARATIONS: dict[str, Callable[[], None]] = {"path-computation": path_computation.prepare, "scale": scale.prepare,
                                                "session-scale": session_scale.prepare,
                                                "detection-agent-load": detection_agent_load.prepare,
                                                "detection-starvation": detection_starvation.prepare,
                                                "detection-reports": detection_reports.prepare,
                                                "messaging-throughput": messaging_throughput.prepare,
                                                "messaging-latency": messaging_latency.prepare,
                                                "messaging-failure": messaging_failure.prepare,
                                                "messaging-cut": messaging_cut.prepare,
                                                "messaging-long-cut": messaging_long_cut.prepare}
_FOLDER = REPOSITORY / "docs" / "benchmarks"
_PAGE = REPOSITORY / "docs" / "benchmarks.md"
_ROUNDS = 5


def main() -> int:
    """Does what the arguments say and returns the exit status: 0 even for a goal that is missed, which is a finding."""
    arguments = _arguments()
    if arguments.list:
        for name in _BENCHMARKS:
            print(f"{name:<26}{_explanation(name).splitlines()[0]}")
        return 0
    if arguments.document:
        return _document()
    if not is_private():
        _PREPARATIONS.get(arguments.name, lambda: None)()
        return run_privately([sys.executable, "-m", "benchmarks", *sys.argv[1:]])
    try:
        _run(arguments)
        return 0
    except KeyboardInterrupt:
        return 130
    except (RuntimeError, AssertionError, OSError) as error:
        print(f"roundtrip bench: {error}", file=sys.stderr)
        return 1


def _run(arguments: argparse.Namespace) -> None:
    print(f"{arguments.name}: {_explanation(arguments.name).splitlines()[0]}", flush=True)
    figures = _BENCHMARKS[arguments.name].measure(arguments.rounds)
    print()
    for figure in figures:
        met = "met" if figure.met else "missed"
        goal = "" if figure.goal is None else f"   goal {figure.goal:.4g} {figure.unit}: {met}"
        peer = "" if figure.ratio is None else f"   {figure.ratio:.3g} x {figure.peer_name}"
        print(f"  {figure.name:<36}{figure.ours:8.2f} {figure.unit}{goal}{peer}")
    if arguments.report:
        write(report(arguments.name, figures), arguments.report)


def _document() -> int:
    reports = [json.loads(file.read_text()) for file in sorted(_FOLDER.glob("*.json"))]
    if not reports:
        print(f"roundtrip bench: no reports in {_FOLDER}; write some with bench NAME --report", file=sys.stderr)
        return 1
    explanations = {name: _explanation(name) for name in _BENCHMARKS}
    _PAGE.write_text(page(reports, {**explanations, "demo": inspect.getdoc(demo.story) or ""}))
    print(_PAGE)
    return 0


def _explanation(name: str) -> str:
    return inspect.getdoc(_BENCHMARKS[name]) or ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="roundtrip bench", description="Measures, beside a peer where there is one.")
    parser.add_argument("name", nargs="?", choices=list(_BENCHMARKS), metavar="NAME", help=", ".join(_BENCHMARKS))
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"measured rounds (default {_ROUNDS})")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the figures to FILE as JSON")
    parser.add_argument("--document", action="store_true",
                        help=f"make {_PAGE.relative_to(REPOSITORY)} from {_FOLDER.relative_to(REPOSITORY)}/*.json")
    arguments = parser.parse_args()
    if not (arguments.name or arguments.list or arguments.document):
        parser.error("say which: " + ", ".join(_BENCHMARKS))
    if arguments.rounds < 1:
        parser.error("--rounds: at least 1")
    if arguments.report:
        arguments.report = arguments.report.resolve()
        if not os.access(arguments.report.parent, os.W_OK):
            parser.error(f"--report: can't write to {arguments.report.parent}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
