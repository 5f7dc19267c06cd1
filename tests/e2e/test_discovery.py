# SPDX-License-Identifier: Apache-2.0
"""What the controller finds out by itself."""

from __future__ import annotations

import time

from controller.rest import directed_links
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies.awaiting import await_until

_ENDS = {("of:00000000000000c1/2", "of:00000000000000c2/1"), ("of:00000000000000c2/1", "of:00000000000000c1/2")}

#: What asking over REST, on a busy machine, adds to a time that is measured this way.
_SECONDS_TO_ASK = 0.5


def _seconds_until(condition: object, environment: Environment, links: int) -> float:
    began = time.monotonic()
    await_until(lambda: len(_ENDS & environment.controller.links()) == links, SECONDS_TO_SETTLE,
                f"{condition}", environment.describe)
    return time.monotonic() - began


def test_links_are_exactly_those_there_are(environment: Environment) -> None:
    assert environment.controller.links() == directed_links(environment.network.description)


def test_a_link_whose_port_goes_down_is_lost_at_once_and_found_again(environment: Environment) -> None:
    environment.network.cut(environment.link("c1-c2"))
    assert _seconds_until("the link lost", environment, 0) < 0.05 + _SECONDS_TO_ASK

    environment.network.restore(environment.link("c1-c2"))
    assert _seconds_until("the link found", environment, 2) < 1 + _SECONDS_TO_ASK


def test_a_link_that_goes_silent_is_lost_within_three_seconds(environment: Environment) -> None:
    environment.network.relay(environment.link("c1-c2")).shut()
    assert _seconds_until("the link lost", environment, 0) < 3 + _SECONDS_TO_ASK


def test_a_link_that_works_one_way_only_is_reported_as_such(environment: Environment) -> None:
    environment.network.relay(environment.link("c1-c2")).shut(b_to_a=False)
    _seconds_until("one direction lost", environment, 1)

    assert _ENDS & environment.controller.links() == {("of:00000000000000c2/1", "of:00000000000000c1/2")}


def test_links_between_switches_that_are_away_are_lost(environment: Environment) -> None:
    environment.network.disconnect()
    await_until(lambda: not environment.controller.available_devices() and not environment.controller.links(),
                SECONDS_TO_SETTLE, "no switch and no link", environment.describe)

    environment.network.connect(TARGET)

    environment.await_everything_found()


def test_hosts_are_known_with_their_address_and_place(environment: Environment) -> None:
    hosts = environment.controller.hosts()
    for host in environment.network.description.hosts:
        known = hosts[host.host_id]
        device = environment.network.description.switch(host.port.switch).device_id
        assert host.ip in known["ipAddresses"]
        assert [(place["elementId"], place["port"]) for place in known["locations"]] == [
            (device, str(host.port.number))]


def test_hosts_reach_each_other(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client2")

    def answered() -> bool:
        return " 0% packet loss" in environment.network.execute(server, "ping", "-c", "3", "-i", "0.2", "-W", "1",
                                                                client.ip)

    await_until(answered, SECONDS_TO_SETTLE, "every answer to ping", environment.describe)
