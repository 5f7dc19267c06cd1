# SPDX-License-Identifier: Apache-2.0
"""How tests came out, from the reports that Maven's and pytest's runs leave behind."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable


@dataclass(frozen=True)
class Count:
    """How many tests came out how, and which of them failed."""

    passed: int = 0
    skipped: int = 0
    failures: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.skipped + other.skipped, self.failures + other.failures)

    @property
    def failed(self) -> int:
        """How many failed."""
        return len(self.failures)

    @property
    def total(self) -> int:
        """All that were to run."""
        return self.passed + self.failed + self.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def count_tests(report: Path) -> Count:
    """Reads one report in the format of JUnit. A report that is cut short counts as one failure."""
    try:
        root = ElementTree.parse(report).getroot()
    except ElementTree.ParseError:
        return Count(failures=(f"{report.name}, a report that is cut short",))
    total = Count()
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            total += Count(failures=(f"{case.get('classname', report.stem)}.{case.get('name', '?')}",))
        elif case.find("skipped") is not None:
            total += Count(skipped=1)
        else:
            total += Count(passed=1)
    return total


def count_all(reports: Iterable[Path]) -> Count:
    """Adds up several reports."""
    return sum((count_tests(report) for report in reports), Count())


def reports_since(folder: Path, kind: str, began: float) -> list[Path]:
    """Finds the reports of Maven that were written since a time.

    :param kind: "surefire" or "failsafe"
    :param began: seconds since the epoch; older reports are those of an earlier run
    """
    found = folder.glob(f"**/target/{kind}-reports/TEST-*.xml")
    return sorted(report for report in found if report.stat().st_mtime >= began)
