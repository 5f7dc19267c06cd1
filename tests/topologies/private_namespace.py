# SPDX-License-Identifier: Apache-2.0
"""A namespace of its own for everything that an emulated network consists of.

    python3 -m topologies.private_namespace COMMAND [ARGUMENT...]

runs a command in new network, process and mount namespaces, in which it is process 1. When the command ends, or when
whoever started it is killed, the kernel ends every process in there and removes every interface with the namespace.
Nothing has to be cleaned up by name, and nothing outside is ever touched.

Without the rights of root the same happens in a user namespace. There the system grants no real-time priority, and
measurements have longer tails.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Sequence

from topologies.processes import bound_to_parent, end_session

#: Set for the processes in such a namespace.
_MARK = "ROUNDTRIP_PRIVATE_NAMESPACE"

_SECONDS_TO_END = 20.0

# Interface names under /sys are those of the namespace that mounted it.
_PREPARE = 'ip link set lo up && mount -t sysfs sysfs /sys && exec "$@"'


def is_private() -> bool:
    """Tells whether this process runs in a private namespace."""
    return os.environ.get(_MARK) == "1"


def in_private_namespace(command: Sequence[str]) -> list[str]:
    """Returns the command such that it runs in a private namespace that ends with it and with its parent."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return bound_to_parent(["unshare", *user, "--net", "--pid", "--mount", "--mount-proc", "--fork", "--kill-child",
                            "env", f"{_MARK}=1", "sh", "-c", _PREPARE, "sh", *command])


def run_privately(command: Sequence[str]) -> int:
    """Runs a command in a private namespace to its end and returns its exit status.

    An interrupt or SIGTERM of this process, which must be in its main thread, ends the command by an interrupt.
    """
    process = subprocess.Popen(in_private_namespace(command), start_new_session=True)
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return process.wait()
    except KeyboardInterrupt:
        end_session(process, _SECONDS_TO_END)
        return 130
    finally:
        signal.signal(signal.SIGTERM, former)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python3 -m topologies.private_namespace COMMAND [ARGUMENT...]")
    sys.exit(run_privately(sys.argv[1:]))
