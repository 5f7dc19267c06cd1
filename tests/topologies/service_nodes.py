# SPDX-License-Identifier: Apache-2.0
"""Clients, two switches that act as load balancers, and two service nodes with members of virtual servers.

                                  a1     a2
                                   1     1
                                   |     |
     client 1, client2 2, router 3 |     |
                  |                2     3        m1 1, m2 2, near 3, 4 is free
                  e 9 ---------- 1    c    4 --- 9 n1
                                      5 -------- 9 n2
                                                  m3 1, m4 2, 4 is free

An access switch has one link only: what crosses it is what the load balancer has to do with, and nothing else. All
hosts are on one link: there is no router between clients and members. The virtual IP addresses are in no segment of a
host.
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
    return Network(
        switches=(Switch("e", 0x2e), Switch("c", 0x2c), Switch("a1", 0x2a1), Switch("a2", 0x2a2),
                  Switch("n1", 0x2b1), Switch("n2", 0x2b2)),
        hosts=(_host("client", 1, 1, Port("e", 1)), _host("client2", 1, 2, Port("e", 2)),
               _host("router", 1, 254, Port("e", 3)), _host("near", 1, 3, Port("n1", 3)),
               _host("m1", 2, 1, Port("n1", 1)), _host("m2", 2, 2, Port("n1", 2)),
               _host("m3", 2, 3, Port("n2", 1)), _host("m4", 2, 4, Port("n2", 2))),
        links=(Link(Port("c", 1), Port("e", 9)), Link(Port("c", 2), Port("a1", 1)), Link(Port("c", 3), Port("a2", 1)),
               Link(Port("c", 4), Port("n1", 9)), Link(Port("c", 5), Port("n2", 9))))


def _host(name: str, segment: int, number: int, port: Port) -> Host:
    return Host(name, f"02:00:00:02:{segment:02x}:{number:02x}",
                ipaddress.IPv4Interface(f"10.0.{segment}.{number}/8"), port,
                ipaddress.IPv6Interface(f"fd00:0:{segment}::{number:x}/32"))
