# SPDX-License-Identifier: Apache-2.0
"""How tests came out."""

import os
from pathlib import Path

from stages.results import Count, count_all, count_tests, reports_since

_REPORT = """<testsuites><testsuite>
  <testcase name="one"/>
  <testcase classname="of.Two" name="two"><failure message="no"/></testcase>
  <testcase name="three"><error/></testcase>
  <testcase name="four"><skipped/></testcase>
  <testcase name="five"><system-out>text</system-out></testcase>
</testsuite></testsuites>"""


def test_counts_every_way_a_test_can_end(tmp_path: Path) -> None:
    report = tmp_path / "TEST-x.xml"
    report.write_text(_REPORT)

    failures = ("of.Two.two", "TEST-x.three")
    assert count_all([report, report]) == Count(4, 2, failures + failures)


def test_a_report_that_is_cut_short_is_a_failure(tmp_path: Path) -> None:
    report = tmp_path / "TEST-x.xml"
    report.write_text(_REPORT[:100])

    assert count_tests(report) == Count(failures=("TEST-x.xml, a report that is cut short",))


def test_reports_of_an_earlier_run_do_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "module" / "target" / "surefire-reports"
    folder.mkdir(parents=True)
    for name, age in (("TEST-old.xml", 100), ("TEST-new.xml", 300)):
        (folder / name).write_text(_REPORT)
        os.utime(folder / name, (age, age))

    assert reports_since(tmp_path, "surefire", 200) == [folder / "TEST-new.xml"]


def test_the_sum_is_said_as_agreed() -> None:
    assert (str(Count(3)), str(Count(3, 2, ("one",)))) == ("3 passed, 0 failed", "3 passed, 1 failed, 2 skipped")
