# SPDX-License-Identifier: Apache-2.0
"""Applications that send and receive messages by plain HTTP.

    python3 -m messaging.application send MESSAGE-PROXY TOKEN FILE PROCESSOR RATE
    python3 -m messaging.application receive MESSAGE-PROXY TOKEN FILE

Both write a line of JSON for each message to a file, and go on until they are ended. No message is ever sent again: who
got no answer does not know whether it was accepted. A message names the file of its sender, so that those of several
can be told apart.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import signal
import sys
import threading
import time
from typing import Any, Callable, Iterator, Mapping, TextIO, TypeVar

Client = TypeVar("Client")

#: Over how many keys messages are spread.
KEYS = 8

_SECONDS_TO_ANSWER = 30.0
_SECONDS_TO_WAIT = 2
_SECONDS_BETWEEN_ATTEMPTS = 0.1
_MOST_AT_ONCE = 200


class MessageProxyClient:
    """A client of a message proxy, which connects again when it has to. Not safe for several threads."""

    def __init__(self, address: str, token: str) -> None:
        """
        :param address: HOST:PORT
        """
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connection = http.client.HTTPConnection(address, timeout=_SECONDS_TO_ANSWER)

    def request(self, method: str, path: str, body: bytes | None = None,
                headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Sends a request and returns the status and the body of the answer.

        :raises OSError: if there is no answer
        """
        try:
            self._connection.request(method, path, body, {**self._headers, **(headers or {})})
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise OSError(f"{self._address}: {error!r}") from error

    def send(self, processor: str, payload: bytes, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """Sends a message and returns the status and what was said."""
        status, body = self.request("POST", f"/v1/messages/{processor}", payload, headers)
        return status, json.loads(body)

    def take(self, wait: int = _SECONDS_TO_WAIT) -> list[dict[str, Any]]:
        """Takes messages, after waiting for the first of them.

        :raises OSError: if it is given none for another reason than that there are none
        """
        status, body = self.request("GET", f"/v1/messages?max={_MOST_AT_ONCE}", headers={"Prefer": f"wait={wait}"})
        if status == http.HTTPStatus.NO_CONTENT:
            return []
        if status != http.HTTPStatus.OK:
            raise OSError(f"{self._address}: {status}: {body.decode(errors='replace')[:500]}")
        messages: list[dict[str, Any]] = json.loads(body)
        return messages

    def acknowledge(self, messages: list[dict[str, Any]]) -> None:
        """Says that messages have been processed."""
        receipts = {"acknowledge": [message["receipt"] for message in messages]}
        self.request("POST", "/v1/acknowledgements", json.dumps(receipts).encode(),
                     {"Content-Type": "application/json"})


def payload_of(message: Mapping[str, Any]) -> bytes:
    """What a message says."""
    return base64.b64decode(message["payload"])


def _send(client: MessageProxyClient, file: TextIO, processor: str, rate: float) -> None:
    for number in paced(rate, until_ended()):
        key, sent = f"key-{number % KEYS}", time.time()
        payload = json.dumps({"sender": file.name, "number": number, "key": key, "sent": sent}).encode()
        try:
            status, said = client.send(processor, payload, {"Roundtrip-Key": key})
            outcome = {"confirmed": status == http.HTTPStatus.CREATED, "status": status, "said": said}
        except OSError as error:
            outcome = {"confirmed": False, "error": str(error)}
        record(file, {"number": number, "key": key, "sent": sent, **outcome})


def _receive(client: MessageProxyClient, file: TextIO) -> None:
    while True:
        try:
            messages = client.take()
            now = time.time()
            for message in messages:
                record(file, {**json.loads(payload_of(message)), "id": message["id"], "received": now,
                              "attempt": message["attempt"]})
            if messages:
                client.acknowledge(messages)
        except OSError as error:
            print(error, file=sys.stderr, flush=True)
            time.sleep(_SECONDS_BETWEEN_ATTEMPTS)


def until_ended() -> threading.Event:
    """Lets SIGTERM end this process between two messages, so that all are written down."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: ended.set())
    return ended


def paced(rate: float, ended: threading.Event) -> Iterator[int]:
    """Numbers, so many a second; those that are late come as soon as they can."""
    began = time.monotonic()
    for number in itertools.count():
        if ended.wait(max(0.0, began + number / rate - time.monotonic())):
            return
        yield number


def record(file: TextIO, line: Mapping[str, Any]) -> None:
    """Writes a line down, at once."""
    file.write(json.dumps(line) + "\n")
    file.flush()


def run(connect: Callable[[str, str], Client], send: Callable[[Client, TextIO, str, float], None],
        receive: Callable[[Client, TextIO], None]) -> None:
    """Does what the arguments of this process say until it is ended.

    :param connect: makes a client of an address and a token
    """
    verb, address, token, name, *more = sys.argv[1:]
    with open(name, "a", encoding="utf-8") as file:
        client = connect(address, token)
        if verb == "send":
            send(client, file, more[0], float(more[1]))
        else:
            receive(client, file)


if __name__ == "__main__":
    run(MessageProxyClient, _send, _receive)
