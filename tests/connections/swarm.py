# SPDX-License-Identifier: Apache-2.0
"""Many connections to a named server, which are kept. Run it on a host:

    python3 swarm.py PROTOCOL ADDRESS PORT [proxied]

The protocol is tcp or udp. Behind a proxy the server may see another address and port than ours. It takes orders, a
line each, and answers each with a line of JSON:

    open N [PORT]  open N connections more, from ports of its own from PORT on, if that is given
    ask            send a line on every connection
    pester         begin to ask all the time
    rest           ask no more
    close          end all connections at once

The answer is a list with an object for each connection, in the order in which they were opened: `local` is its own
address and port, `answer` the name of the server, or what went wrong, in capital letters. What went wrong once
stays so: a connection that is broken is not opened again. After `rest` it tells what is wrong by then, and `rounds` how
often each was asked at least.
"""

from __future__ import annotations

import asyncio
import errno
import json
import socket
import struct
import sys
from dataclasses import dataclass, field
from typing import Any, Callable, cast

#: How long a connection has to be opened and a line to be answered, in seconds: TCP's retransmissions fit in.
_PATIENCE = 20.0

#: A datagram is sent again after so many seconds without an answer.
_SECONDS_UNTIL_REPEATED = 1.0

#: Connections that are opened at the same time, fewer than a server's backlog.
_AT_A_TIME = 200

#: The pause of a connection between two questions while it is pestered, in seconds.
_PAUSE = 0.25

_QUESTION = b"?\n"

#: What no server has for a name.
REFUSED = "REFUSED"
RESET = "RESET"
CLOSED = "CLOSED"
TIMEOUT = "TIMEOUT"
UNKNOWN = "UNKNOWN"
ALTERED = "ALTERED"


@dataclass
class Connection:
    """A connection and what is known of it."""

    local: str = ""
    answer: str = ""
    rounds: int = 0
    proxied: bool = False
    send: Callable[[bytes], None] = lambda question: None
    abort: Callable[[], None] = lambda: None
    answers: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    talk: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_open(self) -> bool:
        """Whether nothing went wrong so far."""
        return not self.answer.isupper()

    def fail(self, reason: str) -> None:
        """Says that something went wrong. The first reason counts."""
        if self.is_open:
            self.answer = reason
        self.answers.put_nowait(reason)

    def connected(self, transport: asyncio.Transport | asyncio.DatagramTransport,
                  send: Callable[[bytes], None]) -> None:
        """Says that it is open, and how to send on it."""
        self.send = send
        self.abort = transport.abort
        self.local = written(transport.get_extra_info("sockname"))

    def ask(self) -> None:
        """Sends a question."""
        self.send(_QUESTION)

    def heard(self, line: bytes) -> None:
        """Takes an answer: the server's name, and what it believes to be our address and port."""
        name, address, port = line.decode().split()
        self.answers.put_nowait(name if self.proxied or written((address, port)) == self.local else ALTERED)


class Stream(asyncio.Protocol):
    """A TCP connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says that it is open."""
        stream = cast(asyncio.Transport, transport)
        # A connection that ends by a reset leaves its port free.
        stream.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.connected(stream, stream.write)

    def data_received(self, data: bytes) -> None:
        """Takes whole lines."""
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            self._connection.heard(line)

    def connection_lost(self, exc: Exception | None) -> None:
        """Says why it ended."""
        self._connection.fail(CLOSED if exc is None else reason_of(exc))


class Datagrams(asyncio.DatagramProtocol):
    """A UDP socket that talks to one peer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says that it is open."""
        datagrams = cast(asyncio.DatagramTransport, transport)
        self._connection.connected(datagrams, datagrams.sendto)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        """Takes an answer."""
        self._connection.heard(data.rstrip(b"\n"))

    def error_received(self, exc: Exception) -> None:
        """Takes what an ICMP error said."""
        self._connection.fail(reason_of(exc))


def written(address: tuple[Any, ...]) -> str:
    """Writes an address and a port as in a URI."""
    host = f"[{address[0]}]" if ":" in str(address[0]) else str(address[0])
    return f"{host}:{address[1]}"


