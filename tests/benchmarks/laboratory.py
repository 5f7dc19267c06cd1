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


@contextmanager
def laboratory(description: Network) -> Iterator[tuple[Controller, EmulatedNetwork]]:
    """Starts a controller and a network for the time of a benchmark. The switches have no controller yet."""
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder:
        instance = ControllerInstance(Path(folder))
        print("  starting a controller ...", flush=True)
        instance.start()
        try:
            with EmulatedNetwork(description, INSTANCE / "programs") as network:
                yield Controller(), network
        finally:
            instance.stop()
