# SPDX-License-Identifier: Apache-2.0
"""Waiting for conditions, never for time."""

from __future__ import annotations

import time
from typing import Callable, TypeVar

Value = TypeVar("Value")

#: The pause between two looks at a condition: short beside anything awaited, long beside the cost of a look.
_SECONDS_BETWEEN_LOOKS = 0.05


class NotInTime(AssertionError):
    """A condition did not come true in time. The message says what was seen last."""


def await_until(condition: Callable[[], Value], timeout: float, awaited: str,
                describe: Callable[[], str] = lambda: "") -> Value:
    """Looks at a condition until it is true, and returns its value.

    An exception from the condition counts as "not yet", because most conditions ask something that is starting.

    :param condition: what must become true; its value is returned
    :param timeout: seconds until it is given up
    :param awaited: what is awaited, for the message: "six devices"
    :param describe: asked on failure for what there is instead: states, rules, logs
    :raises NotInTime: if it does not come true in time
    """
    deadline = time.monotonic() + timeout
    seen: object = None
    while True:
        try:
            value = condition()
            if value:
                return value
            seen = value
        except (OSError, ValueError, LookupError, RuntimeError, AssertionError) as error:
            seen = error
        if time.monotonic() >= deadline:
            break
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    raise NotInTime(f"{awaited}: not after {timeout:.0f} s; the last look gave {seen!r}\n{_described(describe)}")


def holds_for(condition: Callable[[], object], seconds: float, held: str,
              describe: Callable[[], str] = lambda: "") -> None:
    """Makes sure that a condition stays true for a while.

    :param describe: asked on failure for what there is instead
    :raises NotInTime: at the first look that finds it false
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if not value:
            raise NotInTime(f"{held}: no longer true; the look gave {value!r}\n{_described(describe)}")
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _described(describe: Callable[[], str]) -> str:
    """A description that fails must not hide the failure it describes."""
    try:
        return describe()
    except Exception as error:  # pylint: disable=broad-except
        return f"(no description: {error!r})"
