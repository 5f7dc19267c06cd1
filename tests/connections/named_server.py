# SPDX-License-Identifier: Apache-2.0
"""A server that says who it is. Run it on a host:

    python3 named_server.py NAME PROTOCOL ADDRESS PORT [PROTOCOL ADDRESS PORT...]

The protocol is tcp or udp. Each line of a connection, and each datagram, is answered by a line

    NAME PEER_ADDRESS PEER_PORT

with the address and port from where it came. The answer to a datagram `?N` is padded to N octets with spaces. `ready`
is printed once it listens everywhere.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any, cast

_BACKLOG = 4096


class NamedServer(asyncio.Protocol):
    """One connection."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._transport: asyncio.Transport | None = None
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remembers who is at the other end."""
        self._transport = cast(asyncio.Transport, transport)
        self._answer = answer(self._name, transport.get_extra_info("peername"))

    def data_received(self, data: bytes) -> None:
        """Answers each line. What is sent here are whole lines."""
        if self._transport is not None:
            self._transport.write(self._answer * data.count(b"\n"))


class NamedDatagramServer(asyncio.DatagramProtocol):
    """A UDP port."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remembers how to answer."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        """Answers a datagram."""
        if self._transport is not None:
            self._transport.sendto(answer(self._name, addr).ljust(int(data[1:].strip() or b"0")), addr)


def answer(name: str, peer: tuple[Any, ...]) -> bytes:
    """Returns the line that answers a peer."""
    return f"{name} {peer[0]} {peer[1]}\n".encode()


async def serve(name: str, endpoints: list[tuple[str, str, int]]) -> None:
    """Serves until it is killed."""
    loop = asyncio.get_running_loop()
    for protocol, address, port in endpoints:
        if protocol == "tcp":
            await loop.create_server(lambda: NamedServer(name), address, port, backlog=_BACKLOG, reuse_address=True)
        else:
            await loop.create_datagram_endpoint(
                lambda: NamedDatagramServer(name), (address, port),
                family=socket.AF_INET6 if ":" in address else socket.AF_INET)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    words = sys.argv[2:]
    asyncio.run(serve(sys.argv[1], [(protocol, address, int(port)) for protocol, address, port
                                    in zip(words[::3], words[1::3], words[2::3])]))
