# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests of detection: real agents on service nodes, whose findings virtual servers act upon."""
