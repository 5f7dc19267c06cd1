# SPDX-License-Identifier: Apache-2.0
"""What carries messages from one data centre to others: the packaged routing proxy, and MirrorMaker 2."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from benchmarks.java_program import JavaProgram
from benchmarks.storage_servers import MODULE, StorageServer
from controller.instance import REPOSITORY
from topologies.processes import end, start

PROXY_MODULE = "apps/messaging/proxy"
_PROXY = REPOSITORY / PROXY_MODULE / "target" / "proxy" / "bin" / "roundtrip-proxy"
#: With less of a heap it does not get going; the collector is the one that the script of the proxy chooses.
_MIRROR_MAKER = JavaProgram(MODULE, "org.apache.kafka.connect.mirror.MirrorMaker", heap="256m", timeout=0)
_MIRROR_MAKER_OPTIONS = ("-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
_CONFIGURATION_PATH = "/onos/roundtrip/messaging/configuration"
_LONGEST_WAIT = 30.0
_SECONDS_TO_END = 20.0

#: Names of the data centres: messages are accepted in the first.
HOME, *AWAY = "a", "b", "c"


def configuration(servers: Sequence[StorageServer], partitions: int = 1, public: str = "public",
                  private: str = "private") -> dict[str, Any]:
    """The configuration of messaging with a route from the first data centre to each other one.

    :param servers: the storage servers, of the first one and of others
    :param partitions: how many partitions all topics have
    :param public: the first word of public topics
    :param private: the first word of private topics
    """
    names = [HOME, *AWAY[:len(servers) - 1]]
    return {"version": "1",
            "data-centres": [{"name": name, "bootstrap-servers": [server.wan], "public-topic": f"{public}.{name}",
                              "partitions": partitions} for name, server in zip(names, servers)],
            "applications": [{"name": f"application-{name}", "data-centre": name} for name in names],
            "queues": [{"name": f"to-{name}", "senders": [f"application-{HOME}"], "processor": f"application-{name}",
                        "private-topic": f"{private}.{name}", "partitions": partitions} for name in names[1:]],
            "routes": [{"from": HOME, "to": name} for name in names[1:]]}


@contextmanager
def configuration_centre(given: Mapping[str, Any]) -> Iterator[str]:
    """Something that answers proxies as a controller does, with one configuration. Yields its address."""
    body = json.dumps(given).encode()
    tag = f'"{given["version"]}"'
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        """Answers a proxy."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # pylint: disable=invalid-name
            """Gives the configuration to who has none."""
            if self.headers.get("If-None-Match") == tag:
                closing.wait(_LONGEST_WAIT)
                with suppress(ConnectionError):  # The proxy may have ended meanwhile.
                    self._answer(304, b"")
            else:
                self._answer(200 if self.path.startswith(_CONFIGURATION_PATH) else 404, body)

        def do_PUT(self) -> None:  # pylint: disable=invalid-name
            """Takes a report."""
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self._answer(200, b"{}")

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if content:
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # pylint: disable=redefined-builtin
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


class Replicator:
    """A process that can be started again after its end. A context manager: it runs within."""

    def __init__(self, name: str, command: Sequence[str], log: Path,
                 environment: Mapping[str, str] | None = None) -> None:
        self.name = name
        self._command = command
        self._log = log
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Replicator:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process, _SECONDS_TO_END)

    def start(self) -> None:
        """Starts it."""
        self._process = start(self._command, self._log, self._environment)

    def kill(self) -> None:
        """Ends it as kill -9 does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def said(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-2000:]


def routing_proxy(folder: Path, controller: str) -> Replicator:
    """The routing proxy of the first data centre, as it is installed on a node.

    :param folder: an existing folder of its own
    :param controller: where it gets its configuration
    """
    properties = folder / "proxy.properties"
    properties.write_text(f"name = routing\ndata-centre = {HOME}\ncontrollers = {controller}\n"
                          f"state-folder = {folder / 'state'}\n")
    return Replicator("routing proxy", [str(_PROXY), "routing", "--config", str(properties)], folder / "log",
                      {name: value for name, value in os.environ.items() if name != "JAVA_OPTIONS"})


def mirror_maker(folder: Path, servers: Sequence[StorageServer], topics: str, partitions: int = 1,
                 exactly_once: bool = False) -> Replicator:
    """MirrorMaker 2 from the first data centre to the others.

    :param folder: an existing folder of its own
    :param topics: a pattern of the topics that it carries
    """
    properties = folder / "mirror.properties"
    settings = mirror_maker_settings([server.wan for server in servers], topics, partitions, exactly_once)
    properties.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
    return Replicator("MirrorMaker 2" + (" exactly once" if exactly_once else ""),
                      _MIRROR_MAKER.command(str(properties), options=_MIRROR_MAKER_OPTIONS), folder / "log")


def mirrored(topic: str, exactly_once: bool = False) -> str:
    """What MirrorMaker 2 calls a topic of the first data centre in others."""
    return f"{_alias(HOME, exactly_once)}.{topic}"


def _alias(data_centre: str, exactly_once: bool) -> str:
    return f"once-{data_centre}" if exactly_once else data_centre


def mirror_maker_settings(servers: Sequence[str], topics: str, partitions: int,
                          exactly_once: bool) -> dict[str, Any]:
    """The settings of MirrorMaker 2 with which it carries most and is soonest there."""
    # Two that have the same names for data centres would share the work.
    home, *away = (_alias(name, exactly_once) for name in (HOME, *AWAY[:len(servers) - 1]))
    settings: dict[str, Any] = {"clusters": ", ".join([home, *away]), "tasks.max": min(partitions, os.cpu_count() or 1),
                                "replication.factor": 1, "offset-syncs.topic.replication.factor": 1,
                                "heartbeats.topic.replication.factor": 1, "checkpoints.topic.replication.factor": 1,
                                "config.storage.replication.factor": 1, "offset.storage.replication.factor": 1,
                                "status.storage.replication.factor": 1, "offset.flush.interval.ms": 1000,
                                "emit.heartbeats.enabled": "false",
                                "emit.checkpoints.enabled": "false", "sync.topic.acls.enabled": "false",
                                f"{home}.consumer.max.poll.records": 4000,
                                f"{home}.consumer.fetch.max.bytes": 16 << 20,
                                f"{home}.consumer.max.partition.fetch.bytes": 4 << 20}
    settings.update({f"{name}.bootstrap.servers": server for name, server in zip([home, *away], servers)})
    for data_centre, name in zip(AWAY, away):
        settings.update({f"{home}->{name}.enabled": "true", f"{name}->{home}.enabled": "false",
                         f"{home}->{name}.topics": topics.replace("DATA_CENTRE", data_centre),
                         f"{name}.producer.linger.ms": 0, f"{name}.producer.batch.size": 256 << 10,
                         f"{name}.producer.buffer.memory": 64 << 20, f"{name}.producer.acks": "all"})
        if exactly_once:
            settings.update({f"{name}.exactly.once.source.support": "enabled",
                             f"{name}.producer.transaction.timeout.ms": 5000})
    return settings
