# SPDX-License-Identifier: Apache-2.0
"""The controller's log."""

from __future__ import annotations

from datetime import datetime

_TIME = "%Y-%m-%d %H:%M:%S.%f"
_LENGTH_OF_TIME = len("2026-11-22 07:51:43.863")


def lines_between(log: str, begin: datetime, end: datetime) -> list[str]:
    """Returns what was logged within a period, with the lines of stack traces that belong to it.

    :param begin: local time, as in the log
    :param end: local time
    """
    lines = []
    within = False
    for line in log.splitlines():
        try:
            within = begin <= datetime.strptime(line[:_LENGTH_OF_TIME], _TIME) <= end
        except ValueError:
            # It goes on with what the line before has begun.
            pass
        if within:
            lines.append(line)
    return lines
