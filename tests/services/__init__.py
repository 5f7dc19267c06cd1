# SPDX-License-Identifier: Apache-2.0
"""What starts services on a node."""
