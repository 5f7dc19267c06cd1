# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
#
# Builds the distribution when its sources have changed.

# shellcheck source=karaf-distribution/assembly/src/main/resources/bin/java-17.sh
source "$repository/karaf-distribution/assembly/src/main/resources/bin/java-17.sh"

build_command() {
    if asks_for_help "$@"; then
        echo "Usage: ./roundtrip build"
        echo
        echo "Builds the controller and the applications if their sources have changed since the last build."
        return
    fi
    [ $# -eq 0 ] || fail "build takes no option; it got $1" 2
    provide "${for_building[@]}"
    build_if_stale
}

# Names the content of all that is built: the distribution, the proxies, and the broker of the demo.
source_id() {
    (cd "$repository" && find pom.xml build/header.txt .mvn apps features karaf-distribution tests/broker yang \
        \( -name target -o -name 'target-*' -o -path '*/src/test' \) -prune -o -type f ! -name '*.md' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

build_if_stale() {
    local id stamp=$distribution/.sources
    id=$(source_id)
    [ "$id" != "$(cat "$stamp" 2>/dev/null)" ] || return 0
    mkdir -p "$instance"
    exec 8>>"$instance/build.lock"
    if ! flock -n 8; then
        say "waiting for another build"
        flock 8
    fi
    if [ "$id" != "$(cat "$stamp" 2>/dev/null)" ]; then
        build
        echo "$id" > "$stamp"
    fi
    exec 8>&-
}

# Takes away what was built of other sources, for what builds without asking.
remove_if_stale() {
    [ "$(source_id)" = "$(cat "$distribution/.sources" 2>/dev/null)" ] || rm -rf "$distribution"
}

build() {
    local log=$instance/log/build.log began=$SECONDS
    say "building the controller and the applications; the first time takes some minutes, to download what they are made of"
    rm -rf "$distribution"
    ! running_pid >/dev/null || say "the controller that runs is of the older build until you stop and start it"
    JAVA_HOME=$(find_java_17) run_with_progress "$log" build_step \
        mvn -B -ntp -f "$repository/pom.xml" -pl karaf-distribution/assembly,apps/messaging/proxy,tests/broker -am install -DskipTests -DskipITs || {
        grep -E '^\[ERROR\]' "$log" | head -n 8 >&2 || true
        fail "the build failed; all of it is in $log"
    }
    say "built in $((SECONDS - began)) s"
}

# The module that Maven is at: "Building Roundtrip: base [2/14]".
build_step() {
    sed -n 's/^\[INFO\] \(Building Roundtrip.*\]\)$/\1/p' "$1" | tail -n 1 | tr -s ' '
}
