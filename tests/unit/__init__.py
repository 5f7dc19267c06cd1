# SPDX-License-Identifier: Apache-2.0
"""Tests of what computes in the tests' own tools: a measurement is only as good as its arithmetic."""
