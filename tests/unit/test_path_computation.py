# SPDX-License-Identifier: Apache-2.0
"""What the path computation benchmark makes of JMH's results."""

from typing import Any

import pytest

from benchmarks.path_computation import Samples, figures, missed_pairs, samples_of


def samples(ours: float, allocated: float = 100.0) -> Samples:
    """Two rounds in which the peers take 4000, 90 and 80 us, and 900 us among 10,000 nodes."""
    jgrapht = {"jgraphtDirected": 90.0, "jgraphtUndirected": 80.0, "jgraphtInfinite": 85.0, "jgraphtLandmarks": 99.0,
               "jgraphtBidirectionalLandmarks": 99.0}
    return {("SinglePath.onos", 1000, "us/op"): [4000.0, 4000.0],
            **{(f"SinglePath.{name}", 1000, "us/op"): [us, us] for name, us in jgrapht.items()},
            **{(f"SinglePath.{name}", 10_000, "us/op"): [900.0, 900.0] for name in jgrapht},
            ("SinglePath.roundtrip", 1000, "us/op"): [ours, ours],
            ("DisjointPairs.roundtrip", 1000, "us/op"): [10 * ours, 10 * ours],
            ("DisjointPairs.jgraphtSuurballe", 1000, "us/op"): [1600.0, 1600.0],
            ("DisjointPairs.jgraphtBhandari", 1000, "us/op"): [1500.0, 1500.0],
            ("DisjointPairs.onos", 1000, "us/op"): [50_000.0, 50_000.0],
            ("LinkFailure.newPairs", 1000, "ms/op"): [40 * ours, 40 * ours],
            ("LinkFailure.newBackups", 1000, "ms/op"): [ours, ours],
            ("SinglePath.roundtrip", 10_000, "us/op"): [50.0, 50.0],
            **{("SinglePath.roundtrip", nodes, "gc.alloc.rate.norm"): [allocated] for nodes in (1000, 10_000)},
            **{("SinglePath.resultsAlone", nodes, "gc.alloc.rate.norm"): [100.0] for nodes in (1000, 10_000)}}


@pytest.mark.parametrize(("ours", "onos", "jgrapht", "growth"),
                         [(5.0, True, True, True), (5.1, False, True, True), (10.1, False, False, True),
                          (4.9, True, True, False)])
def test_goals_are_the_fastest_peers_time_by_what_was_promised(ours: float, onos: bool, jgrapht: bool,
                                                               growth: bool) -> None:
    by_name = {figure.name: figure for figure in figures(samples(ours))}

    assert by_name["single_path_1000_beside_onos"].met is onos
    assert by_name["single_path_1000_beside_jgrapht"].met is jgrapht
    assert by_name["single_path_1000_beside_jgrapht"].peer_name == "jgrapht bidirectional, undirected"
    assert by_name["single_path_10000_beside_jgrapht"].met is True
    assert by_name["single_path_growth_1000_to_10000"].met is growth


@pytest.mark.parametrize(("allocated", "met"), [(101.0, True), (102.0, False)])
def test_a_request_may_allocate_its_result(allocated: float, met: bool) -> None:
    by_name = {figure.name: figure for figure in figures(samples(5.0, allocated))}

    assert by_name["single_path_1000_allocation"].met is met


@pytest.mark.parametrize(("ours", "pair", "failure"), [(5.0, True, True), (5.01, False, False)])
def test_goals_of_pairs(ours: float, pair: bool, failure: bool) -> None:
    by_name = {figure.name: figure for figure in figures(samples(ours))}

    assert by_name["disjoint_pair_1000_beside_jgrapht"].met is pair
    assert by_name["disjoint_pair_1000_beside_jgrapht"].peer_name == "jgrapht Bhandari"
    assert by_name["disjoint_pair_1000_beside_onos"].met is None
    assert by_name["link_failure_1000_new_pairs"].met is failure
    assert by_name["link_failure_1000_new_backups"].met is None


@pytest.mark.parametrize(("missed", "met"), [(0, True), (1, False)])
def test_no_pair_may_be_missed(missed: int, met: bool) -> None:
    links, nodes = missed_pairs({"link-disjoint pairs": 500, "Roundtrip link-disjoint": missed, "jgrapht Suurballe": 1,
                                 "jgrapht Bhandari": 0, "node-disjoint pairs": 200, "Roundtrip node-disjoint": 0,
                                 "ONOS": 32})

    assert links.met is met
    assert links.peer == 0
    assert nodes.met is True
    assert nodes.name == "node_disjoint_pairs_missed_of_200"


def test_results_of_jmh_are_read() -> None:
    result: dict[str, Any] = {
        "benchmark": "org.roundtrip.benchmark.SinglePath.roundtrip", "params": {"nodes": "1000"},
        "primaryMetric": {"score": 4.5, "scoreUnit": "us/op"},
        "secondaryMetrics": {"·gc.alloc.rate.norm": {"score": 80.0}, "gc.count": {"score": 3.0}}}

    assert dict(samples_of([result])) == {("SinglePath.roundtrip", 1000, "us/op"): 4.5,
                                          ("SinglePath.roundtrip", 1000, "gc.alloc.rate.norm"): 80.0}
