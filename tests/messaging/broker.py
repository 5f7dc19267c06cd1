# SPDX-License-Identifier: Apache-2.0
"""The storage server of a data centre: an unchanged Apache Kafka, alone and without ZooKeeper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Sequence

from controller.instance import REPOSITORY
from topologies.awaiting import await_until
from topologies.data_centre import InnerHost
from topologies.host_process import HostProcess
from topologies.processes import output_of

PORT = 9092

_LIBRARIES = REPOSITORY / "tests" / "broker" / "target" / "broker" / "lib"
_QUORUM_PORT = 9093
_CLUSTER = "AAAAAAAAAAAAAAAAAAAAAA"
_SECONDS_TO_START = 90.0

#: What is beyond an address. A broker that is alone can't replicate, and does not need the room of a large one.
_SETTINGS = """\
process.roles = broker,controller
node.id = 1
controller.listener.names = CONTROLLER
offsets.topic.replication.factor = 1
offsets.topic.num.partitions = 4
transaction.state.log.replication.factor = 1
transaction.state.log.min.isr = 1
share.coordinator.state.topic.replication.factor = 1
share.coordinator.state.topic.min.isr = 1
log.cleaner.dedupe.buffer.size = 2097152
group.initial.rebalance.delay.ms = 0
auto.create.topics.enable = false
"""


class Broker:
    """A broker on a host of a data centre, with storage that outlives its process. Not safe for several threads."""

    def __init__(self, host: InnerHost, folder: Path) -> None:
        """
        :param folder: its own; made if it is not there
        """
        self._host = host
        self._folder = folder
        self._settings = folder / "server.properties"
        self.process = HostProcess(host.namespace, _java("kafka.Kafka", str(self._settings)), folder / "broker.log")

    @property
    def address(self) -> str:
        """Where it is, HOST:PORT."""
        return f"{self._host.address}:{PORT}"

    def format(self) -> None:
        """Prepares its storage, once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._settings.write_text(
            f"{_SETTINGS}log.dirs = {self._folder}/data\n"
            f"controller.quorum.voters = 1@127.0.0.1:{_QUORUM_PORT}\n"
            f"listeners = PLAINTEXT://{self.address},CONTROLLER://127.0.0.1:{_QUORUM_PORT}\n")
        output_of(_java("kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", str(self._settings)),
                  timeout=_SECONDS_TO_START)

    def await_ready(self) -> None:
        """Waits until it accepts connections."""
        await_until(lambda: self.process.is_running
                    and self._host.namespace.execute("ss", "-Hltn", f"sport = :{PORT}").strip(),
                    _SECONDS_TO_START, f"a broker at {self.address}", self.process.log)


def _java(main: str, *arguments: str) -> Sequence[str]:
    """A Java program with the libraries of Kafka, with as little memory as a broker can do with."""
    home = os.environ.get("JAVA_HOME")
    return [str(Path(home) / "bin" / "java") if home else "java", "-Xmx128m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true", "-cp", f"{_LIBRARIES}/*", main, *arguments]
