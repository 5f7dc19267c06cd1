# SPDX-License-Identifier: Apache-2.0
"""The controller with a network of service nodes, and an agent on each of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Iterator

import pytest

from e2e.balancer.environment import at_service_nodes
from e2e.detection.environment import DetectionEnvironment, detecting
from e2e.environment import Environment


@pytest.fixture(scope="package", name="with_agents")
def _with_agents(found: Environment) -> Iterator[DetectionEnvironment]:
    with tempfile.TemporaryDirectory(prefix="roundtrip-agents-") as folder:
        Path(folder).chmod(0o755)
        with at_service_nodes(found) as nodes, detecting(nodes, Path(folder)) as environment:
            yield environment


@pytest.fixture(name="nodes")
def _nodes(with_agents: DetectionEnvironment) -> DetectionEnvironment:
    """The environment in the state in which every test begins."""
    with_agents.mend()
    return with_agents
