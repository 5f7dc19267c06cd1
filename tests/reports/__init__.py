# SPDX-License-Identifier: Apache-2.0
"""Reports: figures that were measured, beside those of a peer from the same run."""
