# SPDX-License-Identifier: Apache-2.0
"""Makes the page of benchmarks from reports."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

_HEAD = """# Benchmarks

Made from the reports in this folder by `./roundtrip bench --document`; nothing here is written by hand.
*ratio* is ours / peer from one interleaved run, *spread* the largest value less the smallest, unless said otherwise.
"""


def page(reports: Sequence[Mapping[str, Any]], explanations: Mapping[str, str]) -> str:
    """Returns the page in Markdown.

    :param reports: the reports, in the order in which they appear
    :param explanations: what was measured and how, by the name of a report
    """
    return "\n".join([_HEAD, *(_section(report, explanations.get(report["name"], "")) for report in reports)])


def _section(report: Mapping[str, Any], explanation: str) -> str:
    machine = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in report["machine"].items())
    rows = [_row(figure) for figure in report["figures"]]
    return "\n".join([f"## {report['name']}", "", explanation.strip(), "",
                      "| figure | ours | peer | ratio | goal | met | samples | spread |",
                      "|---|---|---|---|---|---|---|---|", *rows, "",
                      f"Commit {report['commit']}; {machine}.", ""])


def _row(figure: Mapping[str, Any]) -> str:
    unit = figure["unit"]
    peer = "" if figure["peer"] is None else f"{figure['peer']:g} {unit} ({figure['peer_name']})"
    ratio = "" if figure["ratio"] is None else f"{figure['ratio']:{'.2f' if figure['ratio'] >= 0.1 else '.2g'}}"
    goal = "" if figure["goal"] is None else f"at most {figure['goal']:.4g} {unit}"
    met = {True: "yes", False: "**no**", None: ""}[figure["met"]]
    spread = "" if figure["spread"] is None else f"{figure['spread']:g} {unit}"
    return (f"| {figure['name']} | {figure['ours']:g} {unit} | {peer} | {ratio} | {goal} | {met} |"
            f" {figure['samples']} | {spread} |")
