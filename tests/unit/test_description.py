# SPDX-License-Identifier: Apache-2.0
"""Descriptions of networks."""

from dataclasses import replace

import pytest

from topologies.description import Delay, Link, Network, Port, Switch
from topologies.two_sites import two_sites


def test_the_two_sites_are_known_by_what_the_controller_calls_them() -> None:
    network = two_sites()

    assert network.connect_point(network.host("server").port) == "of:000000000000000a/1"
    assert network.host("client2").host_id == "02:00:00:00:00:04/None"
    assert network.far_end(Port("a", 3)) == Port("c1", 1)
    assert network.far_end(Port("b", 1)) == network.host("client")
    assert network.far_end(Port("b", 9)) is None


def test_a_host_has_all_of_its_addresses() -> None:
    server = two_sites().host("server")

    assert server.addresses == {"10.0.0.1", "fd00::1"}
    with pytest.raises(LookupError, match="server has no IPv6 address"):
        assert not replace(server, ipv6_address=None).ipv6


def test_parallel_links_are_told_apart() -> None:
    links = (Link(Port("a", 1), Port("b", 1)), Link(Port("a", 2), Port("b", 2), number=2))

    network = Network((Switch("a", 1), Switch("b", 2)), (), links)

    assert [link.name for link in network.links] == ["a-b", "a-b.2"]
    assert network.far_end(Port("b", 2)) == Port("a", 2)


def test_each_end_of_a_link_has_its_own_delay() -> None:
    link = Link(Port("a", 1), Port("b", 1), Delay(1_000, 5_000))

    assert (link.delay_from("a"), link.delay_from("b")) == (1_000, 5_000)


@pytest.mark.parametrize("links", [
    (Link(Port("a", 1), Port("b", 1)), Link(Port("a", 1), Port("b", 2), number=2)),
    (Link(Port("a", 1), Port("b", 1)), Link(Port("a", 2), Port("b", 2))),
    (Link(Port("a", 1), Port("c", 1)),),
])
def test_impossible_links_are_refused(links: tuple[Link, ...]) -> None:
    with pytest.raises(ValueError):
        Network((Switch("a", 1), Switch("b", 2)), (), links)


def test_two_nodes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        Network((Switch("a", 1), Switch("a", 2)), (), ())
