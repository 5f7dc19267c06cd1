# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests: a real controller, real switches and real clocks, all in one private namespace."""
