# SPDX-License-Identifier: Apache-2.0
"""The controller with a network of service nodes."""

from __future__ import annotations

from typing import Iterator

import pytest

from e2e.balancer.environment import ServerEnvironment, at_service_nodes
from e2e.environment import Environment


@pytest.fixture(scope="package", name="at_service_nodes")
def _at_service_nodes(found: Environment) -> Iterator[ServerEnvironment]:
    with at_service_nodes(found) as nodes:
        yield nodes


@pytest.fixture(name="nodes")
def _nodes(at_service_nodes: ServerEnvironment) -> ServerEnvironment:
    """The environment in the state in which every test begins."""
    at_service_nodes.mend()
    return at_service_nodes
