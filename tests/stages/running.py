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

_LINES_OF_A_FAILURE = 60


def run(command: Sequence[str], log: Path, timeout: float, shown: str, folder: Path) -> bool:
    """Runs a command to its end, and tells whether it succeeded. A failure shows what the command printed last.

    :param log: gets all that the command prints
    :param timeout: seconds after which the command is ended, with all it has started, and counts as failed
    :param shown: a regular expression for the lines that are shown at once
    :param folder: the working folder
    """
    began = time.monotonic()
    with log.open("ab") as output:
        output.write(f"$ {' '.join(command)}\n".encode())
    process = subprocess.Popen(bound_to_parent(command), cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    killer = threading.Timer(timeout, end_session, [process, _SECONDS_TO_END])
    killer.start()
    try:
        _show(process, log, re.compile(shown), began)
        status = process.wait()
    except BaseException:
        end_session(process, _SECONDS_TO_END)
        raise
    finally:
        killer.cancel()
    if status == 0:
        return True
    late = f", ended after {timeout:.0f} s" if time.monotonic() - began >= timeout else ""
    print(f"    failed with status {status}{late}: {' '.join(command)}\n    all of it: {log}")
    for line in log.read_text(errors="replace").splitlines()[-_LINES_OF_A_FAILURE:]:
        print(f"    | {line}")
    print(flush=True)
    return False


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
