# SPDX-License-Identifier: Apache-2.0
"""A systemd of our own, which starts services as that of a node does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Mapping

from topologies.awaiting import await_until
from topologies.processes import CommandFailed, bound_to_parent, end, start

_SYSTEMD = "/lib/systemd/systemd"
_TARGET = "roundtrip-test.target"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_SECONDS_TO_BOOT = 60.0
_SECONDS_TO_ANSWER = 60.0
_SECONDS_TO_GO = 10.0

#: Services that belong to the machine, which units of ours may ask for.
_MASKED = ("openvswitch-switch.service",)

# Process 1 of its namespaces. Its files are those of this machine with a layer in memory on top: whatever it writes or
# cleans up, nothing of it is there afterwards. Settings of the kernel and devices it can't change.
_BOOT = """
set -eu
layers=$1 root=$1/root
shift
mount --make-rprivate /
mount -t tmpfs -o mode=755 layers "$layers"
mkdir "$layers/upper" "$layers/work" "$root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" "$root"
while [ $# -gt 0 ]; do
    mkdir -p "$root$(dirname "$2")"
    cp -r --preserve=mode -T "$1" "$root$2"
    shift 2
done
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 run "$root/run"
mkdir "$root/run/lock"
mount -t tmpfs tmp "$root/tmp"
mount -t tmpfs -o mode=755 log "$root/var/log"
mount -t tmpfs -o mode=755 dev "$root/dev"
for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s pts/ptmx "$root/dev/ptmx"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance devpts "$root/dev/pts"
mount -t tmpfs shm "$root/dev/shm"
ip link set lo up
cd "$root"
pivot_root . mnt
cd /
umount -l /mnt
# systemd hands secrets to services by mounts that it makes in a namespace of their own.
mount --make-rshared /
exec env -i container=roundtrip-test PATH="$PATH" "$SYSTEMD" --system --unit="$TARGET"
"""

_TARGET_UNIT = """[Unit]
Description=Where tests begin
Requires=sysinit.target
AllowIsolate=yes
"""


class Systemd:
    """A systemd in namespaces of its own, with a network of its own that has no interface but the loopback one.

    Needs the rights of root on the machine, not only in a user namespace. Not safe for several threads.
    """

    def __init__(self, folder: Path, installed: Mapping[str, Path]) -> None:
        """
        :param folder: for what it needs here; it stays empty
        :param installed: files and folders that it finds where the keys say, beside those of this machine
        """
        self._layers = folder / "layers"
        self._groups = folder / "groups"
        self._target = folder / _TARGET
        self._log = folder / "systemd.log"
        self._installed = installed
        self._process: subprocess.Popen[bytes] | None = None
        self._first = 0

    def __enter__(self) -> Systemd:
        self._layers.mkdir()
        self._groups.mkdir()
        self._target.write_text(_TARGET_UNIT)
        group = self._make_group()
        places = {**{f"/etc/systemd/system/{name}": Path("/dev/null") for name in _MASKED}, **self._installed,
                  f"/etc/systemd/system/{_TARGET}": self._target}
        arguments = [word for place, source in places.items() for word in (str(source), place)]
        # Only what is in the group when it gets its namespace has it as its root.
        self._process = start(["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(group),
                               *bound_to_parent(["unshare", "--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup",
                                                 "--fork", "--kill-child", "sh", "-c", _BOOT, "sh",
                                                 str(self._layers), *arguments])], self._log,
                              {"PATH": _PATH, "SYSTEMD": _SYSTEMD, "TARGET": _TARGET})
        try:
            await_until(self._is_up, _SECONDS_TO_BOOT, "systemd", self._log.read_text)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _make_group(self) -> Path:
        """Makes the control group below which it makes its own."""
        subprocess.run(["mount", "-t", "cgroup2", "cgroup2", str(self._groups)], check=True)
        lines = Path("/proc/self/cgroup").read_text().splitlines()
        own = next(line.removeprefix("0::") for line in lines if line.startswith("0::"))
        group = self._groups / own.lstrip("/") / f"roundtrip-test-{os.getpid()}"
        group.mkdir()
        return group

    def _is_up(self) -> bool:
        assert self._process is not None and self._process.poll() is None, "it has ended"
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        self._first = int(children[0])
        return self.run("systemctl", "is-active", _TARGET).strip() == "active"

    def run(self, *command: str) -> str:
        """Runs a command beside systemd to its end, and returns what it printed.

        :raises CommandFailed: if it fails
        """
        done = subprocess.run(["nsenter", "--target", str(self._first), "--mount", "--pid", "--net", "--uts", "--ipc",
                               "--cgroup", "--", *command], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=_SECONDS_TO_ANSWER,
                              env={"PATH": _PATH, "LC_ALL": "C.UTF-8", "SYSTEMD_PAGER": ""})
        if done.returncode:
            raise CommandFailed(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, unit: str) -> None:
        """Starts a unit.

        :raises CommandFailed: with what it has said, if it does not start
        """
        try:
            self.run("systemctl", "start", unit)
        except CommandFailed as failure:
            raise CommandFailed(f"{failure}{self.journal(unit)}") from failure

    def unit(self, name: str) -> dict[str, str]:
        """Returns the properties of a unit, as org.freedesktop.systemd1(5) names them."""
        lines = self.run("systemctl", "show", name).splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def journal(self, unit: str) -> str:
        """Returns what a unit has said."""
        return self.run("journalctl", "--no-pager", "--output=cat", f"--unit={unit}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._process is not None:
            # What it has mounted and started goes with its namespaces.
            self._process.kill()
            end(self._process)
        group = next(self._groups.rglob(f"roundtrip-test-{os.getpid()}"))
        await_until(lambda: self._remove(group), _SECONDS_TO_GO, "the end of all that systemd has started")
        subprocess.run(["umount", str(self._groups)], check=True)

    @staticmethod
    def _remove(group: Path) -> bool:
        for folder, _, _ in os.walk(group, topdown=False):
            os.rmdir(folder)
        return not group.exists()
