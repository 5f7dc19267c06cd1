# SPDX-License-Identifier: Apache-2.0
"""The examples of the YANG modules are valid. That the applications write and read exactly these, Java tests hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from controller.instance import REPOSITORY

_YANG = REPOSITORY / "yang"
_MODULES = sorted(_YANG.glob("roundtrip-*.yang"))
_EXAMPLES = sorted((_YANG / "examples").glob("*.json"))


#: What the last word of the name of an example says that it is; all others are configuration together with state.
_KINDS = {"request": "config", "rpc": "rpc", "reply": "reply"}


def _validate(example: Path) -> subprocess.CompletedProcess[str]:
    kind = _KINDS.get(example.stem.rsplit("-", 1)[-1], "data")
    return subprocess.run(["yanglint", "-p", str(_YANG), "-t", kind, *map(str, _MODULES), str(example)],
                          text=True, capture_output=True, check=False)


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_valid(example: Path) -> None:
    checked = _validate(example)

    assert checked.returncode == 0, checked.stderr


def test_every_application_has_examples_of_requests_and_answers() -> None:
    applications = {module.stem.removeprefix("roundtrip-") for module in _MODULES} - {"types"}

    assert {example.stem.split("-")[0] for example in _EXAMPLES} >= applications
    assert any(example.stem.endswith("-request") for example in _EXAMPLES)


def _spoil_state(session: dict[str, Any]) -> None:
    session["status"]["state"] = "fine"


def _spoil_field(session: dict[str, Any]) -> None:
    session["colour"] = "blue"


def _spoil_client(session: dict[str, Any]) -> None:
    session["client"] = session["server"]


@pytest.mark.parametrize("spoil", [_spoil_state, _spoil_field, _spoil_client])
def test_what_is_not_in_a_module_is_not_valid(tmp_path: Path, spoil: Any) -> None:
    document = json.loads((_YANG / "examples" / "clock-sessions.json").read_text(encoding="utf-8"))
    spoil(document["roundtrip-clock:clock-sessions"]["clock-session"][0])
    spoilt = tmp_path / "clock-sessions.json"
    spoilt.write_text(json.dumps(document), encoding="utf-8")

    assert _validate(spoilt).returncode != 0


def _path_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "source": "of:0000000000000001/1", "destination": "of:0000000000000002/1", **members}


@pytest.mark.parametrize("path", [
    _path_with(),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}, {"index": 1, "device": "of:2"}]}),
    _path_with(constraints={"affinities-include-any": [1, 2], "affinities-exclude-any": [2]}),
    _path_with(**{"setup-priority": 3, "holding-priority": 3}),
    _path_with(protection={}),
], ids=str)
def test_what_the_application_takes_is_valid(tmp_path: Path, path: dict[str, Any]) -> None:
    assert _validate_path(tmp_path, path).returncode == 0


@pytest.mark.parametrize("path", [
    _path_with(destination="of:0000000000000001/1"),
    _path_with(bandwidth="-1"),
    _path_with(**{"reverse-bandwidth": "9223372036854775808"}),
    _path_with(objective="beauty"),
    _path_with(**{"setup-priority": 8}),
    _path_with(**{"setup-priority": 3, "holding-priority": 4}),
    _path_with(**{"holding-priority": -1}),
    _path_with(protection={"disjoint": "colour"}),
    _path_with(protection={"hold-off": 10001}),
    _path_with(protection={"wait-to-restore": 86401}),
    _path_with(quiesce="maybe"),
    _path_with(constraints={"max-hops": 0}),
    _path_with(constraints={"max-delay": "-1"}),
    _path_with(constraints={"max-delay-asymmetry": "-1"}),
    _path_with(constraints={"include": [{"index": 0}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1", "link": "of:2/1"}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}, {"index": 1, "device": "of:1"}]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}, {"index": 1, "link": "of:1/1"}]}),
    _path_with(constraints={"include": [{"index": 0, "device": "of:1"}], "exclude-devices": ["of:2", "of:1"]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}], "exclude-links": ["of:1/2", "of:1/1"]}),
    _path_with(constraints={"include": [{"index": 0, "link": "of:1/1"}], "exclude-devices": ["of:1"]}),
    _path_with(constraints={"affinities-include-any": [32]}),
    _path_with(constraints={"affinities-include-all": [-1]}),
    _path_with(constraints={"affinities-exclude-any": [32]}),
    _path_with(constraints={"affinities-include-all": [1, 2], "affinities-exclude-any": [2]}),
    _path_with(constraints={"affinities-include-any": [1, 2], "affinities-exclude-any": [1, 2]}),
], ids=str)
def test_what_the_application_refuses_is_not_valid(tmp_path: Path, path: dict[str, Any]) -> None:
    assert _validate_path(tmp_path, path).returncode != 0


def _session_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "server": "10.0.0.1", "client": "of:0000000000000002/1", **members}


@pytest.mark.parametrize("session", [
    _session_with(),
    _session_with(client="00:00:00:00:00:02/None", transport="ethernet"),
    _session_with(server="2001:db8::1", transport="udp-ipv6", domain=239, priority=255, strict=False),
    _session_with(tunnel={"protection": {}, "resume-delay": 60000}),
    _session_with(tunnel={"setup-priority": 3, "holding-priority": 3}),
], ids=str)
def test_a_session_that_the_application_takes_is_valid(tmp_path: Path, session: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "clock:clock-sessions", "clock-session", session).returncode == 0


@pytest.mark.parametrize("session", [
    _session_with(client="10.0.0.1"),
    _session_with(client="the clock on the wall"),
    _session_with(name="a" * 58),
    _session_with(transport="carrier-pigeon"),
    _session_with(delivery="someday"),
    _session_with(domain=240),
    _session_with(priority=256),
    _session_with(strict="maybe"),
    _session_with(tunnel={"bandwidth": "-1"}),
    _session_with(tunnel={"max-delay-asymmetry": "-1"}),
    _session_with(tunnel={"setup-priority": 3, "holding-priority": 4}),
    _session_with(tunnel={"resume-delay": 60001}),
    _session_with(monitoring={"asymmetry-threshold": "-1"}),
    _session_with(monitoring={"error-tolerance": "-1"}),
    _session_with(origin="negotiated"),
], ids=str)
def test_a_session_that_the_application_refuses_is_not_valid(tmp_path: Path, session: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "clock:clock-sessions", "clock-session", session).returncode != 0


def _policy_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "servers": ["10.0.0.1"], "clients": ["10.0.0.0/8"], **members}


@pytest.mark.parametrize("policy", [
    _policy_with(),
    _policy_with(domains=[0, 239], **{"max-clients": 1, "max-message-rate": 1, "max-duration": 10}),
], ids=str)
def test_a_policy_that_the_application_takes_is_valid(tmp_path: Path, policy: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "clock:clock-policies", "clock-policy", policy).returncode == 0


@pytest.mark.parametrize("policies", [
    [_policy_with(servers=[])],
    [_policy_with(servers=["server"])],
    [_policy_with(clients=[])],
    [_policy_with(clients=["10.0.0.1"])],
    [_policy_with(domains=[240])],
    [_policy_with(**{"max-clients": 0})],
    [_policy_with(**{"max-message-rate": 129})],
    [_policy_with(**{"max-duration": 9})],
    [_policy_with(priority=-1)],
    [_policy_with(), _policy_with(name="b", servers=["10.0.0.2", "10.0.0.1"])],
], ids=str)
def test_policies_that_the_application_refuses_are_not_valid(tmp_path: Path, policies: list[dict[str, Any]]) -> None:
    assert _validate_request(tmp_path, "clock:clock-policies", "clock-policy", *policies).returncode != 0


@pytest.mark.parametrize("report", [
    {"port-state": "slave"},
    {"client": "10.0.0.2"},
    {"client": "10.0.0.2", "port-state": "tired"},
    {"session": "a", "port-state": "slave", "samples": [{"time": "2026-01-15T12:00:00Z"}]},
    {"session": "a", "port-state": "slave", "samples": [{"time": "noon", "offset": "1"}]},
], ids=str)
def test_a_report_that_the_application_refuses_is_not_valid(tmp_path: Path, report: dict[str, Any]) -> None:
    document = tmp_path / "clock-report-rpc.json"
    document.write_text(json.dumps({"roundtrip-clock:report": report}), encoding="utf-8")

    assert _validate(document).returncode != 0


def _server_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "vip": "198.51.100.1", "ports": ["80"], "access-switches": ["of:1"], **members}


def _member_with(**members: Any) -> dict[str, Any]:
    return {"address": "192.0.2.1", "port": 0, **members}


@pytest.mark.parametrize("server", [
    _server_with(),
    _server_with(vip="2001:db8::1", members=[_member_with(address="2001:db8:1::1")], **{"segment-length": 127}),
    _server_with(ports=["80", "8000-8079"], members=[_member_with(), _member_with(address="192.0.2.2")]),
    _server_with(members=[_member_with(port=80), _member_with(port=81, weight=0, state="disabled")]),
    _server_with(protocol="sctp", members=[_member_with()]),
    _server_with(affinity="client-address", **{"drain-time": 86400, "panic-threshold": 100, "slow-start": 3600}),
], ids=str)
def test_a_virtual_server_that_the_application_takes_is_valid(tmp_path: Path, server: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "balancer:virtual-servers", "virtual-server", server).returncode == 0


@pytest.mark.parametrize("server", [
    _server_with(vip="web"),
    _server_with(vip="198.51.100.0/24"),
    _server_with(ports=[]),
    _server_with(ports=["http"]),
    _server_with(ports=["80", "80"]),
    _server_with(protocol="quic"),
    _server_with(affinity="love"),
    _server_with(members=[{"port": 80}]),
    _server_with(members=[_member_with(), _member_with(weight=5)]),
    _server_with(members=[_member_with(address="2001:db8::1")]),
    _server_with(members=[_member_with(weight=101)]),
    _server_with(members=[_member_with(state="tired")]),
    _server_with(members=[_member_with(port=65536)]),
    _server_with(members=[_member_with(port=80)], ports=["80", "81"]),
    _server_with(members=[_member_with(port=80)], ports=["80-81"]),
    _server_with(members=[_member_with(port=80)], protocol="sctp"),
    _server_with(**{"access-switches": []}),
    _server_with(**{"access-switches": ["1"]}),
    _server_with(**{"drain-time": 86401}),
    _server_with(**{"panic-threshold": 101}),
    _server_with(**{"slow-start": 3601}),
    _server_with(**{"segment-length": 0}),
    _server_with(**{"segment-length": 32}),
    _server_with(panic=True),
], ids=str)
def test_a_virtual_server_that_the_application_refuses_is_not_valid(tmp_path: Path, server: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "balancer:virtual-servers", "virtual-server", server).returncode != 0


@pytest.mark.parametrize("members", [
    [],
    [{"weight": 5}],
    [_member_with(operation="remove", weight=5)],
    [_member_with(operation="remove", state="draining")],
    [_member_with(operation="replace")],
    [_member_with(colour="blue")],
], ids=str)
def test_changes_that_the_application_refuses_are_not_valid(tmp_path: Path, members: list[dict[str, Any]]) -> None:
    document = tmp_path / "balancer-change-members-rpc.json"
    document.write_text(json.dumps({"roundtrip-balancer:virtual-servers": {"virtual-server": [
        {"name": "a", "change-members": {"members": members}}]}}), encoding="utf-8")

    assert _validate(document).returncode != 0


@pytest.mark.parametrize("query", [
    {"vip": "198.51.100.1", "client": "203.0.113.9"},
    {"vip": "198.51.100.1", "client-port": 9},
    {"client": "203.0.113.9", "client-port": 9},
    {"vip": "198.51.100.1", "client": "2001:db8::9", "client-port": 9},
    {"vip": "198.51.100.1", "client": "203.0.113.9", "client-port": 0},
    {"vip": "198.51.100.1", "client": "203.0.113.9", "client-port": 9, "protocol": "icmp"},
], ids=str)
def test_a_query_that_the_application_refuses_is_not_valid(tmp_path: Path, query: dict[str, Any]) -> None:
    document = tmp_path / "balancer-explain-rpc.json"
    document.write_text(json.dumps({"roundtrip-balancer:explain": query}), encoding="utf-8")

    assert _validate(document).returncode != 0


def _profile_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", **{name.replace("_", "-"): value for name, value in members.items()}}


@pytest.mark.parametrize("profile", [
    _profile_with(),
    _profile_with(interval=100, timeout=100, jitter=0, rise=1, fall=100),
    _profile_with(type="https", method="HEAD", path="/health?deep=1", host="[2001:db8::1]:8443", port=8443),
    _profile_with(type="http", expected_status="200,204,300-399", expected_body="ok"),
    _profile_with(type="udp", payload="00ff", expected_response="00FF"),
], ids=str)
def test_a_profile_that_the_application_takes_is_valid(tmp_path: Path, profile: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "detection:detection-profiles", "detection-profile", profile).returncode == 0


@pytest.mark.parametrize("profile", [
    _profile_with(type="carrier-pigeon"),
    _profile_with(interval=99),
    _profile_with(interval=3600001),
    _profile_with(timeout=9),
    _profile_with(interval=200, timeout=201),
    _profile_with(jitter=51),
    _profile_with(rise=0),
    _profile_with(fall=101),
    _profile_with(port=0),
    _profile_with(method="get"),
    _profile_with(path="health"),
    _profile_with(path="/ HTTP/1.1"),
    _profile_with(host="a b"),
    _profile_with(expected_status="2xx"),
    _profile_with(expected_body=""),
    _profile_with(payload="123"),
    _profile_with(expected_response="xx"),
    _profile_with(settings={"interval": 200}),
], ids=str)
def test_a_profile_that_the_application_refuses_is_not_valid(tmp_path: Path, profile: dict[str, Any]) -> None:
    assert _validate_request(tmp_path, "detection:detection-profiles", "detection-profile", profile).returncode != 0


def _agent_with(**members: Any) -> dict[str, Any]:
    return {"name": "a", "device": "of:1", "port": "7", "secret": "0123456789abcdef", **members}


def test_an_agent_that_the_application_takes_is_valid(tmp_path: Path) -> None:
    assert _validate_request(tmp_path, "detection:detection-agents", "detection-agent",
                             _agent_with(), _agent_with(name="b", device="of:2")).returncode == 0


@pytest.mark.parametrize("agents", [
    [_agent_with(device="1")],
    [_agent_with(port="")],
    [_agent_with(secret="0123456789abcde")],
    [_agent_with(secret="0" * 257)],
    [_agent_with(checks=1)],
    [_agent_with(), _agent_with(name="b")],
], ids=str)
def test_agents_that_the_application_refuses_are_not_valid(tmp_path: Path, agents: list[dict[str, Any]]) -> None:
    assert _validate_request(tmp_path, "detection:detection-agents", "detection-agent", *agents).returncode != 0


def _configuration_with(**members: Any) -> dict[str, Any]:
    return {"version": "3",
            "data-centres": [{"name": name, "bootstrap-servers": [f"{name}:9092"]} for name in ("a", "b")],
            "applications": [{"name": "shop", "data-centre": "a"}],
            "routes": [{"from": "a", "to": "b"}],
            **{name.replace("_", "-"): value for name, value in members.items()}}


@pytest.mark.parametrize("configuration", [
    _configuration_with(),
    {"version": "0"},
    _configuration_with(queues=[{"name": "q", "senders": ["shop"], "processor": "shop", "private-topic": "x.y_z-1"}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "bandwidth": "1", "protected": True, "time-to-live": "PT1.5S",
                                 "maximum-backlog": "1048576"}]),
], ids=str)
def test_a_configuration_of_messaging_that_the_application_takes_is_valid(tmp_path: Path,
                                                                          configuration: dict[str, Any]) -> None:
    assert _validate_configuration(tmp_path, configuration).returncode == 0


@pytest.mark.parametrize("configuration", [
    {},
    _configuration_with(version="-1"),
    _configuration_with(colour="blue"),
    _configuration_with(data_centres=[{"name": "a"}, {"name": "b", "bootstrap-servers": ["b:1"]}]),
    _configuration_with(data_centres=[{"name": "a", "bootstrap-servers": ["a"]},
                                      {"name": "b", "bootstrap-servers": ["b:1"]}]),
    _configuration_with(applications=[{"name": "shop", "data-centre": "c"}]),
    _configuration_with(applications=[{"name": "shop", "data-centre": "a", "tokens": ["secret"]}]),
    _configuration_with(queues=[{"name": "q", "senders": [], "processor": "shop"}]),
    _configuration_with(queues=[{"name": "q", "senders": ["nobody"], "processor": "shop"}]),
    _configuration_with(queues=[{"name": "q", "senders": ["shop"], "processor": "nobody"}]),
    _configuration_with(queues=[{"name": "q", "senders": ["shop"], "processor": "shop", "private-topic": ".."}]),
    _configuration_with(queues=[{"name": "q", "senders": ["shop"], "processor": "shop", "partitions": 1001}]),
    _configuration_with(routes=[{"from": "a", "to": "a"}]),
    _configuration_with(routes=[{"from": "a", "to": "c"}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "cost": 0}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "protected": True}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "priority": 8}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "compression": "rar"}]),
    _configuration_with(routes=[{"from": "a", "to": "b", "maximum-backlog": "1048575"}]),
    _configuration_with(orders=[{"from": "a", "to": "b", "number": "1", "move": "jump",
                                 "since": "2026-01-15T12:00:00Z"}]),
], ids=str)
def test_a_configuration_of_messaging_that_the_application_refuses_is_not_valid(
        tmp_path: Path, configuration: dict[str, Any]) -> None:
    assert _validate_configuration(tmp_path, configuration).returncode != 0


def _validate_configuration(folder: Path, configuration: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    document = folder / "a-request.json"
    document.write_text(json.dumps({"roundtrip-messaging:configuration": configuration}), encoding="utf-8")
    return _validate(document)


def _validate_path(folder: Path, path: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return _validate_request(folder, "tepath:te-paths", "te-path", path)


def _validate_request(folder: Path, container: str, name: str,
                      *entries: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    document = folder / "a-request.json"
    document.write_text(json.dumps({f"roundtrip-{container}": {name: entries}}), encoding="utf-8")
    return _validate(document)
