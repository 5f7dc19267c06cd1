# SPDX-License-Identifier: Apache-2.0
"""Reports."""

import json
from pathlib import Path

import pytest

from reports.report import Figure, report, write


@pytest.mark.parametrize(("ours", "met"), [(99.0, True), (100.0, True), (-100.5, False), (101.0, False)])
def test_a_goal_is_met_by_size(ours: float, met: bool) -> None:
    assert Figure("error", "us", ours, 1, goal=100).met is met


def test_without_a_goal_or_a_peer_there_is_no_verdict() -> None:
    figure = Figure("time", "s", 1.0, 5)

    assert figure.met is None and figure.ratio is None


def test_a_report_names_machine_and_commit_and_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    write(report("demo", [Figure("time", "s", 3.0, 5, peer=2.0, peer_name="plain")], {"more": True}), file)

    document = json.loads(file.read_text())
    assert set(document) == {"name", "commit", "machine", "figures", "more"}
    assert document["figures"][0]["ratio"] == 1.5
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
