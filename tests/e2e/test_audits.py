# SPDX-License-Identifier: Apache-2.0
"""What another hand does to the switches is found by an audit of the path, put right, and remembered."""

from __future__ import annotations

from typing import Any

import pytest

from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.rules import Rule

#: While a switch has just connected, the controller leaves rules in it that it does not know.
_SECONDS_OF_ADOPTION = 60.0


@pytest.fixture(name="path")
def _path(environment: Environment) -> dict[str, Any]:
    """A path that is up and whose audit finds nothing."""
    description = environment.network.description
    environment.controller.put_te_path("path", {
        "source": description.connect_point(environment.host("server").port),
        "destination": description.connect_point(environment.host("client").port),
        "forward-traffic": [{"ip-protocol": 17}], "reverse-traffic": [{"ip-protocol": 17}]})
    environment.await_path("path")
    _await_correct(environment)
    return environment.controller.te_path("path")


def _verify(environment: Environment) -> dict[str, Any]:
    audit: dict[str, Any] = environment.controller.request("POST", "roundtrip/tepath/paths/path/verify").json()
    return audit


def _await_correct(environment: Environment, seconds: float = SECONDS_TO_SETTLE) -> None:
    await_until(lambda: _verify(environment)["correct"], seconds, "an audit that finds nothing", environment.describe)


def _history(environment: Environment) -> list[str]:
    return [change["reason"] for change in environment.controller.get("roundtrip/tepath/paths/path/history")["history"]]


def _second_hop(environment: Environment, path: dict[str, Any]) -> tuple[str, str, str]:
    """The second switch of the forward direction, by its number and its name, and the match for what arrives there."""
    hop = path["forward"][1]
    name = environment.network.description.switch_of(hop["device"]).name
    return hop["device"], name, f"mpls,in_port={hop['in-port']},mpls_label={hop['label-in']}"


def _rules_for(environment: Environment, switch: str, match: str) -> list[Rule]:
    _, port, label = match.split(",")
    return [rule for rule in environment.rules_of_sessions()
            if rule.switch == switch and {label, port} <= set(rule.match.split(","))]


def test_an_audit_shows_both_directions_as_the_switches_have_them(environment: Environment,
                                                                  path: dict[str, Any]) -> None:
    audit = _verify(environment)

    assert audit["correct"] and audit["co-routed"]
    assert audit["forward"] == path["forward"]
    assert audit["reverse"] == path["reverse"]
    assert not audit.get("mismatches") and "difference" not in audit


def test_a_rule_that_was_changed_is_named_put_right_and_remembered(environment: Environment,
                                                                   path: dict[str, Any]) -> None:
    device, name, match = _second_hop(environment, path)
    found: list[dict[str, Any]] = []

    def change_and_verify() -> bool:
        # The controller looks at each switch every few seconds by itself and may come first.
        environment.network.openvswitch.openflow("mod-flows", name, f"{match},actions=drop")
        found.append(_verify(environment))
        return not found[-1]["correct"]

    await_until(change_and_verify, SECONDS_TO_SETTLE, "an audit that finds the change", environment.describe)

    audit = found[-1]
    assert audit["difference"].startswith(f"{device}: a packet with label ") and "is dropped by" in audit["difference"]
    assert [words for words in audit["mismatches"] if words.startswith(f"{device}: ")] == audit["mismatches"]
    assert "instead of" in audit["mismatches"][0]
    assert "co-routed" not in audit
    await_until(lambda: [rule.actions for rule in _rules_for(environment, name, match)] != ["drop"],
                SECONDS_TO_SETTLE, "the rule as it was", environment.describe)
    _await_correct(environment)
    assert any("found wrong in the switches and put right" in reason and device in reason
               for reason in _history(environment)), _history(environment)


def test_a_rule_that_takes_packets_away_is_named_and_goes(environment: Environment, path: dict[str, Any]) -> None:
    device, name, match = _second_hop(environment, path)
    found: list[dict[str, Any]] = []

    def shadow_and_verify() -> bool:
        environment.network.openvswitch.openflow("add-flow", name, f"priority=50000,{match},actions=drop")
        found.append(_verify(environment))
        return not found[-1]["correct"]

    await_until(shadow_and_verify, SECONDS_TO_SETTLE, "an audit that finds the rule", environment.describe)

    audit = found[-1]
    assert f"{device}: a packet with label " in audit["difference"]
    assert len(audit["mismatches"]) == 1
    assert "priority 50000" in audit["mismatches"][0] and "takes packets from" in audit["mismatches"][0]
    _await_correct(environment, _SECONDS_OF_ADOPTION + SECONDS_TO_SETTLE)
    assert len(_rules_for(environment, name, match)) == 1


def test_a_rule_that_was_removed_is_back(environment: Environment, path: dict[str, Any]) -> None:
    _, name, match = _second_hop(environment, path)
    before = _rules_for(environment, name, match)

    environment.network.openvswitch.openflow("del-flows", name, match)

    await_until(lambda: [rule.actions for rule in _rules_for(environment, name, match)]
                == [rule.actions for rule in before], SECONDS_TO_SETTLE, "the rule", environment.describe)
    _await_correct(environment)


def test_a_rule_that_was_purged_from_the_controller_is_put_back(environment: Environment,
                                                                path: dict[str, Any]) -> None:
    device, name, match = _second_hop(environment, path)
    before = _rules_for(environment, name, match)
    hop = path["forward"][1]
    arriving = {("MPLS_LABEL", str(hop["label-in"])), ("IN_PORT", str(hop["in-port"]))}
    flow = next(flow for flow in environment.controller.flows(device)
                if arriving <= {(criterion["type"], str(criterion.get("label", criterion.get("port"))))
                                for criterion in flow["selector"]["criteria"]})

    environment.controller.delete(f"v1/flows/{device}/{flow['id']}")
    await_until(lambda: not _rules_for(environment, name, match), SECONDS_TO_SETTLE, "no rule", environment.describe)
    audit = _verify(environment)

    assert any("is missing" in words for words in audit["mismatches"])
    await_until(lambda: [rule.actions for rule in _rules_for(environment, name, match)]
                == [rule.actions for rule in before], SECONDS_TO_SETTLE, "the rule", environment.describe)
    _await_correct(environment)
    assert any("is missing" in reason for reason in _history(environment)), _history(environment)
