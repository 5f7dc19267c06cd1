# SPDX-License-Identifier: Apache-2.0
"""Members of virtual servers with real servers on them."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from topologies.awaiting import await_until
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.processes import end

_PROGRAM = Path(__file__).with_name("named_server.py")
_HEALTH_PROGRAM = Path(__file__).with_name("health_server.py")
_SECONDS_TO_START = 20.0


@dataclass(frozen=True)
class Endpoint:
    """Where a server listens: the protocol is tcp or udp."""

    protocol: str
    address: str
    port: int


def link_local(mac: str) -> ipaddress.IPv6Address:
    """The link-local address of an interface by its MAC address (RFC 4291, appendix A)."""
    octets = bytes.fromhex(mac.replace(":", ""))
    identifier = bytes([octets[0] ^ 2]) + octets[1:3] + b"\xff\xfe" + octets[3:]
    return ipaddress.IPv6Address(b"\xfe\x80" + bytes(6) + identifier)


def carry(network: EmulatedNetwork, host: Host, *addresses: str) -> None:
    """Gives virtual IP addresses to the loopback interface of a host, which is all that makes it a member.

    Its other interface gets a link-local address, as every interface with IPv6 has (RFC 4291, section 2.1): Linux asks
    for a client's address from there when it answers from an address of the loopback interface.
    """
    network.execute(host, "sysctl", "-qw", "net.ipv6.conf.lo.disable_ipv6=0")
    network.execute(host, "ip", "address", "replace", f"{link_local(host.mac)}/64", "dev", network.interface(host),
                    "nodad")
    for address in addresses:
        length = 128 if ":" in address else 32
        network.execute(host, "ip", "address", "replace", f"{address}/{length}", "dev", "lo",
                        *(["nodad"] if length == 128 else []))


@contextmanager
def without_vips(network: EmulatedNetwork, host: Host) -> Iterator[None]:
    """Takes all virtual IP addresses from a host and gives them back."""
    shown = json.loads(network.execute(host, "ip", "-json", "address", "show", "dev", "lo", "scope", "global"))
    network.execute(host, "ip", "address", "flush", "dev", "lo", "scope", "global")
    try:
        yield
    finally:
        given = [address["local"] for entry in shown for address in entry.get("addr_info", []) if address]
        carry(network, host, *given)


class NamedServer:
    """A server on a host that says the host's name. A context manager."""

    def __init__(self, network: EmulatedNetwork, host: Host, *endpoints: Endpoint) -> None:
        self.host = host
        self._network = network
        self._endpoints = endpoints
        self._log = network.folder / f"named-server-{host.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> NamedServer:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def start(self) -> None:
        """Starts it and waits until it listens."""
        words = [word for endpoint in self._endpoints
                 for word in (endpoint.protocol, endpoint.address, str(endpoint.port))]
        self._process = self._network.launch(self.host, [sys.executable, str(_PROGRAM), self.host.name, *words],
                                             self._log)
        await_until(lambda: self._log.read_text().startswith("ready"), _SECONDS_TO_START,
                    f"the server of {self.host.name}", self._log.read_text)

    def revive(self) -> None:
        """Starts it if it does not run."""
        if self._process is None or self._process.poll() is not None:
            self.start()

    def crash(self) -> None:
        """Ends it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class HealthServer:
    """An HTTP server on a host that says how the host is, as it is told. A context manager; at first all is well."""

    def __init__(self, network: EmulatedNetwork, host: Host, address: str, port: int,
                 certificate: Path | None = None) -> None:
        """:param certificate: a PEM file with a key and a certificate, for HTTPS"""
        self._network = network
        self._host = host
        stem = f"health-{host.name}-{address.replace(':', '-')}-{port}"
        self._orders = network.folder / f"{stem}.json"
        self._log = network.folder / f"{stem}.log"
        self._command = [sys.executable, str(_HEALTH_PROGRAM), address, str(port), str(self._orders),
                         *([] if certificate is None else [str(certificate)])]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> HealthServer:
        self.answer()
        self._process = self._network.launch(self._host, self._command, self._log)
        await_until(lambda: self._log.read_text().startswith("ready"), _SECONDS_TO_START,
                    f"the health server of {self._host.name}", self._log.read_text)
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def answer(self, status: int = 200, body: str = "all is well", delay: float = 0.0) -> None:
        """Says how requests are answered from now on.

        :param delay: after how many seconds
        """
        # No request may find half of it.
        new = self._orders.with_suffix(".new")
        new.write_text(json.dumps({"status": status, "body": body, "delay": delay}))
        new.replace(self._orders)


class WebServer:
    """An HTTP server on a host with some files: `name` has the host's name. A context manager."""

    def __init__(self, network: EmulatedNetwork, host: Host, address: str, port: int, **sizes: int) -> None:
        """:param sizes: the names of more files and how many octets each has"""
        self._network = network
        self._host = host
        self._address = address
        self._port = port
        self._sizes = sizes
        self._log = network.folder / f"web-{host.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> WebServer:
        folder = self._network.folder / f"web-{self._host.name}"
        folder.mkdir(exist_ok=True)
        (folder / "name").write_text(self._host.name)
        for name, size in self._sizes.items():
            (folder / name).write_bytes(bytes(size))
        self._process = self._network.launch(
            self._host, [sys.executable, "-u", "-m", "http.server", str(self._port), "--bind", self._address,
                         "--directory", str(folder)], self._log)
        await_until(lambda: "Serving HTTP" in self._log.read_text(), _SECONDS_TO_START,
                    f"the web server of {self._host.name}", self._log.read_text)
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None
