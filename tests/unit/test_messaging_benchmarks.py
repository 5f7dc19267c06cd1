# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks of messaging make of what they have seen, and how they set replicators up."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from benchmarks import messaging_cut, messaging_failure, messaging_latency, messaging_throughput
from benchmarks.replicators import configuration, configuration_centre, mirror_maker_settings, mirrored
from benchmarks.storage_servers import StorageServer
from reports.report import Figure

_SERVERS = [StorageServer(Path("unused"), number) for number in (1, 2, 3)]


def _by_name(figures: list[Figure]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_a_configuration_has_a_route_and_a_queue_for_each_other_data_centre() -> None:
    given = configuration(_SERVERS, partitions=8, public="records", private="carried")
    assert given["routes"] == [{"from": "a", "to": "b"}, {"from": "a", "to": "c"}]
    assert [queue["private-topic"] for queue in given["queues"]] == ["carried.b", "carried.c"]
    assert [each["public-topic"] for each in given["data-centres"]] == ["records.a", "records.b", "records.c"]
    assert given["data-centres"][1]["bootstrap-servers"] == ["10.77.2.1:9092"]


def test_only_who_has_no_configuration_gets_one() -> None:
    with configuration_centre(configuration(_SERVERS[:2])) as address:
        with urllib.request.urlopen(f"{address}/onos/roundtrip/messaging/configuration", timeout=10) as answer:
            assert answer.headers["ETag"] == '"1"'
            assert json.load(answer)["version"] == "1"
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}/elsewhere", timeout=10)


def test_mirror_maker_carries_to_each_data_centre_what_is_for_it() -> None:
    settings = mirror_maker_settings(["h:1", "i:2", "j:3"], "records.DATA_CENTRE", 1, exactly_once=False)
    assert settings["clusters"] == "a, b, c"
    assert settings["a->b.topics"] == "records.b"
    assert settings["a->c.topics"] == "records.c"
    assert settings["c.bootstrap.servers"] == "j:3"
    assert not [name for name in settings if "exactly" in name]


def test_mirror_maker_carries_exactly_once_when_it_should_and_beside_one_that_does_not() -> None:
    settings = mirror_maker_settings(["h:1", "i:2"], "records.DATA_CENTRE", 1, exactly_once=True)
    assert settings["once-b.exactly.once.source.support"] == "enabled"
    assert settings["once-a->once-b.topics"] == "records.b"
    assert mirrored("records.b", exactly_once=True) == "once-a.records.b"


def test_throughput_is_the_time_of_a_record_and_may_be_that_of_the_peer_by_1_2() -> None:
    ours = messaging_throughput.Carried.of({"records": 100_000, "seconds": 1.0, "processorSeconds": 0.5,
                                            "peakKibibytes": 102_400})
    peer = messaging_throughput.Carried.of({"records": 100_000, "seconds": 1.2, "processorSeconds": 0.8,
                                            "peakKibibytes": 204_900})
    figures = _by_name(messaging_throughput.figures(8, [ours], [peer]))
    assert figures["time_per_record_8_partitions"].ours == pytest.approx(10.0)
    assert figures["time_per_record_8_partitions"].goal == pytest.approx(10.0)
    assert figures["processor_per_record_8_partitions"].met is False
    assert figures["memory_8_partitions"].met is True


def test_latency_is_compared_with_each_peer() -> None:
    figures = _by_name(messaging_latency.figures([{"median": 1.5, "p99": 9.0}], [{"median": 1.6, "p99": 8.0}],
                                                 [{"median": 30.0, "p99": 100.0}]))
    assert figures["latency_median"].met is True
    assert figures["latency_p99"].met is False
    assert figures["latency_median_beside_exactly_once"].goal == pytest.approx(3.0)
    assert figures["latency_p99_beside_exactly_once"].met is True


def test_what_was_accepted_and_did_not_arrive_is_lost() -> None:
    assert messaging_failure.lost({"sent": 12, "stored": 10, "arrived": 9}) == 1
    # One whose acknowledgement did not arrive may have been stored all the same.
    assert messaging_failure.lost({"sent": 12, "stored": 10, "arrived": 11}) == 0


def test_the_longest_gap_of_all_kills_counts() -> None:
    good = {"sent": 100, "stored": 100, "arrived": 100, "duplicated": 0, "reordered": 0}
    bad = {**good, "duplicated": 7, "arrived": 99}
    names = ("ours", "MirrorMaker 2", "MirrorMaker 2 exactly once")
    figures = _by_name(messaging_failure.figures(dict(zip(names, (good, bad, good))),
                                                 dict(zip(names, ([2.0, 6.0, 1.0], [20.0], [60.0])))))
    assert (figures["gap"].ours, figures["gap"].met) == (6.0, False)
    assert figures["gap_median"].ours == 2.0
    assert (figures["duplicated"].peer, figures["duplicated"].met) == (7.0, True)
    assert figures["lost"].peer == 1.0
    assert figures["gap_beside_exactly_once"].peer == 60.0


def test_a_cut_is_to_leave_the_other_route_alone() -> None:
    ours = messaging_cut.Outcome(catch_up=8.0, other_p99=9.0, other_p99_before=5.0, lost=0, reordered=0)
    peer = messaging_cut.Outcome(catch_up=20.0, other_p99=30.0, other_p99_before=8.0, lost=0, reordered=3)
    figures = _by_name(messaging_cut.figures([ours], [peer]))
    assert figures["catch_up"].met is True
    assert (figures["other_p99"].goal, figures["other_p99"].met) == (5.0, False)
    assert figures["reordered"].peer == 3.0
