# SPDX-License-Identifier: Apache-2.0
"""What a clock session does to the time of a client, and to nothing else."""

from __future__ import annotations

import pytest

from clocks.ptp4l import Clocks, Delivery, Profile, Transport
from demo.forwarding import forward_ordinarily
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.frames import plain_udp, ptp_over_udp
from topologies.routes import are_co_routed
from topologies.two_sites import FAST_WAY, SLOW_WAY

#: Switches in software delay the fastest messages by some tens of microseconds; the asymmetry of these links is 12 000.
_LARGEST_ERROR = 100.0
_SAMPLES = 100


def test_asymmetric_forwarding_makes_an_error_and_a_session_takes_it_away(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    forward_ordinarily(environment.controller, environment.network.description, (server, client, FAST_WAY))
    forward_ordinarily(environment.controller, environment.network.description,
                       (client, server, tuple(reversed(SLOW_WAY))))
    await_until(lambda: [route.switches for route in environment.routes(server, client)]
                == [FAST_WAY, tuple(reversed(SLOW_WAY))], SECONDS_TO_SETTLE, "ordinary forwarding",
                environment.describe)
    with Clocks(environment.network, server, client) as clocks:
        ordinary = clocks.measure_path_error(_SAMPLES)
        environment.request_session("session", server, client, delivery="unicast")
        environment.await_session("session", server, client)
        co_routed = clocks.measure_path_error(_SAMPLES)

    # d1 = 3 ms there, d2 = 15 ms back: (d1 - d2) / 2 = -6 ms.
    assert ordinary == pytest.approx(-6_000, abs=600)
    assert abs(co_routed) < _LARGEST_ERROR


@pytest.mark.parametrize(("names", "transport", "delivery"), [
    *((("server", "client"), transport, delivery) for transport in Transport for delivery in Delivery),
    *((("client", "server"), transport, Delivery.UNICAST) for transport in Transport),
])
def test_every_transport_is_carried_whichever_end_is_the_server(
        environment: Environment, names: tuple[str, str], transport: Transport, delivery: Delivery) -> None:
    server, client = (environment.host(name) for name in names)
    environment.request_session("session", server, client, transport=transport.session_name, delivery=delivery.value)
    await_until(lambda: environment.controller.clock_session("session")["status"]["state"] == "up",
                SECONDS_TO_SETTLE, "the session", environment.describe)

    with Clocks(environment.network, server, client, Profile(transport, delivery)) as clocks:
        measured = clocks.measure_path_error(_SAMPLES)

    assert abs(measured) < _LARGEST_ERROR
    labelled = [rule for rule in environment.rules_of_sessions() if rule.has_label and rule.packets > 0]
    assert {rule.switch for rule in labelled} >= {"a", "b"}, "PTP did not go through the tunnel"


@pytest.mark.parametrize("transport", list(Transport))
def test_clocks_can_be_named_by_their_ports(environment: Environment, transport: Transport) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.controller.put_clock_session("session", {
        "server": environment.network.description.connect_point(server.port),
        "client": environment.network.description.connect_point(client.port),
        "transport": transport.session_name, "delivery": "unicast"})
    await_until(lambda: environment.controller.clock_session("session")["status"]["state"] == "up",
                SECONDS_TO_SETTLE, "the session", environment.describe)

    with Clocks(environment.network, server, client, Profile(transport)) as clocks:
        measured = clocks.measure_path_error(_SAMPLES)

    assert abs(measured) < _LARGEST_ERROR


def test_both_directions_move_together_when_a_link_fails(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    used = environment.links_between(server, client)

    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()
        environment.network.cut(environment.link(used[1]))
        await_until(lambda: used[1] not in environment.links_between(server, client), SECONDS_TO_SETTLE,
                    "another way", environment.describe)
        environment.await_session("session", server, client)
        measured = clocks.measure_path_error(_SAMPLES)

    assert not set(used) & set(environment.links_between(server, client))
    assert abs(measured) < _LARGEST_ERROR


def test_a_session_goes_down_with_a_reason_when_there_is_no_way_and_comes_back(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client)
    environment.await_session("session", server, client)

    for name in ("c1-c2", "c3-c4"):
        environment.network.cut(environment.link(name))
    status = await_until(
        lambda: (found := environment.controller.clock_session("session")["status"])["state"] != "up" and found,
        SECONDS_TO_SETTLE, "the session down", environment.describe)
    assert status["reason"]
    environment.network.restore(environment.link("c3-c4"))

    environment.await_session("session", server, client)
    assert "c3-c4" in environment.links_between(server, client)


def test_a_silent_failure_is_found_and_the_session_moves(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    used = environment.links_between(server, client)

    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()
        environment.network.relay(environment.link(used[1])).shut()
        await_until(lambda: used[1] not in environment.links_between(server, client), SECONDS_TO_SETTLE,
                    "another way around the silent link", environment.describe)
        environment.await_session("session", server, client)
        measured = clocks.measure_path_error(_SAMPLES)

    assert abs(measured) < _LARGEST_ERROR


@pytest.mark.parametrize("lost", ["ab", "ba"])
def test_a_link_that_works_one_way_only_is_not_used(environment: Environment, lost: str) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.network.relay(environment.link("c1-c2")).shut(a_to_b=lost == "ab", b_to_a=lost == "ba")
    ends = {("of:00000000000000c1/2", "of:00000000000000c2/1"), ("of:00000000000000c2/1", "of:00000000000000c1/2")}
    await_until(lambda: len(ends & environment.controller.links()) == 1, SECONDS_TO_SETTLE, "a one-way link",
                environment.describe)

    environment.request_session("session", server, client)
    environment.await_session("session", server, client)

    assert "c1-c2" not in environment.links_between(server, client)


def test_two_sessions_share_links_and_go_their_own_ways(environment: Environment) -> None:
    pairs = [(environment.host("server"), environment.host("client")),
             (environment.host("server2"), environment.host("client2"))]
    environment.network.cut(environment.link("c3-c4"))
    for number, (server, client) in enumerate(pairs):
        environment.request_session(f"session{number}", server, client, delivery="unicast")
    for number, (server, client) in enumerate(pairs):
        environment.await_session(f"session{number}", server, client)

    first, second = (environment.routes(*pair) for pair in pairs)
    assert environment.links_between(*pairs[0]) == environment.links_between(*pairs[1])
    for direction in (0, 1):
        labels = [[hop.label_out for hop in routes[direction].hops] for routes in (first, second)]
        assert all(one != other or one is None for one, other in zip(*labels)), "two sessions share a label"
    with (Clocks(environment.network, *pairs[0], Profile(domain=1)) as one,
          Clocks(environment.network, *pairs[1], Profile(domain=2)) as other):
        assert abs(one.measure_path_error(_SAMPLES)) < _LARGEST_ERROR
        assert abs(other.measure_path_error(_SAMPLES)) < _LARGEST_ERROR

    environment.controller.remove_clock_session("session0")
    await_until(lambda: not are_co_routed(*environment.routes(*pairs[0]))
                or all(hop.label_out is None for hop in environment.routes(*pairs[0])[0].hops),
                SECONDS_TO_SETTLE, "the end of the first session", environment.describe)
    assert are_co_routed(*environment.routes(*pairs[1]))
    assert environment.routes(*pairs[1]) == second


def test_nothing_but_ptp_of_the_pair_goes_through_the_tunnel(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    other_server, other_client = environment.host("server2"), environment.host("client2")
    environment.request_session("session", server, client)
    environment.await_session("session", server, client)

    for sender, frame in ((server, plain_udp(server, client)), (client, plain_udp(client, server)),
                          (other_server, ptp_over_udp(other_server, other_client)),
                          (server, ptp_over_udp(server, other_client))):
        assert all(hop.label_out is None for hop in environment.route(sender, frame).hops)


def test_removal_leaves_not_one_rule(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    for number in range(3):
        environment.request_session("session", server, client)
        environment.await_session("session", server, client)
        assert environment.rules_of_sessions(), f"round {number}: the session has no rules"

        environment.controller.remove_clock_session("session")

        environment.await_nothing_left()
        assert not environment.controller.te_paths()
        assert not environment.controller.clock_sessions()
