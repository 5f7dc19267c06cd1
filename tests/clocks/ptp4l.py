# SPDX-License-Identifier: Apache-2.0
"""Clock servers and clients: ptp4l with software timestamps.

All hosts of an emulated network share the clock of the machine. A client steers it as ever, but is not allowed to:
the kernel refuses. So its true offset from its server is zero, and whatever offset it computes is exactly the error of
its measurement. (A client that is told to run free is never calibrated, and does not ask a second server for Sync.)
"""

from __future__ import annotations

import enum
import itertools
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Callable, Sequence, TypeVar

from clocks.log import (LoggedOffset, LogLine, StateChange, clock_identity, offsets, read_log, selections,
                        state_changes)
from clocks.monitor import Monitor
from clocks.timing import DelayRequest, Summary, Sync, path_error, summarise, time_errors
from topologies.awaiting import NotInTime, await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end

_numbers = itertools.count(1)
#: Takes the right to set the clock of the machine from a command for good, whoever runs it (capabilities(7)).
WITHOUT_POWER_OVER_TIME = ("setpriv", "--inh-caps=-sys_time", "--bounding-set=-sys_time", "--no-new-privs")

#: What a client says for every Sync message, as it may not set the clock.
_REFUSAL = "Operation not permitted"

_SomeClock = TypeVar("_SomeClock", bound="_Clock")


class Transport(enum.Enum):
    """How PTP is carried: ptp4l's name of it."""

    UDP_IPV4 = "UDPv4"
    UDP_IPV6 = "UDPv6"
    ETHERNET = "L2"

    @property
    def session_name(self) -> str:
        """The name that clock sessions have for it."""
        return {Transport.UDP_IPV4: "udp-ipv4", Transport.UDP_IPV6: "udp-ipv6", Transport.ETHERNET: "ethernet"}[self]

    def address_of(self, host: Host) -> str:
        """The address at which it finds a host."""
        if self is Transport.ETHERNET:
            return host.mac
        return host.ip if self is Transport.UDP_IPV4 else host.ipv6


class Delivery(enum.Enum):
    """Whether the server sends to a group, or to a client that has asked for it (IEEE 1588-2019, 16.1)."""

    MULTICAST = "multicast"
    UNICAST = "unicast"


@dataclass(frozen=True)
class Profile:
    """What clocks must agree on to talk to each other. Intervals are powers of two in seconds.

    `domain` keeps clocks apart that share a network. `grant_duration` is what unicast clients ask for, in seconds, and
    `log_query_interval` is how long they wait before they ask again a server that does not answer. A client loses its
    server when it has heard no Announce message for `announce_receipt_timeout` announce intervals.
    """

    transport: Transport = Transport.UDP_IPV4
    delivery: Delivery = Delivery.UNICAST
    domain: int = 0
    log_announce_interval: int = -1
    announce_receipt_timeout: int = 3
    log_sync_interval: int = -5
    log_delay_request_interval: int = -5
    grant_duration: int = 60
    log_query_interval: int = 0

    @property
    def is_unicast(self) -> bool:
        """Whether clients ask for their messages."""
        return self.delivery is Delivery.UNICAST

    @property
    def options(self) -> str:
        """The part of ptp4l's configuration that is the same for servers and clients."""
        return (f"network_transport {self.transport.value}\ndomainNumber {self.domain}\n"
                f"logAnnounceInterval {self.log_announce_interval}\n"
                f"announceReceiptTimeout {self.announce_receipt_timeout}\nlogSyncInterval {self.log_sync_interval}\n"
                f"logMinDelayReqInterval {self.log_delay_request_interval}\n"
                + ("inhibit_multicast_service 1\n" if self.is_unicast else ""))


