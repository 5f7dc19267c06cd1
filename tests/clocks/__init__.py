# SPDX-License-Identifier: Apache-2.0
"""Real clocks: linuxptp's ptp4l on the hosts of an emulated network, and what they measure."""

import sys
from pathlib import Path

# What the reporter reads of ptp4l's events, the tests read with its code.
sys.path.append(str(Path(__file__).resolve().parents[2] / "apps" / "clock" / "reporter"))
