# SPDX-License-Identifier: Apache-2.0
"""The configuration centre of messaging: what it takes and refuses, what it remembers, and who follows it."""

from __future__ import annotations

import http.client
import json
from base64 import b64encode
from contextlib import ExitStack
from typing import Any, Iterator

import pytest

from controller.instance import ControllerInstance
from controller.rest import CREDENTIALS, Controller, Refused
from topologies.awaiting import await_until

_MESSAGING = "roundtrip/messaging"
_CONFIGURATION = f"{_MESSAGING}/configuration"

#: More than the web server of the controller has threads.
_FOLLOWERS = 300

_SECONDS_TO_SETTLE = 30.0

_SHOP: dict[str, Any] = {
    "data-centres": [{"name": "north", "bootstrap-servers": ["kafka.north.example.net:9092"]},
                     {"name": "south", "bootstrap-servers": ["kafka.south.example.net:9092"]}],
    "applications": [{"name": "shop", "data-centre": "north"}, {"name": "billing", "data-centre": "south"}],
    "queues": [{"name": "orders", "senders": ["shop"], "processor": "billing"}],
    "routes": [{"from": "north", "to": "south"}],
}


@pytest.fixture(name="controller")
def _controller(instance: ControllerInstance) -> Iterator[Controller]:
    """The controller with a shop in the north and its billing in the south."""
    assert instance.home.exists()
    controller = Controller()
    _replace(controller, _SHOP)
    yield controller
    for proxy in controller.get(f"{_MESSAGING}/proxies")["proxy"]:
        controller.delete(f"{_MESSAGING}/proxies/{proxy['name']}")
    _replace(controller, {})


def _replace(controller: Controller, configuration: dict[str, Any]) -> None:
    controller.put(_CONFIGURATION, {**configuration, "version": controller.get(_CONFIGURATION)["version"]})


def _version(controller: Controller) -> int:
    return int(controller.get(_CONFIGURATION)["version"])


@pytest.mark.parametrize(("path", "body", "field"), [
    ("data-centres/north", {"bootstrap-servers": []}, "bootstrap-servers"),
    ("data-centres/north", {"bootstrap-servers": ["kafka"]}, "bootstrap-servers[0]"),
    ("data-centres/east", {"bootstrap-servers": ["kafka.south.example.net:9092"]},
     "data-centres[2].bootstrap-servers[0]"),
    ("data-centres/north", {"bootstrap-servers": ["a:1"], "public-topic": "a b"}, "public-topic"),
    ("data-centres/north", {"name": "south", "bootstrap-servers": ["a:1"]}, "name"),
    ("data-centres/north", {"bootstrap-servers": ["a:1"], "colour": "blue"}, "colour"),
    ("applications/audit", {"data-centre": "east"}, "applications[2].data-centre"),
    ("applications/audit", {"data-centre": "north", "tokens": ["secret"]}, "tokens[0]"),
    ("queues/returns", {"senders": ["nobody"], "processor": "shop"}, "queues[1].senders[0]"),
    ("queues/returns", {"senders": ["shop"], "processor": "nobody"}, "queues[1].processor"),
    ("queues/returns", {"senders": ["shop"], "processor": "billing"}, "queues[1].senders[0]"),
    ("queues/receipts", {"senders": ["billing"], "processor": "shop"}, "queues[1].senders[0]"),
    ("queues/spare", {"senders": ["billing"], "processor": "billing", "private-topic": "roundtrip.private.orders"},
     "queues[1].private-topic"),
    ("routes/north/east", {}, "routes[1].to"),
    ("routes/north/north", {}, "to"),
    ("routes/north/south", {"cost": 0}, "cost"),
    ("routes/north/south", {"bandwidth": "1000000"}, "routes[0].bandwidth"),
    ("routes/north/south", {"protected": True}, "protected"),
    ("routes/north/south", {"time-to-live": "PT0S"}, "time-to-live"),
])
def test_what_would_not_hold_together_is_refused(controller: Controller, path: str, body: dict[str, Any],
                                                 field: str) -> None:
    before = controller.get(_CONFIGURATION)

    with pytest.raises(Refused) as refusal:
        controller.put(f"{_MESSAGING}/{path}", body)

    assert (refusal.value.status, field in refusal.value.fields) == (400, True), refusal.value
    assert controller.get(_CONFIGURATION) == before


