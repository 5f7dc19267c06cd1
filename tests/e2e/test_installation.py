# SPDX-License-Identifier: Apache-2.0
"""The applications as a user of any ONOS installs them."""

from __future__ import annotations

import pytest

from controller.instance import REPOSITORY
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until


@pytest.mark.parametrize(("name", "resource"), [("clock", "roundtrip/clock/sessions")])
def test_an_application_is_installed_over_rest(environment: Environment, name: str, resource: str) -> None:
    [archive] = (REPOSITORY / "apps" / name / "target").glob("roundtrip-*.oar")
    environment.controller.delete(f"v1/applications/org.roundtrip.{name}")
    await_until(lambda: not _answers(environment, resource), SECONDS_TO_SETTLE, f"{name} gone")

    environment.controller.request("POST", "v1/applications?activate=true", raw=archive.read_bytes(),
                                   media_type="application/octet-stream")

    await_until(lambda: _answers(environment, resource), SECONDS_TO_SETTLE, f"{name} installed",
                environment.instance.log)
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client)
    environment.await_session("session", server, client)


def _answers(environment: Environment, resource: str) -> bool:
    try:
        environment.controller.get(resource)
        return True
    except (RuntimeError, ValueError):
        return False
