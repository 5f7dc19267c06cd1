# SPDX-License-Identifier: Apache-2.0
"""Processes of services on hosts of emulated networks."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path
from typing import Protocol, Sequence

from topologies.processes import end, start


class _Place(Protocol):
    """Where a process runs."""

    def inside(self, command: Sequence[str]) -> list[str]:
        """Returns the command such that it runs there."""


class HostProcess:
    """A service on a host, which can end in all the ways in which processes end. A context manager that runs it.

    Its log goes on when it is started again. Not safe for several threads.
    """

    def __init__(self, host: _Place, command: Sequence[str], log: Path) -> None:
        """
        :param command: what starts it, with its configuration file
        """
        self._host = host
        self._command = tuple(command)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> HostProcess:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            # What is stopped would not hear that it should end.
            self._process.send_signal(signal.SIGCONT)
            end(self._process)
            self._process = None

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of its process.

        :raises RuntimeError: if it does not run
        """
        return self._running().pid

    def start(self) -> None:
        """Starts it.

        :raises RuntimeError: if it runs
        """
        if self.is_running:
            raise RuntimeError(f"{self._command[0]} runs")
        self._process = start(self._host.inside(self._command), self._log)

    def stop(self) -> int:
        """Ends it as an operator does, and returns its exit status, which is negative after a signal."""
        process = self._running()
        end(process)
        return process.returncode

    def kill(self) -> None:
        """Ends it at once, so that it can't say anything to anybody."""
        process = self._running()
        process.kill()
        process.wait()

    def starve(self) -> None:
        """Gives it no time at all, as a machine that is overloaded, until :meth:`feed`."""
        self._running().send_signal(signal.SIGSTOP)

    def feed(self) -> None:
        """Lets it go on."""
        self._running().send_signal(signal.SIGCONT)

    def log(self) -> str:
        """What it has said, since it was started for the first time."""
        return self._log.read_text() if self._log.exists() else ""

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or not self.is_running:
            raise RuntimeError(f"{self._command[0]} does not run\n{self.log()}")
        return self._process
