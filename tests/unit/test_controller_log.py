# SPDX-License-Identifier: Apache-2.0
"""What is read from the controller's log."""

from datetime import datetime

from controller.log import lines_between

_LOG = """of a line that was cut off
2026-11-22 07:51:43.116 INFO  DeviceManager                Device of:000000000000000b connected [report-1]
2026-11-22 07:51:43.863 WARN  PathChooser                  Path a has failed [reconcile]
java.lang.IllegalStateException: no
    at org.roundtrip.Some.method(Some.java:1)
2026-11-22 07:51:44.904 INFO  PathReconciler               Path a is UP [reconcile]
"""


def _at(second: int, millisecond: int) -> datetime:
    return datetime(2026, 11, 22, 7, 51, second, millisecond * 1000)


def test_finds_what_was_logged_within_a_period_and_its_stack_traces() -> None:
    assert lines_between(_LOG, _at(43, 200), _at(44, 0)) == _LOG.splitlines()[2:5]


def test_takes_in_both_ends() -> None:
    assert lines_between(_LOG, _at(43, 116), _at(44, 904)) == _LOG.splitlines()[1:]


def test_finds_nothing_in_a_quiet_period() -> None:
    assert not lines_between(_LOG, _at(45, 0), _at(50, 0))
    assert not lines_between("", _at(43, 0), _at(50, 0))
