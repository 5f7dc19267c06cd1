# SPDX-License-Identifier: Apache-2.0
"""Routes from what switches say."""

import pytest

from topologies.routes import Hop, Output, Route, are_co_routed, links_of, outputs_of, split_actions
from topologies.two_sites import two_sites

_NETWORK = two_sites()
_CLIENT, _SERVER = _NETWORK.host("client"), _NETWORK.host("server")

_FAST_FORWARD = (Hop("a", 1, 3, None, 100), Hop("c1", 1, 2, 100, 200), Hop("c2", 1, 2, 200, 300),
                 Hop("b", 3, 1, 300, None))
_FAST_REVERSE = (Hop("b", 1, 3, None, 400), Hop("c2", 2, 1, 400, 500), Hop("c1", 2, 1, 500, 600),
                 Hop("a", 3, 1, 600, None))
_SLOW_REVERSE = (Hop("b", 1, 4, None, 400), Hop("c4", 2, 1, 400, 500), Hop("c3", 2, 1, 500, 600),
                 Hop("a", 4, 1, 600, None))


@pytest.mark.parametrize(("actions", "labels", "outputs"), [
    ("drop", (), []),
    ("2", (), [Output(2, ())]),
    ("push_mpls(label=100,tc=7,ttl=64,bos=1,eth_type=0x8847),2", (), [Output(2, (100,))]),
    ("set(mpls(label=200,tc=0,ttl=63,bos=1)),11", (100,), [Output(11, (200,))]),
    ("pop_mpls(eth_type=0x800),7", (200,), [Output(7, ())]),
    ("2,push_mpls(label=5,tc=0,ttl=64,bos=1,eth_type=0x8847),3,userspace(pid=0,controller(reason=1))", (),
     [Output(2, ()), Output(3, (5,)), Output(None, (5,))]),
])
def test_outputs_carry_the_labels_of_the_moment(actions: str, labels: tuple[int, ...], outputs: list[Output]) -> None:
    assert outputs_of(f"bridge(a)\nDatapath actions: {actions}\n", labels) == outputs


def test_actions_after_another_lookup_go_on_with_the_same_labels() -> None:
    trace = "Datapath actions: pop_mpls(eth_type=0x800),recirc(0x1)\nrecirc(0x1)\nDatapath actions: 4\n"

    assert outputs_of(trace, (16,)) == [Output(4, ())]


def test_commas_in_brackets_do_not_split() -> None:
    assert split_actions("a(b,c(d,e)),2,f(g,h)") == ["a(b,c(d,e))", "2", "f(g,h)"]


def test_mirrored_routes_are_co_routed_whatever_their_labels() -> None:
    assert are_co_routed(Route(_FAST_FORWARD, _CLIENT, ""), Route(_FAST_REVERSE, _SERVER, ""))


def test_different_links_are_not_co_routed() -> None:
    assert not are_co_routed(Route(_FAST_FORWARD, _CLIENT, ""), Route(_SLOW_REVERSE, _SERVER, ""))


def test_parallel_links_are_not_the_same_link() -> None:
    forward = Route((Hop("a", 1, 3, None, None), Hop("b", 3, 1, None, None)), _CLIENT, "")
    reverse = Route((Hop("b", 1, 4, None, None), Hop("a", 4, 1, None, None)), _SERVER, "")

    assert not are_co_routed(forward, reverse)


def test_a_route_that_does_not_arrive_is_not_co_routed() -> None:
    assert not are_co_routed(Route((), None, "lost at a"), Route((), None, "lost at b"))


def test_links_are_named_in_the_order_of_the_route() -> None:
    assert links_of(_NETWORK, Route(_SLOW_REVERSE, _SERVER, "")) == ("c4-b", "c3-c4", "a-c3")
