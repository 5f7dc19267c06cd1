# SPDX-License-Identifier: Apache-2.0
"""Messages from an application in one data centre to one in another, with all that is installed there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from e2e.messaging.environment import MessagingEnvironment, unconfirmed
from messaging.application import payload_of
from topologies.awaiting import await_until

_SECONDS_TO_START = 30.0
_OTHER_PORT = 6693
_MEBIBYTE = 1 << 20


def test_messages_arrive_once_and_in_order(centres: MessagingEnvironment) -> None:
    with centres.flowing() as (sender, receiver):
        await_until(lambda: int(centres.message_route()["message-rate"]), _SECONDS_TO_START, "a route with a rate",
                    centres.describe)
        route = centres.message_route()
        result = centres.await_all(sender, receiver)

    assert result.confirmed == result.sent, unconfirmed(sender)
    assert (route["status"]["state"], int(route["latency-p50"]) > 0) == ("running", True), route


def test_messages_arrive_by_way_of_a_third_data_centre(centres: MessagingEnvironment) -> None:
    east = centres.sites["east"]
    receiver, sender = east.receiver("audit"), centres.north.sender("shop", "audit", 50)
    with east.message:
        east.await_message_proxy()
        with receiver.process, sender.process:
            centres.await_delivered(sender, receiver, 200)
            centres.await_route("running", origin="south", destination="east")
            centres.await_all(sender, receiver)


@pytest.mark.parametrize(("key", "encoded", "payload"), [
    (None, "", b""), ("漢字 📦", "%E6%BC%A2%E5%AD%97%20%F0%9F%93%A6", "Grüße".encode()), ("1", "1", b"x" * _MEBIBYTE)],
    ids=["nothing", "Unicode", "1 MiB"])
def test_what_is_unusual_arrives_as_it_was_sent(centres: MessagingEnvironment, tmp_path: Path, key: str | None,
                                                encoded: str, payload: bytes) -> None:
    file = tmp_path / "payload"
    file.write_bytes(payload)

    said = json.loads(centres.north.curl(*([] if key is None else ["-H", f"Roundtrip-Key: {encoded}"]),
                                         "-H", "Roundtrip-Header-Colour: gr%C3%BCn", "--data-binary", f"@{file}",
                                         application="shop", path="v1/messages/billing"))

    assert said["data-centre"] == "south"
    message, = json.loads(centres.south.curl("-H", "Prefer: wait=20", application="billing", path="v1/messages"))
    centres.south.curl("-d", json.dumps({"acknowledge": [message["receipt"]]}), application="billing",
                       path="v1/acknowledgements")
    assert payload_of(message) == payload
    assert (message["sender"], message.get("key")) == ("shop", key), message
    assert message["headers"] == {"colour": "Z3LDvG4="}


def test_who_has_no_token_is_refused_and_told_so(centres: MessagingEnvironment) -> None:
    said = centres.north.curl("-d", "hello", application="nobody", path="v1/messages/billing")

    assert json.loads(said)["status"] == 401
    assert "no application has this token" in said


def test_nobody_receives_or_sends_what_is_not_for_him(centres: MessagingEnvironment) -> None:
    said = json.loads(centres.north.curl("-d", "hello", application="shop", path="v1/messages/nobody"))

    assert "nobody" in said["detail"] + json.dumps(said.get("errors", "")), said


def test_a_proxy_does_nothing_before_it_has_a_configuration_and_goes_on_by_what_it_had(
        centres: MessagingEnvironment) -> None:
    centres.north.management.partition()
    with centres.north.proxy("message", "-new", listen=f"{centres.north.proxies_address}:{_OTHER_PORT}") as proxy:
        await_until(lambda: "can't be followed" in proxy.log(), _SECONDS_TO_START, "the reason why", proxy.log)
        said = json.loads(_ask_other(centres))
        assert (said["status"], "no configuration yet" in json.dumps(said)) == (503, True), said
        centres.north.management.heal()
        # It works by a configuration before it has kept it for the time after a crash.
        await_until(lambda: "is kept in" in proxy.log() and _ask_other(centres) == "", _SECONDS_TO_START,
                    "a proxy that works", proxy.log)
        centres.north.management.partition()
        proxy.kill()
        proxy.start()
        await_until(lambda: "Goes on by configuration" in proxy.log() and _ask_other(centres) == "", _SECONDS_TO_START,
                    "a proxy that goes on", proxy.log)


def _ask_other(centres: MessagingEnvironment) -> str:
    """What another message proxy of the north has for the shop."""
    return centres.north.curl(application="shop", path="v1/messages", port=_OTHER_PORT)


def test_a_wrong_password_for_controllers_is_told(centres: MessagingEnvironment) -> None:
    with centres.north.proxy("routing", "-wrong", controllers_password="wrong") as proxy:
        await_until(lambda: "answers with status 401" in proxy.log(), _SECONDS_TO_START, "the reason", proxy.log)
