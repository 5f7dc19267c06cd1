# SPDX-License-Identifier: Apache-2.0
"""A controller of its own for a benchmark, and a network that nothing else uses."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller
from topologies.description import Network
from topologies.emulation import EmulatedNetwork

#: Where the switches find the controller.
TARGET = "tcp:127.0.0.1:6653"


class LocalController(Controller):
    """A client of a controller that this process has started."""

    def __init__(self, instance: ControllerInstance) -> None:
        super().__init__()
        self._instance = instance

    def live_heap(self) -> int:
        """How many bytes of the controller's heap are reachable, after garbage collection."""
        return self._instance.live_heap()


@contextmanager
def laboratory(description: Network) -> Iterator[tuple[LocalController, EmulatedNetwork]]:
    """Starts a controller and a network for the time of a benchmark. The switches have no controller yet."""
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder:
        instance = ControllerInstance(Path(folder))
        print("  starting a controller ...", flush=True)
        instance.start()
        try:
            with EmulatedNetwork(description, INSTANCE / "programs") as network:
                yield LocalController(instance), network
        finally:
            instance.stop()
