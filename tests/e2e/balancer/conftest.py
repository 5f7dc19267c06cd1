# SPDX-License-Identifier: Apache-2.0
"""The controller with a network of service nodes, in place of that of the other tests for as long."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Iterator

import pytest

from connections.servers import carry
from controller.instance import INSTANCE
from e2e.balancer.environment import ServerEnvironment
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies.awaiting import await_until
from topologies.emulation import EmulatedNetwork
from topologies.service_nodes import OTHER_VIP, VIP, VIP6, service_nodes


@pytest.fixture(scope="package", name="at_service_nodes")
def _at_service_nodes(found: Environment) -> Iterator[ServerEnvironment]:
    found.mend()
    found.network.disconnect()
    await_until(lambda: not found.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.stop()
    with EmulatedNetwork(service_nodes(), INSTANCE / "programs") as network, ExitStack() as stack:
        network.connect(TARGET)
        nodes = ServerEnvironment.of(found.instance, found.controller, network)
        for server in nodes.servers.values():
            carry(network, server.host, VIP, OTHER_VIP, VIP6)
            stack.enter_context(server)
        yield nodes
        nodes.mend()
        network.disconnect()
        await_until(lambda: not nodes.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.start()
    found.network.connect(TARGET)
    found.await_everything_found()


@pytest.fixture(name="nodes")
def _nodes(at_service_nodes: ServerEnvironment) -> ServerEnvironment:
    """The environment in the state in which every test begins."""
    at_service_nodes.mend()
    return at_service_nodes
