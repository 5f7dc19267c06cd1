# SPDX-License-Identifier: Apache-2.0
"""Benchmarks: measured on real switches, with a peer in the same run where there is one."""
