# SPDX-License-Identifier: Apache-2.0
"""Storage servers for benchmarks: one broker of Kafka for each data centre, in a JVM of its own, and the WAN."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.java_program import JavaProgram
from topologies.awaiting import await_until
from topologies.processes import end, output_of, start

#: Where the Java programs are, and all of Kafka.
MODULE = "tests/benchmarks/messaging"
_CLUSTER = "AAAAAAAAAAAAAAAAAAAAAA"
_BROKER = JavaProgram(MODULE, "kafka.Kafka", heap="512m", timeout=0)
_FORMAT = JavaProgram(MODULE, "kafka.tools.StorageTool", heap="128m", timeout=0)
_SECONDS_TO_START = 60.0
_SECONDS_TO_FORMAT = 60.0
_PORT = 9092
_TABLE = "roundtrip_wan"


class StorageServer:
    """The broker of a data centre. A context manager.

    :param folder: where it stores
    :param number: its number, from 1 on
    """

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder / f"storage-{number}"
        self._address = f"10.77.{number}.1"
        self._own_port = 19090 + number
        self._controller_port = 19190 + number
        self._stack = ExitStack()

    @property
    def wan(self) -> str:
        """Where others reach it over the WAN."""
        return f"{self._address}:{_PORT}"

    @property
    def local(self) -> str:
        """Where it is reached from its own data centre."""
        return f"127.0.0.1:{self._own_port}"

    @property
    def address(self) -> str:
        """Its address in the WAN."""
        return self._address

    def __enter__(self) -> StorageServer:
        self._folder.mkdir()
        subprocess.run(["ip", "address", "add", f"{self._address}/32", "dev", "lo"], check=True)
        settings = self._folder / "server.properties"
        settings.write_text("".join(f"{name}={value}\n" for name, value in self._settings().items()))
        output_of(_FORMAT.command("format", "-t", _CLUSTER, "-c", str(settings)), timeout=_SECONDS_TO_FORMAT)
        log = self._folder / "log"
        process = start(_BROKER.command(str(settings), options=["-XX:+UseSerialGC", "-Xms256m"]), log)
        self._stack.callback(end, process)
        await_until(lambda: _listens(self._own_port), _SECONDS_TO_START, f"the broker at {self.local}",
                    lambda: log.read_text()[-2000:])
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def _settings(self) -> dict[str, Any]:
        return {"process.roles": "broker,controller", "node.id": 1,
                "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
                "listeners": f"WAN://{self.wan},LOCAL://{self.local},CONTROLLER://127.0.0.1:{self._controller_port}",
                "advertised.listeners": f"WAN://{self.wan},LOCAL://{self.local}",
                "controller.listener.names": "CONTROLLER", "inter.broker.listener.name": "LOCAL",
                "listener.security.protocol.map": "WAN:PLAINTEXT,LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs": self._folder / "logs", "auto.create.topics.enable": "false",
                "offsets.topic.replication.factor": 1, "offsets.topic.num.partitions": 4,
                "transaction.state.log.replication.factor": 1, "transaction.state.log.min.isr": 1,
                "transaction.state.log.num.partitions": 4,
                "share.coordinator.state.topic.replication.factor": 1, "share.coordinator.state.topic.min.isr": 1,
                "group.initial.rebalance.delay.ms": 0, "log.cleaner.dedupe.buffer.size": 2 << 20}


def _listens(port: int) -> bool:
    return f":{port} " in output_of(["ss", "-Hltn"])


class Cut:
    """What a data centre sends over the WAN, and what is sent to it, is lost without a word. A context manager."""

    def __init__(self, server: StorageServer) -> None:
        self._server = server

    def __enter__(self) -> None:
        output_of(["nft", "-f", "-"], text=f"table ip {_TABLE} {{\n chain arrivals {{\n"
                                           f"type filter hook input priority 0;\nip saddr {self._server.address} drop\n"
                                           f"ip daddr {self._server.address} drop\n }}\n}}\n")

    def __exit__(self, *error: object) -> None:
        output_of(["nft", "delete", "table", "ip", _TABLE])
