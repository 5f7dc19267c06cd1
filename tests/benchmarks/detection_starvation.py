# SPDX-License-Identifier: Apache-2.0
"""False verdicts of an agent on a node without processor time to spare.

Processes that compute all the time, several for each processor, share the machine with two agents, each of which asks
100 members of its own for a page every 100 ms and gives them 80 ms. The members have a better priority than the
agents and answer at once, so that each verdict that one of them is down is false. The peer is the same agent, at the
same time, which does not mind that it did not run itself (`starved-percent = 999999`). A round takes two minutes from
the moment on at which an agent has found all its members up; five rounds are ten minutes. *false_verdicts* are sums
over all rounds, *starved_snapshots* the share of the agent's snapshots in which it said that it lacked processor time.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks.detection_agent_load import AGENT_LOAD
from detection.nodes import PROGRAM
from reports.report import Figure
from topologies.processes import end, start

_MEMBERS = 100
_INTERVAL = 100
_TIMEOUT = 80
_SECONDS = 120
_BUSY_FOR_EACH_PROCESSOR = 8
#: What competes for the processors: members do not, as if they had some of their own.
_BUSY = "nice -n 10"
_UNAWARE = "starved-percent = 999999"
_PEER = "without starvation awareness"

#: Builds what is measured.
prepare = AGENT_LOAD.build


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    ours, peer = [], []
    for number in range(1, rounds + 1):
        with _BusyProcessors(), ThreadPoolExecutor() as pool:
            aware = pool.submit(_run)
            unaware = pool.submit(_run, _UNAWARE)
            ours.append(aware.result())
            peer.append(unaware.result())
        print(f"  round {number}: {ours[-1]['wentDown']} false verdicts, {_PEER} {peer[-1]['wentDown']};"
              f" starved in {ours[-1]['starvedSnapshots']} of {ours[-1]['snapshots']} snapshots", flush=True)
    return figures(ours, peer)


def figures(ours: Sequence[Mapping[str, Any]], peer: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Returns the figures of the results of some rounds."""
    probes = round(sum(result["probesPerSecond"] * _SECONDS for result in ours))
    shares = [result["starvedSnapshots"] / result["snapshots"] for result in ours]
    return [Figure("false_verdicts", "verdicts", float(_false(ours)), probes, peer=float(_false(peer)),
                   peer_name=_PEER, goal=0.0),
            Figure("starved_snapshots", "share", sum(shares) / len(shares), sum(result["snapshots"] for result in ours),
                   max(shares) - min(shares))]


def _false(results: Sequence[Mapping[str, Any]]) -> int:
    return sum(result["wentDown"] for result in results)


def _run(*settings: str) -> Mapping[str, Any]:
    return AGENT_LOAD.run("http", _MEMBERS, _INTERVAL, _TIMEOUT, _SECONDS, f"{_BUSY} {PROGRAM}", *settings)


class _BusyProcessors:
    """Processes that leave no processor idle. A context manager."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> None:
        for _ in range(_BUSY_FOR_EACH_PROCESSOR * (os.cpu_count() or 1)):
            self._stack.callback(end, start([*_BUSY.split(), "sh", "-c", "while :; do :; done"], Path(os.devnull)))

    def __exit__(self, *error: object) -> None:
        self._stack.close()
