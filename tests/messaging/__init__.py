# SPDX-License-Identifier: Apache-2.0
"""Data centres with brokers, proxies and applications that send each other messages, and what becomes of these."""
