# SPDX-License-Identifier: Apache-2.0
"""Clock sessions with real clocks."""
