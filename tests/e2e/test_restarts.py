# SPDX-License-Identifier: Apache-2.0
"""Controller and switches that go away and come back, with clocks running."""

from __future__ import annotations

from contextlib import ExitStack

from clocks.ptp4l import ClockClient, Clocks, Delivery, Profile, measure_path_errors
from controller.rest import await_network
from e2e.environment import NOBODY, SECONDS_TO_SETTLE, TARGET, Environment
from e2e.rule_watch import RuleWatch
from topologies.awaiting import await_until
from topologies.rules import Rule, all_rules

_LARGEST_ERROR = 100.0
_SAMPLES = 100

#: For so long after a switch has connected, the flow provider holds rules back that nobody has claimed yet.
_SECONDS_OF_ADOPTION = 60.0

#: A rule that takes nothing away from anybody.
_STRAY = "priority=7,in_port=99"


def _plant_strays(environment: Environment) -> None:
    """Puts a rule into each switch that nobody asks for: when it goes, the time of adoption is over there."""
    for switch in environment.network.description.switches:
        environment.network.openvswitch.openflow("add-flow", switch.name, f"{_STRAY},actions=drop")


def _strays(environment: Environment) -> list[Rule]:
    return [rule for rule in all_rules(environment.network) if f"priority={rule.priority},{rule.match}" == _STRAY]


def test_a_killed_controller_comes_back_without_touching_a_rule(environment: Environment) -> None:
    pairs = {Delivery.UNICAST: (environment.host("server"), environment.host("client")),
             Delivery.MULTICAST: (environment.host("server2"), environment.host("client2"))}
    for delivery, pair in pairs.items():
        environment.request_session(delivery.value, *pair, delivery=delivery.value)
    for delivery, pair in pairs.items():
        environment.await_session(delivery.value, *pair)
    routes = [environment.routes(*pair) for pair in pairs.values()]

    with ExitStack() as stack:
        clients = [stack.enter_context(Clocks(environment.network, *pair, Profile(delivery=delivery))).client
                   for delivery, pair in pairs.items()]
        watch = stack.enter_context(RuleWatch(environment))
        for client in clients:
            client.await_messages()
        environment.instance.kill()
        _plant_strays(environment)
        _assert_synchronous(clients)
        environment.instance.start()
        await_network(environment.controller, environment.network.description)
        for delivery, pair in pairs.items():
            environment.await_session(delivery.value, *pair, timeout=60)
        assert [environment.routes(*pair) for pair in pairs.values()] == routes
        await_until(lambda: not _strays(environment), _SECONDS_OF_ADOPTION + SECONDS_TO_SETTLE,
                    "what nobody asked for gone", environment.describe)
        # This takes long enough to see what may have gone with the strays.
        _assert_synchronous(clients)

    assert watch.looks > 100
    assert not watch.violations, watch.report()
    for delivery in pairs:
        environment.controller.remove_clock_session(delivery.value)
    environment.await_nothing_left()


def _assert_synchronous(clients: list[ClockClient]) -> None:
    measured = measure_path_errors(clients, _SAMPLES)
    assert all(abs(error) < _LARGEST_ERROR for error in measured.values()), measured


def test_switches_that_come_back_one_by_one_keep_their_rules(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    active = environment.routes(server, client)[0].switches

    with RuleWatch(environment) as watch:
        environment.instance.kill()
        for switch in environment.network.description.switches:
            environment.network.connect_switch(switch, NOBODY)
        environment.instance.start()
        # Those of the active way first: then the standby way is found later.
        for switch in sorted(environment.network.description.switches, key=lambda each: each.name not in active):
            environment.network.connect_switch(switch, TARGET)
            await_until(lambda: switch.device_id in environment.controller.available_devices(), SECONDS_TO_SETTLE,
                        f"{switch.name} connected", environment.describe)
        await_network(environment.controller, environment.network.description)
        environment.await_session("session", server, client, timeout=60)
        await_until(lambda: environment.controller.te_path("clock.session")["standby"]["status"]["state"] == "ready",
                    SECONDS_TO_SETTLE, "a standby way", environment.describe)

    assert watch.looks > 20
    assert not watch.violations, watch.report()


def test_what_failed_while_the_controller_was_away_is_made_good(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    used = environment.links_between(server, client)

    environment.instance.kill()
    environment.network.cut(environment.link(used[1]))
    environment.instance.start()

    await_until(lambda: used[1] not in environment.links_between(server, client), 90, "another way",
                environment.describe)
    environment.await_session("session", server, client, timeout=60)


def test_a_restarted_switch_gets_its_rules_back(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)

    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()
        for name in ("a", environment.routes(server, client)[0].switches[1]):
            environment.network.restart_switch(environment.network.description.switch(name), TARGET)
            await_until(lambda: environment.controller.clock_session("session")["status"]["state"] == "up",
                        SECONDS_TO_SETTLE, "the session up", environment.describe)
            environment.await_session("session", server, client)
            clocks.await_messages()
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR


def test_all_switches_restart_at_once(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)

    environment.network.openvswitch.kill_daemon()
    environment.network.openvswitch.start_daemon()

    await_network(environment.controller, environment.network.description)
    environment.await_session("session", server, client, timeout=60)
    with Clocks(environment.network, server, client) as clocks:
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR
