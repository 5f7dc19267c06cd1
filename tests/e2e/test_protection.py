# SPDX-License-Identifier: Apache-2.0
"""Protected te-paths: what fails, and what a steady conversation notices of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import Any, Iterator

from controller.instance import INSTANCE
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.description import Link
from topologies.frames import plain_udp
from topologies.routes import are_co_routed
from topologies.traffic import Conversation, failover
from topologies.two_sites import FAST_WAY, SLOW_WAY

_PATH = "protected"
_BFD = ("bfd:enable=true", "bfd:min_tx=20", "bfd:min_rx=20")


def _protect(environment: Environment, **protection: object) -> None:
    source, destination = (environment.network.description.connect_point(environment.host(name).port)
                           for name in ("server", "client"))
    udp = [{"ip-protocol": 17}]
    environment.controller.put_te_path(_PATH, {
        "source": source, "destination": destination, "forward-traffic": udp, "reverse-traffic": udp,
        "exclusive": True, "protection": {"disjoint": "link", **protection}})
    _await_protected(environment, FAST_WAY)


def _await_protected(environment: Environment, way: tuple[str, ...]) -> None:
    """Waits until both directions take a way, in the switches too, and another one stands by."""
    def protected() -> bool:
        path = environment.controller.te_path(_PATH)
        return _is_up(environment, way) and path["standby"]["status"]["state"] == "ready"

    await_until(protected, SECONDS_TO_SETTLE, f"the path protected on {way}", environment.describe)
    _await_in_switches(environment, way)


def _is_up(environment: Environment, way: tuple[str, ...]) -> bool:
    path = environment.controller.te_path(_PATH)
    return path["status"]["state"] == "up" and _switches(environment, path["forward"]) == way


def _switches(environment: Environment, hops: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(environment.network.description.switch_of(hop["device"]).name for hop in hops)


def _await_in_switches(environment: Environment, way: tuple[str, ...]) -> None:
    server, client = environment.host("server"), environment.host("client")

    def together() -> bool:
        forward = environment.route(server, plain_udp(server, client))
        reverse = environment.route(client, plain_udp(client, server))
        return are_co_routed(forward, reverse) and forward.switches == way

    await_until(together, SECONDS_TO_SETTLE, f"both directions by {way} in the switches", environment.describe)


def _conversation(environment: Environment) -> Conversation:
    return Conversation(environment.network, INSTANCE / "programs", environment.host("server"),
                        environment.host("client"))


@contextmanager
def _bfd(environment: Environment, link: Link) -> Iterator[None]:
    interfaces = [f"{end.switch}-eth{end.number}" for end in (link.a, link.b)]
    configure = environment.network.openvswitch.configure
    for interface in interfaces:
        configure("set", "interface", interface, *_BFD)
    try:
        await_until(lambda: all("forwarding=\"true\"" in configure("get", "interface", interface, "bfd_status")
                                for interface in interfaces), SECONDS_TO_SETTLE, f"BFD on {link.name}",
                    environment.describe)
        yield
    finally:
        for interface in interfaces:
            configure("clear", "interface", interface, "bfd")


def test_what_stood_by_takes_over_when_a_link_fails(environment: Environment) -> None:
    _protect(environment)
    standby = environment.controller.te_path(_PATH)["standby"]
    with _conversation(environment) as talk:
        talk.await_flowing()
        since = time.time()
        environment.network.cut(environment.link("c1-c2"))
        await_until(lambda: _is_up(environment, SLOW_WAY), SECONDS_TO_SETTLE, "the path on the other way",
                    environment.describe)
        talk.await_flowing()
        happened = failover(*talk.packets(), since, time.time())

    path = environment.controller.te_path(_PATH)
    assert (path["forward"], path["reverse"]) == (standby["forward"], standby["reverse"])
    assert path["standby"]["status"]["state"] == "unprotected"
    assert happened.forward.lost > 0 and happened.reverse.lost > 0, "the link that was cut carried nothing"
    _await_in_switches(environment, SLOW_WAY)


def test_protection_comes_back_with_the_link_and_is_of_use_again(environment: Environment) -> None:
    _protect(environment)
    environment.network.cut(environment.link("c1-c2"))
    await_until(lambda: _is_up(environment, SLOW_WAY), SECONDS_TO_SETTLE, "the path on the other way",
                environment.describe)
    environment.network.restore(environment.link("c1-c2"))
    _await_protected(environment, SLOW_WAY)

    environment.network.cut(environment.link("c3-c4"))

    await_until(lambda: _is_up(environment, FAST_WAY), SECONDS_TO_SETTLE, "the path on the first way",
                environment.describe)
    _await_in_switches(environment, FAST_WAY)


def test_going_back_loses_nothing(environment: Environment) -> None:
    _protect(environment, **{"wait-to-restore": 1})
    environment.network.cut(environment.link("c1-c2"))
    await_until(lambda: _is_up(environment, SLOW_WAY), SECONDS_TO_SETTLE, "the path on the other way",
                environment.describe)
    with _conversation(environment) as talk:
        talk.await_flowing()
        since = time.time()
        environment.network.restore(environment.link("c1-c2"))
        _await_protected(environment, FAST_WAY)
        talk.await_flowing()
        happened = failover(*talk.packets(), since, time.time())
        delays = [[packet.arrived - packet.sent for packet in packets if packet.arrived >= since]
                  for packets in talk.packets()]

    assert (happened.forward.lost, happened.reverse.lost) == (0, 0)
    for direction in delays:
        # 15 ms by the slow way, 3 ms by the fast one.
        assert max(direction) > 0.012 > min(direction), "it has not gone from one way to the other"


def test_a_silent_failure_is_noticed_where_bfd_is_on(environment: Environment) -> None:
    link = environment.link("c1-c2")
    with _bfd(environment, link):
        environment.await_everything_found()
        _protect(environment)
        with _conversation(environment) as talk:
            talk.await_flowing()
            environment.network.relay(link).shut()
            await_until(lambda: _is_up(environment, SLOW_WAY), SECONDS_TO_SETTLE, "the path on the other way",
                        environment.describe)
            talk.await_flowing()
        reason = environment.controller.te_path(_PATH)["status"]["last-error"]
        environment.network.relay(link).open()
        _await_protected(environment, SLOW_WAY)

    assert "port" in reason and "down" in reason, "it was the link discovery that noticed"


def test_one_direction_that_fails_takes_both_along(environment: Environment) -> None:
    link = environment.link("c1-c2")
    with _bfd(environment, link):
        environment.await_everything_found()
        _protect(environment)
        environment.network.relay(link).shut(a_to_b=True, b_to_a=False)

        await_until(lambda: _is_up(environment, SLOW_WAY), SECONDS_TO_SETTLE, "the path on the other way",
                    environment.describe)
        _await_in_switches(environment, SLOW_WAY)
        environment.network.relay(link).open()
        _await_protected(environment, SLOW_WAY)


def test_nothing_is_left_of_both_ways(environment: Environment) -> None:
    _protect(environment)
    environment.controller.remove_te_path(_PATH)

    environment.await_nothing_left()
