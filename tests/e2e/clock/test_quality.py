# SPDX-License-Identifier: Apache-2.0
"""What real clients measure, as the controller shows and judges it: time error, not only "locked"."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Iterator

import pytest

from clocks.ptp4l import ClockClient, ClockServer
from clocks.reporter import Reporter
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.description import Delay, Host, Link

_MILLISECOND = 1_000_000

#: What a busy machine does to medians of software timestamps, in nanoseconds: 0.6 ms were seen. It delays messages by
#: chance, and never makes one early.
_NOISE = 700_000

#: What a session takes for noise: more than there is, and less than the error that is to be found.
_TOLERANCE = 1_000_000

#: What the link c1-c2 delays there and back, in microseconds: (4000 - 1000) / 2 = 1.5 ms of error.
_UNEQUAL = Delay(4_000, 1_000)
_ERROR = 1_500_000

#: Enough seconds must have been measured, and each judgement takes a while.
_SECONDS_TO_JUDGE = 120.0


@pytest.fixture(name="ends")
def _ends(environment: Environment) -> Iterator[tuple[Host, Host]]:
    """Server and client with a session over links whose true delays are configured; c1-c2 delays unequally."""
    network = environment.network
    unequal = environment.link("c1-c2")
    network.relay(unequal).delay(_UNEQUAL)
    try:
        for link in network.description.links:
            _configure(environment, replace(link, delay=_UNEQUAL) if link == unequal else link)
        server, client = environment.host("server"), environment.host("client")
        environment.request_session("session", server, client, delivery="unicast",
                                    monitoring={"error-tolerance": _TOLERANCE},
                                    tunnel={"objective": "delay", "resume-delay": 0})
        environment.await_session("session", server, client)
        assert "c1-c2" in environment.links_between(server, client)
        yield server, client
    finally:
        assert unequal.delay is not None
        network.relay(unequal).delay(unequal.delay)


def _configure(environment: Environment, link: Link) -> None:
    environment.controller.configure_link_delays(environment.network.description, link)


@contextmanager
def _reported(environment: Environment, ends: tuple[Host, Host], delay_asymmetry: int = 0) -> Iterator[Reporter]:
    """A server, a client and the reporter of the client."""
    server, client = ends
    network = environment.network
    taking = ClockClient(network, client, [server], events_to=network.folder / "reported",
                         delay_asymmetry=delay_asymmetry)
    with ClockServer(network, server), taking, Reporter(taking) as reporter:
        yield reporter


def _session(environment: Environment) -> dict[str, Any]:
    return environment.controller.clock_session("session")


def _measured(environment: Environment, reporter: Reporter, samples: int = 500) -> dict[str, Any]:
    """What is measured once there are so many samples in the last minute."""
    def figures() -> dict[str, Any]:
        assert reporter.runs(), reporter.log()
        measured: dict[str, Any] = _session(environment).get("measured", {})
        minute = [window for window in measured.get("windows", []) if window["length"] == "60"]
        return {**measured, "minute": minute[0]} if minute and int(minute[0]["samples"]) >= samples else {}

    return await_until(figures, _SECONDS_TO_JUDGE, f"{samples} samples of a minute",
                       lambda: f"{_session(environment)}\n{reporter.log()}")


def _path_delay(measured: dict[str, Any], figure: str) -> int:
    return int(measured["minute"]["path-delay"][figure])


def _alarms(environment: Environment) -> dict[str, str]:
    return {alarm["type"]: alarm["reason"] for alarm in _session(environment)["alarms"]}


def _await_alarm(environment: Environment, kind: str, there: bool, reporter: Reporter) -> str:
    await_until(lambda: (kind in _alarms(environment)) == there, _SECONDS_TO_JUDGE,
                f"the alarm {kind} {'raised' if there else 'ended'}",
                lambda: f"{_session(environment)}\n{reporter.log()}")
    return _alarms(environment).get(kind, "")


def test_the_error_that_unequal_links_make_is_predicted_measured_and_taken_away(
        environment: Environment, ends: tuple[Host, Host]) -> None:
    with _reported(environment, ends) as reporter:
        measured = _measured(environment, reporter)

        assert (measured["port-state"], measured["reference"]) == ("slave", "time-error")
        assert int(measured["expected-offset"]) == _ERROR
        assert int(measured["minute"]["offset"]["median"]) == pytest.approx(_ERROR, abs=_NOISE)
        # Three links: 1 + 4 + 1 ms there, 1 + 1 + 1 ms back.
        assert int(measured["expected-path-delay"]) == 4.5 * _MILLISECOND
        # What the machine delays both ways does not even out as it does in offsets: the fastest messages tell.
        assert 4.5 * _MILLISECOND <= _path_delay(measured, "least") <= 4.5 * _MILLISECOND + _NOISE
        assert _path_delay(measured, "least") <= _path_delay(measured, "median")
        asymmetry = _session(environment)["asymmetry"]
        assert int(asymmetry["predicted-error"]) == -_ERROR
        assert "measurement" not in _alarms(environment)

    with _reported(environment, ends, int(asymmetry["delay-asymmetry"])) as reporter:
        await_until(lambda: _session(environment)["measured"]["expected-offset"] == "0", SECONDS_TO_SETTLE,
                    "the report of a corrected client", reporter.log)
        measured = _measured(environment, reporter)

        assert abs(int(measured["minute"]["offset"]["median"])) < _NOISE
        assert "measurement" not in _alarms(environment)


def test_a_configuration_that_lies_raises_an_alarm_until_it_is_put_right(
        environment: Environment, ends: tuple[Host, Host]) -> None:
    link = environment.link("c1-c2")
    with _reported(environment, ends) as reporter:
        _measured(environment, reporter)
        _configure(environment, link)

        reason = _await_alarm(environment, "measurement", True, reporter)
        assert "0 ns are predicted" in reason and "delays that are configured" in reason

        _configure(environment, replace(link, delay=_UNEQUAL))
        _await_alarm(environment, "measurement", False, reporter)


def test_a_reporter_that_is_killed_is_missed_and_one_that_comes_back_is_not(
        environment: Environment, ends: tuple[Host, Host]) -> None:
    with _reported(environment, ends) as reporter:
        _measured(environment, reporter, 50)
        reporter.kill()

        assert "last report" in _await_alarm(environment, "silent", True, reporter)

        reporter.start()
        _await_alarm(environment, "silent", False, reporter)


def test_a_reporter_outlives_a_restart_of_the_controller(
        environment: Environment, ends: tuple[Host, Host]) -> None:
    server, client = ends
    with _reported(environment, ends) as reporter:
        before = _measured(environment, reporter, 100)
        environment.instance.kill()
        environment.instance.start()
        environment.await_everything_found()
        environment.await_session("session", server, client)

        after = _measured(environment, reporter, 100)

        assert after["reported"] > before["reported"]
        assert "does not answer" in reporter.log() and "reports reach the controller again" in reporter.log()
        assert int(after["minute"]["offset"]["median"]) == pytest.approx(_ERROR, abs=_NOISE)
