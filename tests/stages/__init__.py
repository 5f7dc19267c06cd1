# SPDX-License-Identifier: Apache-2.0
"""The stages of ./roundtrip test: what runs, in which order, and what came out of it."""
