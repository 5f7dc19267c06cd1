# SPDX-License-Identifier: Apache-2.0
"""Waiting."""

import pytest

from topologies.awaiting import NotInTime, await_until, holds_for


def test_returns_the_value_once_it_is_true() -> None:
    values = iter([0, [], "there"])

    assert await_until(lambda: next(values), 5, "a value") == "there"


def test_an_error_counts_as_not_yet() -> None:
    answers = iter([OSError("refused"), RuntimeError("not yet"), None])

    def ask() -> bool:
        answer = next(answers)
        if answer is not None:
            raise answer
        return True

    assert await_until(ask, 5, "an answer")


def test_a_failure_says_what_was_seen() -> None:
    with pytest.raises(NotInTime, match="(?s)six devices.*the last look gave set.*switches: none"):
        await_until(set, 0, "six devices", lambda: "switches: none")


def test_a_description_that_fails_does_not_hide_the_failure() -> None:
    with pytest.raises(NotInTime, match="no description"):
        await_until(lambda: False, 0, "something", lambda: str(1 // 0))


def test_what_must_hold_is_watched() -> None:
    values = iter([True, True, False])

    with pytest.raises(NotInTime, match="rules stay"):
        holds_for(lambda: next(values), 5, "rules stay")
