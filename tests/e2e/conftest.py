# SPDX-License-Identifier: Apache-2.0
"""One controller and one network for all tests, brought back to the same state before each."""

from __future__ import annotations

from typing import Iterator

import pytest

from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller, await_network
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies.awaiting import await_until
from topologies.emulation import EmulatedNetwork
from topologies.private_namespace import is_private
from topologies.two_sites import two_sites


@pytest.fixture(scope="session", name="instance")
def _instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControllerInstance]:
    if not is_private():
        pytest.fail("these tests need a private namespace: run them by ./roundtrip test e2e")
    instance = ControllerInstance(tmp_path_factory.mktemp("controller"))
    instance.start()
    yield instance
    instance.stop()


@pytest.fixture(scope="session", name="network")
def _network() -> Iterator[EmulatedNetwork]:
    with EmulatedNetwork(two_sites(), INSTANCE / "programs") as network:
        yield network


@pytest.fixture(scope="session", name="found")
def _found(instance: ControllerInstance, network: EmulatedNetwork) -> Environment:
    """The environment once the controller has found all of the network."""
    controller = Controller()
    network.connect(TARGET)
    await_network(controller, network.description)
    hosts = network.description.hosts

    def known() -> bool:
        network.introduce(*hosts)
        return {host.host_id for host in hosts} <= set(controller.hosts())

    await_until(known, SECONDS_TO_SETTLE, f"{len(hosts)} hosts", controller.describe)
    return Environment(instance, controller, network)


@pytest.fixture(name="environment")
def _environment(found: Environment) -> Environment:
    """The environment in the state in which every test begins."""
    found.mend()
    return found
