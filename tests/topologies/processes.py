# SPDX-License-Identifier: Apache-2.0
"""Child processes that never outlive their parent, and real-time priority where the system grants it."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
from pathlib import Path
from typing import Any, Mapping, Sequence

#: SCHED_FIFO priority of whatever forwards frames: above every ordinary process, below the kernel's own threads.
FORWARDING_PRIORITY = 40

#: How long a process has to end after SIGTERM before it gets SIGKILL.
_SECONDS_TO_END = 5.0


class CommandFailed(RuntimeError):
    """A command ended with an error. The message holds the command and what it printed."""


def bound_to_parent(command: Sequence[str]) -> list[str]:
    """Returns the command such that the kernel kills it when the thread that started it ends, however it ends."""
    return ["setpriv", "--pdeathsig", "KILL", "--", *command]


@functools.lru_cache(maxsize=None)
def real_time_is_allowed() -> bool:
    """Tells whether this process may start others under SCHED_FIFO."""
    probe = subprocess.run(["chrt", "--fifo", str(FORWARDING_PRIORITY), "true"], capture_output=True, check=False)
    return probe.returncode == 0


def in_real_time(command: Sequence[str]) -> list[str]:
    """Returns the command such that it runs under SCHED_FIFO, or unchanged where that is not allowed.

    A switch that has to wait for a processor makes the two directions of a path unequal, which is the very thing the
    tests measure. Without the privilege medians still hold, but the tails reach milliseconds.
    """
    return ["chrt", "--fifo", str(FORWARDING_PRIORITY), *command] if real_time_is_allowed() else list(command)


def start(command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Starts a process of ours with its output appended to a log. It dies with this process.

    It has a session of its own: an interrupt from the terminal does not reach it, so that this process ends it in turn.
    """
    with log.open("ab") as output:
        return subprocess.Popen(bound_to_parent(command), stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.STDOUT, env=environment, start_new_session=True)


def end(process: subprocess.Popen[Any], patience: float = _SECONDS_TO_END) -> None:
    """Ends a process: politely first, then for good. A process that has ended already is fine.

    :param patience: the seconds that it has to end by itself
    """
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def end_session(process: subprocess.Popen[bytes], patience: float) -> None:
    """Ends a process that leads a session of its own, and all that it has started in there.

    They get an interrupt, as from a terminal, so that they can clean up, and what is left after a while is killed.
    """
    for number in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is not None:
            return
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def output_of(command: Sequence[str], environment: Mapping[str, str] | None = None, timeout: float = 30.0,
              text: str | None = None) -> str:
    """Runs a command to its end and returns what it printed.

    :param text: what the command reads on its standard input
    :raises CommandFailed: if it ends with an error or does not end in time
    """
    try:
        result = subprocess.run(list(command), input=text, env=environment, timeout=timeout, text=True, check=False,
                                stdin=subprocess.DEVNULL if text is None else None,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired as expired:
        raise CommandFailed(f"{' '.join(command)}: no end after {timeout:.0f} s") from expired
    if result.returncode != 0:
        raise CommandFailed(f"{' '.join(command)}: exit status {result.returncode}: {result.stdout.strip()}")
    return result.stdout
