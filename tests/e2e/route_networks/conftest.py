# SPDX-License-Identifier: Apache-2.0
"""The controller with two data centres and two ways between them."""

from __future__ import annotations

from typing import Iterator

import pytest

from e2e.environment import Environment
from e2e.route_networks.environment import RouteNetworkEnvironment, with_route_networks


@pytest.fixture(scope="package", name="ring")
def _ring(found: Environment) -> Iterator[RouteNetworkEnvironment]:
    with with_route_networks(found) as environment:
        yield environment


@pytest.fixture(name="wan")
def _wan(ring: RouteNetworkEnvironment) -> RouteNetworkEnvironment:
    """The environment in the state in which every test begins."""
    ring.reset()
    return ring
