# SPDX-License-Identifier: Apache-2.0
"""What is read from ptp4l's log."""

from clocks.log import (LoggedOffset, Selection, StateChange, clock_identity, offsets, read_log, selections,
                        state_changes)
from topologies.two_sites import two_sites

_LOG = """ptp4l[24242.425]: selected /dev/null as PTP clock
ptp4l[24242.427]: port 1: INITIALIZING to LISTENING on INIT_COMPLETE
ptp4l[24244.100]: port 1: new foreign master 020000.fffe.000001-1
ptp4l[24248.100]: selected best master clock 020000.fffe.000001
ptp4l[24248.101]: port 1: LISTENING to UNCALIBRATED on RS_SLAVE
ptp4l[24249.500]: master offset        -23 s0 freq      +0 path delay    3012345
ptp4l[24250.000]: selected local clock 020000.fffe.000003 as best master
ptp4l[24250.5"""


def test_reads_offsets() -> None:
    assert list(offsets(read_log(_LOG))) == [LoggedOffset(24249.5, -23, 3_012_345)]


def test_reads_states() -> None:
    assert list(state_changes(read_log(_LOG))) == [
        StateChange(24242.427, "INITIALIZING", "LISTENING", "INIT_COMPLETE"),
        StateChange(24248.101, "LISTENING", "UNCALIBRATED", "RS_SLAVE")]


def test_reads_which_server_was_selected() -> None:
    identity = clock_identity(two_sites().host("server"))

    assert identity == "020000.fffe.000001"
    assert list(selections(read_log(_LOG))) == [Selection(24248.1, identity), Selection(24250.0, "020000.fffe.000003")]
