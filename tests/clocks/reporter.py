# SPDX-License-Identifier: Apache-2.0
"""The reporter that users run beside ptp4l, beside one of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from types import TracebackType
from urllib.parse import urlsplit

from clocks.ptp4l import ClockClient
from controller.instance import REPOSITORY
from controller.rest import CREDENTIALS, DEFAULT_URL
from topologies.processes import bound_to_parent, end

_PROGRAM = REPOSITORY / "apps" / "clock" / "reporter" / "roundtrip_clock_reporter.py"


class Reporter:
    """Reports what a client measures, whose events must not go to its own monitor. Not safe for several threads."""

    def __init__(self, client: ClockClient, url: str = DEFAULT_URL) -> None:
        """:param url: of a controller that is reached from here"""
        self._client = client
        self._file = client.configuration_file.with_suffix(".reporter")
        self._log = client.configuration_file.with_suffix(".reporter.log")
        self._url = url
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reporter:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the program. The configuration of the client must have been written, as its start does."""
        user, password = CREDENTIALS
        self._file.write_text(f"[reporter]\ncontroller = {self._url}\nuser = {user}\n"
                              f"client = {self._client.host.host_id}\nptp4l = {self._client.configuration_file}\n"
                              "interval = 0.5\ntime-error = yes\n", encoding="utf-8")
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                bound_to_parent([sys.executable, str(_PROGRAM), "--configuration", str(self._file)]),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                env={**os.environ, "ROUNDTRIP_PASSWORD": password})

    def stop(self) -> None:
        """Ends it in an orderly way; one that has ended is fine."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def kill(self) -> None:
        """Ends it without a word."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def runs(self) -> bool:
        """Tells whether it has not ended by itself."""
        return self._process is not None and self._process.poll() is None

    def log(self) -> str:
        """What it has said."""
        return f"reporter of {self._client.host.name} at {urlsplit(self._url).netloc}:\n" + (
            self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else "")
