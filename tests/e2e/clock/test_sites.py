# SPDX-License-Identifier: Apache-2.0
"""One server and eight clients, parallel links, and a link that is longer in one direction than in the other."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Iterator

import pytest

from clocks.ptp4l import ClockClient, Clocks, ClockServer, Delivery, Profile, Transport, measure_path_errors
from controller.instance import INSTANCE
from controller.rest import Refused
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies.awaiting import await_until
from topologies.clock_sites import FAR_OFFSET, PARALLEL_LINKS, clock_sites
from topologies.description import Host
from topologies.emulation import EmulatedNetwork
from topologies.frames import PTP_GENERAL_PORT, ptp_over_udp
from topologies.routes import are_co_routed

_LARGEST_ERROR = 100.0
_SAMPLES = 100

#: Eight messages of each kind a second and client: two processors forward them eight times over.
_SLOW = Profile(log_sync_interval=-3, log_delay_request_interval=-3)
_FEW_SAMPLES = 40

_CLIENTS = ("near1", "near2", "near3", "near4", "near5", "far1", "far2", "far3")

#: Open vSwitch passes a packet through its tables again for each copy after the first one, and at most seven times.
_MOST_COPIES = 7


@pytest.fixture(scope="module", name="at_sites")
def _at_sites(found: Environment) -> Iterator[Environment]:
    """The controller with another network, in place of that of the other tests for as long."""
    found.mend()
    found.network.disconnect()
    await_until(lambda: not found.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.stop()
    with EmulatedNetwork(clock_sites(), INSTANCE / "programs") as network:
        network.connect(TARGET)
        sites = replace(found, network=network)
        sites.controller.configure_capabilities(network.description)
        sites.await_everything_found()
        yield sites
        sites.mend()
        network.disconnect()
        await_until(lambda: not sites.controller.available_devices(), SECONDS_TO_SETTLE, "no switches")
    found.network.start()
    found.network.connect(TARGET)
    found.await_everything_found()


@pytest.fixture(name="sites")
def _sites(at_sites: Environment) -> Environment:
    """The environment in the state in which every test begins."""
    at_sites.mend()
    return at_sites


@pytest.mark.parametrize(("transport", "delivery"), [(Transport.UDP_IPV4, Delivery.UNICAST),
                                                     (Transport.UDP_IPV6, Delivery.UNICAST),
                                                     (Transport.UDP_IPV4, Delivery.MULTICAST),
                                                     (Transport.ETHERNET, Delivery.MULTICAST)])
def test_many_clients_of_one_server(sites: Environment, transport: Transport, delivery: Delivery) -> None:
    profile = replace(_SLOW, transport=transport, delivery=delivery)
    names = _CLIENTS if delivery is Delivery.UNICAST else _CLIENTS[-_MOST_COPIES:]
    server, clients = sites.host("master"), [sites.host(name) for name in names]
    for client in clients:
        sites.request_session(client.name, server, client, transport=transport.session_name, delivery=delivery.value)
    for client in clients:
        sites.await_state(client.name, "up")

    with ExitStack() as stack:
        stack.enter_context(ClockServer(sites.network, server, profile))
        running = [stack.enter_context(ClockClient(sites.network, client, [server], profile)) for client in clients]
        await_until(lambda: all(len(clock.errors()) >= _FEW_SAMPLES for clock in running), 90,
                    f"{_FEW_SAMPLES} time errors of each client",
                    lambda: "\n".join(clock.describe() for clock in running) + "\n" + sites.describe())
        measured = measure_path_errors(running, _FEW_SAMPLES)

    for client in clients:
        expected = FAR_OFFSET if client.port.switch == "f" else 0.0
        assert measured[client.name] == pytest.approx(expected, abs=2 * _LARGEST_ERROR), measured


def test_the_end_of_one_client_leaves_the_others_alone(sites: Environment) -> None:
    server, (one, other) = sites.host("master"), (sites.host("near1"), sites.host("near2"))
    for client in (one, other):
        sites.request_session(client.name, server, client, delivery="unicast")
    for client in (one, other):
        sites.await_session(client.name, server, client)
    routes = sites.routes(server, other)
    with (ClockServer(sites.network, server), ClockClient(sites.network, other, [server]) as staying):
        staying.await_messages()

        sites.controller.remove_clock_session(one.name)

        await_until(lambda: one.name not in {session["name"] for session in sites.controller.clock_sessions()},
                    SECONDS_TO_SETTLE, "the end of the first session", sites.describe)
        assert sites.routes(server, other) == routes
        assert abs(staying.measure_path_error(_SAMPLES)) < _LARGEST_ERROR


def test_both_directions_use_the_same_of_two_parallel_links(sites: Environment) -> None:
    server, client = sites.host("master"), sites.host("near1")
    sites.request_session("session", server, client, delivery="unicast")
    sites.await_session("session", server, client)
    first = _parallel_link(sites, server, client)

    with Clocks(sites.network, server, client) as clocks:
        before = clocks.measure_path_error(_SAMPLES)
        sites.network.cut(sites.link(first))
        await_until(lambda: _parallel_link(sites, server, client) != first, SECONDS_TO_SETTLE, "the other link",
                    sites.describe)
        sites.await_session("session", server, client)
        after = clocks.measure_path_error(_SAMPLES)

    second = _parallel_link(sites, server, client)
    assert {first, second} == set(PARALLEL_LINKS)
    # With one direction over the other link, these would be 1 000.
    assert abs(before) < _LARGEST_ERROR
    assert abs(after) < _LARGEST_ERROR


def test_general_messages_take_the_same_link_as_event_messages(sites: Environment) -> None:
    server, client = sites.host("master"), sites.host("near1")
    sites.request_session("session", server, client, delivery="unicast")
    sites.await_session("session", server, client)

    events = sites.routes(server, client)
    general = (sites.route(server, ptp_over_udp(server, client, PTP_GENERAL_PORT)),
               sites.route(client, ptp_over_udp(client, server, PTP_GENERAL_PORT)))

    assert general == events


def test_the_error_that_links_make_is_predicted_and_measured(sites: Environment) -> None:
    server, client = sites.host("master"), sites.host("far1")
    for link in sites.network.description.links:
        assert link.delay is not None
        sites.controller.configure_link_delays(sites.network.description, link)
    sites.request_session("session", server, client, delivery="unicast")
    sites.await_session("session", server, client)
    session = await_until(lambda: (found := sites.controller.clock_session("session")).get("asymmetry") and found,
                          SECONDS_TO_SETTLE, "a prediction", sites.describe) or {}

    with Clocks(sites.network, server, client) as clocks:
        measured = clocks.measure_path_error(_SAMPLES)

    # The offset that is measured is what ptp4l would have to take off: its delayAsymmetry, in nanoseconds.
    assert int(session["asymmetry"]["delay-asymmetry"]) / 1000 == FAR_OFFSET
    assert int(session["asymmetry"]["predicted-error"]) / 1000 == -FAR_OFFSET
    assert measured == pytest.approx(FAR_OFFSET, abs=_LARGEST_ERROR)
    await_until(lambda: "asymmetric" in {alarm["type"] for alarm in
                                         sites.controller.clock_session("session")["alarms"]},
                SECONDS_TO_SETTLE, "an alarm", sites.describe)


def test_a_way_that_is_too_asymmetric_is_refused_with_the_bound_that_would_do(sites: Environment) -> None:
    server, client = sites.host("master"), sites.host("far1")
    for link in sites.network.description.links:
        sites.controller.configure_link_delays(sites.network.description, link)

    with pytest.raises(Refused, match="max-delay-asymmetry"):
        sites.request_session("session", server, client, tunnel={"max-delay-asymmetry": "1000"})

    assert not sites.controller.clock_sessions()


def _parallel_link(sites: Environment, server: Host, client: Host) -> str:
    """The one of the parallel links that both directions use."""
    outward, back = sites.routes(server, client)
    assert are_co_routed(outward, back)
    return next(name for name in sites.links_between(server, client) if name in PARALLEL_LINKS)
