# SPDX-License-Identifier: Apache-2.0
"""The rules in the tables of the switches, as ``ovs-ofctl dump-flows`` shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from topologies.emulation import EmulatedNetwork


@dataclass(frozen=True)
class Rule:
    """One rule. `age` is in seconds since it was put in: a rule that was replaced starts anew."""

    switch: str
    table: int
    priority: int
    match: str
    actions: str
    cookie: int
    age: float
    packets: int

    @property
    def identity(self) -> tuple[str, int, int, str]:
        """What makes two rules the same to a switch (OpenFlow 1.3.5, section 5.2)."""
        return self.switch, self.table, self.priority, self.match

    @property
    def has_label(self) -> bool:
        """Tells whether the rule matches or writes an MPLS label."""
        return "mpls" in self.match or "mpls" in self.actions


_RULE = re.compile(r" cookie=0x(?P<cookie>[0-9a-f]+), duration=(?P<age>[0-9.]+)s, table=(?P<table>\d+),"
                   r" n_packets=(?P<packets>\d+), n_bytes=\d+,(?: \w+_(?:timeout|age)=\d+,)*"
                   r" (?:(?:send_flow_rem|check_overlap|reset_counts|no_packet_counts|no_byte_counts) )*"
                   r"(?P<match>\S*) ?actions=(?P<actions>.*)")


def parse_rules(switch: str, dump: str) -> list[Rule]:
    """Reads the rules of a switch from its dump.

    :raises ValueError: for a line that is no rule
    """
    rules = []
    for line in dump.splitlines():
        if "OFPST_FLOW reply" in line or not line.strip():
            continue
        found = _RULE.fullmatch(line.rstrip())
        if found is None:
            raise ValueError(f"no rule: {line!r}")
        match = found["match"].split(",")
        priority = next((part for part in match if part.startswith("priority=")), "priority=32768")
        rules.append(Rule(switch, int(found["table"]), int(priority.partition("=")[2]),
                          ",".join(part for part in match if not part.startswith("priority=") and part),
                          found["actions"], int(found["cookie"], 16), float(found["age"]), int(found["packets"])))
    return rules


def rules_of(network: EmulatedNetwork, switch: str) -> list[Rule]:
    """Returns the rules that a switch has now."""
    return parse_rules(switch, network.openvswitch.openflow("dump-flows", switch))


def all_rules(network: EmulatedNetwork) -> list[Rule]:
    """Returns the rules that all switches have now."""
    return [rule for switch in network.description.switches for rule in rules_of(network, switch.name)]
