# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests of how the programs beside the controller start on a node."""
