# SPDX-License-Identifier: Apache-2.0
"""The controller with two data centres."""

from __future__ import annotations

from typing import Iterator

import pytest

from e2e.environment import Environment
from e2e.messaging.environment import MessagingEnvironment, between_data_centres


@pytest.fixture(scope="package", name="two_data_centres")
def _two_data_centres(found: Environment) -> Iterator[MessagingEnvironment]:
    with between_data_centres(found) as environment:
        yield environment


@pytest.fixture(name="centres")
def _centres(two_data_centres: MessagingEnvironment) -> MessagingEnvironment:
    """The environment in the state in which every test begins."""
    two_data_centres.mend()
    return two_data_centres
