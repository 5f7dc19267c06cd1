# SPDX-License-Identifier: Apache-2.0
"""Opens connections all the time, whatever becomes of them. Run it on a host:

    python3 knocker.py MICROSECONDS ADDRESS PORT [ADDRESS PORT...]

Each port is knocked at once in so many microseconds. A connection ends a little later by a reset, so that its port is
free again.
"""

from __future__ import annotations

import collections
import socket
import struct
import sys
import time

#: How long a connection is left alone, in seconds: less than TCP waits before it repeats what got no answer.
_PATIENCE = 0.1

_LINGER = struct.pack("ii", 1, 0)


def knock(address: tuple[str, int]) -> socket.socket:
    """Begins to open a connection."""
    connection = socket.socket()
    connection.setblocking(False)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    connection.connect_ex(address)
    return connection


def knock_for_ever(period: float, addresses: list[tuple[str, int]]) -> None:
    """Knocks until it is killed."""
    pending: collections.deque[tuple[float, socket.socket]] = collections.deque()
    due = time.monotonic()
    while True:
        now = time.monotonic()
        pending.extend((now, knock(address)) for address in addresses)
        while pending[0][0] < now - _PATIENCE:
            pending.popleft()[1].close()
        # What was missed on a busy machine is not made up for.
        due = max(due + period, now)
        time.sleep(due - now)


if __name__ == "__main__":
    words = sys.argv[2:]
    knock_for_ever(int(sys.argv[1]) / 1e6, [(address, int(port)) for address, port in zip(words[::2], words[1::2])])
