# SPDX-License-Identifier: Apache-2.0
"""Real clocks: linuxptp's ptp4l on the hosts of an emulated network, and what they measure."""
