# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a JDK 17: ONOS 2.5 does not start on a much newer one.

is_java_17() {
    [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="17[."]' "$1/release" 2>/dev/null
}

# Prints the home of a JDK 17, that of JAVA_HOME if it is one, or fails.
find_java_17() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*17*; do
        if is_java_17 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}
