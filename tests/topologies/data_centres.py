# SPDX-License-Identifier: Apache-2.0
"""Data centres on a ring of switches, so that there are two ways between any two of them.

                   2 ms a link
                  1  wan-1  2
     north 1 --- 2           2 --- 1 south          east joins both wan-1 and wan-2 at their ports 3
              wan-n         wan-s
                  3           3
                  1  wan-2  2
                   5 ms a link

What stands there as a host is the router of a data centre. Its port is the gateway, where the network begins that the
controller provides; behind it is an ordinary switch with the hosts of the data centre, of which the controller knows
nothing (:mod:`topologies.data_centre`).
"""

from __future__ import annotations

import ipaddress

from topologies.description import Delay, Host, Link, Network, Port, Switch

NAMES = ("north", "south", "east")

FAST = Delay.same(2_000)
SLOW = Delay.same(5_000)

#: The network between the routers. No address is also one of another network of the tests.
_BETWEEN = ipaddress.IPv4Network("10.64.0.0/24")


def data_centres(count: int = 2) -> Network:
    """Returns the description of the network.

    :param count: 2, for north and south, or 3
    """
    numbers = range(1, count + 1)
    edges = {number: f"wan-{NAMES[number - 1][0]}" for number in numbers}
    return Network(
        switches=(*(Switch(edges[number], 0x640 + number) for number in numbers),
                  Switch("wan-1", 0x651), Switch("wan-2", 0x652)),
        hosts=tuple(Host(NAMES[number - 1], f"02:00:00:00:64:{number:02x}",
                         ipaddress.IPv4Interface(f"{_BETWEEN[number]}/{_BETWEEN.prefixlen}"), Port(edges[number], 1))
                    for number in numbers),
        links=tuple(Link(Port(edges[number], port), Port(core, number), delay) for number in numbers
                    for core, port, delay in (("wan-1", 2, FAST), ("wan-2", 3, SLOW))))


def inner_network(router: Host) -> ipaddress.IPv4Network:
    """The network of the hosts behind a router."""
    return ipaddress.IPv4Network(f"10.64.{int(router.address.ip) & 0xff}.0/24")
