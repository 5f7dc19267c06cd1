# SPDX-License-Identifier: Apache-2.0
"""One controller and one network for all tests, brought back to the same state before each."""

from __future__ import annotations

from typing import Iterator

import pytest

from controller.instance import INSTANCE, ControllerInstance
from controller.rest import Controller
from e2e.environment import TARGET, Environment
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
    network.connect(TARGET)
    environment = Environment(instance, Controller(), network)
    environment.await_everything_found()
    return environment


@pytest.fixture(name="environment")
def _environment(found: Environment) -> Environment:
    """The environment in the state in which every test begins."""
    found.mend()
    return found
