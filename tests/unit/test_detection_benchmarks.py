# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks of detection make of what they measure."""

from __future__ import annotations

import struct

import pytest

from benchmarks import (detection_agent_load, detection_failure, detection_probes, detection_reports,
                        detection_starvation)
from benchmarks.control_channel import BARRIER_REPLY, BARRIER_REQUEST, FLOW_MOD, Message
from benchmarks.detection_failure import Kill, Outcome
from topologies.capture import TimedFrame, timed_frames_of


def test_there_are_a_switch_and_a_host_for_each_load_balancer() -> None:
    network = detection_probes.balanced_network()
    ports = [host.port for host in network.hosts] + [end for link in network.links for end in (link.a, link.b)]

    assert {f"a{number}" for number in range(1, 17)} <= {switch.name for switch in network.switches}
    assert all(network.host(f"p{number}").port.switch == f"a{number}" for number in range(1, 17))
    assert len(ports) == len(set(ports))
    assert len({switch.datapath_id for switch in network.switches}) == len(network.switches)


def test_probes_that_grow_with_the_load_balancers_miss_their_goal() -> None:
    constant = detection_probes.figures({1: [(64.0, 64.0)], 16: [(63.5, 1023.0)]})
    growing = detection_probes.figures({1: [(64.0, 64.0)], 16: [(128.0, 1024.0)]})

    assert [figure.name for figure in constant] == ["probes_for_1_balancer", "probes_for_16_balancers"]
    assert all(figure.met for figure in constant)
    assert [figure.met for figure in growing] == [True, False]
    assert growing[1].ratio == pytest.approx(1 / 8)


def beginning(time: float, port: int) -> TimedFrame:
    """A frame to a port of TCP over IPv4."""
    return TimedFrame(time, bytes(36) + struct.pack("!H", port) + bytes(16))


def report(time: float, text: bytes) -> TimedFrame:
    """A frame with what an agent says."""
    return TimedFrame(time, bytes(66) + text)


MESSAGES = [Message(10.16, 1, FLOW_MOD, 1), Message(10.16, 1, BARRIER_REQUEST, 2), Message(10.19, 1, BARRIER_REPLY, 2)]
REPORTS = [report(10.05, b'{"type":"snapshot","results":[{"verdict":"down"}]}'),
           report(10.1, b'{"type":"results","results":[{"verdict":"up"}]}'),
           report(10.15, b'{"type":"results","results":[{"verdict":"down"}]}'),
           report(12.0, b'{"type":"results","results":[{"verdict":"down"}]}')]


def test_the_last_connection_counts() -> None:
    arrivals = [beginning(9.9, 8003), beginning(10.17, 8003), beginning(10.12, 8003), beginning(10.5, 8004),
                beginning(10.14, 9003), beginning(11.5, 8003)]

    found = detection_failure.outcome(Kill("m1", 3, 10.0, 11.0), arrivals, REPORTS, MESSAGES)

    assert found.last_connection == pytest.approx(0.17)
    assert found.last_connection_of_peer == pytest.approx(0.14)
    assert found.reported == pytest.approx(0.15)
    assert found.confirmed == pytest.approx(0.04)


def test_a_kill_that_nobody_reports_is_an_error() -> None:
    with pytest.raises(ValueError, match="m1"):
        detection_failure.outcome(Kill("m1", 3, 10.2, 11.0), [], REPORTS, MESSAGES)


def test_later_than_the_peer_misses_the_goal() -> None:
    figures = {figure.name: figure for figure in detection_failure.figures(
        [Outcome(0.2, 0.1, 0.15, 0.02), Outcome(0.1, 0.15, 0.1, 0.06), Outcome(0.1, 0.15, 0.1, 0.02)])}

    assert figures["last_connection_median"].met and not figures["last_connection_p99"].met
    assert figures["decision_to_data_plane_median"].ours == pytest.approx(20)
    assert not figures["decision_to_data_plane_p99"].met
    assert figures["decision_to_data_plane_p99"].goal == 50


def test_one_late_probe_misses_the_goal() -> None:
    result = {"cores": 0.5, "memoryBytes": 2.0 ** 27, "latenessMaximum": 12_000.0, "latenessP99": 3_000.0,
              "probesPerSecond": 5_000.0, "wentDown": 0.0}
    figures = {figure.name: figure for figure in
               detection_agent_load.figures([result, {**result, "latenessMaximum": 51_000.0}, result])}

    assert figures["memory"].ours == 128 and figures["memory"].met
    assert figures["processor"].met and figures["members_down"].met
    assert figures["late_longest"].ours == 51 and not figures["late_longest"].met


def test_frames_have_times() -> None:
    recorded = bytes(24) + struct.pack("=IIII", 7, 250_000, 2, 2) + b"ab" + struct.pack("=IIII", 8, 0, 5, 5) + b"cut"

    assert timed_frames_of(recorded) == [TimedFrame(7.25, b"ab")]


def test_one_false_verdict_misses_the_goal() -> None:
    quiet: dict[str, float] = {"wentDown": 0, "snapshots": 24, "starvedSnapshots": 12, "probesPerSecond": 1000.0}
    wrong = {**quiet, "wentDown": 3.0, "starvedSnapshots": 6.0}

    good, share = detection_starvation.figures([quiet, quiet], [wrong, quiet])
    bad, _ = detection_starvation.figures([quiet, {**quiet, "wentDown": 1.0}], [wrong, wrong])

    assert good.met and good.peer == 3 and good.samples == 240_000
    assert share.ours == 0.5 and share.samples == 48
    assert not bad.met and bad.ours == 1 and bad.peer == 6


def test_traffic_is_that_of_all_agents_and_of_one() -> None:
    result = {"bytesPerSecond": 1_200_000.0, "snapshotsPerSecond": 100.0, "controllerCores": 0.2}
    figures = {figure.name: figure for figure in detection_reports.figures([result])}

    assert figures["traffic"].ours == 1200 and figures["traffic_of_an_agent"].ours == 1200
    assert figures["controller_processor"].ours == 0.2 and figures["snapshots"].ours == 100
