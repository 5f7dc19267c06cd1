# SPDX-License-Identifier: Apache-2.0
"""Lines that show how far something is: rewritten in place on a terminal, elsewhere printed now and then."""

from __future__ import annotations

import sys
import time

#: Elsewhere than on a terminal, a line that changes is printed at most every so many seconds.
_SECONDS_BETWEEN_LINES = 5.0


class Progress:
    """One line of progress. Not safe for several threads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = time.monotonic()
        self._last = self._began
        self._in_place = sys.stdout.isatty()

    def show(self, state: str) -> None:
        """Shows where it stands."""
        if self._in_place:
            seconds = f"{time.monotonic() - self._began:.0f} s"
            print(f"\r\033[K  {self._name:<12}{state} ({seconds})", end="", flush=True)
        elif time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            print(f"  {self._name:<12}{state} ...", flush=True)
            self._last = time.monotonic()

    def done(self, state: str) -> None:
        """Shows how it ended, and how long it took."""
        start = "\r\033[K" if self._in_place else ""
        print(f"{start}  {self._name:<12}{state} ({time.monotonic() - self._began:.1f} s)", flush=True)
