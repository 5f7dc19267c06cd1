# SPDX-License-Identifier: Apache-2.0
"""What happens to clock sessions that are up: capability withdrawn, requests changed, the controller away."""

from __future__ import annotations

import pytest

from clocks.ptp4l import ClockClient, Clocks
from clocks.timing import Sync, path_error, time_errors
from controller.rest import Refused, await_network
from demo.forwarding import forward_ordinarily
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.description import Host
from topologies.two_sites import FAST_WAY

_LARGEST_ERROR = 100.0
_SAMPLES = 100

#: How long the controller is away at least, and nanoseconds of a second.
_SECONDS_AWAY = 30.0
_SECOND = 1_000_000_000

#: Sync and Delay_Req: of what ptp4l takes in, a busy machine loses some by itself, so that is not what is counted.
_EVENT_MESSAGES = "udp dst port 319"


def _up(environment: Environment) -> tuple[Host, Host]:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast")
    environment.await_session("session", server, client)
    return server, client


def _alarms(environment: Environment) -> set[str]:
    return {alarm["type"] for alarm in environment.controller.clock_session("session")["alarms"]}


@pytest.mark.parametrize(("capability", "missing"), [({"mpls": False, "te": True}, "mplsTe.mpls"),
                                                     ({"mpls": True, "te": False}, "mplsTe.te")])
def test_capability_withdrawn_at_an_end_holds_ptp_back(environment: Environment, capability: dict[str, bool],
                                                       missing: str) -> None:
    server, client = _up(environment)
    description = environment.network.description
    # Without the session PTP would find its way by these.
    forward_ordinarily(environment.controller, description, (server, client, FAST_WAY))
    forward_ordinarily(environment.controller, description, (client, server, tuple(reversed(FAST_WAY))))
    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()

        environment.controller.configure_capability(description, "b", **capability)

        session = environment.await_state("session", "holdover")
        assert f"{missing} of {description.switch('b').device_id}" in session["status"]["reason"]
        assert "holdover" in _alarms(environment)
        await_until(lambda: [route.arrived for route in environment.routes(server, client)] == [None, None],
                    SECONDS_TO_SETTLE, "PTP held back", environment.describe)
        await_until(lambda: clocks.client.state() == "LISTENING", SECONDS_TO_SETTLE, "a client without a server",
                    clocks.log)

        environment.controller.configure_capabilities(description)

        environment.await_session("session", server, client)
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR
    assert "holdover" not in _alarms(environment)


def test_a_session_without_capability_is_refused_with_the_parameter_that_is_missing(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.controller.withdraw_capability(environment.network.description, "b")

    with pytest.raises(Refused, match="mplsTe"):
        environment.request_session("session", server, client)

    assert not environment.controller.clock_sessions()
    environment.await_nothing_left()


def test_capability_withdrawn_on_the_way_moves_the_session(environment: Environment) -> None:
    server, client = _up(environment)
    used = environment.routes(server, client)[0].switches
    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()

        environment.controller.configure_capability(environment.network.description, used[1], mpls=True, te=False)

        await_until(lambda: used[1] not in environment.routes(server, client)[0].switches, SECONDS_TO_SETTLE,
                    "another way", environment.describe)
        environment.await_session("session", server, client)
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR


def test_the_same_request_again_changes_nothing(environment: Environment) -> None:
    server, client = _up(environment)
    before = {rule.identity: rule.age for rule in environment.rules_of_sessions()}
    session = environment.controller.clock_session("session")

    environment.request_session("session", server, client, delivery="unicast")

    assert environment.controller.clock_session("session")["status"] == session["status"]
    after = {rule.identity: rule.age for rule in environment.rules_of_sessions()}
    assert after.keys() == before.keys()
    assert all(after[identity] >= age for identity, age in before.items())


def test_a_changed_request_changes_the_session(environment: Environment) -> None:
    server, client = _up(environment)
    with Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()

        environment.request_session("session", server, client, delivery="unicast",
                                    tunnel={"bandwidth": "2000000", "resume-delay": 0})

        session = environment.await_state("session", "up")
        assert (session["tunnel"]["bandwidth"], session["tunnel"]["resume-delay"]) == ("2000000", 0)
        await_until(lambda: environment.controller.te_path(session["te-path"])["bandwidth"] == "2000000",
                    SECONDS_TO_SETTLE, "the bandwidth of the path", environment.describe)
        environment.await_session("session", server, client)
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR


def test_what_makes_a_session_another_one_is_refused_and_nothing_changes(environment: Environment) -> None:
    server, client = _up(environment)
    routes = environment.routes(server, client)

    with pytest.raises(Refused) as refusal:
        environment.request_session("session", client, server, delivery="multicast", transport="ethernet")

    assert refusal.value.status == 409
    assert set(refusal.value.fields) == {"server", "client", "transport", "delivery"}
    assert environment.controller.clock_session("session")["status"]["state"] == "up"
    assert environment.routes(server, client) == routes


def test_clocks_do_not_notice_that_the_controller_is_away(environment: Environment) -> None:
    server, client = _up(environment)
    routes = environment.routes(server, client)

    with Capture(environment.network, server, _EVENT_MESSAGES) as at_server, \
            Capture(environment.network, client, _EVENT_MESSAGES) as at_client, \
            Clocks(environment.network, server, client) as clocks:
        clocks.await_messages()
        clocks.measure(_SAMPLES)
        states = clocks.client.state_changes()
        clocks.forget()
        environment.instance.kill()
        await_until(lambda: _seconds(clocks.client) >= _SECONDS_AWAY, 2 * _SECONDS_AWAY,
                    f"messages for {_SECONDS_AWAY:.0f} s", clocks.log)
        away = clocks.client.events()
        _await_delivery(at_server, at_client)
        environment.instance.start()
        await_network(environment.controller, environment.network.description)
        environment.await_session("session", server, client, timeout=60)
        _await_delivery(at_server, at_client)

        for events in (away, clocks.client.events()):
            assert len(time_errors(events)) >= _SECONDS_AWAY
            assert abs(path_error(events)) < _LARGEST_ERROR
        assert clocks.client.state_changes() == states, "the client has lost its server"
    assert environment.routes(server, client) == routes


def _seconds(client: ClockClient) -> float:
    """How much time lies between the first and the last message from the server."""
    syncs = [event for event in client.events() if isinstance(event, Sync)]
    return (syncs[-1].at - syncs[0].at) / _SECOND


def _await_delivery(at_server: Capture, at_client: Capture) -> None:
    """Waits until each message that has passed one end has passed the other end as well, unchanged."""
    messages = set(at_server.frames()), set(at_client.frames())

    def missing() -> list[int]:
        present = set(at_server.frames()), set(at_client.frames())
        return [len(messages[0] - present[1]), len(messages[1] - present[0])]

    await_until(lambda: not any(missing()), SECONDS_TO_SETTLE, "every message at the other end", lambda:
                f"of {len(messages[0])} messages seen at the server and {len(messages[1])} seen at the client,"
                f" {missing()} are missing at the other end")
