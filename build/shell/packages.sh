# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian packages that are missing, and nothing that is there in another way.

# package=what shows that it is there: a command, a file, or a Python module.
# shellcheck disable=SC2034 # Used by the script that includes this.
for_building=(openjdk-17-jdk-headless=java-17 maven=mvn curl=curl util-linux=flock procps=ps)
# shellcheck disable=SC2034
for_networks=(openvswitch-switch=ovs-vswitchd mininet=mn linuxptp=ptp4l libyang-tools=yanglint gcc=gcc
    libc6-dev=/usr/include/stdlib.h python3=python3 python3-pytest=python:pytest python3-requests=python:requests
    ethtool=ethtool iproute2=ip iputils-ping=ping tcpdump=tcpdump util-linux=unshare sudo=sudo socat=socat)
# shellcheck disable=SC2034
for_benchmarks=(haproxy=haproxy iperf3=iperf3 nftables=nft wrk=wrk)
# shellcheck disable=SC2034
for_testing=(python3-mypy=python:mypy flake8=flake8 shellcheck=shellcheck git=git
    nftables=nft openssl=openssl systemd=/lib/systemd/systemd
    protobuf-compiler=protoc python3-protobuf=python:google.protobuf python3-grpcio=python:grpc)

is_there() {
    case $1 in
        java-17) find_java_17 >/dev/null ;;
        python:*) /usr/bin/python3 -c "import ${1#python:}" 2>/dev/null ;;
        /*) [ -e "$1" ] ;;
        *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
    esac
}

# Runs a command as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "needs root for: $*. Run it as root, or install sudo"
    fi
}

# provide PACKAGE=SIGN...
provide() {
    local entry missing=()
    for entry in "$@"; do
        is_there "${entry#*=}" || missing+=("${entry%%=*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "needs ${missing[*]}, and this system has no apt-get; install what corresponds to these Debian packages"
    say "installing ${missing[*]}"
    install_packages "${missing[@]}"
    for entry in "$@"; do
        is_there "${entry#*=}" || fail "${entry%%=*} was installed but ${entry#*=} is not there; see $instance/log/apt.log"
    done
}

install_packages() {
    local log=$instance/log/apt.log
    [ "$(id -u)" -eq 0 ] || sudo -v || fail "needs root to install $*"
    run_with_progress "$log" last_line as_root env DEBIAN_FRONTEND=noninteractive \
        bash "$repository/build/shell/install-packages.sh" "$@" ||
        fail "apt-get could not install $*; see $log"
}

last_line() {
    tail -n 1 "$1" | cut -c 1-100
}
