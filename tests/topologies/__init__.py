# SPDX-License-Identifier: Apache-2.0
"""Emulated networks: real Open vSwitch, Mininet hosts and links with a delay of their own in each direction."""
