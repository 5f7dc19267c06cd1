# SPDX-License-Identifier: Apache-2.0
"""The site of a clock server, two sites of clients, and a hub between them.

                       1 ms                2 ms
                   2 ======== 1         3 ====== 1       2 to 6: near1 to near5
     master 1 --- m            hub                   n
                   3 ======== 2
                       3 ms             4 ====== 1   f   2 to 4: far1 to far3
                              3 ms there, 1 ms back

Two parallel links of different lengths join the server's site and the hub. The link to the site f is longer towards it
than back.
"""

from __future__ import annotations

import ipaddress

from topologies.description import Delay, Host, Link, Network, Port, Switch

#: The parallel links by their names, the shorter one first.
PARALLEL_LINKS = ("m-hub", "m-hub.2")

#: By how much half of the asymmetry of the link to the site f makes the offset wrong that its clients measure, in
#: microseconds.
FAR_OFFSET = (3_000 - 1_000) / 2


def clock_sites() -> Network:
    """Returns the description of the network. No name and no address is also one of the two sites."""
    near = tuple(_host(f"near{number}", number, Port("n", number + 1)) for number in range(1, 6))
    far = tuple(_host(f"far{number}", 5 + number, Port("f", number + 1)) for number in range(1, 4))
    return Network(
        switches=(Switch("m", 0x1a), Switch("hub", 0x1b), Switch("n", 0x1c), Switch("f", 0x1d)),
        hosts=(_host("master", 100, Port("m", 1)), *near, *far),
        links=(Link(Port("m", 2), Port("hub", 1), Delay.same(1_000)),
               Link(Port("m", 3), Port("hub", 2), Delay.same(3_000), number=2),
               Link(Port("hub", 3), Port("n", 1), Delay.same(2_000)),
               Link(Port("hub", 4), Port("f", 1), Delay(3_000, 1_000))))


def _host(name: str, number: int, port: Port) -> Host:
    return Host(name, f"02:00:00:00:01:{number:02x}", ipaddress.IPv4Interface(f"10.0.1.{number}/24"), port,
                ipaddress.IPv6Interface(f"fd00:0:0:1::{number}/64"))
