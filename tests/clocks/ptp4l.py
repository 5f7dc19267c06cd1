# SPDX-License-Identifier: Apache-2.0
"""A clock server and a client: two ptp4l with software timestamps.

All hosts of an emulated network share the clock of the machine. The client runs free and never adjusts it, so its true
offset from the server is zero, and whatever offset it computes is exactly the error of its measurement.
"""

from __future__ import annotations

import enum
import itertools
import socket
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Callable

from clocks.timing import DelayRequest, Summary, Sync, read_events, summarise, time_errors
from topologies.awaiting import await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end

_numbers = itertools.count(1)

_COMMON = """[global]
time_stamping software
delay_mechanism E2E
logSyncInterval -5
logMinDelayReqInterval -5
logAnnounceInterval -1
logging_level 6
use_syslog 0
verbose 1
"""


class Transport(enum.Enum):
    """How PTP is carried: ptp4l's name of it."""

    UDP_IPV4 = "UDPv4"
    ETHERNET = "L2"


class Delivery(enum.Enum):
    """Whether the server sends to a group, or to a client that has asked for it (IEEE 1588-2019, 16.1)."""

    MULTICAST = "multicast"
    UNICAST = "unicast"


class Clocks:
    """A running pair of clocks. Start and stop it by one thread; its figures may be read by any.

    Use it as a context manager::

        with Clocks(network, server, client) as clocks:
            summary = clocks.measure(samples=200)
    """

    def __init__(self, network: EmulatedNetwork, server: Host, client: Host,
                 transport: Transport = Transport.UDP_IPV4, delivery: Delivery = Delivery.UNICAST,
                 domain: int = 0) -> None:
        """:param domain: the PTP domain: pairs that share a network each take their own"""
        self._network = network
        self._server = server
        self._client = client
        self._transport = transport
        self._delivery = delivery
        self._domain = domain
        self._name = f"ptp{next(_numbers)}"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._monitor: _Monitor | None = None

    def __enter__(self) -> Clocks:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Starts server and client. They measure as soon as the network carries their messages."""
        self._monitor = _Monitor(self._file("monitor"))
        try:
            self._launch(self._server, "server", self._server_configuration())
            self._launch(self._client, "client", self._client_configuration())
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends both and forgets what they measured."""
        for process in reversed(self._processes):
            end(process)
        self._processes.clear()
        if self._monitor is not None:
            self._monitor.close()
            self._monitor = None

    def forget(self) -> None:
        """Forgets what was measured up to now, as after a change in the network."""
        if self._monitor is not None:
            self._monitor.forget()

    def errors(self) -> list[float]:
        """The time errors since the start, or since they were forgotten, in microseconds."""
        return time_errors(self._monitor.events()) if self._monitor is not None else []

    def measure(self, samples: int, timeout: float = 60.0,
                progress: Callable[[int], None] = lambda count: None) -> Summary:
        """Waits until enough time errors have been measured anew, and returns their figures.

        :param progress: is called every now and then with the number there is
        :raises NotInTime: if they do not come, as when the network does not carry the messages
        """
        self.forget()
        errors = await_until(lambda: self._at_least(samples, progress), timeout,
                             f"{samples} time errors from {self._server.name} to {self._client.name}", self.log)
        return summarise(errors)

    def await_messages(self, timeout: float = 30.0) -> None:
        """Waits until messages go in both directions."""
        self.forget()
        await_until(lambda: self._monitor is not None
                    and {type(event) for event in self._monitor.events()} == {Sync, DelayRequest},
                    timeout, f"PTP between {self._server.name} and {self._client.name}", self.log)

    def log(self) -> str:
        """What both printed last, and how many messages were seen."""
        events = [] if self._monitor is None else self._monitor.events()
        syncs = sum(isinstance(event, Sync) for event in events)
        lines = [f"seen: {syncs} Sync, {len(events) - syncs} Delay_Req"]
        for role in ("server", "client"):
            log = self._file(f"{role}.log")
            lines += [f"{role}:", *(log.read_text(errors="replace").splitlines()[-8:] if log.exists() else [])]
        return "\n".join(lines)

    def _at_least(self, samples: int, progress: Callable[[int], None]) -> list[float]:
        self._check_alive()
        errors = self.errors()
        progress(len(errors))
        return errors if len(errors) >= samples else []

    def _check_alive(self) -> None:
        for process in self._processes:
            if process.poll() is not None:
                raise RuntimeError(f"ptp4l has ended with status {process.returncode}")

    def _launch(self, host: Host, role: str, configuration: str) -> None:
        file = self._file(f"{role}.conf")
        file.write_text(configuration)
        self._processes.append(self._network.launch(
            host, ["ptp4l", "-f", str(file), "-i", self._network.interface(host)], self._file(f"{role}.log")))

    def _server_configuration(self) -> str:
        unicast = "unicast_listen 1\ninhibit_multicast_service 1\n" if self._is_unicast() else ""
        return self._configuration("server") + "masterOnly 1\n" + unicast

    def _client_configuration(self) -> str:
        configuration = (self._configuration("client") + "slaveOnly 1\nfree_running 1\n"
                         f"slave_event_monitor {self._file('monitor')}\n")
        if not self._is_unicast():
            return configuration
        address = self._server.ip if self._transport is Transport.UDP_IPV4 else self._server.mac
        return (configuration + "inhibit_multicast_service 1\nunicast_req_duration 60\n"
                f"[unicast_master_table]\ntable_id 1\nlogQueryInterval 0\n{self._transport.value} {address}\n"
                f"[{self._network.interface(self._client)}]\nunicast_master_table 1\n")

    def _configuration(self, role: str) -> str:
        return (f"{_COMMON}network_transport {self._transport.value}\ndomainNumber {self._domain}\n"
                f"uds_address {self._file(role)}.sock\n")

    def _is_unicast(self) -> bool:
        return self._delivery is Delivery.UNICAST

    def _file(self, suffix: str) -> Path:
        return self._network.folder / f"{self._name}.{suffix}"


class _Monitor:
    """Receives the events of a client in a thread of its own."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._events: list[Sync | DelayRequest] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._path = path
        self._thread = threading.Thread(target=self._receive, name=f"monitor {path.name}", daemon=True)
        self._thread.start()

    def events(self) -> list[Sync | DelayRequest]:
        with self._lock:
            return list(self._events)

    def forget(self) -> None:
        with self._lock:
            self._events.clear()

    def close(self) -> None:
        # An empty datagram wakes the thread, which closing the socket would not.
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", str(self._path))
        self._thread.join()
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _receive(self) -> None:
        while True:
            datagram = self._socket.recv(4096)
            if not datagram:
                return
            events = list(read_events(datagram))
            with self._lock:
                self._events += events
