# SPDX-License-Identifier: Apache-2.0
"""A controller of its own for a benchmark, and a network that nothing else uses."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Sequence

from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller
from topologies.awaiting import await_until
from topologies.description import Network
from topologies.emulation import EmulatedNetwork

#: Where the switches find the controller.
TARGET = "tcp:127.0.0.1:6653"

#: It is at rest when it takes as much in so many periods, one after the other, within what garbage collection varies.
#: How much that is, nobody can know beforehand.
_STEADY_PERIODS = 3
_SECONDS_OF_REST = 10.0
_NOISE = 0.1
_NOISE_SHARE = 0.3


class LocalController(Controller):
    """A client of a controller that this process has started."""

    def __init__(self, instance: ControllerInstance) -> None:
        super().__init__()
        self._instance = instance

    def live_heap(self) -> int:
        """How many bytes of the controller's heap are reachable, after garbage collection."""
        return self._instance.live_heap()

    def await_rest(self, timeout: float) -> float:
        """Waits until the controller has done with what came before and only does what it does all the time.

        :returns: how many processors that takes
        :raises NotInTime: if there is no rest in time
        """
        usage: list[float] = []

        def is_at_rest() -> bool:
            began, before = time.monotonic(), self._instance.processor_seconds()
            time.sleep(_SECONDS_OF_REST)
            usage.append((self._instance.processor_seconds() - before) / (time.monotonic() - began))
            return is_steady(usage)

        await_until(is_at_rest, timeout, "the controller at rest", lambda: f"processors: {usage}")
        return statistics.median(usage[-_STEADY_PERIODS:])


def is_steady(usage: Sequence[float]) -> bool:
    """Whether the last of some periods used about as many processors as those before it: nothing comes to its end."""
    last = usage[-_STEADY_PERIODS:]
    return len(last) == _STEADY_PERIODS and max(last) - min(last) < _NOISE + _NOISE_SHARE * min(last)


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
