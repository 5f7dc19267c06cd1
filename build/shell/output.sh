# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the script prints, and how it waits for something with progress.

say() {
    echo "roundtrip: $*"
}

fail() {
    echo "roundtrip: $1" >&2
    exit "${2:-1}"
}

asks_for_help() {
    [ "${1:-}" = --help ] || [ "${1:-}" = -h ]
}

# Prints a line of progress: over the last one on a terminal, else only when it says something new.
progress() {
    local what=$1 seconds=$2
    if [ -t 1 ]; then
        printf '\r\e[K  %s (%s s)' "${what:0:100}" "$seconds"
    elif [ "$what" != "${last_progress:-}" ]; then
        echo "  $what"
    fi
    last_progress=$what
}

end_progress() {
    [ ! -t 1 ] || printf '\r\e[K'
    last_progress=
}

# Runs a command with its output in a log, and shows what a function finds in that log.
# run_with_progress LOG DESCRIBE COMMAND...; returns the command's exit status.
run_with_progress() {
    local log=$1 describe=$2 status=0 began=$SECONDS
    shift 2
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null &
    local child=$!
    # The shell lets background processes ignore an interrupt, so it is passed on.
    trap 'kill -TERM "$child" 2>/dev/null || true; wait "$child" 2>/dev/null || true; end_progress; exit 130' INT TERM HUP
    while kill -0 "$child" 2>/dev/null; do
        progress "$("$describe" "$log")" $((SECONDS - began))
        sleep 0.5
    done
    wait "$child" || status=$?
    trap - INT TERM HUP
    end_progress
    return "$status"
}
