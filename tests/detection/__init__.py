# SPDX-License-Identifier: Apache-2.0
"""Agents of detection on the service nodes of an emulated network."""
