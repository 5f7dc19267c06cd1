# SPDX-License-Identifier: Apache-2.0
"""Two sites and a core between them: the network of the demo and of most end-to-end tests.

                         fast: 1 ms a link
                   3       1     2   1     2      3
     server  1 ---           c1 -------- c2           --- 1  client
                  a  <                          >  b
     server2 2 ---           c3 -------- c4           --- 2  client2
                   4       1     2   1     2      4
                         slow: 5 ms a link

Both ways have three links, so that a count of hops does not tell them apart.
"""

from __future__ import annotations

import ipaddress

from topologies.description import Delay, Host, Link, Network, Port, Switch

FAST = Delay.same(1_000)
SLOW = Delay.same(5_000)

#: The switches of each way, from the site of the servers to that of the clients.
FAST_WAY = ("a", "c1", "c2", "b")
SLOW_WAY = ("a", "c3", "c4", "b")


def two_sites() -> Network:
    """Returns the description of the network."""
    return Network(
        switches=(Switch("a", 0xa), Switch("b", 0xb),
                  Switch("c1", 0xc1), Switch("c2", 0xc2), Switch("c3", 0xc3), Switch("c4", 0xc4)),
        hosts=(_host("server", 1, Port("a", 1)), _host("server2", 2, Port("a", 2)),
               _host("client", 3, Port("b", 1)), _host("client2", 4, Port("b", 2))),
        links=(Link(Port("a", 3), Port("c1", 1), FAST),
               Link(Port("c1", 2), Port("c2", 1), FAST),
               Link(Port("c2", 2), Port("b", 3), FAST),
               Link(Port("a", 4), Port("c3", 1), SLOW),
               Link(Port("c3", 2), Port("c4", 1), SLOW),
               Link(Port("c4", 2), Port("b", 4), SLOW)))


def _host(name: str, number: int, port: Port) -> Host:
    return Host(name, f"02:00:00:00:00:{number:02x}", ipaddress.IPv4Interface(f"10.0.0.{number}/24"), port,
                ipaddress.IPv6Interface(f"fd00::{number}/64"))
