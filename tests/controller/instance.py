# SPDX-License-Identifier: Apache-2.0
"""One running controller, as the child of this process."""

from __future__ import annotations

import os
import re
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Callable

from controller.log import lines_between
from controller.rest import Controller
from topologies.awaiting import NotInTime
from topologies.processes import end, start

#: The repository, and in it the distribution that the build makes.
REPOSITORY = Path(__file__).resolve().parents[2]
DISTRIBUTION = REPOSITORY / "karaf-distribution" / "assembly" / "target" / "assembly"

#: Where an instance and compiled programs are kept from one run to the next, unless told otherwise.
INSTANCE = Path(os.environ.get("ROUNDTRIP_HOME", REPOSITORY / ".roundtrip"))

_SECONDS_TO_START = 240.0
_SECONDS_TO_END = 20.0
_SECONDS_TO_INSPECT = 120.0
_SECONDS_BETWEEN_LOOKS = 0.25


class ControllerInstance:
    """A controller with a folder of its own. It dies with this process. Not safe for several threads."""

    def __init__(self, home: Path, distribution: Path = DISTRIBUTION) -> None:
        """
        :param home: the folder for all that is its own; what is in it from an earlier run is taken up again
        :param distribution: the built distribution
        """
        self.home = home
        self._distribution = distribution
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, progress: Callable[[float], None] = lambda seconds: None) -> None:
        """Starts the controller and waits until all its components run.

        :param progress: is called every now and then with the seconds that have passed
        :raises NotInTime: if it does not get ready in time; the message holds the end of its log
        """
        program = self._distribution / "bin" / "controller"
        if not program.exists():
            raise RuntimeError(f"{program} is missing: build it with ./roundtrip build")
        self.home.mkdir(parents=True, exist_ok=True)
        self._process = start([str(program), "--home", str(self.home)], self.home / "output.log")
        try:
            self._await_ready(progress)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends the controller in an orderly way."""
        if self._process is not None:
            end(self._process, _SECONDS_TO_END)
            self._process = None

    def kill(self) -> None:
        """Ends the controller as a power failure would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def run_command(self, command: str, timeout: float = 60.0) -> str:
        """Runs a command of the controller's command line and returns what it printed, errors included."""
        client = self._distribution / "bin" / "client"
        # Without a terminal the client takes commands from its input only.
        result = subprocess.run([str(client), "-b", "-h", "127.0.0.1", "-a", "8101", "-u", "onos", "-p", "rocks"],
                                input=f"{command}\n", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                timeout=timeout, check=False)
        return result.stdout

    def live_heap(self) -> int:
        """How many bytes of its heap are reachable, after garbage collection.

        :raises RuntimeError: if it does not run, or does not say
        """
        if self._process is None:
            raise RuntimeError(f"no controller runs in {self.home}")
        inspector = Path(f"/proc/{self._process.pid}/exe").resolve().with_name("jcmd")
        said = subprocess.run([str(inspector), str(self._process.pid), "GC.class_histogram"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_SECONDS_TO_INSPECT,
                              check=False).stdout
        total = re.search(r"^Total\s+\d+\s+(\d+)\s*$", said, re.MULTILINE)
        if total is None:
            raise RuntimeError(f"no histogram of the heap:\n{said[-2000:]}")
        return int(total[1])

    def processor_seconds(self) -> float:
        """How much processor time it has taken since its start, on all processors.

        :raises RuntimeError: if it does not run
        """
        if self._process is None:
            raise RuntimeError(f"no controller runs in {self.home}")
        # proc(5): the fields after the name, which may have spaces in it, begin with the third.
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[14 - 3]) + int(fields[15 - 3])) / os.sysconf("SC_CLK_TCK")

    def log(self) -> str:
        """The end of its log."""
        for name in ("log/controller.log", "output.log"):
            file = self.home / name
            if file.exists() and file.stat().st_size > 0:
                return f"{file}:\n" + "\n".join(file.read_text(errors="replace").splitlines()[-40:])
        return f"{self.home}: no log"

    def log_between(self, begin: datetime, end: datetime) -> list[str]:
        """What it has logged within a period of local time."""
        file = self.home / "log" / "controller.log"
        return lines_between(file.read_text(errors="replace"), begin, end) if file.exists() else []

    def _await_ready(self, progress: Callable[[float], None]) -> None:
        assert self._process is not None
        client = Controller()
        began = time.monotonic()
        reason = "it does not answer"
        while time.monotonic() - began < _SECONDS_TO_START:
            if self._process.poll() is not None:
                raise RuntimeError(f"the controller has ended with status {self._process.returncode}\n{self.log()}")
            try:
                if client.is_ready():
                    return
                reason = client.readiness()
            except OSError:
                pass
            progress(time.monotonic() - began)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        raise NotInTime(f"the controller is not ready after {_SECONDS_TO_START:.0f} s: {reason}\n{self.log()}")
