# SPDX-License-Identifier: Apache-2.0
"""The receiving end of ptp4l's ``slave_event_monitor``."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from clocks.timing import DelayRequest, Sync, read_events


class Monitor:
    """Receives the events of a client in a thread of its own, from its making until it is closed. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """:param path: the socket's, which must be short"""
        self._lock = threading.Lock()
        self._events: list[Sync | DelayRequest] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._path = path
        self._thread = threading.Thread(target=self._receive, name=f"monitor {path.name}", daemon=True)
        self._thread.start()

    def events(self) -> list[Sync | DelayRequest]:
        """The events up to now, or since they were forgotten."""
        with self._lock:
            return list(self._events)

    def forget(self) -> None:
        """Forgets the events up to now."""
        with self._lock:
            self._events.clear()

    def close(self) -> None:
        """Ends the thread and removes the socket."""
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
