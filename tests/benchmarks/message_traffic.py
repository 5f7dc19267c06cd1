# SPDX-License-Identifier: Apache-2.0
"""Messages at an even rate, and how they arrive."""

from __future__ import annotations

import json
import select
import subprocess
from pathlib import Path
from typing import Any, Mapping

from benchmarks.java_program import JavaProgram
from benchmarks.replicators import PROXY_MODULE, Replicator
from benchmarks.storage_servers import MODULE, StorageServer
from topologies.awaiting import await_until
from topologies.processes import bound_to_parent, end

_PACKAGE = "org.roundtrip.benchmark.messaging"
_MESSAGE_TRAFFIC = JavaProgram(MODULE, f"{_PACKAGE}.MessageTraffic", heap="256m", timeout=0, beside=(PROXY_MODULE,))
_FILLED_TOPIC = JavaProgram(MODULE, f"{_PACKAGE}.FilledTopic", heap="64m", timeout=60.0)
_OPTIONS = ("-XX:+UseSerialGC", "-Xmn64m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
_SECONDS_TO_ANSWER = 30.0
_SECONDS_TO_START = 180.0
#: A message that is on its way for less than this, in seconds, is none that waits.
_ON_ITS_WAY = 0.3

#: Builds what is measured.
prepare = _MESSAGE_TRAFFIC.build


def make_topic(server: StorageServer, topic: str, partitions: int = 1) -> None:
    """Makes an empty topic."""
    _FILLED_TOPIC.run(server.local, topic, partitions, "none", 0)


class MessageTraffic:
    """Messages that are sent until it ends. A context manager.

    :param name: what carries them, for messages to people
    :param rate: how many a second
    :param ends: where they are given and arrive, as the program takes it
    :param log: where it says what is wrong
    """

    def __init__(self, name: str, rate: int, ends: list[str], log: Path) -> None:
        self.name = name
        self.rate = rate
        self._ends = ends
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def between_topics(name: str, rate: int, home: tuple[StorageServer, str], away: tuple[str, StorageServer, str],
                       log: Path) -> MessageTraffic:
        """Messages from one topic to another one.

        :param home: the storage server to which they are given, and the topic
        :param away: the data centre for which they are, its storage server, and the topic where they arrive
        """
        return MessageTraffic(name, rate, ["topics", home[0].local, home[1], away[0], away[1].local, away[2]], log)

    @staticmethod
    def between_applications(name: str, rate: int, configuration: Path, applications: tuple[str, str],
                             log: Path) -> MessageTraffic:
        """Messages that an application gives to its message proxy, and another receives from its own."""
        return MessageTraffic(name, rate, ["proxies", str(configuration), *applications], log)

    def __enter__(self) -> MessageTraffic:
        command = _MESSAGE_TRAFFIC.command(self.rate, *self._ends, options=_OPTIONS)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(bound_to_parent(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=log, bufsize=0)
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process is not None
        end(self._process)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def totals(self) -> Mapping[str, Any]:
        """What was found since the beginning."""
        return self._order("totals")

    def window(self) -> Mapping[str, Any]:
        """What was found since the last time, in milliseconds."""
        return self._order("window")

    def hold(self) -> None:
        """Sends none for a while."""
        self._order("hold")

    def go(self) -> None:
        """Sends again."""
        self._order("go")

    def finish(self, patience: int) -> Mapping[str, Any]:
        """Sends no more, and says what was found when all have arrived.

        :param patience: how many seconds it waits for the rest at most
        """
        return self._order(f"end {patience}", patience + _SECONDS_TO_ANSWER)

    def await_flow(self, replicator: Replicator) -> None:
        """Waits until messages arrive soon after they were sent.

        :param replicator: carries them
        """
        await_until(self._flows, _SECONDS_TO_START, f"messages of {self.name}",
                    lambda: f"{self.totals()}\n{self._log.read_text()[-2000:]}\n{replicator.said()}")

    def _flows(self) -> bool:
        totals = self.totals()
        return bool(totals["arrived"] > self.rate and waiting(totals) < _ON_ITS_WAY * self.rate)

    def _order(self, order: str, timeout: float = _SECONDS_TO_ANSWER) -> Mapping[str, Any]:
        assert self._process is not None and self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{order}\n".encode())
        answer = b""
        while not answer.endswith(b"\n"):
            readable, _, _ = select.select([self._process.stdout], [], [], timeout)
            part = self._process.stdout.read(65536) if readable else b""
            if not part:
                raise RuntimeError(f"no answer from the traffic of {self.name}: {self._log.read_text()[-2000:]}")
            answer += part
        found: Mapping[str, Any] = json.loads(answer)
        return found


def waiting(totals: Mapping[str, Any]) -> int:
    """How many messages are on their way."""
    return int(totals["sent"] - totals["arrived"])
