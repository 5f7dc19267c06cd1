# SPDX-License-Identifier: Apache-2.0
"""Controller and switches that go away and come back, with clocks running."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from types import TracebackType

from clocks.ptp4l import ClockClient, Clocks, Delivery, Profile, measure_together
from controller.rest import await_network
from e2e.environment import SECONDS_TO_SETTLE, TARGET, Environment
from topologies.awaiting import await_until, holds_for
from topologies.rules import Rule

_LARGEST_MEDIAN = 100.0
_SAMPLES = 100

#: For so long after a switch has connected, the flow provider holds rules back that nobody has claimed yet.
_SECONDS_OF_ADOPTION = 60.0


class RuleWatch:
    """Watches in a thread of its own that rules stay in the switches and are never put in anew."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._ages = {rule.identity: (rule.age, rule.actions) for rule in environment.rules_of_sessions()}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="rule watch", daemon=True)
        self.looks = 0
        self.violations: list[str] = []
        self._began = time.monotonic()

    def __enter__(self) -> RuleWatch:
        assert self._ages, "no rules to watch"
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def report(self) -> str:
        """What was seen that should not be, and when."""
        return "\n".join(self.violations[:40])

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            self._look({rule.identity: rule for rule in self._environment.rules_of_sessions()})
            self.looks += 1

    def _look(self, present: dict[tuple[str, int, int, str], Rule]) -> None:
        when = f"after {time.monotonic() - self._began:.1f} s"
        for identity, (age, actions) in self._ages.items():
            rule = present.get(identity)
            if rule is None:
                self.violations.append(f"{when} gone: {identity}")
            elif rule.age < age:
                self.violations.append(f"{when} put in anew: {rule}")
            elif rule.actions != actions:
                self.violations.append(f"{when} changed from {actions}: {rule}")
            else:
                self._ages[identity] = (rule.age, actions)


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
        _assert_synchronous(clients)
        environment.instance.start()
        await_network(environment.controller, environment.network.description)
        for delivery, pair in pairs.items():
            environment.await_session(delivery.value, *pair, timeout=60)
        assert [environment.routes(*pair) for pair in pairs.values()] == routes
        holds_for(lambda: not watch.violations, _SECONDS_OF_ADOPTION + 15, "every rule stays",
                  watch.report)
        _assert_synchronous(clients)

    assert watch.looks > 100
    assert not watch.violations, watch.report()
    for delivery in pairs:
        environment.controller.remove_clock_session(delivery.value)
    environment.await_nothing_left()


def _assert_synchronous(clients: list[ClockClient]) -> None:
    measured = measure_together(clients, _SAMPLES)
    assert all(abs(summary.median) < _LARGEST_MEDIAN for summary in measured.values()), measured


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
        assert abs(clocks.measure(_SAMPLES).median) < _LARGEST_MEDIAN


def test_all_switches_restart_at_once(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)

    environment.network.openvswitch.kill_daemon()
    environment.network.openvswitch.start_daemon()

    await_network(environment.controller, environment.network.description)
    environment.await_session("session", server, client, timeout=60)
    with Clocks(environment.network, server, client) as clocks:
        assert abs(clocks.measure(_SAMPLES).median) < _LARGEST_MEDIAN
