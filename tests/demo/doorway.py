# SPDX-License-Identifier: Apache-2.0
"""A way from a private network namespace to a port of this machine, through a socket in the file system.

Nothing is routed and no interface is shared: the namespace reaches this one port and nothing else.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from topologies.awaiting import await_until
from topologies.processes import output_of, start

#: The doorways that the demo needs, and the ports they lead to: the same within the namespace and outside.
DOORWAYS = {"openflow": 6653, "rest": 8181}

_SECONDS_TO_OPEN = 10.0


def doorway_to(port: int, socket: Path) -> subprocess.Popen[bytes]:
    """Lets whoever connects to a socket in the file system reach a port of this machine's 127.0.0.1."""
    process = start(["socat", f"UNIX-LISTEN:{socket},fork,mode=600", f"TCP:127.0.0.1:{port}"],
                    socket.with_suffix(".log"))
    await_until(socket.exists, _SECONDS_TO_OPEN, f"a doorway to port {port}")
    return process


def port_through(socket: Path, port: int) -> subprocess.Popen[bytes]:
    """Makes what is behind a doorway available at a port of 127.0.0.1 in this process's namespace."""
    process = start(["socat", f"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork", f"UNIX-CONNECT:{socket}"],
                    socket.with_suffix(".inner.log"))
    await_until(lambda: output_of(["ss", "-Hltn", f"sport = :{port}"]).strip(), _SECONDS_TO_OPEN, f"port {port}")
    return process