def reason_of(error: BaseException) -> str:
    """Says in a word what went wrong."""
    for kind, reason in ((ConnectionRefusedError, REFUSED), (ConnectionResetError, RESET), (BrokenPipeError, RESET),
                         (TimeoutError, TIMEOUT)):
        if isinstance(error, kind):
            return reason
    return errno.errorcode.get(getattr(error, "errno", None) or 0, UNKNOWN)


class Swarm:
    """All connections to one port of one address."""

    def __init__(self, protocol: str, address: str, port: int, proxied: bool = False) -> None:
        self._protocol = protocol
        self._proxied = proxied
        self._peer = (address, port)
        # TCP repeats what is lost by itself.
        self._attempts = (1, _PATIENCE) if protocol == "tcp" else \
            (int(_PATIENCE / _SECONDS_UNTIL_REPEATED), _SECONDS_UNTIL_REPEATED)
        self._local = "::" if ":" in address else "0.0.0.0"
        self._connections: list[Connection] = []
        self._pestering: asyncio.Task[None] | None = None
        self._rests = True

    async def open(self, count: int, first_port: int = 0) -> list[dict[str, object]]:
        """Opens connections more."""
        new = [Connection(proxied=self._proxied) for _ in range(count)]
        places = asyncio.Semaphore(_AT_A_TIME)
        await asyncio.gather(*(self._open(connection, first_port and first_port + position, places)
                               for position, connection in enumerate(new)))
        self._connections += new
        return self._report()

    async def _open(self, connection: Connection, port: int, places: asyncio.Semaphore) -> None:
        local = (self._local, port) if port else None
        async with places:
            try:
                await asyncio.wait_for(self._opening(connection, local), _PATIENCE)
            except OSError as error:
                connection.fail(reason_of(error))

    async def _opening(self, connection: Connection, local: tuple[str, int] | None) -> None:
        loop = asyncio.get_running_loop()
        if self._protocol == "tcp":
            await loop.create_connection(lambda: Stream(connection), *self._peer, local_addr=local)
        else:
            await loop.create_datagram_endpoint(lambda: Datagrams(connection), remote_addr=self._peer,
                                                local_addr=local)

    async def ask(self) -> list[dict[str, object]]:
        """Asks on every connection that is open."""
        await asyncio.gather(*(self._ask(connection) for connection in self._connections if connection.is_open))
        return self._report()

    async def _ask(self, connection: Connection) -> None:
        async with connection.talk:
            if not connection.is_open:
                return
            while not connection.answers.empty():
                connection.answers.get_nowait()
            answer = await self._answer(connection)
            connection.rounds += 1
            if connection.is_open:
                connection.answer = answer

    async def _answer(self, connection: Connection) -> str:
        attempts, patience = self._attempts
        for _ in range(attempts):
            connection.ask()
            try:
                return await asyncio.wait_for(connection.answers.get(), patience)
            except TimeoutError:
                continue
        return TIMEOUT

    async def pester(self) -> list[dict[str, object]]:
        """Begins to ask on every connection all the time."""
        self._rests = False
        self._pestering = asyncio.create_task(self._pester())
        return self._report()

    async def _pester(self) -> None:
        first = {id(connection): connection.answer for connection in self._connections}

        async def one(connection: Connection) -> None:
            while connection.is_open and not self._rests:
                await self._ask(connection)
                known = first[id(connection)]
                if known and connection.is_open and connection.answer != known:
                    connection.fail(ALTERED)
                await asyncio.sleep(_PAUSE)

        await asyncio.gather(*(one(connection) for connection in self._connections))

    async def rest(self) -> list[dict[str, object]]:
        """Asks no more, once all that was asked is answered."""
        # To cancel would not do: a wait that ends in the same moment swallows it (Python up to 3.11).
        self._rests = True
        if self._pestering is not None:
            await self._pestering
            self._pestering = None
        return self._report()

    async def close(self) -> list[dict[str, object]]:
        """Ends all connections at once, so that their ports are free again."""
        for connection in self._connections:
            connection.abort()
        self._connections.clear()
        await asyncio.sleep(0)
        return self._report()

    def _report(self) -> list[dict[str, object]]:
        return [{"local": connection.local, "answer": connection.answer, "rounds": connection.rounds}
                for connection in self._connections]


async def main() -> None:
    """Takes orders until there are no more."""
    swarm = Swarm(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:] == ["proxied"])
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order, *numbers = line.split()
        report = await getattr(swarm, order)(*(int(number) for number in numbers))
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
