# SPDX-License-Identifier: Apache-2.0
"""The controller as its users see it: started by its own script, asked over REST and over its command line."""
