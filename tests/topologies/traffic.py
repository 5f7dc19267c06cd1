# SPDX-License-Identifier: Apache-2.0
"""A steady conversation between two hosts, and what a fail-over does to it. Runs traffic.c."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from topologies.awaiting import await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end, in_real_time
from topologies.programs import compiled

#: Packets a second and direction.
RATE = 1000

_PORT = 7000
_SECONDS_TO_BEGIN = 20.0
_NANOSECONDS = 1e9


@dataclass(frozen=True, order=True)
class Packet:
    """A packet that arrived: its number, and when it was sent and arrived, in seconds of the machine's clock."""

    number: int
    sent: float
    arrived: float


@dataclass(frozen=True)
class Interruption:
    """What one direction lost between two packets that arrived.

    `sent` is when the first packet was sent that arrived again: when this direction went a way that works.
    `gap` is how long nothing arrived, in seconds. It is the length of the outage for the receiver, and includes what
    the new way is longer, if it is.
    """

    lost: int
    gap: float
    sent: float


@dataclass(frozen=True)
class Failover:
    """What a fail-over did to both directions."""

    forward: Interruption
    reverse: Interruption

    @property
    def interrupted(self) -> bool:
        """Whether both directions lost something: else what failed did not carry both."""
        return self.forward.lost > 0 and self.reverse.lost > 0

    @property
    def mixed(self) -> float:
        """How long one direction went the new way while the other did not, in seconds, to a period of the packets."""
        return abs(self.forward.sent - self.reverse.sent)


class Conversation:
    """Two hosts that send each other numbered packets. A context manager. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, programs: Path, one: Host, other: Host) -> None:
        """
        :param network: the running network
        :param programs: the folder for compiled programs that are kept
        :param one: a host; *forward* is what it sends
        :param other: the other host
        """
        self._network = network
        self._program = compiled("traffic", programs)
        self._hosts = (one, other)
        self._logs = tuple(network.folder / f"traffic-{host.name}.log" for host in self._hosts)
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Conversation:
        one, other = self._hosts
        for host, peer, log in zip((one, other), (other, one), self._logs):
            command = in_real_time([str(self._program), host.ip, peer.ip, str(_PORT), str(1_000_000 // RATE)])
            self._processes.append(self._network.launch(host, command, log))
        return self

    def __exit__(self, *error: object) -> None:
        for process in self._processes:
            end(process)
        self._processes.clear()

    def await_flowing(self, timeout: float = _SECONDS_TO_BEGIN) -> None:
        """Waits until packets of this moment arrive in both directions.

        :raises NotInTime: if they do not in time
        """
        since = time.time()
        await_until(lambda: all(packets and packets[-1].sent > since for packets in self._tails()), timeout,
                    "packets in both directions", lambda: "\n".join(log.read_text()[-300:] for log in self._logs))

    def packets(self) -> tuple[list[Packet], list[Packet]]:
        """What has arrived so far, forward and reverse, by number. The last moment may be missing."""
        one, other = (parse(log.read_text()) for log in self._logs)
        return other, one

    def _tails(self) -> list[list[Packet]]:
        # A page and the last line's beginning: reading all of it every time would disturb what is measured.
        return [parse(_tail(log)) for log in self._logs]


def parse(lines: str) -> list[Packet]:
    """Returns the packets in the output of traffic.c, by number. A line that is not whole is left out."""
    packets = []
    for line in lines.splitlines(keepends=True):
        words = line.split()
        if line.endswith("\n") and len(words) == 3:
            packets.append(Packet(int(words[0]), int(words[1]) / _NANOSECONDS, int(words[2]) / _NANOSECONDS))
    return sorted(packets)


def failover(forward: Sequence[Packet], reverse: Sequence[Packet], since: float, until: float) -> Failover:
    """Returns what happened to both directions between two times."""
    return Failover(interruption(forward, since, until), interruption(reverse, since, until))


def interruption(packets: Sequence[Packet], since: float, until: float) -> Interruption:
    """Returns the longest interruption of one direction.

    :param packets: what arrived, by number
    :param since: when to begin, in seconds of the machine's clock: only what ends later counts
    :param until: when to end: only what ends with a packet that was sent earlier counts
    :raises ValueError: if no packet that was sent and arrived in that time follows another
    """
    seen = [pair for pair in zip(packets, packets[1:]) if pair[1].arrived >= since and pair[1].sent <= until]
    if not seen:
        raise ValueError(f"no packets from {since:.3f} to {until:.3f}")
    before, after = max(seen, key=lambda pair: (pair[1].number - pair[0].number, _gap(*pair)))
    return Interruption(after.number - before.number - 1, _gap(before, after), after.sent)


def _gap(before: Packet, after: Packet) -> float:
    return after.arrived - before.arrived


def _tail(file: Path) -> str:
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 4096))
        return opened.read().decode().partition("\n")[2]
