# SPDX-License-Identifier: Apache-2.0
"""What users can ask of clock sessions and policies, by command line and by REST: right, and wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, Iterator

import pytest

from clocks.ptp4l import WITHOUT_POWER_OVER_TIME
from controller.rest import Refused
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.description import Host
from topologies.processes import end

_SERVER, _CLIENT = "02:00:00:00:00:01/None", "02:00:00:00:00:03/None"
_POLICY = {"servers": ["10.0.0.2"], "clients": ["10.0.0.0/24"]}


@pytest.fixture(autouse=True, name="policies_gone")
def _policies_gone(environment: Environment) -> Iterator[None]:
    yield
    for policy in environment.controller.get("roundtrip/clock/policies")["clock-policy"]:
        environment.controller.delete(f"roundtrip/clock/policies/{policy['name']}")


def _state(environment: Environment) -> tuple[Any, ...]:
    return (environment.controller.te_paths(), environment.controller.clock_sessions(),
            environment.controller.get("roundtrip/clock/policies"),
            sorted(rule.identity for rule in environment.rules_of_sessions()))


def _asked_for(session: dict[str, Any]) -> dict[str, Any]:
    return {name: session[name] for name in ("server", "client", "transport", "delivery", "domain", "priority",
                                             "strict", "tunnel", "monitoring")}


@pytest.mark.parametrize(("session", "field"), [
    ({"domain": 240}, "domain"),
    ({"priority": 256}, "priority"),
    ({"strict": "maybe"}, "strict"),
    ({"server": "of:00000000000000ff/1"}, "server"),
    ({"server": "of:000000000000000a/3"}, "server"),
    ({"server": "of:000000000000000b/1"}, "client"),
    ({"tunnel": {"objective": "beauty"}}, "tunnel.objective"),
    ({"tunnel": {"setup-priority": 2, "holding-priority": 3}}, "tunnel.holding-priority"),
    ({"tunnel": {"resume-delay": 60001}}, "tunnel.resume-delay"),
    ({"tunnel": {"protection": {"hold-off": 10001}}}, "tunnel.protection.hold-off"),
    ({"monitoring": {"asymmetry-threshold": "-1"}}, "monitoring.asymmetry-threshold"),
    ({"origin": "negotiated"}, "origin"),
])
def test_a_wrong_session_is_refused(environment: Environment, session: dict[str, Any], field: str) -> None:
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_clock_session("session", {"server": _SERVER, "client": _CLIENT, **session})

    assert 400 <= refusal.value.status < 500
    assert field in refusal.value.fields
    assert _state(environment) == before


@pytest.mark.parametrize(("policy", "field"), [
    ({"servers": []}, "servers"),
    ({"servers": ["server"]}, "servers[0]"),
    ({"clients": []}, "clients"),
    ({"clients": ["everybody"]}, "clients[0]"),
    ({"domains": [240]}, "domains"),
    ({"max-clients": 0}, "max-clients"),
    ({"max-message-rate": 129}, "max-message-rate"),
    ({"max-duration": 9}, "max-duration"),
    ({"tunnel": {"bandwidth": "much"}}, "tunnel.bandwidth"),
    ({"name": "other"}, "name"),
    ({"colour": "blue"}, "colour"),
])
def test_a_wrong_policy_is_refused(environment: Environment, policy: dict[str, Any], field: str) -> None:
    before = _state(environment)

    with pytest.raises(Refused) as refusal:
        environment.controller.put("roundtrip/clock/policies/policy", {**_POLICY, **policy})

    assert refusal.value.status == 400
    assert field in refusal.value.fields
    assert _state(environment) == before


def test_a_server_belongs_to_one_policy(environment: Environment) -> None:
    environment.controller.put("roundtrip/clock/policies/policy", _POLICY)

    with pytest.raises(Refused) as refusal:
        environment.controller.put("roundtrip/clock/policies/other", _POLICY)

    assert refusal.value.status == 409
    assert refusal.value.fields == ["servers"]


@pytest.mark.parametrize(("resource", "field"), [
    ("sessions?limit=0", "limit"), ("sessions?state=fine", "state"), ("sessions?alarm=fire", "alarm"),
    ("sessions?server=x", "server"), ("policies?limit=0", "limit"), ("servers?colour=blue", "colour"),
    ("tunnel-interfaces?state=fine", "state"),
])
def test_a_wrong_selection_is_refused(environment: Environment, resource: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        environment.controller.get(f"roundtrip/clock/{resource}")

    assert refusal.value.status == 400
    assert refusal.value.fields == [field]


@pytest.mark.parametrize(("method", "resource"), [
    ("GET", "sessions/nothing/history"), ("GET", "sessions/nothing/statistics"), ("POST", "sessions/nothing/verify"),
    ("GET", "sessions/nothing/ptp4l?role=client"), ("GET", "policies/nothing"), ("DELETE", "policies/nothing"),
])
def test_what_does_not_exist_is_not_found(environment: Environment, method: str, resource: str) -> None:
    with pytest.raises(Refused) as refusal:
        environment.controller.request(method, f"roundtrip/clock/{resource}")

    assert refusal.value.status == 404
    assert refusal.value.problem["status"] == 404


def test_a_session_is_changed_in_its_place_but_not_its_traffic(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client)
    environment.await_session("session", server, client)

    environment.request_session("session", server, client, priority=3, tunnel={"bandwidth": "2000000"})

    environment.await_session("session", server, client)
    assert environment.controller.clock_session("session")["priority"] == 3
    assert environment.controller.te_path("clock.session")["bandwidth"] == "2000000"
    with pytest.raises(Refused) as refusal:
        environment.request_session("session", server, client, delivery="unicast")
    assert refusal.value.status == 409
    assert refusal.value.fields == ["delivery"]


def test_what_is_below_a_session_is_there(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client)
    environment.await_session("session", server, client)

    history = environment.controller.get("roundtrip/clock/sessions/session/history")["history"]
    assert [change["state"] for change in history if change["type"] == "state"][-1] == "up"
    assert [change["index"] for change in history] == sorted((change["index"] for change in history), key=int)
    statistics = environment.controller.get("roundtrip/clock/sessions/session/statistics")
    assert statistics.keys() == {"server-to-client-packets", "client-to-server-packets", "dropped-packets"}
    interfaces = environment.controller.get("roundtrip/clock/tunnel-interfaces")["tunnel-interface"]
    assert [(end["id"], end["local"], end["status"]["state"]) for end in interfaces] == [
        ("clock.session@of:000000000000000a", "of:000000000000000a/1", "up"),
        ("clock.session@of:000000000000000b", "of:000000000000000b/1", "up")]
    audit = environment.controller.request("POST", "roundtrip/clock/sessions/session/verify").json()
    assert audit["correct"] and audit["co-routed"], audit


def test_pages_lead_through_all_sessions(environment: Environment) -> None:
    for number in (1, 2):
        suffix = "" if number == 1 else "2"
        environment.request_session(f"session{number}", environment.host(f"server{suffix}"),
                                    environment.host(f"client{suffix}"))

    first = environment.controller.request("GET", "roundtrip/clock/sessions?limit=1")
    assert [session["name"] for session in first.json()["clock-session"]] == ["session1"]
    assert first.links["next"]["url"].endswith("limit=1&after=session1")
    second = environment.controller.request("GET", "roundtrip/clock/sessions?limit=1&after=session1")
    assert [session["name"] for session in second.json()["clock-session"]] == ["session2"]
    assert "next" not in second.links


@pytest.mark.parametrize(("transport", "delivery"), [("udp-ipv4", "unicast"), ("ethernet", "multicast")])
def test_clocks_do_what_a_session_configures(environment: Environment, transport: str, delivery: str) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, transport=transport, delivery=delivery,
                                tunnel={"resume-delay": 1000})
    await_until(lambda: environment.controller.clock_session("session")["status"]["state"] == "up",
                SECONDS_TO_SETTLE, "the session", environment.describe)

    clocks: list[subprocess.Popen[bytes]] = []
    try:
        clocks.append(_start(environment, server, "server"))
        clocks.append(_start(environment, client, "client"))
        await_until(lambda: " path delay " in _log(environment, "client").read_text(errors="replace"), 60.0,
                    "a client that measures its offset", lambda: "\n".join(
                        _log(environment, role).read_text(errors="replace") for role in ("server", "client")))
    finally:
        for clock in clocks:
            end(clock)


def _start(environment: Environment, host: Host, role: str) -> subprocess.Popen[bytes]:
    text = environment.controller.request("GET", f"roundtrip/clock/sessions/session/ptp4l?role={role}").text
    # The card of the emulated network has no timestamps, and each clock needs a socket of its own.
    local = (f"time_stamping software\nuse_syslog 0\nverbose 1\nuds_address {environment.network.folder / role}.sock\n")
    file = environment.network.folder / f"configured-{role}.conf"
    file.write_text(text.replace("[global]\n", "[global]\n" + local))
    return environment.network.launch(
        host, [*WITHOUT_POWER_OVER_TIME, "ptp4l", "-f", str(file), "-i", environment.network.interface(host)],
        _log(environment, role))


def _log(environment: Environment, role: str) -> Path:
    return environment.network.folder / f"configured-{role}.log"


@pytest.mark.parametrize(("command", "field"), [
    (f"clock-session-add --transport pigeon session {_SERVER} {_CLIENT}", "transport"),
    (f"clock-session-add --domain 240 session {_SERVER} {_CLIENT}", "domain"),
    (f"clock-session-add --resume-delay 8 session {_SERVER} {_CLIENT}", "tunnel.resume-delay"),
    (f"clock-session-add --protect colour session {_SERVER} {_CLIENT}", "tunnel.protection.disjoint"),
    (f"clock-session-add --bandwidth 1000G session {_SERVER} {_CLIENT}", "tunnel.bandwidth"),
    (f"clock-session-add session {_SERVER} of:00000000000000ff/1", "client"),
    ("clock-session-change --priority 3 nothing", "nothing"),
    ("clock-session-show nothing", "nothing"),
    ("clock-session-show --ptp4l client nothing", "nothing"),
    ("clock-session-verify nothing", "nothing"),
    ("clock-session-remove nothing", "nothing"),
    ("clock-policy-add policy", "servers"),
    ("clock-policy-add --server 10.0.0.2 policy", "clients"),
    ("clock-policy-add --server 10.0.0.2 --client everybody policy", "clients[0]"),
    ("clock-policy-add --server 10.0.0.2 --client 10.0.0.0/24 --max-duration 9s policy", "max-duration"),
    ("clock-policy-change --max-clients 3 nothing", "nothing"),
    ("clock-policy-remove nothing", "nothing"),
])
def test_a_wrong_command_says_what_is_wrong(environment: Environment, command: str, field: str) -> None:
    before = _state(environment)

    output = environment.instance.run_command(command)

    assert field in output
    assert "Exception" not in output
    assert _state(environment) == before


def test_the_command_line_takes_all_that_rest_takes(environment: Environment) -> None:
    run = environment.instance.run_command
    run(f"clock-session-add --delivery unicast --domain 24 --priority 10 --strict=false --bandwidth 500k"
        f" --objective delay-asymmetry --max-delay-asymmetry 2500ns --setup-priority 3 --holding-priority 1"
        f" --protect node --best-effort --hold-off 50ms --wait-to-restore 10min --resume-delay 4s"
        f" --asymmetry-threshold 250ns --error-tolerance 5us session {_SERVER} {_CLIENT}")
    environment.await_session("session", environment.host("server"), environment.host("client"))
    by_command = _asked_for(environment.controller.clock_session("session"))

    environment.controller.remove_clock_session("session")
    await_until(lambda: not environment.controller.clock_sessions(), SECONDS_TO_SETTLE, "no session",
                environment.describe)
    environment.controller.put_clock_session("session", {
        "server": _SERVER, "client": _CLIENT, "delivery": "unicast", "domain": 24, "priority": 10, "strict": False,
        "tunnel": {"bandwidth": "500000", "objective": "delay-asymmetry", "max-delay-asymmetry": "2500",
                   "setup-priority": 3, "holding-priority": 1, "resume-delay": 4000,
                   "protection": {"disjoint": "node", "best-effort": True, "hold-off": 50, "wait-to-restore": 600}},
        "monitoring": {"asymmetry-threshold": "250", "error-tolerance": "5000"}})

    assert _asked_for(environment.controller.clock_session("session")) == by_command


def test_the_command_line_shows_what_rest_shows(environment: Environment) -> None:
    run = environment.instance.run_command
    run(f"clock-session-add --delivery unicast session {_SERVER} {_CLIENT}")
    environment.await_session("session", environment.host("server"), environment.host("client"))

    run("clock-session-change --priority 3 session")
    assert environment.controller.clock_session("session")["priority"] == 3
    shown = run("clock-session-show session")
    for title in ("session is up", "priority 3", "Clocks", "Tunnel interfaces", "clock.session@of:000000000000000a",
                  "server to client: 1 of:000000000000000a", "Residual asymmetry", "Grants", "Measured", "Alarms",
                  "Carried", "History"):
        assert title in shown, shown
    document = _document(run("clock-session-show -j session"))
    assert document["name"] == "session"
    assert document["statistics"].keys() == environment.controller.get(
        "roundtrip/clock/sessions/session/statistics").keys()
    assert document["history"] == environment.controller.get("roundtrip/clock/sessions/session/history")["history"]
    for role in ("server", "client"):
        configuration = environment.controller.request(
            "GET", f"roundtrip/clock/sessions/session/ptp4l?role={role}").text
        assert configuration in run(f"clock-session-show --ptp4l {role} session").replace("\r", "")
    assert "of:000000000000000b" in run("clock-sessions --hops")
    assert "session is correct" in run("clock-session-verify session")
    assert _document(run("clock-session-verify -j session"))["correct"] is True


def test_policies_by_the_command_line(environment: Environment) -> None:
    run = environment.instance.run_command
    assert "There are no clock policies" in run("clock-policy")

    assert "10.0.0.2" in run("clock-policy-add --server 10.0.0.2 --client 10.0.0.0/24 --domain 24 policy")
    assert "already" in run("clock-policy-add --server 10.0.0.1 --client 10.0.0.0/24 policy")
    run("clock-policy-change --max-message-rate 32 --max-duration 10min policy")

    policy = environment.controller.get("roundtrip/clock/policies/policy")
    assert (policy["servers"], policy["clients"], policy["domains"]) == (["10.0.0.2"], ["10.0.0.0/24"], [24])
    assert (policy["max-message-rate"], policy["max-duration"]) == (32, 600)
    assert _document(run("clock-policy -j")) == {"clock-policy": [policy]}
    servers = environment.controller.get("roundtrip/clock/servers")["clock-server"]
    assert [(server["server"], server["policy"], server["status"]["state"]) for server in servers] == [
        ("10.0.0.2", "policy", "idle")]
    assert "10.0.0.2" in run("clock-servers")

    run("clock-policy-remove policy")
    assert environment.controller.get("roundtrip/clock/policies")["clock-policy"] == []


def _document(output: str) -> dict[str, Any]:
    """The JSON that a command has printed, without what the client says of itself before and after."""
    document: dict[str, Any] = json.loads(output[output.index("{"):output.rindex("}") + 1])
    return document
