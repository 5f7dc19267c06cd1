# SPDX-License-Identifier: Apache-2.0
"""Runs a command with its whole output in a log and the lines that tell how far it is on the screen."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from pathlib import Path
from typing import Sequence

from topologies.processes import bound_to_parent, end_session

#: After so many seconds without a line worth showing, a sign of life is shown.
_SECONDS_OF_SILENCE = 30.0

_SECONDS_TO_END = 20.0

#: How often it is seen to whether a command has ended.
_SECONDS_OF_ATTENTION = 0.2

_LINES_OF_A_FAILURE = 60


class Interrupted(Exception):
    """The command was ended because nobody waits for its result any more."""


class Interruption:
    """Ends commands that run in other threads. Thread-safe."""

    def __init__(self) -> None:
        self._happened = threading.Event()

    def happen(self) -> None:
        """Ends those that run, and those that begin later at once."""
        self._happened.set()

    def wait(self, timeout: float) -> bool:
        """Waits for it, and tells whether it has happened."""
        return self._happened.wait(timeout)


def run(command: Sequence[str], log: Path, timeout: float, shown: str, folder: Path,
        interruption: Interruption = Interruption()) -> bool:
    """Runs a command to its end, and tells whether it succeeded. A failure shows what the command printed last.

    :param log: gets all that the command prints
    :param timeout: seconds after which the command is ended, with all it has started, and counts as failed
    :param shown: a regular expression for the lines that are shown at once
    :param folder: the working folder
    :param interruption: ends the command, with all it has started
    :raises Interrupted: if it was ended in that way
    """
    began = time.monotonic()
    with log.open("ab") as output:
        output.write(f"$ {' '.join(command)}\n".encode())
    process = subprocess.Popen(bound_to_parent(command), cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    ending = threading.Thread(target=_end, args=(process, began + timeout, interruption), name="end in time")
    ending.start()
    try:
        _show(process, log, re.compile(shown), began)
        status = process.wait()
    except BaseException:
        end_session(process, _SECONDS_TO_END)
        raise
    finally:
        ending.join()
    if interruption.wait(0):
        raise Interrupted
    if status == 0:
        return True
    late = f", ended after {timeout:.0f} s" if time.monotonic() - began >= timeout else ""
    print(f"    failed with status {status}{late}: {' '.join(command)}\n    all of it: {log}")
    for line in log.read_text(errors="replace").splitlines()[-_LINES_OF_A_FAILURE:]:
        print(f"    | {line}")
    print(flush=True)
    return False


def _end(process: subprocess.Popen[bytes], deadline: float, interruption: Interruption) -> None:
    while process.poll() is None:
        if interruption.wait(_SECONDS_OF_ATTENTION) or time.monotonic() >= deadline:
            end_session(process, _SECONDS_TO_END)


def _show(process: subprocess.Popen[bytes], log: Path, shown: re.Pattern[str], began: float) -> None:
    assert process.stdout is not None
    last = [time.monotonic()]
    ended = threading.Event()

    def show_life() -> None:
        while not ended.wait(1.0):
            if time.monotonic() - last[0] >= _SECONDS_OF_SILENCE:
                print(f"    ... {time.monotonic() - began:.0f} s", flush=True)
                last[0] = time.monotonic()

    life = threading.Thread(target=show_life, name="sign of life", daemon=True)
    life.start()
    with log.open("ab") as output:
        for line in process.stdout:
            output.write(line)
            output.flush()
            text = line.decode(errors="replace").rstrip()
            if shown.search(text):
                print(f"    {text}", flush=True)
                last[0] = time.monotonic()
    ended.set()
    life.join()
