# SPDX-License-Identifier: Apache-2.0
"""What the demo prints, as pure functions from what was seen to lines of text."""

from __future__ import annotations

from clocks.timing import Summary
from topologies.description import Network
from topologies.routes import Hop, Route, are_co_routed, links_of

_GAP = 4


def side_by_side(network: Network, forward: Route, reverse: Route) -> list[str]:
    """Both directions hop by hop, the reverse one in the order in which its frames pass the switches."""
    left = ["server -> client", *_hops(forward), _ending(network, forward)]
    right = ["client -> server", *_hops(reverse), _ending(network, reverse)]
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    width = max(len(line) for line in left) + _GAP
    return [f"    {one:<{width}}{other}".rstrip() for one, other in zip(left, right)]


def verdict(forward: Route, reverse: Route) -> str:
    """Whether the directions use the same links."""
    if are_co_routed(forward, reverse):
        return "Co-routed: the same ports of the same switches, mirrored."
    return "Not co-routed: the two directions use different links."


def one_way_delay(network: Network, route: Route) -> int:
    """The sum of the delays of a route's links in its own direction, in microseconds."""
    total = 0
    for hop, name in zip(route.hops, links_of(network, route)):
        total += next(link for link in network.links if link.name == name).delay_from(hop.switch)
    return total


def expected_error(network: Network, forward: Route, reverse: Route) -> float:
    """The time error that routes of unequal delay make: half of the difference (IEEE 1588-2019, 11.3), microseconds."""
    return (one_way_delay(network, forward) - one_way_delay(network, reverse)) / 2


def meaning(network: Network, forward: Route, reverse: Route, measured: Summary) -> str:
    """One line on what a measured time error means."""
    expected = expected_error(network, forward, reverse)
    if expected == 0:
        return ("Both ways are equally long and make no error; what is left, a median of"
                f" {abs(measured.median):.0f} us, is that of software timestamps.")
    longer = "there" if expected > 0 else "back"
    return (f"The way {longer} is {milliseconds(2 * abs(expected))} longer. PTP takes both for equal, so the clock is"
            f" wrong by half of that: {milliseconds(abs(expected))}.")


def milliseconds(microseconds: float) -> str:
    """A duration in milliseconds, as short as it can be said."""
    return f"{microseconds / 1000:g} ms"


def summary_table(rows: list[tuple[str, Summary, bool]]) -> list[str]:
    """The figures of all steps below each other."""
    lines = [f"    {'':<20}{'median':>12}{'95 % within':>14}{'samples':>9}   co-routed"]
    for name, summary, co_routed in rows:
        lines.append(f"    {name:<20}{summary.median:>+9.1f} us{summary.p95:>11.1f} us{summary.samples:>9}"
                     f"   {'yes' if co_routed else 'no'}")
    return lines


def _hops(route: Route) -> list[str]:
    return [f"{hop.switch:<4} port {hop.in_port} -> port {hop.out_port}   {_label(hop)}".rstrip()
            for hop in route.hops]


def _label(hop: Hop) -> str:
    if hop.label_in is None and hop.label_out is None:
        return ""
    if hop.label_in is None:
        return f"push {hop.label_out}"
    if hop.label_out is None:
        return f"pop {hop.label_in}"
    if hop.label_in == hop.label_out:
        return f"keep {hop.label_in}"
    return f"swap {hop.label_in} for {hop.label_out}"


def _ending(network: Network, route: Route) -> str:
    if route.arrived is None:
        return f"({route.reason})"
    return f"{len(links_of(network, route))} links, {milliseconds(one_way_delay(network, route))}"
