# SPDX-License-Identifier: Apache-2.0
"""Data centres with a broker, a message proxy, a routing proxy and applications each, on a network that runs."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from controller.instance import REPOSITORY
from controller.rest import CREDENTIALS
from messaging.account import Account, account, read_lines, without_known
from messaging.broker import Broker
from topologies.awaiting import await_until
from topologies.data_centre import DataCentre
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.host_process import HostProcess
from topologies.network_namespace import ManagementLink
from topologies.processes import end, start

#: What runs proxies.
PROGRAM = REPOSITORY / "apps" / "messaging" / "proxy" / "target" / "proxy" / "bin" / "roundtrip-proxy"

#: What applications are: programs that speak with their message proxy by plain HTTP, or by gRPC.
BY_HTTP = "messaging.application"
BY_GRPC = "messaging.grpc_application"

PORT = 6691
_REST_PORT = 8181
_SECONDS_TO_START = 60.0


class Site:
    """A data centre with all that messages need there. Nothing runs at first. Not safe for several threads."""

    def __init__(self, data_centre: DataCentre, gateway: str, folder: Path, stack: ExitStack) -> None:
        """
        :param gateway: the connect point where what comes from it enters the network
        :param folder: an empty one
        :param stack: ends what is started
        """
        self.name = data_centre.name
        self.gateway = gateway
        self._folder = folder
        self._stack = stack
        self._data_centre = data_centre
        self.broker = Broker(data_centre.add_host("broker"), folder / "broker")
        self._host = data_centre.add_host("proxies")
        self._applications = data_centre.add_host("shops")
        self.management = stack.enter_context(ManagementLink(self._host.namespace))
        stack.callback(end, start(
            ["socat", f"TCP-LISTEN:{_REST_PORT},bind={self.management.controller_address},reuseaddr,fork",
             f"TCP:127.0.0.1:{_REST_PORT}"], folder / "controller.log"))
        self.message = self.proxy("message")
        self.routing = self.proxy("routing")
        for process in (self.broker.process, self.message, self.routing):
            stack.callback(process.__exit__)

    @property
    def proxies_address(self) -> str:
        """Where both proxies are, and from where the routing proxy connects to others."""
        return self._host.address

    def await_message_proxy(self) -> None:
        """Waits until it serves applications."""
        await_until(lambda: self.is_listening(PORT) and '"healthy":true' in self.curl(path="ready"), _SECONDS_TO_START,
                    f"message proxy of {self.name}", self.message.log)

    def is_listening(self, port: int) -> bool:
        """Whether something accepts connections at a port of the host of the proxies."""
        return bool(self._host.namespace.execute("ss", "-Hltn", f"sport = :{port}").strip())

    def state_folder(self, kind: str) -> Path:
        """Where a proxy keeps its configuration."""
        return self._folder / f"{kind}.state"

    def log(self, name: str) -> str:
        """What one of its processes has said."""
        file = self._folder / name
        return file.read_text(errors="replace") if file.exists() else ""

    def proxy(self, kind: str, label: str = "", **more: object) -> HostProcess:
        """Returns a proxy as it is installed, with its own configuration, which does not run.

        :param kind: message or routing
        :param label: tells it from others of this kind
        :param more: of its configuration; the hyphens of the names are underscores here
        """
        name = f"{self.name}-{kind}{label}"
        fields = {"name": name, "data-centre": self.name, "state-folder": self.state_folder(kind + label),
                  "controllers": f"http://{self.management.controller_address}:{_REST_PORT}",
                  "controllers-user": CREDENTIALS[0], "controllers-password": CREDENTIALS[1],
                  **({"listen": f"{self._host.address}:{PORT}"} if kind == "message" else {}),
                  **{key.replace("_", "-"): value for key, value in more.items()}}
        file = self._folder / f"{kind}{label}.properties"
        file.write_text("".join(f"{key} = {value}\n" for key, value in fields.items()))
        self.state_folder(kind + label).mkdir(exist_ok=True)
        return HostProcess(self._host.namespace, [str(PROGRAM), kind, "--config", str(file)],
                           self._folder / f"{kind}{label}.log")

    def sender(self, application: str, processor: str, rate: float, program: str = BY_HTTP) -> Application:
        """An application that sends so many messages a second, and does not run yet."""
        return self._application(program, application, "send", processor, str(rate))

    def receiver(self, application: str, program: str = BY_HTTP) -> Application:
        """An application that receives its messages, and does not run yet."""
        return self._application(program, application, "receive")

    def curl(self, *arguments: str, application: str = "", path: str = "", port: int = PORT) -> str:
        """Asks the message proxy as an operator would by hand, from the host of the applications."""
        return self._applications.namespace.execute(
            "curl", "-sS", "--max-time", "25", "-H", f"Authorization: Bearer {token_of(application)}", *arguments,
            f"http://{self._host.address}:{port}/{path}")

    def _application(self, program: str, application: str, verb: str, *more: str) -> Application:
        number = len(list(self._folder.glob(f"{application}-{verb}-*.jsonl")))
        file = self._folder / f"{application}-{verb}-{number}.jsonl"
        file.touch()
        process = HostProcess(self._applications.namespace, [
            "/usr/bin/python3", "-m", program, verb, f"{self._host.address}:{PORT}",
            token_of(application), str(file), *more], file.with_suffix(".log"))
        self._stack.callback(process.__exit__)
        return Application(process, file)


class Application:
    """An application that writes down what it sends or receives."""

    def __init__(self, process: HostProcess, file: Path) -> None:
        self.process = process
        self.name = str(file)

    def messages(self) -> list[dict[str, Any]]:
        """What it has written down so far."""
        return read_lines(Path(self.name))

    def received_from(self, sender: Application) -> list[dict[str, Any]]:
        """Those messages of a sender that it has written down so far."""
        return [message for message in self.messages() if message["sender"] == sender.name]


def token_of(application: str) -> str:
    """By what an application proves who it is."""
    return f"token-of-{application}"


def digest_of(application: str) -> str:
    """What the configuration has of a token."""
    return hashlib.sha256(token_of(application).encode()).hexdigest()


def compare(sender: Application, receiver: Application, *, by_identifier: bool = False) -> Account:
    """What became of the messages of a sender.

    :param by_identifier: whether the receiver leaves out what it has had by its identifier
    """
    received = receiver.received_from(sender)
    return account(sender.messages(), without_known(received) if by_identifier else received)


@contextmanager
def sites(network: EmulatedNetwork) -> Iterator[Mapping[str, Site]]:
    """Builds the data centres of a network, with brokers that run and proxies that do not."""
    with ExitStack() as stack:
        built = {router.name: _site(network, router, stack) for router in network.description.hosts}
        with ThreadPoolExecutor() as threads:
            # Each is a Java program: together they take little longer than one.
            list(threads.map(lambda site: site.broker.format(), built.values()))
        for site in built.values():
            site.broker.process.start()
        for site in built.values():
            site.broker.await_ready()
        yield built


def _site(network: EmulatedNetwork, router: Host, stack: ExitStack) -> Site:
    folder = network.folder / router.name
    folder.mkdir()
    return Site(stack.enter_context(DataCentre(network, router)), network.description.connect_point(router.port),
                folder, stack)


def configuration_of(built: Mapping[str, Site], applications: Mapping[str, str], queues: Mapping[str, Sequence[str]],
                     routes: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """The configuration of messaging between data centres.

    :param applications: the data centre of each
    :param queues: the senders and, as the last one, the processor of each
    """
    return {
        "data-centres": [{"name": site.name, "bootstrap-servers": [site.broker.address], "gateways": [site.gateway],
                          "proxies": [site.proxies_address]} for site in built.values()],
        "applications": [{"name": name, "data-centre": data_centre, "tokens": [digest_of(name)]}
                         for name, data_centre in applications.items()],
        "queues": [{"name": name, "senders": list(users[:-1]), "processor": users[-1]}
                   for name, users in queues.items()],
        "routes": list(routes)}
