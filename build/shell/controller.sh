# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
#
# Starts, asks and stops the controller of this instance.

controller_home=$instance/controller
seconds_to_start=180
seconds_to_stop=30

# Prints the pid of the running controller, or fails. A pid that was used again has another start time.
running_pid() {
    local pid started
    read -r pid started 2>/dev/null < "$controller_home/pid" || return 1
    [ "$(cut -d ' ' -f 22 "/proc/$pid/stat" 2>/dev/null)" = "$started" ] || return 1
    echo "$pid"
}

# The address at which the running controller answers on this machine.
address() {
    local listen
    listen=$(cat "$controller_home/listen" 2>/dev/null || echo 127.0.0.1)
    [ "$listen" != 0.0.0.0 ] || listen=127.0.0.1
    echo "$listen"
}

# Prints what is not ready, a line each; succeeds when nothing is in the way.
obstacles() {
    local answer
    answer=$(curl -s --max-time 10 -H 'Accept: text/plain' -w '%{http_code}' \
        "http://$(address):8181/onos/roundtrip/ready") || answer=000
    case $answer in
        *200) return 0 ;;
        *503) echo "${answer%503}" | sed '/^$/d' ;;
        *) echo "karaf: does not answer yet" ;;
    esac
    return 1
}

start_controller() {
    local listen=127.0.0.1 pid
    while [ $# -gt 0 ]; do
        case $1 in
            --listen) listen=${2:?--listen needs an address}; shift 2 ;;
            --help | -h) start_usage; return ;;
            *) start_usage >&2; fail "start knows no option $1" 2 ;;
        esac
    done
    provide "${for_building[@]}"
    if pid=$(running_pid); then
        say "a controller runs already (pid $pid)"
    else
        build_if_stale
        launch "$listen"
    fi
    await_ready
    say "the controller is ready: REST http://$(address):8181/onos/v1 (onos/rocks), OpenFlow $(address):6653"
    say "next: ./roundtrip shell, ./roundtrip logs, ./roundtrip stop"
}

start_usage() {
    cat <<'TEXT'
Usage: ./roundtrip start [--listen ADDRESS]

Starts a controller in the background, with the applications, and waits until it is ready. State of an earlier run is
taken up again. Installs and builds what is missing.

  --listen ADDRESS  the local address for REST (8181), ssh (8101) and OpenFlow (6633, 6653). Default 127.0.0.1, which no
                    other machine reaches. 0.0.0.0 is all addresses: then everyone who reaches this machine can log in
                    with the well-known passwords, unless you change etc/users.properties of the distribution.
TEXT
}

launch() {
    local listen=$1
    mkdir -p "$controller_home/log"
    say "starting a controller; its state is in $controller_home"
    rm -f "$controller_home/pid"
    setsid "$distribution/bin/controller" --home "$controller_home" --listen "$listen" \
        >"$controller_home/log/console.log" 2>&1 </dev/null &
    launched=$!
}

await_ready() {
    local began=$SECONDS waiting
    trap 'end_progress; abandon; exit 130' INT TERM HUP
    until waiting=$(obstacles); do
        if [ -n "${launched:-}" ] && ! kill -0 "$launched" 2>/dev/null; then
            end_progress
            tail -n 5 "$controller_home/log/console.log" >&2
            fail "the controller ended before it was ready; see $controller_home/log"
        fi
        if [ $((SECONDS - began)) -gt "$seconds_to_start" ]; then
            end_progress
            echo "$waiting" >&2
            abandon
            fail "not ready after $seconds_to_start s, because of the above; the log is $controller_home/log/controller.log"
        fi
        # The first is a cause, if any is; why it waits is of interest only if that does not change.
        progress "waiting for ${waiting%%:*}" $((SECONDS - began))
        sleep 0.5
    done
    trap - INT TERM HUP
    end_progress
}

# Ends what this call has started, and nothing that ran before.
abandon() {
    if [ -n "${launched:-}" ]; then
        kill -KILL "$launched" 2>/dev/null || true
        wait "$launched" 2>/dev/null || true
    fi
}

stop_controller() {
    local pid
    if asks_for_help "$@"; then
        echo "Usage: ./roundtrip stop"
        echo
        echo "Stops the controller that ./roundtrip start has started. Its state stays for the next start."
        return
    fi
    [ $# -eq 0 ] || fail "stop takes no option; it got $1" 2
    if ! pid=$(running_pid); then
        say "no controller runs"
        return
    fi
    kill -TERM "$pid"
    local began=$SECONDS
    while running_pid >/dev/null; do
        if [ $((SECONDS - began)) -gt "$seconds_to_stop" ]; then
            end_progress
            say "it did not stop in $seconds_to_stop s; killing it, which its state survives"
            kill -KILL "$pid"
        fi
        progress "stopping the controller" $((SECONDS - began))
        sleep 0.2
    done
    end_progress
    rm -f "$controller_home/pid"
    say "stopped"
}

show_status() {
    local pid waiting
    if asks_for_help "$@"; then
        echo "Usage: ./roundtrip status"
        echo
        echo "Says whether the controller runs, and what of it is not ready and why."
        echo "Exit status: 0 it is ready, 1 it runs but is not ready, 3 it does not run."
        return
    fi
    [ $# -eq 0 ] || fail "status takes no option; it got $1" 2
    if ! pid=$(running_pid); then
        say "no controller runs"
        return 3
    fi
    say "a controller runs: pid $pid, for $(ps -o etime= -p "$pid" | tr -d ' '), on $(cat "$controller_home/listen")"
    if waiting=$(obstacles); then
        say "it is ready"
    else
        say "it is not ready:"
        echo "  ${waiting//$'\n'/$'\n  '}"
        return 1
    fi
}

open_shell() {
    if asks_for_help "$@"; then
        cat <<'TEXT'
Usage: ./roundtrip shell [COMMAND...]

Opens the ONOS command line of the running controller; ctrl-D ends it. With a COMMAND, runs that and prints its result:

  ./roundtrip shell te-paths -j
TEXT
        return
    fi
    running_pid >/dev/null || fail "no controller runs; start one with ./roundtrip start" 3
    local client=("$distribution/bin/client" -h "$(address)" -a 8101 -u onos -p rocks)
    JAVA_HOME=$(find_java_17)
    export JAVA_HOME
    if [ $# -gt 0 ]; then
        exec "${client[@]}" -b <<<"$(command_line "$@")"
    elif [ -t 0 ]; then
        exec "${client[@]}"
    else
        exec "${client[@]}" -b
    fi
}

# Arguments as the ONOS command line reads them.
command_line() {
    local argument line=$1
    shift
    for argument in "$@"; do
        [[ $argument != *[[:space:]]* ]] || argument="\"$argument\""
        line+=" $argument"
    done
    echo "$line"
}

show_logs() {
    local log=$controller_home/log/controller.log
    if asks_for_help "$@"; then
        echo "Usage: ./roundtrip logs [-f]"
        echo
        echo "Shows the last 200 lines of the controller's log; -f goes on with what is added."
        return
    fi
    [ -e "$log" ] || fail "there is no log yet: $log. Start a controller with ./roundtrip start" 3
    case ${1:-} in
        '') exec tail -n 200 "$log" ;;
        -f) exec tail -n 200 -F "$log" ;;
        *) fail "logs knows no option $1" 2 ;;
    esac
}
