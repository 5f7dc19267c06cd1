#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs Debian packages, as root, without starting the services that come with them: the switches and clocks of
# Roundtrip are processes of its own. A policy of this system for that is left as it is.
set -euo pipefail

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\n# Made by roundtrip for the length of one apt-get: start no service.\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi

apt-get update -q
apt-get install -y -q --no-install-recommends "$@"
