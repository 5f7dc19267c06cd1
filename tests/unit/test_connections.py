# SPDX-License-Identifier: Apache-2.0
"""Connections that are kept, by a server and a client on one machine, and what is said of those that break."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Awaitable, Callable

import pytest

from connections import named_server, swarm
from connections.clients import Connection, Swarm

_LOOPBACK = "127.0.0.1"


def _with_server(protocol: str, scenario: Callable[[swarm.Swarm, asyncio.Task[None]], Awaitable[None]]) -> None:
    """Runs a scenario with connections to a named server on a port that is free."""
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]

    async def run() -> None:
        server = asyncio.create_task(named_server.serve("m1", [(protocol, _LOOPBACK, port)]))
        connections = swarm.Swarm(protocol, _LOOPBACK, port)
        # The server listens before it waits for the first time.
        for _ in range(10):
            await asyncio.sleep(0)
        await scenario(connections, server)
        await connections.close()
        server.cancel()
        await asyncio.gather(server, return_exceptions=True)

    asyncio.run(run())


def _answers(report: list[dict[str, Any]]) -> list[object]:
    return [connection["answer"] for connection in report]


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
def test_every_connection_is_answered_by_the_server(protocol: str) -> None:
    async def scenario(connections: swarm.Swarm, server: asyncio.Task[None]) -> None:
        opened = await connections.open(20)
        assert len({connection["local"] for connection in opened}) == 20
        assert _answers(await connections.ask()) == ["m1"] * 20

    _with_server(protocol, scenario)


def test_a_connection_that_nobody_takes_is_refused() -> None:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port = probe.getsockname()[1]

        async def scenario() -> list[dict[str, Any]]:
            return await swarm.Swarm("tcp", _LOOPBACK, port).open(2)

        assert _answers(asyncio.run(scenario())) == [swarm.REFUSED] * 2


def test_a_connection_that_was_reset_stays_so() -> None:
    resets = []

    async def scenario() -> None:
        async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readline()
            resets.append(writer)
            writer.transport.abort()

        server = await asyncio.start_server(reset, _LOOPBACK, 0)
        connections = swarm.Swarm("tcp", *server.sockets[0].getsockname())
        await connections.open(1)
        first = _answers(await connections.ask())
        assert first[0] in (swarm.RESET, swarm.CLOSED)
        assert _answers(await connections.ask()) == first
        server.close()

    asyncio.run(scenario())
    assert len(resets) == 1, "it was asked again"


def test_an_answer_to_somebody_else_is_found() -> None:
    connection = swarm.Connection(local="10.0.1.1:4000")
    connection.heard(b"m1 10.0.1.1 4000")
    connection.heard(b"m1 10.0.2.9 4000")

    assert [connection.answers.get_nowait() for _ in range(2)] == ["m1", swarm.ALTERED]


def test_pestered_connections_are_asked_again_and_again() -> None:
    async def scenario(connections: swarm.Swarm, server: asyncio.Task[None]) -> None:
        await connections.open(5)
        await connections.pester()
        # Somebody else may ask in between.
        for _ in range(4):
            report = await connections.ask()
        assert _answers(report) == ["m1"] * 5
        assert _answers(await connections.rest()) == ["m1"] * 5

    _with_server("tcp", scenario)


def test_who_rests_waits_for_what_was_asked() -> None:
    async def scenario() -> None:
        asked, told = asyncio.Event(), asyncio.Event()

        async def hesitate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await reader.readline():
                asked.set()
                await told.wait()
                address, port = writer.get_extra_info("peername")
                writer.write(f"m1 {address} {port}\n".encode())

        server = await asyncio.start_server(hesitate, _LOOPBACK, 0)
        connections = swarm.Swarm("tcp", *server.sockets[0].getsockname())
        await connections.open(1)
        await connections.pester()
        await asked.wait()
        rest = asyncio.create_task(connections.rest())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not rest.done()
        told.set()
        report = await rest
        assert [(each["answer"], each["rounds"]) for each in report] == [("m1", 1)]
        await connections.close()
        server.close()

    asyncio.run(scenario())


def test_broken_are_those_with_another_server_or_none() -> None:
    before = Swarm((Connection("a:1", "m1", 1), Connection("a:2", "m1", 1), Connection("a:3", "m2", 1),
                    Connection("a:4", "REFUSED", 0)))
    after = Swarm((Connection("a:1", "m1", 2), Connection("a:2", "RESET", 2), Connection("a:3", "m1", 2),
                   Connection("a:4", "REFUSED", 0)))

    assert [old.local for old, _ in after.broken_since(before)] == ["a:2", "a:3"]
    assert after.open == 2
    assert after.answers == {"m1": 2, "RESET": 1, "REFUSED": 1}
    assert before.connections[0].port == 1


def test_ports_are_free_again_once_connections_are_closed() -> None:
    async def scenario(connections: swarm.Swarm, server: asyncio.Task[None]) -> None:
        with socket.socket() as probe:
            probe.bind((_LOOPBACK, 0))
            port = probe.getsockname()[1]
        for _ in range(3):
            await connections.open(1, port)
            assert _answers(await connections.ask()) == ["m1"]
            assert not await connections.close()

    _with_server("tcp", scenario)