def test_nothing_is_taken_away_that_messages_need(controller: Controller) -> None:
    for path, field in (("routes/north/south", "queues[0].senders[0]"),
                        ("data-centres/south", "applications[1].data-centre"),
                        ("applications/billing", "queues[0].processor")):
        with pytest.raises(Refused) as refusal:
            controller.delete(f"{_MESSAGING}/{path}")
        assert field in refusal.value.fields, refusal.value

    controller.delete(f"{_MESSAGING}/queues/orders")
    controller.delete(f"{_MESSAGING}/routes/north/south")
    with pytest.raises(Refused) as refusal:
        controller.delete(f"{_MESSAGING}/routes/north/south")
    assert refusal.value.status == 404


def test_a_change_is_remembered_with_who_made_it_and_what_it_was(controller: Controller) -> None:
    before = _version(controller)

    first = controller.put(f"{_MESSAGING}/routes/north/south", {"cost": 3})
    again = controller.put(f"{_MESSAGING}/routes/north/south", {"cost": 3})

    assert first.headers["ETag"] == again.headers["ETag"] == f'"{before + 1}"'
    last = controller.get(f"{_CONFIGURATION}/versions")["configuration-version"][-1]
    assert (last["version"], last["author"]) == (str(before + 1), "onos")
    assert last["changes"] == [{"item": "routes/north/south", "kind": "changed",
                                "fields": [{"name": "cost", "before": "10", "after": "3"}]}]
    assert controller.get(f"{_CONFIGURATION}/differences?from={before}&to={before + 1}")["change"] == last["changes"]
    assert controller.get(f"{_CONFIGURATION}/versions/{before}")["routes"][0]["cost"] == 10


def test_a_change_of_an_old_version_is_refused(controller: Controller) -> None:
    version = _version(controller)
    controller.put(f"{_MESSAGING}/routes/north/south", {"cost": 3}, {"If-Match": f'"{version}"'})

    with pytest.raises(Refused) as late:
        controller.put(f"{_MESSAGING}/routes/north/south", {"cost": 4}, {"If-Match": f'"{version}"'})
    with pytest.raises(Refused) as whole:
        controller.put(_CONFIGURATION, {**_SHOP, "version": str(version)})

    assert (late.value.status, whole.value.status) == (412, 412)
    assert controller.get(f"{_MESSAGING}/routes/north/south")["cost"] == 3


def test_who_has_the_configuration_is_told_so_after_waiting(controller: Controller) -> None:
    known = {"If-None-Match": f'"{_version(controller)}"'}

    assert controller.request("GET", _CONFIGURATION, headers=known).status_code == 304
    assert controller.request("GET", _CONFIGURATION, headers={**known, "Prefer": "wait=1"}).status_code == 304
    assert controller.request("GET", _CONFIGURATION, headers={"If-None-Match": '"0"'}).json()["routes"]


def test_more_followers_wait_than_there_are_threads_and_all_are_told(controller: Controller) -> None:
    version = _version(controller)
    with ExitStack() as stack:
        followers = []
        for _ in range(_FOLLOWERS):
            follower = http.client.HTTPConnection("127.0.0.1", 8181, timeout=_SECONDS_TO_SETTLE)
            stack.callback(follower.close)
            follower.request("GET", f"/onos/{_CONFIGURATION}", headers={
                "Authorization": "Basic " + b64encode(":".join(CREDENTIALS).encode()).decode(),
                "If-None-Match": f'"{version}"', "Prefer": "wait=60"})
            followers.append(follower)

        controller.request("POST", f"{_MESSAGING}/routes/north/south/pause")

        for follower in followers:
            answer = follower.getresponse()
            assert (answer.status, answer.headers["ETag"]) == (200, f'"{version + 1}"')
            assert json.loads(answer.read())["routes"][0]["paused"] is True


