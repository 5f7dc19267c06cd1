# SPDX-License-Identifier: Apache-2.0
"""What users can ask of virtual servers, right and wrong, and what is said when nothing can be done."""

from __future__ import annotations

from typing import Any

import pytest

from connections.clients import Client
from connections.servers import Endpoint
from controller.rest import Refused
from e2e.balancer.environment import PORT, SLOTS, TRANSLATED, ServerEnvironment, all_open
from e2e.environment import SECONDS_TO_SETTLE
from topologies.awaiting import await_until, holds_for
from topologies.service_nodes import OTHER_VIP, VIP, VIP6

_MEMBER = {"address": "10.0.2.1", "port": TRANSLATED}
_NAMES = ("vip", "segment-length", "protocol", "ports", "members", "access-switches", "affinity", "drain-time",
          "panic-threshold", "slow-start")


def _state(nodes: ServerEnvironment) -> tuple[Any, ...]:
    return ([{key: server[key] for key in _NAMES} for server in nodes.controller.virtual_servers()],
            sorted(rule.identity for rule in nodes.rules_of_servers()))


@pytest.fixture(scope="module", name="empty")
def _empty(at_service_nodes: ServerEnvironment) -> ServerEnvironment:
    """Without a virtual server, for tests that leave it so."""
    at_service_nodes.mend()
    return at_service_nodes


@pytest.fixture(scope="module", name="web")
def _web(at_service_nodes: ServerEnvironment) -> ServerEnvironment:
    """With a virtual server, for tests that leave it alone."""
    at_service_nodes.mend()
    at_service_nodes.put("web", dict(_MEMBER))
    return at_service_nodes


@pytest.mark.parametrize(("changes", "field"), [
    ({"vip": "10.0.2.9"}, "members[0].address"),
    ({"vip": "10.0.1.1"}, "vip"),
    ({"vip": VIP6}, "members[0].address"),
    ({"vip": "224.0.0.9"}, "vip"),
    ({"vip": "127.0.0.1"}, "vip"),
    ({"vip": "ten"}, "vip"),
    ({"segment-length": 33}, "segment-length"),
    ({"protocol": "icmp"}, "protocol"),
    ({"ports": []}, "ports"),
    ({"ports": ["0"]}, "ports[0]"),
    ({"ports": ["65536"]}, "ports[0]"),
    ({"ports": ["90-80"]}, "ports[0]"),
    ({"ports": ["80", "80"]}, "ports[1]"),
    ({"ports": ["80-90", "85-95"], "members": []}, "ports"),
    ({"ports": ["80-90"]}, "members[0].port"),
    ({"protocol": "sctp"}, "members[0].port"),
    ({"members": [_MEMBER, _MEMBER]}, "members[1]"),
    ({"members": [{**_MEMBER, "weight": 101}]}, "members[0].weight"),
    ({"members": [{**_MEMBER, "weight": -1}]}, "members[0].weight"),
    ({"members": [{**_MEMBER, "port": 70_000}]}, "members[0].port"),
    ({"members": [{**_MEMBER, "state": "tired"}]}, "members[0].state"),
    ({"members": [{"port": 80}]}, "members[0].address"),
    ({"access-switches": []}, "access-switches"),
    ({"access-switches": ["switch"]}, "access-switches[0]"),
    ({"access-switches": ["of:00000000000002a1", "of:00000000000002a1"]}, "access-switches[1]"),
    ({"affinity": "elective"}, "affinity"),
    ({"drain-time": 86_401}, "drain-time"),
    ({"panic-threshold": 101}, "panic-threshold"),
    ({"slow-start": 3601}, "slow-start"),
    ({"colour": "blue"}, "colour"),
    ({"name": "other"}, "name"),
])
def test_a_wrong_virtual_server_is_refused(empty: ServerEnvironment, changes: dict[str, Any], field: str) -> None:
    before = _state(empty)

    with pytest.raises(Refused) as refusal:
        empty.controller.put_virtual_server("web", {**empty.request(dict(_MEMBER)), **changes})

    assert 400 <= refusal.value.status < 500
    assert field in refusal.value.fields, refusal.value
    assert _state(empty) == before


