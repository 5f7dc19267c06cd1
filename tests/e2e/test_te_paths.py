# SPDX-License-Identifier: Apache-2.0
"""What te-paths reserve, which ways they take, and what they tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from controller.rest import Refused
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.two_sites import FAST_WAY, SLOW_WAY

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


def _way(environment: Environment, hops: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(environment.network.description.switch_of(hop["device"]).name for hop in hops)


def _taken(environment: Environment, name: str = "path") -> tuple[str, ...]:
    return _way(environment, environment.controller.te_path(name)["forward"])


def _await_standby(environment: Environment, name: str, state: str) -> dict[str, Any]:
    await_until(lambda: environment.controller.te_path(name)["standby"]["status"]["state"] == state,
                SECONDS_TO_SETTLE, f"the standby way of {name} {state}", environment.describe)
    standby: dict[str, Any] = environment.controller.te_path(name)["standby"]
    return standby


def test_a_path_is_changed_where_it_stands(environment: Environment) -> None:
    first = environment.controller.put_te_path("path", _between(environment, "server", "client", bandwidth="1000"))
    environment.await_path("path")
    taken = _taken(environment)

    changed = environment.controller.put_te_path("path", _between(environment, "server", "client", bandwidth="2000",
                                                                  constraints={"max-hops": 3}))

    assert (first.status_code, changed.status_code) == (201, 200)
    environment.await_path("path")
    assert _taken(environment) == taken
    assert environment.controller.te_path("path")["bandwidth"] == "2000"
    reserved = [int(link["forward"]["bandwidth"]) - int(link["forward"]["unreserved"][7])
                for link in environment.controller.te_links()]
    assert sorted(reserved) == [0, 0, 0, 2000, 2000, 2000]


def test_the_ends_of_a_path_stay(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client"))

    with pytest.raises(Refused) as refusal:
        environment.controller.put_te_path("path", _between(environment, "server", "client2"))

    assert refusal.value.status == 409
    assert refusal.value.fields == ["destination"]


def test_a_protected_path_goes_over_to_its_standby_way(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client",
                                                        protection={"disjoint": "node"}))
    environment.await_path("path")
    standby = _way(environment, _await_standby(environment, "path", "ready")["forward"])
    active = _taken(environment)
    assert {active, standby} == {FAST_WAY, SLOW_WAY}

    environment.network.cut(environment.link(f"{active[1]}-{active[2]}"))

    await_until(lambda: _taken(environment) == standby, SECONDS_TO_SETTLE, "the standby way taken",
                environment.describe)
    environment.await_path("path")
    _await_standby(environment, "path", "unprotected")
    assert any(change["state"] == "installing" and "standby" in change["reason"]
               for change in environment.controller.te_path_history("path"))

    environment.network.restore(environment.link(f"{active[1]}-{active[2]}"))

    assert _way(environment, _await_standby(environment, "path", "ready")["forward"]) == active
    assert _taken(environment) == standby, "nobody asked for going back"


def test_a_path_takes_the_way_that_was_asked_for(environment: Environment) -> None:
    description = environment.network.description
    cut = description.connect_point(environment.link("c1-c2").a)
    cases: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        ({"exclude-devices": ["of:00000000000000c1"]}, SLOW_WAY),
        ({"exclude-devices": ["of:00000000000000c4"]}, FAST_WAY),
        ({"exclude-links": [cut]}, SLOW_WAY),
        ({"include": [{"device": "of:00000000000000c1", "strict": True}]}, FAST_WAY),
        ({"include": [{"device": "of:00000000000000c4"}]}, SLOW_WAY)]
    for constraints, way in cases:
        environment.controller.put_te_path("path", _between(environment, "server", "client", constraints=constraints))

        environment.await_path("path")
        assert _taken(environment) == way, constraints


def test_a_path_takes_the_best_way_by_what_is_configured_of_links(environment: Environment) -> None:
    description = environment.network.description
    environment.controller.configure_link(description, environment.link("c1-c2"), delay=9_000_000, teMetric=1,
                                          affinities=[3])
    environment.controller.configure_link(description, environment.link("c3-c4"), delay=5_000_000, teMetric=10)
    cases: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
        ("a", {"objective": "delay"}, SLOW_WAY),
        ("b", {"objective": "te-metric"}, FAST_WAY),
        ("c", {"constraints": {"max-delay": "6000000"}}, SLOW_WAY),
        ("d", {"constraints": {"affinities-exclude-any": [3]}}, SLOW_WAY)]
    for name, wishes, way in cases:
        environment.controller.put_te_path(name, _between(environment, "server", "client", **wishes))
        environment.await_path(name)
        assert _taken(environment, name) == way, wishes
        assert environment.controller.te_path(name)["metrics"]["hops"] == 3

    with pytest.raises(Refused) as refusal:
        environment.controller.put_te_path("e", _between(environment, "server", "client",
                                                         constraints={"max-delay": "4999999"}))

    assert refusal.value.status == 409
    assert refusal.value.fields == ["constraints.max-delay"]


def test_a_path_goes_back_only_when_told(environment: Environment) -> None:
    environment.network.cut(environment.link("c1-c2"))
    await_until(lambda: len(environment.controller.te_links()) == 5, SECONDS_TO_SETTLE, "a link gone",
                environment.describe)
    environment.controller.put_te_path("path", _between(environment, "server", "client", objective="te-metric"))
    environment.await_path("path")
    assert _taken(environment) == SLOW_WAY
    environment.controller.configure_link(environment.network.description, environment.link("c3-c4"), teMetric=10)
    environment.network.restore(environment.link("c1-c2"))
    await_until(lambda: len(environment.controller.te_links()) == 6, SECONDS_TO_SETTLE, "all links back",
                environment.describe)
    assert _taken(environment) == SLOW_WAY

    environment.controller.reoptimise_te_path("path")

    await_until(lambda: _taken(environment) == FAST_WAY, SECONDS_TO_SETTLE, "the better way", environment.describe)
    environment.await_path("path")


def test_paths_leave_what_comes_under_maintenance(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client"))
    environment.await_path("path")
    left = _taken(environment)

    environment.controller.configure_link(environment.network.description,
                                          environment.link(f"{left[1]}-{left[2]}"), maintenance=True)

    await_until(lambda: _taken(environment) not in (left, ()), SECONDS_TO_SETTLE, "another way", environment.describe)
    environment.await_path("path")
    assert all(change["state"] != "down" for change in environment.controller.te_path_history("path"))


def test_a_more_important_path_takes_bandwidth_away(environment: Environment) -> None:
    most = str(_PORT_SPEED * 6 // 10)
    for name in ("first", "second"):
        environment.controller.put_te_path(name, _between(environment, "server", "client", bandwidth=most))
        environment.await_path(name)

    environment.controller.put_te_path("third", _between(environment, "server", "client", bandwidth=most,
                                                         **{"setup-priority": 0}))

    environment.await_path("third")
    await_until(lambda: sorted(path["status"]["state"] for path in environment.controller.te_paths())
                == ["down", "up", "up"], SECONDS_TO_SETTLE, "one path down", environment.describe)


def test_no_path_comes_to_where_maintenance_is(environment: Environment) -> None:
    environment.controller.post("v1/network/configuration", {"devices": {"of:00000000000000c1": {"mplsTe": {
        "mpls": True, "te": True, "maintenance": True}}}})
    environment.controller.put_te_path("path", _between(environment, "server", "client"))
    environment.await_path("path")
    assert _taken(environment) == SLOW_WAY
    environment.controller.configure_link(environment.network.description, environment.link("c3-c4"), maintenance=True)

    with pytest.raises(Refused) as refusal:
        environment.controller.put_te_path("second", _between(environment, "server2", "client2"))

    assert refusal.value.status == 409
    assert "maintenance" in refusal.value.text


def test_an_explanation_sets_nothing_up(environment: Environment) -> None:
    path = _between(environment, "server", "client", protection={"disjoint": "node"})
    possible = environment.controller.explain_te_path(path)
    assert possible["possible"]
    assert len(possible["active"]["ports"]) == len(possible["standby"]["ports"]) == 8

    impossible = environment.controller.explain_te_path({**path, "constraints": {
        "exclude-devices": ["of:00000000000000c1"]}})

    assert not impossible["possible"]
    decisive = [obstacle for obstacle in impossible["obstacles"] if obstacle["decisive"]]
    assert {obstacle["field"] for obstacle in decisive} >= {"constraints.exclude-devices"}
    assert environment.controller.te_paths() == []
    assert environment.rules_of_sessions() == []


def test_what_was_changed_in_a_switch_is_found_and_repaired(environment: Environment) -> None:
    environment.controller.put_te_path("path", _between(environment, "server", "client", **{
        "forward-traffic": [{}], "reverse-traffic": [{}]}))
    environment.await_path("path")
    audit = environment.controller.verify_te_path("path")
    assert audit["correct"] and audit["co-routed"], audit
    assert _way(environment, audit["forward"]) == _taken(environment)
    spoilt = _taken(environment)[1]
    environment.network.openvswitch.openflow("del-flows", spoilt, "mpls")

    audit = environment.controller.verify_te_path("path")

    assert not audit["correct"], audit
    assert audit["mismatches"]
    await_until(lambda: environment.controller.verify_te_path("path")["correct"], SECONDS_TO_SETTLE,
                "the rules repaired", environment.describe)


def test_what_a_path_carries_is_counted(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.controller.put_te_path("path", _between(environment, "server", "client", **{
        "forward-traffic": [{"ip-protocol": 1}], "reverse-traffic": [{"ip-protocol": 1}]}))
    environment.await_path("path")
    environment.network.execute(server, "ping", "-c", "5", "-i", "0.2", str(client.address.ip))

    def counted() -> bool:
        statistics = environment.controller.te_path_statistics("path")
        return all(int(statistics[direction][counter]) >= 5 for direction in ("forward", "reverse")
                   for counter in ("admitted-packets", "delivered-packets"))

    await_until(counted, SECONDS_TO_SETTLE, "five packets each way", environment.describe)


def test_many_paths_are_read_page_by_page(environment: Environment) -> None:
    names = [f"path{number}" for number in range(5)]
    for name in names:
        environment.controller.put_te_path(name, _between(environment, "server", "client"))
    pages = []
    address: str | None = "roundtrip/tepath/paths?limit=2"
    while address is not None:
        answer = environment.controller.request("GET", address)
        pages.append([path["name"] for path in answer.json()["te-path"]])
        following = answer.links.get("next", {}).get("url")
        address = None if following is None else following.split("/onos/", 1)[1]

    assert pages == [["path0", "path1"], ["path2", "path3"], ["path4"]]
    assert environment.controller.get("roundtrip/tepath/paths?device=of:00000000000000ff")["te-path"] == []


def test_a_link_that_fails_often_is_unsteady(environment: Environment) -> None:
    link = environment.link("c1-c2")

    def unsteady() -> list[str]:
        return [found["source"] for found in environment.controller.te_links() if found["unsteady"]]

    def is_unsteady_after_a_failure() -> bool:
        environment.network.cut(link)
        await_until(lambda: len(environment.controller.te_links()) == 5, SECONDS_TO_SETTLE, "the link gone",
                    environment.describe)
        environment.network.restore(link)
        await_until(lambda: len(environment.controller.te_links()) == 6, SECONDS_TO_SETTLE, "the link back",
                    environment.describe)
        return bool(unsteady())

    assert unsteady() == []
    environment.controller.configure_paths(dampingHalfLife=600, dampingLongest=6000)
    await_until(is_unsteady_after_a_failure, SECONDS_TO_SETTLE, "the link unsteady", environment.describe)

    assert unsteady() == [environment.network.description.connect_point(link.a)]
    environment.controller.configure_paths(dampingHalfLife=0)
    await_until(lambda: not unsteady(), SECONDS_TO_SETTLE, "nothing unsteady", environment.describe)


def test_the_command_line_knows_all_that_rest_knows(environment: Environment) -> None:
    run = environment.instance.run_command
    ends = _between(environment, "server", "client")
    run("te-path-add --bandwidth 10M --reverse-bandwidth 1M --max-hops 3 --protect node --hold-off 10ms"
        f" --wait-to-restore 1h path {ends['source']} {ends['destination']}")
    environment.await_path("path")
    path = environment.controller.te_path("path")
    assert path["bandwidth"] == "10000000" and path["reverse-bandwidth"] == "1000000"
    assert path["protection"] == {"disjoint": "node", "best-effort": False, "hold-off": 10, "wait-to-restore": 3600}

    run("te-path-change --bandwidth 20M --reverse-bandwidth none --protect none path")

    environment.await_path("path")
    changed = environment.controller.te_path("path")
    assert changed["bandwidth"] == "20000000" and "reverse-bandwidth" not in changed and "protection" not in changed
    assert changed["constraints"] == path["constraints"]
    shown = run("te-path-show path")
    assert "bandwidth 20M" in shown and "max-hops 3" in shown and "History" in shown, shown
    document = json.loads(_document(run("te-path-show -j path")))
    assert document["name"] == "path" and document["history"] and document["statistics"]
    assert "path" in run("te-paths --hops")
    assert "is correct" in run("te-path-verify path")
    assert "path" in run("te-path-reoptimise path")
    assert len(json.loads(_document(run("te-links -j")))["te-link"]) == 6
    assert "20M" in run("te-links")
    assert "Possible" in run(f"te-path-explain --protect link {ends['source']} {ends['destination']}")


def _document(output: str) -> str:
    return output[output.index("{"):output.rindex("}") + 1]
