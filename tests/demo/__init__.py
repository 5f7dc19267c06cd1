# SPDX-License-Identifier: Apache-2.0
"""The demo: the time error of a clock over ordinary forwarding and over a co-routed path, measured on the spot."""