@pytest.mark.parametrize("changes", [
    {},
    {"ports": ["70-90"], "members": []},
    {"access-switches": ["of:00000000000002b1"], "ports": ["81"]},
], ids=["same port", "overlapping ports", "other access switches"])
def test_what_contradicts_another_virtual_server_is_refused(web: ServerEnvironment, changes: dict[str, Any]) -> None:
    before = _state(web)

    with pytest.raises(Refused) as refusal:
        web.controller.put_virtual_server("other", {**web.request(dict(_MEMBER)), **changes})

    assert refusal.value.status == 409
    assert refusal.value.fields
    assert _state(web) == before


@pytest.mark.parametrize(("change", "status"), [
    ([{"address": "10.0.2.77", "port": TRANSLATED, "operation": "remove"}], 404),
    ([{**_MEMBER, "weight": 5}, {**_MEMBER, "weight": 6}], 400),
    ([{"address": "10.9.9.1"}], 400),
    ([{**_MEMBER, "weight": 5}, {"address": "fd00:0:2::2"}], 400),
    ([{**_MEMBER, "weight": 500}], 400),
    ([], 400),
], ids=["unknown member", "member named twice", "segment of the vip", "one right and one wrong", "weight", "nothing"])
def test_wrong_changes_of_members_change_nothing(web: ServerEnvironment, change: list[dict[str, Any]],
                                                 status: int) -> None:
    before = _state(web)

    with pytest.raises(Refused) as refusal:
        web.controller.change_members("web", *change)

    assert refusal.value.status == status, refusal.value
    assert _state(web) == before


@pytest.mark.parametrize(("changes", "field"), [
    ({"members": [{"address": f"10.1.{number // 250}.{number % 250 + 1}"} for number in range(SLOTS + 1)]}, "members"),
    ({"members": [{"address": f"10.1.{number // 250}.{number % 250 + 1}"} for number in range(5000)]}, "members"),
    ({"members": [], "ports": [str(2 * number + 1) for number in range(33)]}, "ports"),
    ({"members": [], "ports": [str(2 * number + 1) for number in range(30_000)]}, "ports"),
], ids=["257 members", "5000 members", "33 ports", "30000 ports"])
def test_absurd_sizes_are_refused(empty: ServerEnvironment, changes: dict[str, Any], field: str) -> None:
    before = _state(empty)

    with pytest.raises(Refused) as refusal:
        empty.controller.put_virtual_server("web", {**empty.request(), **changes})

    assert refusal.value.status == 400
    assert refusal.value.fields == [field]
    assert _state(empty) == before


def test_all_ports_can_be_served(nodes: ServerEnvironment) -> None:
    nodes.put("ports", nodes.member("m1", None), ports=["1-65535"])

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, TRANSLATED)) as client:
        assert all_open(client.open(20), 20)


def test_the_same_request_again_changes_nothing(nodes: ServerEnvironment) -> None:
    request = nodes.request(nodes.member("m1"), nodes.member("m3"))
    assert nodes.controller.put_virtual_server("web", request).status_code == 201
    nodes.await_server("web")
    before = {rule.identity: rule for rule in nodes.rules_of_servers()}

    assert nodes.controller.put_virtual_server("web", request).status_code == 200

    nodes.await_server("web")

    def untouched() -> bool:
        now = {rule.identity: rule for rule in nodes.rules_of_servers()}
        return now.keys() == before.keys() and all(now[key].age >= before[key].age for key in now)

    holds_for(untouched, 2, "the rules as they were", nodes.describe)


def test_a_server_without_weight_takes_no_new_connections(nodes: ServerEnvironment) -> None:
    nodes.put("web", nodes.member("m1"), nodes.member("m3"))

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        before = client.open(20)
        nodes.controller.change_members("web", nodes.member("m1", weight=0), nodes.member("m3", weight=0))
        server = nodes.await_server("web", "down")
        after = client.ask()

    assert server["status"]["reason"]
    assert not after.broken_since(before), after.answers
    assert not nodes.slots("web")


def _all_counted(statistics: dict[str, Any], connections: int) -> dict[str, Any] | None:
    """Returns counters if they have counted so many connections, and the packets that each must have at least."""
    return statistics if int(statistics["connections"]) == connections \
        and int(statistics["request-packets"]) >= 4 * connections \
        and int(statistics["reply-packets"]) >= 3 * connections else None


