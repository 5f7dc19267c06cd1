# SPDX-License-Identifier: Apache-2.0
"""The script that sets up the interface of an agent, in network namespaces of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from topologies.processes import CommandFailed, output_of
from topologies.private_namespace import in_private_namespace

_DETECTION = Path(__file__).parents[2] / "apps" / "detection"
_SCRIPT = _DETECTION / "agent" / "src" / "main" / "scripts" / "setup-interface"

#: All that the script may change of an interface.
_SHOW = """
show() {
    ip -o address show dev probe
    ip -o link show dev probe | sed 's/ qdisc [a-z]*//'
    for version in -4 -6; do
        ip $version route show dev probe
        ip $version neighbour show dev probe nud permanent
    done
    grep . /proc/sys/net/ipv4/conf/probe/rp_filter /proc/sys/net/ipv6/conf/probe/disable_ipv6 \
        /proc/sys/net/ipv6/conf/probe/addr_gen_mode /proc/sys/net/ipv6/conf/probe/accept_ra \
        /proc/sys/net/ipv6/conf/probe/router_solicitations
}
"""


def _in_namespace(folder: Path, script: str) -> str:
    """Runs a shell script where there is an interface, probe, and returns what it printed."""
    begin = ("set -e; echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6;"
             " ip link add dev probe type veth peer name other; ip link set other up;"
             f" export STATE_DIRECTORY={folder}; setup={_SCRIPT}; {_SHOW}")
    return output_of(in_private_namespace(["sh", "-c", begin + script]))


def test_gives_the_interface_addresses_routes_and_the_gateway(tmp_path: Path) -> None:
    shown = _in_namespace(tmp_path, "$setup probe; show")
    for expected in ("inet 169.254.255.1/32 scope link", "inet6 fe80::de:1/128 scope link",
                     "link/ether 0e:de:00:00:00:01", "169.254.255.2 lladdr 0e:de:00:00:00:02 PERMANENT",
                     "fe80::de:2 lladdr 0e:de:00:00:00:02 PERMANENT",
                     "169.254.64.0/18 via 169.254.255.2 src 169.254.255.1 onlink",
                     "fe80::de:1:0/114 via fe80::de:2", ",UP,"):
        assert expected in shown
    assert "tentative" not in shown


def test_uses_the_addresses_of_the_controller() -> None:
    sources = "".join((_DETECTION / path).read_text() for path in (
        "src/main/java/org/roundtrip/detection/compute/ProbeAddresses.java",
        "protocol/src/main/java/org/roundtrip/detection/protocol/ReservedSource.java"))
    script = dict(re.findall(r"^([A-Z0-9_]+)=(\S+)$", _SCRIPT.read_text(), re.MULTILINE))
    for constant in ("MAC", "GATEWAY_MAC", "SOURCE4", "SOURCE6"):
        assert f'"{script[constant]}"' in sources
    for constant in ("TARGETS4", "TARGETS6"):
        assert f'"{script[constant].partition("/")[0]}"' in sources


def test_may_be_run_again(tmp_path: Path) -> None:
    once = _in_namespace(tmp_path / "once", "$setup probe; show")
    twice = _in_namespace(tmp_path / "twice", "$setup probe; $setup probe; show")
    # The peers of interfaces are numbered alike in both namespaces.
    assert twice == once


def test_repairs_what_somebody_took_away(tmp_path: Path) -> None:
    whole = _in_namespace(tmp_path / "whole", "$setup probe; show")
    assert _in_namespace(tmp_path / "repaired", "$setup probe; ip link set probe down; ip address flush dev probe;"
                                                " $setup probe; show") == whole


@pytest.mark.parametrize("preparation", ["", "ip link set probe up;",
                                         "echo 2 >/proc/sys/net/ipv4/conf/probe/rp_filter;",
                                         "ip address add 192.0.2.1/24 dev probe;"])
def test_what_it_removes_leaves_no_trace(tmp_path: Path, preparation: str) -> None:
    # The address of an interface is a random one.
    begin = f"ip link set probe address 02:00:00:00:00:01; {preparation}"
    before = _in_namespace(tmp_path, begin + "show")
    for removal in ("$setup remove probe;", "$setup probe; $setup remove probe; $setup remove probe;"):
        assert _in_namespace(tmp_path, f"{begin} $setup probe; {removal} show") == before
    assert not list(tmp_path.iterdir())


def test_removes_what_has_gone(tmp_path: Path) -> None:
    _in_namespace(tmp_path, "$setup probe; ip link del probe; $setup remove probe")
    assert not list(tmp_path.iterdir())


def test_filters_reverse_paths_no_more_than_it_must(tmp_path: Path) -> None:
    strict = "echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter;"
    value = "cat /proc/sys/net/ipv4/conf/probe/rp_filter"
    assert _in_namespace(tmp_path / "strict", f"{strict} $setup probe; {value}") == "2\n"
    assert _in_namespace(tmp_path / "none", f"$setup probe; {value}") == "0\n"


@pytest.mark.parametrize("command, said", [
    ("$setup", "usage"),
    ("$setup probe other", "usage"),
    ("$setup remove", "usage"),
    ("$setup ../probe", "usage"),
    ("$setup --help", "usage"),
    ("$setup nothing", "there is no interface nothing"),
    ("$setup lo", "lo has no MAC address"),
    ("$setup probe; $setup other", 'probe is set up already: run "setup-interface remove probe" first'),
    ("echo 1024 65535 >/proc/sys/net/ipv4/ip_local_port_range; $setup probe",
     "net.ipv4.ip_local_port_range begins with 1024"),
    ("setpriv --reuid 1 --clear-groups $setup probe", "only root may do this"),
])
def test_says_what_is_wrong(tmp_path: Path, command: str, said: str) -> None:
    with pytest.raises(CommandFailed, match=re.escape(said)):
        _in_namespace(tmp_path, command)