def test_orders_are_part_of_the_configuration_and_numbered_by_it(controller: Controller) -> None:
    route = f"{_MESSAGING}/routes/north/south"
    version = _version(controller)

    rewound = controller.post(f"{route}/rewind", {"since": "2026-01-15T12:00:00Z"}).json()

    assert rewound["order"]["number"] == str(version + 1)
    assert (rewound["order"]["move"], rewound["order-done"]) == ("rewind", False)
    controller.put(route, {"cost": 3})
    assert controller.get(_CONFIGURATION)["orders"][0]["since"] == "2026-01-15T12:00:00Z"
    with pytest.raises(Refused) as refusal:
        controller.post(f"{route}/skip", {"since": "2999-01-15T12:00:00Z"})
    assert refusal.value.fields == ["since"]


def test_what_proxies_tell_holds_for_their_lease(controller: Controller) -> None:
    route = f"{_MESSAGING}/routes/north/south"
    assert controller.get(route)["status"]["state"] == "unknown"

    told = controller.put(f"{_MESSAGING}/proxies/north-1", {
        "data-centre": "north", "software": "0.1.0", "lease": 3, "configuration-version": str(_version(controller)),
        "routes": [{"from": "north", "to": "south", "state": "waiting", "reason": "no answer from the south",
                    "since": "2026-01-15T12:00:00Z", "partitions": 8, "backlog-messages": "12"}]}).json()

    assert told["status"]["state"] == "current"
    shown = controller.get(route)
    assert (shown["status"]["state"], shown["status"]["reason"], shown["backlog-messages"]) == (
        "waiting", "no answer from the south", "12")
    await_until(lambda: controller.get(f"{_MESSAGING}/proxies/north-1")["status"]["state"] == "silent",
                _SECONDS_TO_SETTLE, "the lease over", lambda: str(controller.get(f"{_MESSAGING}/proxies")))
    assert controller.get(route)["status"]["state"] == "unknown"


def test_everything_can_be_done_by_command(controller: Controller, instance: ControllerInstance) -> None:
    run = instance.run_command
    run("message-data-centre-add east kafka.east.example.net:9092")
    run("message-route-add --cost 3 --compression zstd south east")
    run("message-application-add audit east")
    run("message-queue-add --partitions 2 trail audit billing")

    assert controller.get(f"{_MESSAGING}/routes/south/east")["compression"] == "zstd"
    assert controller.get(f"{_MESSAGING}/queues/trail")["partitions"] == 2
    assert "south  east" in run("message-routes")
    assert "queues/trail added" in run("message-config diff")
    assert "queues/trail added" in run("message-config history")
    assert "roundtrip.private.trail" in run("message-config show")
    assert "queues[1].senders[0]: its messages have no way" in run("message-route-remove south east")
    assert "paused" in run("message-config -j show")
    run("message-route-pause south east")
    assert controller.get(f"{_MESSAGING}/routes/south/east")["paused"] is True
    assert "rewind" in run("message-route-rewind south east 10min")
    assert controller.get(f"{_CONFIGURATION}/versions")["configuration-version"][-1]["author"] == "onos"


def test_the_configuration_survives_the_death_of_the_controller(controller: Controller,
                                                                instance: ControllerInstance) -> None:
    controller.post(f"{_MESSAGING}/routes/north/south/rewind", {"since": "2026-01-15T12:00:00Z"})
    before = controller.get(_CONFIGURATION), controller.get(f"{_CONFIGURATION}/versions")

    instance.kill()
    instance.start()

    await_until(lambda: (controller.get(_CONFIGURATION), controller.get(f"{_CONFIGURATION}/versions")) == before,
                _SECONDS_TO_SETTLE, "the configuration as it was", lambda: str(controller.get(_CONFIGURATION)))
    controller.put(f"{_MESSAGING}/routes/north/south", {"cost": 5})
    assert _version(controller) == int(before[0]["version"]) + 1
