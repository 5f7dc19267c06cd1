# SPDX-License-Identifier: Apache-2.0
"""Watching rules that must stay as they are."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType

from e2e.environment import Environment
from topologies.rules import Rule

_SECONDS_BETWEEN_LOOKS = 0.1
_LOG_BEFORE = timedelta(seconds=3)
_LOG_AFTER = timedelta(seconds=1)
_MOST_LINES = 80


@dataclass
class Violation:
    """Something that was seen and should not be. Times are in seconds since the watch began."""

    what: str
    first: float
    last: float
    looks: int = 1

    def __str__(self) -> str:
        return f"{self.what}: from {self.first:.1f} to {self.last:.1f} s, in {self.looks} looks"


class RuleWatch:
    """Watches in a thread of its own that rules stay in the switches and are never put in anew."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._ages = {rule.identity: (rule.age, rule.actions) for rule in environment.rules_of_sessions()}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="rule watch", daemon=True)
        self._violations: dict[str, Violation] = {}
        self._began = time.monotonic()
        self._began_at = datetime.now()
        self.looks = 0

    def __enter__(self) -> RuleWatch:
        assert self._ages, "no rules to watch"
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def violations(self) -> list[Violation]:
        """What was seen that should not be, in the order in which it was seen first."""
        return list(self._violations.values())

    def report(self) -> str:
        """What was seen that should not be, what is there instead, and what the controller did meanwhile."""
        violations = self.violations
        if not violations:
            return "every rule has stayed"
        first = self._began_at + timedelta(seconds=violations[0].first)
        others = [rule for rule in self._environment.rules_of_sessions() if rule.identity not in self._ages]
        log = self._environment.instance.log_between(first - _LOG_BEFORE, first + _LOG_AFTER)
        return "\n".join([*map(str, violations), "there now, and not before:", *map(str, others),
                          f"the controller at {first}:", *log[-_MOST_LINES:]])

    def _watch(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            self._look({rule.identity: rule for rule in self._environment.rules_of_sessions()})
            self.looks += 1

    def _look(self, present: dict[tuple[str, int, int, str], Rule]) -> None:
        for identity, (age, actions) in self._ages.items():
            rule = present.get(identity)
            if rule is None:
                self._take(f"{identity} is gone")
            elif rule.age < age:
                self._take(f"{identity} was put in anew")
            elif rule.actions != actions:
                self._take(f"{identity} does {rule.actions} instead of {actions}")
            else:
                self._ages[identity] = (rule.age, actions)

    def _take(self, what: str) -> None:
        now = time.monotonic() - self._began
        violation = self._violations.setdefault(what, Violation(what, now, now, 0))
        violation.last = now
        violation.looks += 1
