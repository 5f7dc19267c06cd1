# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks of virtual servers make of what they measure."""

from __future__ import annotations

from benchmarks import virtual_server, virtual_server_changes
from benchmarks.balancing import balancing_network
from benchmarks.virtual_server import Sample


def test_the_host_of_the_peers_is_at_a_load_balancer() -> None:
    network = balancing_network()

    assert network.host("peer").port.switch == "a1"
    assert len({host.port for host in network.hosts}) == len(network.hosts)


def test_what_is_as_fast_as_was_promised_meets_its_goals() -> None:
    figures = {figure.name: figure for figure in virtual_server.figures(
        [Sample(9000, 1e8, 0.0)], [Sample(10000, 1.05e8, 0.0)], [Sample(6400, 9e7, 2.1)], [Sample(6900, 9e7, 2.1)])}

    assert all(figure.met for figure in figures.values() if figure.goal is not None)
    assert round(figures["connection_beside_direct"].ours, 1) == 111.1
    assert figures["replies_on_the_balancers_links_beside_haproxy"].peer == 2.1


def test_what_is_slower_than_was_promised_misses_them() -> None:
    figures = {figure.name: figure for figure in virtual_server.figures(
        [Sample(8900, 9e7, 0.01)], [Sample(10000, 1e8, 0.0)], [Sample(6500, 1e8, 2.1)], [Sample(7000, 9e7, 2.1)])}

    assert not any(figure.met for figure in figures.values() if figure.goal is not None)


def test_a_broken_connection_misses_its_goal() -> None:
    broken = {(way, kind, change): 0 for way in ("virtual server", "HAProxy", "SELECT group")
              for kind in ("active", "idle") for change in ("added", "drained")}
    broken["virtual server", "idle", "drained"] = 1
    broken["SELECT group", "active", "added"] = 300
    figures = {figure.name: figure for figure in virtual_server_changes.figures(broken, 2)}

    assert len(figures) == 8
    assert [name for name, figure in figures.items() if not figure.met] == [
        "idle_broken_when_drained_beside_haproxy", "idle_broken_when_drained_beside_group"]
    assert figures["active_broken_when_added_beside_group"].peer == 300
    assert figures["active_broken_when_added_beside_group"].samples == 1000
