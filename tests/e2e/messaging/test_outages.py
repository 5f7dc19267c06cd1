# SPDX-License-Identifier: Apache-2.0
"""What becomes of messages while parts of the network, proxies, brokers and the controller are away."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone

from e2e.messaging.environment import CONFIGURATION, SECONDS_TO_ARRIVE, MessagingEnvironment, unconfirmed
from topologies.awaiting import await_until


def test_a_link_is_cut_and_messages_go_on_by_the_other_way(centres: MessagingEnvironment) -> None:
    with centres.flowing() as (sender, receiver):
        since = centres.await_route("running")["status"]["since"]
        link = centres.link(f"wan-n-{centres.way()[1]}")
        centres.network.cut(link)
        await_until(lambda: f"wan-n-{centres.way()[1]}" != link.name, SECONDS_TO_ARRIVE, "the other way",
                    centres.describe)
        centres.await_delivered(sender, receiver, 400)
        centres.network.restore(link)
        centres.await_all(sender, receiver)

        assert centres.await_route("running")["status"]["since"] == since, "the proxy did not notice anything"


def test_a_route_waits_while_the_data_centres_are_apart_and_resumes_by_itself(centres: MessagingEnvironment) -> None:
    links = [centres.link(name) for name in ("wan-n-wan-1", "wan-n-wan-2")]
    with centres.flowing() as (sender, receiver):
        for link in links:
            centres.network.cut(link)
        route = centres.await_route("waiting")
        assert route["status"]["reason"], route
        await_until(lambda: all(_waiting(centres)), SECONDS_TO_ARRIVE, "messages that wait", centres.describe)
        before = _waiting(centres)
        await_until(lambda: all(now > then for now, then in zip(_waiting(centres), before)), SECONDS_TO_ARRIVE,
                    f"more messages, and older ones, than {before}", centres.describe)
        for link in links:
            centres.network.restore(link)
        centres.await_route("running")
        result = centres.await_all(sender, receiver)

    # What is for elsewhere is accepted all the time.
    assert result.confirmed == result.sent, unconfirmed(sender)


def _waiting(centres: MessagingEnvironment) -> tuple[int, int, int]:
    """How many messages wait, how many bytes that is, and for how many milliseconds the oldest has waited."""
    route = centres.message_route()
    return int(route["backlog-messages"]), int(route["backlog-bytes"]), int(route.get("oldest-age", 0))


def test_a_routing_proxy_is_killed(centres: MessagingEnvironment) -> None:
    with centres.flowing() as (sender, receiver):
        centres.north.routing.kill()
        centres.await_more_sent(sender)
        centres.north.routing.start()
        result = centres.await_all(sender, receiver)

    assert result.confirmed == result.sent, unconfirmed(sender)


def test_a_message_proxy_is_killed_where_messages_are_received(centres: MessagingEnvironment) -> None:
    with centres.flowing() as (sender, receiver):
        centres.south.message.kill()
        centres.await_more_sent(sender)
        centres.south.message.start()
        centres.await_all(sender, receiver, by_identifier=True)


def test_brokers_are_restarted(centres: MessagingEnvironment) -> None:
    with centres.flowing() as (sender, receiver):
        for site in (centres.south, centres.north):
            site.broker.process.kill()
            site.broker.process.start()
            site.broker.await_ready()
            centres.await_delivered(sender, receiver, 100)
        centres.await_all(sender, receiver, by_identifier=True)


def test_the_controller_dies_and_proxies_go_on(centres: MessagingEnvironment) -> None:
    before = centres.controller.get(CONFIGURATION)
    with centres.flowing() as (sender, receiver):
        centres.instance.kill()
        centres.await_delivered(sender, receiver, 200)
        centres.instance.start()
        # What it knows of routes it is told by proxies.
        centres.await_route("running")
        centres.await_all(sender, receiver)
    assert centres.controller.get(CONFIGURATION) == before


def test_operators_hold_a_route_and_have_it_send_again(centres: MessagingEnvironment) -> None:
    run = centres.instance.run_command
    # What other tests have sent need not come again.
    began = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    with centres.flowing() as (sender, receiver):
        run("message-route-pause north south")
        centres.await_route("paused")
        held = len(receiver.received_from(sender))
        centres.await_more_sent(sender)
        assert len(receiver.received_from(sender)) == held
        run("message-route-resume north south")
        centres.await_all(sender, receiver)
        run(f"message-route-rewind north south {began}")
        number = centres.message_route()["order"]["number"]
        await_until(lambda: centres.message_route()["order-done"], SECONDS_TO_ARRIVE, f"order {number} done",
                    centres.describe)
        wanted = 2 * len(sender.messages())
        await_until(lambda: len(receiver.received_from(sender)) >= wanted, SECONDS_TO_ARRIVE, f"{wanted} messages",
                    centres.describe)
        received = receiver.received_from(sender)

    assert set(Counter(message["id"] for message in received).values()) == {2}
    assert [message["number"] for message in received if message["key"] == "key-0"] == 2 * [
        message["number"] for message in sender.messages() if message["key"] == "key-0"]
