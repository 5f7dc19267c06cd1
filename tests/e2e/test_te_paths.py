# SPDX-License-Identifier: Apache-2.0
"""Bandwidth and labels of te-paths."""

from __future__ import annotations

import pytest

from controller.rest import Refused
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until

#: The ports of an emulated switch say that they do 10 Gbit/s.
_PORT_SPEED = 10_000_000_000


def _between(environment: Environment, server: str, client: str, **more: object) -> dict[str, object]:
    ends = {"source": environment.host(server), "destination": environment.host(client)}
    return {**{name: environment.network.description.connect_point(host.port) for name, host in ends.items()}, **more}


def test_the_hops_that_are_reported_are_mirrored(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client"))
    environment.await_path("path")

    path = environment.controller.te_path("path")

    forward = [(hop["device"], hop["in-port"], hop["out-port"]) for hop in path["forward"]]
    reverse = [(hop["device"], hop["out-port"], hop["in-port"]) for hop in reversed(path["reverse"])]
    assert len(forward) == 4
    assert forward == reverse


def test_bandwidth_is_given_out_once(environment: Environment) -> None:
    most = str(_PORT_SPEED * 6 // 10)
    environment.controller.put_te_path("first", _between(environment, "server", "client", bandwidth=most))
    environment.controller.put_te_path("second", _between(environment, "server2", "client2", bandwidth=most))
    for name in ("first", "second"):
        environment.await_path(name)
    ways = [{hop["device"] for hop in environment.controller.te_path(name)["forward"]} for name in ("first", "second")]
    assert ways[0] & ways[1] == {"of:000000000000000a", "of:000000000000000b"}, "both take the same links"

    with pytest.raises(Refused) as refusal:
        environment.controller.put_te_path("third", _between(environment, "server", "client2", bandwidth=most))

    assert refusal.value.status == 409
    assert "bandwidth" in refusal.value.fields
    assert {path["name"] for path in environment.controller.te_paths()} == {"first", "second"}
    environment.controller.remove_te_path("first")
    await_until(lambda: [path["name"] for path in environment.controller.te_paths()] == ["second"], SECONDS_TO_SETTLE,
                "the first path gone", environment.describe)
    environment.controller.put_te_path("third", _between(environment, "server", "client2", bandwidth=most))
    environment.await_path("third")


def test_labels_are_given_back(environment: Environment) -> None:
    few = {"mpls": True, "te": True, "labelRange": {"min": 100000, "max": 100001}}
    environment.controller.post("v1/network/configuration", {
        "devices": {switch.device_id: {"mplsTe": few} for switch in environment.network.description.switches}})
    for _ in range(5):
        environment.controller.put_te_path("path", _between(environment, "server", "client"))
        environment.await_path("path")
        environment.controller.remove_te_path("path")
        environment.await_nothing_left()


def test_a_path_that_fails_half_way_leaves_nothing(environment: Environment) -> None:
    one = {"mpls": True, "te": True, "labelRange": {"min": 100000, "max": 100000}}
    for device in ("of:00000000000000c1", "of:00000000000000c3"):
        environment.controller.post("v1/network/configuration", {"devices": {device: {"mplsTe": one}}})
    names = [f"path{number}" for number in range(4)]
    accepted = []
    for name in names:
        try:
            environment.controller.put_te_path(name, _between(environment, "server", "client"))
            accepted.append(name)
        except Refused as refusal:
            assert refusal.status == 409, refusal

    assert len(accepted) < len(names)
    assert [path["name"] for path in environment.controller.te_paths()] == accepted
    for name in accepted:
        environment.await_path(name)
        environment.controller.remove_te_path(name)
    environment.await_nothing_left()


def test_a_path_that_carries_nothing_yet_has_labels_in_every_switch(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client"))
    environment.await_path("path")

    await_until(lambda: {rule.switch for rule in environment.rules_of_sessions()}
                == {environment.network.description.switch_of(hop["device"]).name
                    for hop in environment.controller.te_path("path")["forward"]},
                SECONDS_TO_SETTLE, "rules in every switch of the path", environment.describe)
