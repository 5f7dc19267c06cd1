# SPDX-License-Identifier: Apache-2.0
"""The WAN to one of two data centres is cut for ten minutes, beside MirrorMaker 2.

As in messaging-cut, but for ten minutes: 3,000,000 messages have to be caught up.
"""

from __future__ import annotations

from benchmarks import messaging_cut
from reports.report import Figure

_SECONDS = 600.0

#: Builds what is measured.
prepare = messaging_cut.prepare


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    return messaging_cut.measure(rounds, _SECONDS)
