# SPDX-License-Identifier: Apache-2.0
"""What a strict session keeps out of other ways than its tunnel, and how sessions share the multicast of a clock."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from clocks.ptp4l import ClockClient, ClockServer, Delivery, Profile, Transport, measure_path_errors
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.description import Host
from topologies.frames import (PTP_GENERAL_PORT, Frame, plain_udp, ptp_over_ethernet, ptp_over_ethernet_to,
                               ptp_over_udp, ptp_over_udp_ipv6, ptp_over_udp_multicast)
from topologies.routes import follow
from topologies.rules import Rule, rules_of

_LARGEST_ERROR = 200.0
_SAMPLES = 40

#: The priorities of the rules that copy multicast and of those that drop what no tunnel has taken (docs/clock.md).
_REPLICATION = 41_500
_GUARD = 40_500

#: Sends a frame, which is given in hexadecimal, a number of times from an interface.
_SENDER = """
import socket, sys
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as packets:
    packets.bind((sys.argv[1], 0))
    for _ in range(int(sys.argv[2])):
        packets.send(bytes.fromhex(sys.argv[3]))
"""
_TIMES = 20


@pytest.mark.parametrize("transport", list(Transport))
def test_clients_share_the_multicast_of_a_server_each_in_its_own_tunnel(environment: Environment,
                                                                        transport: Transport) -> None:
    server, *clients = (environment.host(name) for name in ("server", "client", "client2", "server2"))
    profile = Profile(transport, Delivery.MULTICAST, log_sync_interval=-3, log_delay_request_interval=-3)
    first, *others = clients
    _request(environment, server, first, transport)

    with ExitStack() as stack:
        stack.enter_context(ClockServer(environment.network, server, profile))
        running = [stack.enter_context(ClockClient(environment.network, first, [server], profile))]
        running[0].await_server(server)
        states = running[0].state_changes()

        for client in others:
            _request(environment, server, client, transport)
            running.append(stack.enter_context(ClockClient(environment.network, client, [server], profile)))
        measured = measure_path_errors(running, _SAMPLES)

        assert running[0].state_changes() == states, "the first client noticed that others joined"
        assert all(abs(error) < _LARGEST_ERROR for error in measured.values()), measured
        copying = [rule for rule in _rules(environment, "a", _REPLICATION)
                   if rule.packets > 0 and rule.actions.count("resubmit") > 1]
        assert copying and all(rule.actions.count("resubmit") == len(clients) for rule in copying), copying
        for client in clients:
            await_until(lambda name=client.name: all(  # type: ignore[misc]
                int(packets) > 0 for field, packets in environment.controller.clock_session_statistics(name).items()
                if field.endswith("client-packets") or field.endswith("server-packets")),
                SECONDS_TO_SETTLE, f"packets through the tunnel of {client.name}", environment.describe)

    labels = {label for rule in _admitting(environment, "a") for label in _labels(rule)}
    assert len(labels) == 2, "two of the clients are at another switch, and each has a tunnel of its own"


def test_copies_follow_their_tunnels_to_another_way(environment: Environment) -> None:
    server, *clients = (environment.host(name) for name in ("server", "client", "client2"))
    profile = Profile(delivery=Delivery.MULTICAST, log_sync_interval=-3, log_delay_request_interval=-3)
    for client in clients:
        _request(environment, server, client, Transport.UDP_IPV4, tunnel={"resume-delay": 0})
        environment.await_session(client.name, server, client)
    used = {client.name: environment.links_between(server, client) for client in clients}
    copying = {rule.identity: rule for rule in _rules(environment, "a", _REPLICATION)}

    with ExitStack() as stack:
        stack.enter_context(ClockServer(environment.network, server, profile))
        running = [stack.enter_context(ClockClient(environment.network, client, [server], profile))
                   for client in clients]
        for clock in running:
            clock.await_messages()
        environment.network.cut(environment.link(used["client"][1]))
        for client in clients:
            await_until(lambda to=client: used["client"][1] not in (  # type: ignore[misc]
                environment.links_between(server, to) or used["client"]), SECONDS_TO_SETTLE, "another way",
                environment.describe)
        measured = measure_path_errors(running, _SAMPLES)

    assert all(abs(error) < _LARGEST_ERROR for error in measured.values()), measured
    now = {rule.identity: rule for rule in _rules(environment, "a", _REPLICATION)}
    assert now.keys() == copying.keys()
    assert all(now[identity].age >= rule.age for identity, rule in copying.items()), "the rules that copy were changed"


def test_ptp_of_the_pair_by_any_other_way_is_dropped_and_counted(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    admitted = (ptp_over_udp(server, client), ptp_over_udp(client, server, PTP_GENERAL_PORT))
    others = {"IPv6": ptp_over_udp_ipv6(server, client),
              "IPv6, general": ptp_over_udp_ipv6(server, client, PTP_GENERAL_PORT),
              "Ethernet": ptp_over_ethernet_to(server, client)}
    back = {"IPv6": ptp_over_udp_ipv6(client, server), "Ethernet": ptp_over_ethernet_to(client, server)}
    for sender, receiver, frames in ((server, client, others), (client, server, back)):
        for form, frame in frames.items():
            assert environment.route(sender, frame).arrived == receiver, f"{form} is not forwarded without a session"

    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    _await_guards(environment)

    multicast = {"multicast": ptp_over_udp_multicast(server), "Ethernet multicast": ptp_over_ethernet(server)}
    for sender, frames in ((server, {**others, **multicast}), (client, back)):
        for form, frame in frames.items():
            assert not environment.route(sender, frame).hops, f"{form} leaves the first switch"
            _send(environment, sender, frame)
    assert [environment.route(sender, frame).arrived for sender, frame in zip((server, client), admitted)] \
        == [client, server]
    assert environment.route(server, plain_udp(server, client)).arrived == client
    await_until(lambda: int(environment.controller.clock_session_statistics("session")["dropped-packets"])
                == _TIMES * (len(others) + len(multicast) + len(back)), SECONDS_TO_SETTLE,
                "all that was dropped to be counted",
                lambda: f"{environment.controller.clock_session_statistics('session')}\n{environment.describe()}")

    environment.controller.remove_clock_session("session")
    environment.await_nothing_left()
    assert environment.route(server, others["Ethernet"]).arrived == client


def test_a_clock_at_another_port_is_held_back_and_other_hosts_are_not(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    other_server, other_client = environment.host("server2"), environment.host("client2")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    _await_guards(environment)

    moved = follow(environment.network, other_server.port, ptp_over_udp(server, client))
    assert not moved.hops
    for sender, receiver in ((other_server, client), (server, other_client), (other_server, other_client)):
        assert environment.route(sender, ptp_over_udp(sender, receiver)).arrived == receiver


def test_ptp_is_held_back_as_long_as_there_is_no_tunnel(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    _await_guards(environment)

    environment.controller.withdraw_capability(environment.network.description, "a")
    await_until(lambda: environment.controller.clock_session("session")["status"]["state"] != "up",
                SECONDS_TO_SETTLE, "the session without a tunnel", environment.describe)
    for sender, receiver in ((server, client), (client, server)):
        for frame in (ptp_over_udp(sender, receiver), ptp_over_ethernet_to(sender, receiver)):
            await_until(lambda who=sender, what=frame: not environment.route(who, what).hops,  # type: ignore[misc]
                        SECONDS_TO_SETTLE, f"PTP of {sender.name} held back", environment.describe)
    assert environment.route(server, plain_udp(server, client)).arrived == client


def test_a_session_that_is_not_strict_keeps_nothing_else_out(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast", strict=False)
    environment.await_session("session", server, client)

    assert not _rules(environment, "a", _GUARD) and not _rules(environment, "b", _GUARD)
    assert environment.route(server, ptp_over_ethernet_to(server, client)).arrived == client


def _request(environment: Environment, server: Host, client: Host, transport: Transport, **more: object) -> None:
    environment.request_session(client.name, server, client, transport=transport.session_name, delivery="multicast",
                                **more)
    environment.await_state(client.name, "up")


def _await_guards(environment: Environment) -> None:
    """20 rules at each switch: five forms of the pair's two directions, and of the multicast of both."""
    await_until(lambda: [len(_rules(environment, switch, _GUARD)) for switch in ("a", "b")] == [20, 20],
                SECONDS_TO_SETTLE, "the guards", environment.describe)


def _rules(environment: Environment, switch: str, priority: int) -> list[Rule]:
    return [rule for rule in rules_of(environment.network, switch) if rule.priority == priority]


def _admitting(environment: Environment, switch: str) -> list[Rule]:
    return [rule for rule in rules_of(environment.network, switch) if "tun_id=0x" in rule.match and rule.has_label]


def _labels(rule: Rule) -> set[str]:
    return {action for action in rule.actions.split(",") if "mpls_label" in action}


def _send(environment: Environment, sender: Host, frame: Frame) -> None:
    environment.network.execute(sender, "/usr/bin/python3", "-c", _SENDER, environment.network.interface(sender),
                                str(_TIMES), frame.to_bytes().hex())
