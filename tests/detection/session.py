# SPDX-License-Identifier: Apache-2.0
"""The agent's side of the protocol of detection, for agents that do what ours would not.

What both say to each other is in docs/detection-protocol.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import socket
from datetime import datetime, timezone
from typing import Any, Mapping

#: Where a controller listens for agents, unless it is configured otherwise.
PORT = 6690

_VERSION = 1
_SECONDS_TO_ANSWER = 20.0


class RefusedByController(RuntimeError):
    """The controller let an agent not in. The message is its reason."""


class AgentSession:
    """A connection of an agent that is let in. A context manager. Not safe for several threads."""

    def __init__(self, name: str, secret: str, address: str = "127.0.0.1", port: int = PORT) -> None:
        """
        :param name: as which agent it introduces itself
        :raises RefusedByController: if the controller does not let it in
        """
        self._socket = socket.create_connection((address, port), _SECONDS_TO_ANSWER)
        self._lines = self._socket.makefile("rb")
        try:
            self._shake_hands(name, secret)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> AgentSession:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._lines.close()
        self._socket.close()

    def send(self, message: Mapping[str, Any]) -> None:
        """Sends a message as it is."""
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def send_results(self, *results: Mapping[str, Any]) -> None:
        """Sends results of checks that have changed."""
        self.send({"type": "results", "time": now(), "results": list(results)})

    def receive(self) -> dict[str, Any]:
        """Awaits a message.

        :raises EOFError: if the controller has ended the connection
        """
        line = self._lines.readline()
        if not line:
            raise EOFError("the controller has ended the connection")
        message: dict[str, Any] = json.loads(line)
        return message

    def accept_checks(self) -> list[dict[str, Any]]:
        """Awaits all checks that the agent is given, accepts them, and returns them."""
        checks: list[dict[str, Any]] = []
        while True:
            message = self.receive()
            if message["type"] == "checks":
                checks += message["checks"]
                if message["part"] == message["parts"]:
                    self.send({"type": "accepted", "revision": message["revision"]})
                    return checks

    def _shake_hands(self, name: str, secret: str) -> None:
        nonce = secrets.token_hex(32)
        self.send({"type": "hello", "versions": [_VERSION], "agent": name, "nonce": nonce, "software": "test 0"})
        challenge = self._expect("challenge")
        # It goes on even if the controller does not know this secret, as somebody would who only guesses.
        self.send({"type": "authenticate", "proof": self._proof("agent", name, nonce, challenge["nonce"], secret)})
        self._expect("welcome")

    def _expect(self, kind: str) -> dict[str, Any]:
        message = self.receive()
        if message["type"] == "refused":
            raise RefusedByController(message["reason"])
        if message["type"] != kind:
            raise ValueError(f"{kind} was expected: {message}")
        return message

    @staticmethod
    def _proof(role: str, name: str, nonce: str, challenge: str, secret: str) -> str:
        said = "\n".join([role, str(_VERSION), str(_VERSION), name, nonce, challenge])
        return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def result(check: str, verdict: str, reason: str) -> dict[str, Any]:
    """Returns what an agent says of a check."""
    return {"check": check, "verdict": verdict, "reason": reason, "since": now(), "last-probe": now(), "probes": 10,
            "failures": 10 if verdict == "down" else 0, "latency": {"median": 180, "p95": 410, "p99": 950}}


def now() -> str:
    """The time as the protocol has it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
