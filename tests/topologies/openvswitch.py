# SPDX-License-Identifier: Apache-2.0
"""An Open vSwitch of our own: a database and a daemon with their files in a private folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from topologies.awaiting import await_until
from topologies.processes import end, in_real_time, output_of, start

_SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"
_SECONDS_TO_START = 20.0


class OpenVSwitch:
    """One ovsdb-server and one ovs-vswitchd, which carries all bridges of a network. Not safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """:param folder: an existing folder that is only ours; sockets, database and logs live there"""
        self._folder = folder
        self._environment = {**os.environ, "OVS_RUNDIR": str(folder), "OVS_DBDIR": str(folder),
                             "OVS_LOGDIR": str(folder)}
        self._database: subprocess.Popen[bytes] | None = None
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the tools of Open vSwitch find this instance."""
        return dict(self._environment)

    def start(self) -> None:
        """Starts the database and the daemon and waits until both answer."""
        database = self._folder / "conf.db"
        socket = self._folder / "db.sock"
        output_of(["ovsdb-tool", "create", str(database), _SCHEMA], self._environment)
        self._database = start(["ovsdb-server", str(database), "--no-chdir", "-vsyslog:off", f"--remote=punix:{socket}",
                                f"--pidfile={self._folder / 'ovsdb-server.pid'}",
                                f"--unixctl={self._folder / 'ovsdb-server.ctl'}"],
                               self._folder / "ovsdb-server.log", self._environment)
        await_until(lambda: self.configure("--no-wait", "init") == "", _SECONDS_TO_START, "the switches' database",
                    self.log)
        self.start_daemon()

    def start_daemon(self) -> None:
        """Starts the daemon, which creates every bridge that the database knows, without rules."""
        self._daemon = start(in_real_time(["ovs-vswitchd", f"unix:{self._folder / 'db.sock'}", "--no-chdir",
                                           "-vsyslog:off", f"--pidfile={self._folder / 'ovs-vswitchd.pid'}",
                                           f"--unixctl={self._folder / 'ovs-vswitchd.ctl'}"]),
                             self._folder / "ovs-vswitchd.log", self._environment)
        await_until(lambda: "version" in self.control("version") or True, _SECONDS_TO_START, "the switches' daemon",
                    self.log)

    def kill_daemon(self) -> None:
        """Kills the daemon as a power failure would: every bridge loses its rules, groups and connections."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def stop(self) -> None:
        """Ends daemon and database."""
        for process in (self._daemon, self._database):
            if process is not None:
                end(process)
        self._daemon = None
        self._database = None

    def configure(self, *arguments: str) -> str:
        """Runs ovs-vsctl and returns what it printed."""
        return output_of(["ovs-vsctl", f"--db=unix:{self._folder / 'db.sock'}", "--timeout=20", *arguments],
                         self._environment)

    def control(self, *arguments: str) -> str:
        """Runs ovs-appctl against the daemon and returns what it printed."""
        return output_of(["ovs-appctl", f"--target={self._folder / 'ovs-vswitchd.ctl'}", "--timeout=20", *arguments],
                         self._environment)

    def openflow(self, *arguments: str, text: str | None = None, timeout: float = 60.0) -> str:
        """Runs ovs-ofctl with OpenFlow 1.3 and returns what it printed."""
        return output_of(["ovs-ofctl", "--protocols=OpenFlow13", *arguments], self._environment, timeout, text)

    def log(self) -> str:
        """The last lines of both logs."""
        logs = (self._folder / "ovsdb-server.log", self._folder / "ovs-vswitchd.log")
        return "\n".join(f"{log.name}:\n" + "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                         for log in logs if log.exists())
