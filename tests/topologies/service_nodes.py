# SPDX-License-Identifier: Apache-2.0
"""Clients, two switches that act as load balancers, and two service nodes with members of virtual servers.

     client 1, client2 2, router 3 --- e      n1 --- m1 1, m2 2, near 3, 4 is free
                                      8 9     8 9
                                      | |     | |
                 e 1, n1 2, n2 3 --- a1 a2 --- e 1, n1 2, n2 3
                                      | |
                                      8 9
                                       n2 --- m3 1, m4 2, 4 is free

Every switch at the edge is joined to both access switches by its ports 8 and 9, so that the network is whole while one
of them is away. All hosts are on one link: there is no router between clients and members, as there is none that an
application in the switches could do without. The virtual IP addresses are in no segment of a host.
"""

from __future__ import annotations

import ipaddress

from topologies.description import Host, Link, Network, Port, Switch

#: Virtual IP addresses, which members carry on their loopback interface.
VIP = "10.9.9.9"
OTHER_VIP = "10.9.9.10"
VIP6 = "fd00:0:9::9"

#: The switches that act as load balancers.
ACCESS_SWITCHES = ("a1", "a2")

#: The hosts that can be members of virtual servers.
MEMBERS = ("m1", "m2", "m3", "m4")

#: Where members can move to.
FREE_PORTS = (Port("n1", 4), Port("n2", 4))


def service_nodes() -> Network:
    """Returns the description of the network. No name and no address is also one of another network of the tests."""
    edges = ("e", "n1", "n2")
    return Network(
        switches=(Switch("e", 0x2e), Switch("a1", 0x2a1), Switch("a2", 0x2a2), Switch("n1", 0x2b1),
                  Switch("n2", 0x2b2)),
        hosts=(_host("client", 1, 1, Port("e", 1)), _host("client2", 1, 2, Port("e", 2)),
               _host("router", 1, 254, Port("e", 3)), _host("near", 1, 3, Port("n1", 3)),
               _host("m1", 2, 1, Port("n1", 1)), _host("m2", 2, 2, Port("n1", 2)),
               _host("m3", 2, 3, Port("n2", 1)), _host("m4", 2, 4, Port("n2", 2))),
        links=tuple(Link(Port(edge, 7 + access), Port(f"a{access}", position + 1))
                    for position, edge in enumerate(edges) for access in (1, 2)))


def _host(name: str, segment: int, number: int, port: Port) -> Host:
    return Host(name, f"02:00:00:02:{segment:02x}:{number:02x}",
                ipaddress.IPv4Interface(f"10.0.{segment}.{number}/8"), port,
                ipaddress.IPv6Interface(f"fd00:0:{segment}::{number:x}/32"))