def test_what_is_shown_is_what_is(nodes: ServerEnvironment) -> None:
    server = nodes.put("web", nodes.member("m1"), nodes.member("m3", weight=50))

    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", VIP, PORT)) as client:
        opened = client.open(90)
        client.ask()
        # Each switch is asked for its counters every few seconds, not all at the same time.
        statistics = await_until(lambda: _all_counted(nodes.controller.virtual_server_statistics("web"), 90),
                                 SECONDS_TO_SETTLE, "the packets of 90 connections counted",
                                 lambda: f"{nodes.controller.virtual_server_statistics('web')}\n{nodes.describe()}")

    assert statistics is not None
    counts = {member["member"]: int(member["connections"]) for member in statistics["members"]}
    assert counts == {f"{nodes.host(name).ip}:{TRANSLATED}": count for name, count in opened.answers.items()}
    assert sum(int(member["slots"]) for member in statistics["members"]) == SLOTS
    assert int(statistics["handed-on-packets"]) == 0
    assert {member["status"]["state"] for member in server["member-status"]} == {"serving"}
    assert {access["status"]["state"] for access in server["access-switch-status"]} == {"ready"}


def test_a_connection_is_explained(nodes: ServerEnvironment) -> None:
    client_host = nodes.host("client")
    nodes.put("web", *(nodes.member(name) for name in ("m1", "m3")))

    with Client(nodes.network, client_host, Endpoint("tcp", VIP, PORT)) as client:
        for connection in client.open(8, first_port=30_000).connections:
            explained = nodes.controller.explain_connection(vip=VIP, client=client_host.ip,
                                                            client_port=connection.port)
            assert explained["member"] == f"{nodes.host(connection.answer).ip}:{TRANSLATED}", explained
            assert explained["slot-member"] == explained["member"]
            assert explained["pin"] == "pinned"
            assert 0 <= explained["slot"] < SLOTS
            assert explained["access-switch"] == nodes.device("a1")
            assert explained["request"] and explained["reply"]
            # A switch counts what its fast path has carried about once a second.
            await_until(lambda: all(int(rule["packets"]) > 0 for way in ("request", "reply") for rule in
                                    nodes.controller.explain_connection(
                                        vip=VIP, client=client_host.ip, client_port=connection.port)[way]),
                        SECONDS_TO_SETTLE, "packets counted by every rule", nodes.describe)
            devices = {rule["device"] for rule in explained["request"]}
            node = nodes.host(connection.answer).port.switch
            assert devices >= {nodes.device(switch) for switch in ("e", "a1", node)}
        after = client.ask()
        assert all_open(after, 8), "explaining harmed a connection"

    new = nodes.controller.explain_connection(vip=VIP, client=client_host.ip, client_port=31_000)
    assert new["pin"] == "not-pinned"
    with Client(nodes.network, client_host, Endpoint("tcp", VIP, PORT)) as client:
        placed = client.open(1, first_port=31_000).connections[0].answer
    assert new["member"] == f"{nodes.host(placed).ip}:{TRANSLATED}", "the explanation foretold another member"
    with pytest.raises(Refused) as refused:
        nodes.controller.explain_connection(vip=VIP, port=81, client=client_host.ip, client_port=31_001)
    assert (refused.value.status, refused.value.fields) == (404, ["port"])


def test_commands_do_what_rest_does(nodes: ServerEnvironment) -> None:
    def run(command: str) -> str:
        return nodes.instance.run_command(command)

    run(f"lb-server-add --port {PORT} --access-switch {nodes.device('a1')} --access-switch {nodes.device('a2')}"
        f" web {OTHER_VIP}")
    run(f"lb-member-add web 10.0.2.3:{TRANSLATED}")
    nodes.await_server("web")
    with Client(nodes.network, nodes.host("client"), Endpoint("tcp", OTHER_VIP, PORT)) as client:
        opened = client.open(10, first_port=32_000)
        assert opened.answers == {"m3": 10}, nodes.describe()
        assert f"10.0.2.3:{TRANSLATED}" in run(f"lb-explain {OTHER_VIP} {nodes.host('client').ip}:32000")
    assert OTHER_VIP in run("lb-servers")
    assert f"10.0.2.3:{TRANSLATED}" in run("lb-server-show web")
    run(f"lb-member-set --state draining web 10.0.2.3:{TRANSLATED}")
    nodes.await_member("web", nodes.member("m3"), "draining")
    run(f"lb-member-remove web 10.0.2.3:{TRANSLATED}")
    assert not nodes.controller.virtual_server("web")["members"]
    assert "nothing" in run("lb-server-show nothing")
    run("lb-server-remove web")
    await_until(lambda: not nodes.controller.virtual_servers(), SECONDS_TO_SETTLE, "it gone", nodes.describe)
