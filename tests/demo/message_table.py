# SPDX-License-Identifier: Apache-2.0
"""What the scene of messages prints, as pure functions from what was seen to lines of text."""

from __future__ import annotations

from typing import Any, Sequence

from messaging.account import Account
from topologies.description import Network


def way(network: Network, hops: Sequence[dict[str, Any]]) -> str:
    """The switches of a path, from one end to the other."""
    return " - ".join(network.switch_of(hop["device"]).name for hop in hops)


def account_table(rows: Sequence[tuple[str, Account]]) -> list[str]:
    """What became of the messages of all steps, below each other."""
    lines = [f"    {'':<22}{'sent':>6}{'delivered':>11}{'lost':>6}{'duplicates':>12}{'median':>10}{'99 %':>10}"
             f"{'longest gap':>13}"]
    for name, account in rows:
        lines.append(f"    {name:<22}{account.confirmed:>6}{account.delivered:>11}{len(account.lost):>6}"
                     f"{len(account.duplicates):>12}{account.latency(0.5):>7.0f} ms{account.latency(0.99):>7.0f} ms"
                     f"{account.longest_gap:>11.1f} s")
    return lines


def verdict(account: Account) -> str:
    """What it comes to."""
    if account.is_flawless:
        return "Each message arrived once, and those of a key in the order in which they were sent."
    return (f"{len(account.lost)} messages were lost, {len(account.duplicates)} came more than once,"
            f" {len(account.reordered)} out of order.")
