# SPDX-License-Identifier: Apache-2.0
"""What the demo says."""

from clocks.timing import Summary
from demo.presentation import expected_error, meaning, one_way_delay, side_by_side, summary_table
from topologies.routes import Hop, Route
from topologies.two_sites import two_sites

_NETWORK = two_sites()
_FORWARD = Route((Hop("a", 1, 3, None, 100), Hop("c1", 1, 2, 100, 200), Hop("c2", 1, 2, 200, 200),
                  Hop("b", 3, 1, 200, None)), _NETWORK.host("client"), "")
_REVERSE = Route((Hop("b", 1, 4, None, None), Hop("c4", 2, 1, None, None), Hop("c3", 2, 1, None, None),
                  Hop("a", 4, 1, None, None)), _NETWORK.host("server"), "")


def test_the_delay_is_that_of_the_links() -> None:
    assert (one_way_delay(_NETWORK, _FORWARD), one_way_delay(_NETWORK, _REVERSE)) == (3_000, 15_000)


def test_the_expected_error_is_half_of_the_difference() -> None:
    assert expected_error(_NETWORK, _FORWARD, _REVERSE) == -6_000


def test_both_directions_stand_side_by_side() -> None:
    lines = side_by_side(_NETWORK, _FORWARD, _REVERSE)

    assert lines == [
        "    server -> client                            client -> server",
        "    a    port 1 -> port 3   push 100            b    port 1 -> port 4",
        "    c1   port 1 -> port 2   swap 100 for 200    c4   port 2 -> port 1",
        "    c2   port 1 -> port 2   keep 200            c3   port 2 -> port 1",
        "    b    port 3 -> port 1   pop 200             a    port 4 -> port 1",
        "    3 links, 3 ms                               3 links, 15 ms"]


def test_a_route_that_ends_early_says_why() -> None:
    lines = side_by_side(_NETWORK, Route((), None, "lost at a"), _REVERSE)

    assert lines[1].startswith("    (lost at a)")


def test_the_meaning_names_the_longer_way_and_the_error() -> None:
    text = meaning(_NETWORK, _FORWARD, _REVERSE, Summary(200, -6_012.0, 6_100.0, 90.0))

    assert "way back is 12 ms longer" in text
    assert text.endswith("6 ms.")


def test_the_table_is_aligned() -> None:
    lines = summary_table([("ordinary", Summary(200, -6_012.0, 6_100.4, 90.0), False),
                           ("co-routed", Summary(200, 1.0, 60.0, 60.0), True)])

    assert len({line.index("us") for line in lines[1:]}) == 1
    assert lines[1].endswith("no") and lines[2].endswith("yes")
