# SPDX-License-Identifier: Apache-2.0
"""What scenes of the demo have in common: a process in the private namespace, and the user's wishes."""

from __future__ import annotations

import argparse
import os
import queue
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Callable

from demo.doorway import DOORWAYS, port_through
from topologies.processes import end


class Lifeline:
    """Standard input: lines that the user typed, and an end when whoever started this process ends."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="lifeline", daemon=True).start()

    def line(self) -> str:
        """Waits for the next line."""
        while True:
            try:
                # With a timeout, so that an interrupt gets through.
                return self._lines.get(timeout=0.5)
            except queue.Empty:
                continue

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        os.kill(os.getpid(), signal.SIGINT)


def run(tell: Callable[[argparse.Namespace, Lifeline], None]) -> int:
    """Runs a scene inside the namespace, where the controller can be reached, and returns the exit status."""
    # Also when it was ignored by whoever started this: the lifeline ends the scene by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="where the doorways to the controller are")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    try:
        with ExitStack() as stack:
            lifeline = Lifeline()
            for name, port in DOORWAYS.items():
                stack.callback(end, port_through(arguments.folder / name, port))
            tell(arguments, lifeline)
        return 0
    except KeyboardInterrupt:
        return 130
    except (RuntimeError, AssertionError, OSError) as error:
        print(f"\nroundtrip demo: {error}", file=sys.stderr)
        return 1
