# SPDX-License-Identifier: Apache-2.0
"""Clients of virtual servers: many connections that are kept, and what became of them."""

from __future__ import annotations

import collections
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from connections.servers import Endpoint
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end

_PROGRAM = Path(__file__).with_name("swarm.py")


@dataclass(frozen=True)
class Connection:
    """A connection: its own address and port, and whose it is, or in capital letters what went wrong."""

    local: str
    answer: str
    rounds: int

    @property
    def is_open(self) -> bool:
        """Whether nothing went wrong."""
        return bool(self.local) and not self.answer.isupper()

    @property
    def port(self) -> int:
        """Its own port."""
        return int(self.local.rpartition(":")[2])


@dataclass(frozen=True)
class Swarm:
    """The connections of a client in the order in which they were opened."""

    connections: tuple[Connection, ...]

    @property
    def open(self) -> int:
        """How many are open."""
        return sum(connection.is_open for connection in self.connections)

    @property
    def answers(self) -> dict[str, int]:
        """How many connections each server has, and how many each kind of failure."""
        return dict(collections.Counter(connection.answer for connection in self.connections))

    def broken_since(self, earlier: Swarm) -> list[tuple[Connection, Connection]]:
        """Those that had a server and don't have the same now: as they were and as they are."""
        return [(before, now) for before, now in zip(earlier.connections, self.connections)
                if before.is_open and before.answer != now.answer]


class Client:
    """A program on a host that opens connections to a server and keeps them. A context manager.

    Each method that acts returns the state of all connections after it.
    """

    def __init__(self, network: EmulatedNetwork, host: Host, server: Endpoint, proxied: bool = False) -> None:
        """:param proxied: whether the server may see another address than the client's"""
        self._network = network
        self._host = host
        self._server = server
        self._more = ["proxied"] if proxied else []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Client:
        self._process = self._network.converse(
            self._host, [sys.executable, str(_PROGRAM), self._server.protocol, self._server.address,
                         str(self._server.port), *self._more], self._network.folder / f"swarm-{self._host.name}.log")
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.close()
            self._process.stdout.close()
            end(self._process)
            self._process = None

    def open(self, count: int, first_port: int = 0) -> Swarm:
        """Opens connections more, from ports of its own from the first one on if that is given, and asks on all."""
        self._order("open", count, *([first_port] if first_port else []))
        return self.ask()

    def ask(self) -> Swarm:
        """Asks on every connection."""
        return self._order("ask")

    def pester(self) -> Swarm:
        """Begins to ask on every connection all the time."""
        return self._order("pester")

    def rest(self) -> Swarm:
        """Asks no more."""
        return self._order("rest")

    def close(self) -> Swarm:
        """Ends all connections at once."""
        return self._order("close")

    def _order(self, *words: object) -> Swarm:
        assert self._process is not None and self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            log = self._network.folder / f"swarm-{self._host.name}.log"
            raise RuntimeError(f"the client on {self._host.name} has ended:\n{log.read_text()}")
        return Swarm(tuple(Connection(**connection) for connection in json.loads(line)))


def fetch(network: EmulatedNetwork, host: Host, url: str, *options: str) -> str:
    """Fetches a page with curl.

    :raises CommandFailed: if there is no page
    """
    return network.execute(host, "curl", "-sS", "--fail", "--noproxy", "*", "-m", "20", *options, url)


def names(swarm: Swarm, hosts: Sequence[Host]) -> bool:
    """Tells whether every connection has one of these hosts for its server."""
    return set(swarm.answers) <= {host.name for host in hosts}
