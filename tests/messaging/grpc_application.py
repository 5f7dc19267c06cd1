# SPDX-License-Identifier: Apache-2.0
"""Applications that send and receive messages by gRPC, as programs in any language do with what protoc makes for them.

    python3 -m messaging.grpc_application send MESSAGE-PROXY TOKEN FILE PROCESSOR RATE
    python3 -m messaging.grpc_application receive MESSAGE-PROXY TOKEN FILE

They do what those of :mod:`messaging.application` do. Beyond that the one that receives writes down the position of
each message with the message itself, and names these positions when it comes back: so it processes nothing twice,
whoever dies in between.
"""

from __future__ import annotations

import importlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Iterable, Iterator, TextIO

import grpc

from controller.instance import REPOSITORY
from messaging.account import read_lines
from messaging.application import KEYS, paced, record, run, until_ended

_DEFINITIONS = REPOSITORY / "apps" / "messaging" / "proxy" / "src" / "main" / "protobuf"
_DEFINITION = "roundtrip/messaging/v1/message_proxy.proto"
_SERVICE = "/roundtrip.messaging.v1.MessageProxy/"

_SECONDS_BETWEEN_ATTEMPTS = 0.1


def _made_by_protoc() -> Any:
    """The classes of the messages."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["protoc", f"--proto_path={_DEFINITIONS}", f"--python_out={folder}", _DEFINITION], check=True)
        sys.path.insert(0, folder)
        try:
            return importlib.import_module(_DEFINITION.removesuffix(".proto").replace("/", ".") + "_pb2")
        finally:
            sys.path.remove(folder)


class GrpcClient:
    """A client of a message proxy, which connects again by itself. Thread-safe."""

    def __init__(self, address: str, token: str) -> None:
        """
        :param address: HOST:PORT
        """
        self.messages = _made_by_protoc()
        self._metadata = [("authorization", f"Bearer {token}")]
        self._channel = grpc.insecure_channel(address, [("grpc.max_reconnect_backoff_ms", 1000)])

    def send_many(self, requests: Iterable[Any]) -> Iterator[Any]:
        """Sends messages, and returns what is said of each."""
        return self._call("SendMany", requests, self.messages.NumberedSendRequest, self.messages.NumberedSendResponse)

    def receive(self, requests: Iterable[Any]) -> Iterator[Any]:
        """Receives messages."""
        return self._call("Receive", requests, self.messages.ReceiveRequest, self.messages.Delivery)

    def _call(self, method: str, requests: Iterable[Any], request: Any, response: Any) -> Iterator[Any]:
        call = self._channel.stream_stream(_SERVICE + method, request.SerializeToString, response.FromString)
        answers: Iterator[Any] = call(iter(requests), metadata=self._metadata, wait_for_ready=True)
        return answers


def _send(client: GrpcClient, file: TextIO, processor: str, rate: float) -> None:
    ended = until_ended()
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    unanswered: dict[int, dict[str, Any]] = {}
    pace = threading.Thread(target=_put_all, args=(paced(rate, ended), numbers))
    pace.start()
    while not ended.is_set():
        over = threading.Event()
        try:
            for answer in client.send_many(_requests(client, file.name, processor, numbers, unanswered, (ended, over))):
                record(file, {**unanswered.pop(answer.number), "confirmed": answer.HasField("response"),
                              "said": str(answer)})
        except grpc.RpcError as error:
            print(error, file=sys.stderr, flush=True)
        over.set()
    pace.join()
    for message in list(unanswered.values()):
        record(file, {**message, "confirmed": False, "error": "no answer"})


def _put_all(numbers: Iterable[int], waiting: queue.SimpleQueue[int]) -> None:
    for number in numbers:
        waiting.put(number)


def _requests(client: GrpcClient, sender: str, processor: str, numbers: queue.SimpleQueue[int],
              unanswered: dict[int, dict[str, Any]], ends: tuple[threading.Event, ...]) -> Iterator[Any]:
    """What is sent in one call, until one of the events that end it."""
    while not any(event.is_set() for event in ends):
        try:
            number = numbers.get(timeout=_SECONDS_BETWEEN_ATTEMPTS)
        except queue.Empty:
            continue
        message = {"number": number, "key": f"key-{number % KEYS}", "sent": time.time()}
        unanswered[number] = message
        yield client.messages.NumberedSendRequest(number=number, request=client.messages.SendRequest(
            processor=processor, key=message["key"], payload=json.dumps({**message, "sender": sender}).encode()))


def _receive(client: GrpcClient, file: TextIO) -> None:
    while True:
        requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        requests.put(client.messages.ReceiveRequest(subscription=client.messages.Subscription(
            processed=[client.messages.Position(queue=name, partition=partition, offset=offset)
                       for name, partition, offset in _processed(Path(file.name))])))
        try:
            for delivery in client.receive(iter(requests.get, None)):
                position = delivery.position
                record(file, {**json.loads(delivery.payload), "id": delivery.id, "received": time.time(),
                              "attempt": delivery.attempt, "settled-below": delivery.settled_below,
                              "position": (position.queue, position.partition, position.offset)})
                requests.put(client.messages.ReceiveRequest(
                    acknowledge=client.messages.Settlement(number=delivery.number)))
        except grpc.RpcError as error:
            print(error, file=sys.stderr, flush=True)
        # Ends the thread that waits for what to say.
        requests.put(None)
        time.sleep(_SECONDS_BETWEEN_ATTEMPTS)


def _processed(file: Path) -> list[tuple[str, int, int]]:
    """The positions that are written down, without those that nobody will ask for again."""
    positions: set[tuple[str, int, int]] = set()
    settled: dict[tuple[str, int], int] = {}
    for line in read_lines(file):
        name, partition, offset = line["position"]
        positions.add((name, partition, offset))
        settled[name, partition] = max(settled.get((name, partition), 0), line["settled-below"])
    return sorted(each for each in positions if each[2] >= settled[each[:2]])


if __name__ == "__main__":
    run(GrpcClient, _send, _receive)
