# SPDX-License-Identifier: Apache-2.0
"""Rules from dumps."""

import pytest

from topologies.rules import Rule, parse_rules


def test_reads_every_part_of_a_rule() -> None:
    dump = ("OFPST_FLOW reply (OF1.3) (xid=0x2):\n"
            " cookie=0x1f, duration=12.5s, table=3, n_packets=4, n_bytes=200, idle_timeout=10, hard_timeout=60,"
            " idle_age=2, send_flow_rem check_overlap priority=7,mpls,in_port=1,mpls_label=16"
            " actions=set_field:17->mpls_label,output:2\n")

    assert parse_rules("a", dump) == [Rule("a", 3, 7, "mpls,in_port=1,mpls_label=16",
                                           "set_field:17->mpls_label,output:2", 0x1f, 12.5, 4)]


@pytest.mark.parametrize(("text", "match", "priority"), [
    ("actions=drop", "", 32768),
    ("priority=0 actions=CONTROLLER:65535", "", 0),
    ("arp,in_port=1 actions=output:2", "arp,in_port=1", 32768),
    ("reset_counts priority=5,ip actions=drop", "ip", 5),
])
def test_what_is_not_said_has_its_default(text: str, match: str, priority: int) -> None:
    [rule] = parse_rules("a", f" cookie=0x0, duration=0.1s, table=0, n_packets=0, n_bytes=0, {text}\n")

    assert (rule.match, rule.priority) == (match, priority)


def test_a_line_that_is_no_rule_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="no rule"):
        parse_rules("a", "ovs-ofctl: something went wrong\n")