class _Clock:
    """One ptp4l on a host. Not safe for several threads."""

    def __init__(self, network: EmulatedNetwork, host: Host, profile: Profile) -> None:
        self.host = host
        self.profile = profile
        self._network = network
        self._name = f"ptp{next(_numbers)}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self: _SomeClock) -> _SomeClock:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    @property
    def management_socket(self) -> Path:
        """Where it takes management messages from this machine."""
        return self._file("sock")

    @property
    def configuration_file(self) -> Path:
        """Where its configuration is from its start on."""
        return self._file("conf")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running ptp4l.

        :raises RuntimeError: if it does not run
        """
        if self._process is None:
            raise RuntimeError(f"ptp4l on {self.host.name} does not run")
        return self._process

    def start(self) -> None:
        """Starts the clock, with an empty log."""
        file = self.configuration_file
        file.write_text(self._configuration())
        self._process = self._network.launch(
            self.host, [*WITHOUT_POWER_OVER_TIME, "ptp4l", "-f", str(file), "-i", self._network.interface(self.host)],
            self._file("log"))

    def stop(self) -> None:
        """Ends the clock in an orderly way; one that has ended is fine. A unicast client cancels its grants."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def kill(self) -> None:
        """Ends the clock as a power failure would: it says nothing to anyone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def check_alive(self) -> None:
        """
        :raises RuntimeError: if it has ended by itself
        """
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"ptp4l on {self.host.name} has ended with status {self._process.returncode}")

    def lines(self) -> list[LogLine]:
        """What it has logged since its start."""
        return read_log(self.log())

    def log(self) -> str:
        """Its log as it is."""
        file = self._file("log")
        return file.read_text(errors="replace") if file.exists() else ""

    def state_changes(self) -> list[StateChange]:
        """The changes of the state of its port since its start."""
        return list(state_changes(self.lines()))

    def state(self) -> str:
        """The state of its port, such as SLAVE (IEEE 1588-2019, 9.2.5), or nothing before its start."""
        changes = self.state_changes()
        return changes[-1].present if changes else ""

    def describe(self) -> str:
        """What it logged last."""
        lines = [line for line in self.log().splitlines() if _REFUSAL not in line]
        return "\n".join([f"ptp4l on {self.host.name}:", *lines[-10:]])

    def _configuration(self) -> str:
        # A timestamp that a busy machine gives late is no fault of the port, for which it would be out for 16 s.
        return ("[global]\ntime_stamping software\ntx_timestamp_timeout 100\ndelay_mechanism E2E\n"
                "logging_level 6\nuse_syslog 0\nverbose 1\n"
                f"uds_address {self.management_socket}\n{self.profile.options}")

    def _file(self, suffix: str) -> Path:
        return self._network.folder / f"{self._name}.{suffix}"


class ClockServer(_Clock):
    """A clock that gives the time, to any number of clients. Not safe for several threads.

    It grants whatever a unicast client asks for.
    """

    def __init__(self, network: EmulatedNetwork, host: Host, profile: Profile = Profile(),
                 priority: int = 128) -> None:
        """:param priority: priority1: clients that hear of several servers take the smallest number first"""
        super().__init__(network, host, profile)
        self._priority = priority

    def _configuration(self) -> str:
        return (super()._configuration() + f"masterOnly 1\npriority1 {self._priority}\n"
                + ("unicast_listen 1\n" if self.profile.is_unicast else ""))


class ClockClient(_Clock):
    """A clock that takes the time and may not adjust its own. Any thread may read its figures, one does the rest."""

    def __init__(self, network: EmulatedNetwork, host: Host, servers: Sequence[Host], profile: Profile = Profile(),
                 events_to: Path | None = None, delay_asymmetry: int = 0) -> None:
        """
        :param servers: whom a unicast client asks; it takes the best of those that answer. A multicast client takes
            the best that it hears of
        :param events_to: a socket of someone else's that gets the timestamps of messages, and so this object does not
        :param delay_asymmetry: nanoseconds that it shall take the way from the server to be longer than the mean
        """
        super().__init__(network, host, profile)
        self._servers = tuple(servers)
        self._events_to = events_to
        self._delay_asymmetry = delay_asymmetry
        self._monitor: Monitor | None = None

    def start(self) -> None:
        """Starts the clock. It measures as soon as the network carries its messages."""
        if self._events_to is None:
            self._monitor = Monitor(self._file("monitor"))
        super().start()

    def stop(self) -> None:
        """Ends the clock and forgets what it measured."""
        super().stop()
        if self._monitor is not None:
            self._monitor.close()
            self._monitor = None

    def forget(self) -> None:
        """Forgets what was measured up to now, as after a change in the network."""
        if self._monitor is not None:
            self._monitor.forget()

    def events(self) -> list[Sync | DelayRequest]:
        """The timestamps of the messages since the start, or since they were forgotten."""
        return [] if self._monitor is None else self._monitor.events()

    def errors(self) -> list[float]:
        """The time errors since the start, or since they were forgotten, in microseconds."""
        return time_errors(self.events())

    def offsets(self) -> list[LoggedOffset]:
        """The offsets that ptp4l has computed and logged itself, one for each Sync message."""
        return list(offsets(self.lines()))

    def selected(self) -> str:
        """The identity of the server that it has selected last, or its own if it heard of none."""
        found = list(selections(self.lines()))
        return found[-1].clock if found else ""

    def follows(self, server: Host) -> bool:
        """Tells whether it takes the time of a server now."""
        return self.state() == "SLAVE" and self.selected() == clock_identity(server)

    def measure(self, samples: int, timeout: float = 60.0,
                progress: Callable[[int], None] = lambda count: None) -> Summary:
        """Waits until enough time errors have been measured anew, and returns their figures.

        :param progress: is called every now and then with the number there is
        :raises NotInTime: if they do not come, as when the network does not carry the messages
        """
        return summarise(self._await_errors(samples, timeout, progress))

    def measure_path_error(self, samples: int, timeout: float = 60.0) -> float:
        """As :meth:`measure`, but returns the error that the two ways make, without the noise of the machine.

        :returns: microseconds
        :raises NotInTime: if there are too few messages, as when the network does not carry them
        """
        self._await_errors(samples, timeout, lambda count: None)
        return self.path_error()

    def path_error(self) -> float:
        """The error that the two ways have made since the start, or since it was forgotten, in microseconds.

        :raises ValueError: if messages of one direction only were seen
        """
        return path_error(self.events())

    def await_messages(self, timeout: float = 30.0) -> None:
        """Waits until messages go in both directions."""
        self.forget()
        await_until(lambda: {type(event) for event in self.events()} == {Sync, DelayRequest}, timeout,
                    f"PTP of {self.host.name}", self.describe)

    def await_server(self, server: Host, timeout: float = 30.0) -> None:
        """Waits until it takes the time of a server."""
        await_until(lambda: self.follows(server), timeout, f"{self.host.name} following {server.name}", self.describe)

    def describe(self) -> str:
        """How many messages it measured with, and what it logged last."""
        events = self.events()
        syncs = sum(isinstance(event, Sync) for event in events)
        return f"seen: {syncs} Sync, {len(events) - syncs} Delay_Req\n{super().describe()}"

    def _await_errors(self, samples: int, timeout: float, progress: Callable[[int], None]) -> list[float]:
        self.forget()
        return await_until(lambda: self._at_least(samples, progress), timeout,
                           f"{samples} time errors on {self.host.name}", self.describe)

    def _at_least(self, samples: int, progress: Callable[[int], None]) -> list[float]:
        self.check_alive()
        errors = self.errors()
        progress(len(errors))
        return errors if len(errors) >= samples else []

    def _configuration(self) -> str:
        monitor = self._events_to or self._file("monitor")
        # Each offset is logged, not a summary of many. The servo locks within a second, which would be 16, and what it
        # does to rates in vain may not count.
        configuration = (super()._configuration() + "slaveOnly 1\npi_proportional_const 0.7\npi_integral_const 0.3\n"
                         "max_frequency 1\nfirst_step_threshold 0\nsanity_freq_limit 0\n"
                         f"delayAsymmetry {self._delay_asymmetry}\n"
                         f"summary_interval {self.profile.log_sync_interval}\nslave_event_monitor {monitor}\n")
        if not self.profile.is_unicast:
            return configuration
        transport = self.profile.transport
        table = "".join(f"{transport.value} {transport.address_of(server)}\n" for server in self._servers)
        return (f"{configuration}unicast_req_duration {self.profile.grant_duration}\n"
                f"[unicast_master_table]\ntable_id 1\nlogQueryInterval {self.profile.log_query_interval}\n{table}"
                f"[{self._network.interface(self.host)}]\nunicast_master_table 1\n")


def measure_path_errors(clients: Sequence[ClockClient], samples: int, timeout: float = 60.0) -> dict[str, float]:
    """As :meth:`ClockClient.measure_path_error`, for several clients at the same time.

    :returns: microseconds by the names of the clients' hosts
    :raises NotInTime: if time errors of one of them do not come
    """
    for client in clients:
        client.forget()

    def missing() -> list[str]:
        for client in clients:
            client.check_alive()
        return [client.host.name for client in clients if len(client.errors()) < samples]

    await_until(lambda: not missing(), timeout, f"{samples} time errors of each client", lambda: "\n".join(
        [f"too few: {missing()}", *(client.describe() for client in clients)]))
    return {client.host.name: client.path_error() for client in clients}


class Clocks:
    """A server and a client of it. Start and stop them by one thread; their figures may be read by any.

    Use it as a context manager::

        with Clocks(network, server, client) as clocks:
            summary = clocks.measure(samples=200)
    """

    def __init__(self, network: EmulatedNetwork, server: Host, client: Host, profile: Profile = Profile()) -> None:
        self.server = ClockServer(network, server, profile)
        self.client = ClockClient(network, client, [server], profile)

    def __enter__(self) -> Clocks:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Starts server and client. They measure as soon as the network carries their messages."""
        try:
            self.server.start()
            self.client.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends both and forgets what they measured."""
        self.client.stop()
        self.server.stop()

    def forget(self) -> None:
        """Forgets what was measured up to now, as after a change in the network."""
        self.client.forget()

    def errors(self) -> list[float]:
        """The time errors since the start, or since they were forgotten, in microseconds."""
        return self.client.errors()

    def measure(self, samples: int, timeout: float = 60.0,
                progress: Callable[[int], None] = lambda count: None) -> Summary:
        """As :meth:`ClockClient.measure`; the message of what does not come has the end of both logs."""
        try:
            return self.client.measure(samples, timeout, progress)
        except NotInTime as late:
            late.add_note(self.server.describe())
            raise

    def measure_path_error(self, samples: int, timeout: float = 60.0) -> float:
        """As :meth:`ClockClient.measure_path_error`; the message of what does not come has the end of both logs."""
        try:
            return self.client.measure_path_error(samples, timeout)
        except NotInTime as late:
            late.add_note(self.server.describe())
            raise

    def await_messages(self, timeout: float = 30.0) -> None:
        """Waits until messages go in both directions."""
        self.client.await_messages(timeout)

    def log(self) -> str:
        """What both logged last, and how many messages were seen."""
        return f"{self.client.describe()}\n{self.server.describe()}"
