# SPDX-License-Identifier: Apache-2.0
"""Requests that are wrong: each is answered by what is wrong with it, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from controller.rest import Refused
from e2e.environment import Environment

_SERVER, _CLIENT = "02:00:00:00:00:01/None", "02:00:00:00:00:03/None"
_SOURCE, _DESTINATION = "of:000000000000000a/1", "of:000000000000000b/1"
_TOO_MUCH = str(10 ** 15)


def _state(environment: Environment) -> tuple[Any, ...]:
    return (environment.controller.te_paths(), environment.controller.clock_sessions(),
            sorted(rule.identity for rule in environment.rules_of_sessions()))


@pytest.mark.parametrize(("session", "field"), [
    ({"server": "02:00:00:00:00:99/None", "client": _CLIENT}, "server"),
    ({"server": _SERVER, "client": "02:00:00:00:00:99/None"}, "client"),
    ({"server": "10.0.0.99", "client": _CLIENT}, "server"),
    ({"server": "nonsense", "client": _CLIENT}, "server"),
    ({"server": _SERVER, "client": _SERVER}, "client"),
    ({"server": _SERVER}, "client"),
    ({"server": _SERVER, "client": None}, "client"),
    ({"server": _SERVER, "client": _CLIENT, "transport": "carrier-pigeon"}, "transport"),
    ({"server": _SERVER, "client": _CLIENT, "delivery": "someday"}, "delivery"),
    ({"server": _SERVER, "client": _CLIENT, "tunnel": {"bandwidth": _TOO_MUCH}}, "tunnel.bandwidth"),
    ({"server": _SERVER, "client": _CLIENT, "tunnel": {"bandwidth": "-1"}}, "tunnel.bandwidth"),
    ({"server": _SERVER, "client": _CLIENT, "tunnel": {"bandwidth": "much"}}, "tunnel.bandwidth"),
    ({"server": _SERVER, "client": _CLIENT, "colour": "blue"}, "colour"),
])
def test_a_wrong_session_is_refused(environment: Environment, session: dict[str, Any], field: str) -> None:
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_clock_session("session", session)

    assert 400 <= refusal.value.status < 500
    assert field in refusal.value.fields
    assert _state(environment) == before


@pytest.mark.parametrize(("path", "field"), [
    ({"source": "of:00000000000000ff/1", "destination": _DESTINATION}, "source"),
    ({"source": "of:000000000000000a/77", "destination": _DESTINATION}, "source"),
    ({"source": "nowhere", "destination": _DESTINATION}, "source"),
    ({"source": _SOURCE, "destination": _SOURCE}, "destination"),
    ({"source": _SOURCE}, "destination"),
    ({"source": _SOURCE, "destination": _DESTINATION, "bandwidth": _TOO_MUCH}, "bandwidth"),
    ({"source": _SOURCE, "destination": _DESTINATION, "bandwidth": -1}, "bandwidth"),
    ({"source": _SOURCE, "destination": _DESTINATION, "bandwidth": 2 ** 70}, "bandwidth"),
    ({"source": _SOURCE, "destination": _DESTINATION, "payload": "gold"}, "payload"),
    ({"source": _SOURCE, "destination": _DESTINATION, "reverse-bandwidth": _TOO_MUCH}, "reverse-bandwidth"),
    ({"source": _SOURCE, "destination": _DESTINATION, "objective": "beauty"}, "objective"),
    ({"source": _SOURCE, "destination": _DESTINATION, "setup-priority": 8}, "setup-priority"),
    ({"source": _SOURCE, "destination": _DESTINATION, "setup-priority": 2, "holding-priority": 3}, "holding-priority"),
    ({"source": _SOURCE, "destination": _DESTINATION, "protection": {"hold-off": 10001}}, "protection.hold-off"),
    ({"source": _SOURCE, "destination": _DESTINATION, "constraints": {"max-hops": 0}}, "constraints.max-hops"),
    ({"source": _SOURCE, "destination": _DESTINATION, "constraints": {"max-hops": 2}}, "constraints.max-hops"),
    ({"source": _SOURCE, "destination": _DESTINATION, "constraints": {
        "include": [{"link": "of:00000000000000c1/2"}], "exclude-links": ["of:00000000000000c1/2"]}},
     "constraints.include[0].link"),
    ({"source": _SOURCE, "destination": _DESTINATION, "constraints": {"affinities-include-any": [32]}},
     "constraints.affinities-include-any"),
    ({"source": _SOURCE, "destination": _DESTINATION, "colour": "blue"}, "colour"),
])
def test_a_wrong_path_is_refused(environment: Environment, path: dict[str, Any], field: str) -> None:
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_te_path("path", path)

    assert 400 <= refusal.value.status < 500
    assert field in refusal.value.fields
    assert _state(environment) == before


@pytest.mark.parametrize(("settings", "field"), [
    ({"bandwidth": -1}, "bandwidth"),
    ({"delay": 1_000_000_001}, "delay"),
    ({"teMetric": "high"}, "teMetric"),
    ({"affinities": [1, 32]}, "affinities[1]"),
    ({"srlgs": 7}, "srlgs"),
    ({"maintenance": "tomorrow"}, "maintenance"),
    ({"colour": "blue"}, "colour"),
])
def test_wrong_settings_of_a_link_are_refused(environment: Environment, settings: dict[str, Any], field: str) -> None:
    links = environment.controller.te_links()

    answer = environment.controller.configure_link(environment.network.description, environment.link("c1-c2"),
                                                   **settings)

    assert answer.status_code == 207
    assert field in answer.text
    assert environment.controller.te_links() == links


@pytest.mark.parametrize(("query", "field"), [("limit=0", "limit"), ("state=fine", "state"), ("colour=blue", "colour")])
def test_a_wrong_selection_is_refused(environment: Environment, query: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        environment.controller.get(f"roundtrip/tepath/paths?{query}")

    assert refusal.value.status == 400
    assert refusal.value.fields == [field]


@pytest.mark.parametrize("resource", ["roundtrip/tepath/paths/name", "roundtrip/clock/sessions/name"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\"text\"", b"{\"a\": }", b"\xff\xfe", b"[" * 5000])
def test_what_is_no_json_object_is_refused(environment: Environment, resource: str, body: bytes) -> None:
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.request("PUT", resource, raw=body)

    assert 400 <= refusal.value.status < 500
    assert refusal.value.problem["status"] == refusal.value.status
    assert _state(environment) == before


@pytest.mark.parametrize("device", ["of:000000000000000a", "of:000000000000000b"])
def test_without_the_capability_there_is_no_session(environment: Environment, device: str) -> None:
    environment.controller.post("v1/network/configuration", {"devices": {device: {"mplsTe": {
        "mpls": True, "te": False, "labelRange": {"min": 100000, "max": 199999}}}}})
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_clock_session("session", {"server": _SERVER, "client": _CLIENT})

    assert refusal.value.status == 409
    assert device in refusal.value.text
    assert _state(environment) == before


def test_without_a_way_there_is_no_session(environment: Environment) -> None:
    for name in ("c1-c2", "c3-c4"):
        environment.network.cut(environment.link(name))
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_clock_session("session", {"server": _SERVER, "client": _CLIENT})

    assert refusal.value.status == 409
    assert _state(environment) == before


def test_what_does_not_exist_is_not_found(environment: Environment) -> None:
    for resource in ("roundtrip/tepath/paths/nothing", "roundtrip/clock/sessions/nothing"):
        for method in ("GET", "DELETE"):
            with pytest.raises(Refused) as refusal:
                environment.controller.request(method, resource)
            assert refusal.value.status == 404
            assert refusal.value.problem["status"] == 404
    for method, resource in (("GET", "statistics"), ("GET", "history"), ("POST", "verify"), ("POST", "reoptimise")):
        with pytest.raises(Refused) as refusal:
            environment.controller.request(method, f"roundtrip/tepath/paths/nothing/{resource}")
        assert refusal.value.status == 404


def test_the_same_request_again_changes_nothing(environment: Environment) -> None:
    session = {"server": _SERVER, "client": _CLIENT}
    environment.controller.put_clock_session("session", session)
    environment.await_session("session", environment.host("server"), environment.host("client"))
    rules = {rule.identity: rule.age for rule in environment.rules_of_sessions()}

    environment.controller.put_clock_session("session", session)

    environment.await_session("session", environment.host("server"), environment.host("client"))
    again = {rule.identity: rule.age for rule in environment.rules_of_sessions()}
    assert again.keys() == rules.keys()
    assert all(again[identity] >= age for identity, age in rules.items()), "a rule was put in anew"


@pytest.mark.parametrize(("command", "field"), [
    (f"clock-session-add session 02:00:00:00:00:99/None {_CLIENT}", "server"),
    (f"clock-session-add session {_SERVER} {_SERVER}", "client"),
    (f"te-path-add path {_SOURCE} {_SOURCE}", "destination"),
    (f"te-path-add path nowhere {_DESTINATION}", "source"),
    ("clock-session-remove nothing", "nothing"),
    ("te-path-remove nothing", "nothing"),
    ("te-path-show nothing", "nothing"),
    ("te-path-change --bandwidth 1M nothing", "nothing"),
    ("te-path-verify nothing", "nothing"),
    ("te-path-reoptimise nothing", "nothing"),
    (f"te-path-add --max-delay 5 path {_SOURCE} {_DESTINATION}", "max-delay"),
    (f"te-path-add --hold-off 1ms path {_SOURCE} {_DESTINATION}", "protect"),
    (f"te-path-explain --include nowhere {_SOURCE} {_DESTINATION}", "include"),
])
def test_a_wrong_command_says_what_is_wrong(environment: Environment, command: str, field: str) -> None:
    before = _state(environment)

    output = environment.instance.run_command(command)

    assert field in output
    assert "Exception" not in output
    assert _state(environment) == before


def test_the_command_line_does_what_rest_does(environment: Environment) -> None:
    environment.instance.run_command(f"clock-session-add session {_SERVER} {_CLIENT}")
    environment.await_session("session", environment.host("server"), environment.host("client"))
    assert "session" in environment.instance.run_command("clock-sessions")
    assert '"name"' in environment.instance.run_command("clock-sessions -j")

    environment.instance.run_command("clock-session-remove session")

    environment.await_nothing_left()
