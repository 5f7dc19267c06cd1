# SPDX-License-Identifier: Apache-2.0
"""Talks over one TCP connection for as long as it runs. Run it on a host:

    python3 -m messaging.talker SOURCE ADDRESS PORT

It says a number every 20 ms, to a server that answers each line with one, such as
:mod:`connections.named_server`, and prints the time of each answer in seconds since 1970. It ends when the connection
does.
"""

from __future__ import annotations

import socket
import sys
import threading
import time

_PERIOD = 0.02
_SECONDS_TO_CONNECT = 20.0


def _talk(connection: socket.socket) -> None:
    number = 0
    while True:
        connection.sendall(b"%d\n" % number)
        number += 1
        time.sleep(_PERIOD)


def main(source: str, address: str, port: str) -> None:
    """Connects, and talks until the other end closes or fails."""
    with socket.create_connection((address, int(port)), _SECONDS_TO_CONNECT, (source, 0)) as connection:
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_talk, args=(connection,), daemon=True).start()
        with connection.makefile("rb") as answers:
            for _ in answers:
                print(f"{time.time():.3f}", flush=True)
    sys.exit("the connection has ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
