# SPDX-License-Identifier: Apache-2.0
"""Real servers and clients of virtual servers, and what becomes of their connections."""
