# SPDX-License-Identifier: Apache-2.0
"""Sessions that clients open themselves, by unicast negotiation with servers of a policy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Iterable

import pytest

from clocks import signalling
from clocks.ptp4l import ClockClient, Clocks, ClockServer, Delivery, Profile, Transport
from clocks.signalling import REQUEST, Tlv
from controller.rest import MPLS_CAPABILITY, await_network
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies import frame_sender
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.description import Host
from topologies.frames import Frame

#: Switches in software delay the fastest messages by tens of microseconds; the slow way is 12 000 longer.
_LARGEST_ERROR = 100.0
_SAMPLES = 100
#: A client asks every second; its tunnel is up and its requests are granted within a few.
_SECONDS_TO_NEGOTIATE = 60.0
_TYPES = ["announce", "delay-resp", "sync"]


def _allow(environment: Environment, *servers: Host, **more: object) -> None:
    """Lets everybody ask servers, unless more is said, and waits until the edge of the network knows."""
    environment.controller.put_clock_policy("policy", {
        "servers": [address for server in servers for address in (server.ip, server.ipv6)],
        "clients": ["10.0.0.0/8", "fd00::/16"], **more})
    await_until(lambda: len([rule for rule in environment.rules_of_negotiation() if rule.table == 20]) >= 4,
                SECONDS_TO_SETTLE, "signalling brought to the controller", environment.describe)


def _session(environment: Environment) -> dict[str, Any]:
    """The only session there is, or nothing."""
    sessions = environment.controller.clock_sessions()
    return sessions[0] if sessions else {}


def _granted(environment: Environment) -> list[str]:
    return sorted(grant["message-type"] for grant in _session(environment).get("grants", []))


def _await_granted(environment: Environment, clocks: Clocks) -> dict[str, Any]:
    await_until(lambda: _granted(environment) == _TYPES, _SECONDS_TO_NEGOTIATE, "three grants",
                lambda: f"{clocks.log()}\n{environment.describe()}")
    return _session(environment)


def _await_no_session(environment: Environment, timeout: float = _SECONDS_TO_NEGOTIATE) -> None:
    await_until(lambda: not environment.controller.clock_sessions(), timeout, "no session", environment.describe)
    await_until(lambda: not environment.controller.te_paths(), SECONDS_TO_SETTLE, "no te-path", environment.describe)
    await_until(lambda: not [rule for rule in environment.rules_of_sessions() if rule.has_label], SECONDS_TO_SETTLE,
                "no rule with a label", environment.describe)


def _send(environment: Environment, sender: Host, frames: Iterable[Frame], rate: float, seconds: float = 0.0) -> None:
    """Sends frames as they are from a host."""
    file = environment.network.folder / "frames"
    file.write_text("\n".join(frame.to_bytes().hex() for frame in frames))
    environment.network.execute(sender, sys.executable, str(Path(frame_sender.__file__)),
                                environment.network.interface(sender), str(rate), str(seconds), str(file),
                                timeout=60.0 + seconds)


def _requests_of(capture: Capture) -> list[list[Tlv]]:
    """The TLVs of each message that has a request."""
    messages = [list(signalling.tlvs_of(frame)) for frame in capture.frames()]
    return [tlvs for tlvs in messages if any(tlv.kind == REQUEST for tlv in tlvs)]


@pytest.mark.parametrize("names", [("server", "client"), ("client", "server")])
def test_clocks_synchronise_with_nothing_configured_but_a_policy(
        environment: Environment, names: tuple[str, str]) -> None:
    server, client = (environment.host(name) for name in names)
    _allow(environment, server)

    with Capture(environment.network, server, "udp dst port 320") as capture, \
            Clocks(environment.network, server, client, Profile(Transport.UDP_IPV4, Delivery.UNICAST)) as clocks:
        session = _await_granted(environment, clocks)
        measured = clocks.measure_path_error(_SAMPLES)
        environment.await_session(session["name"], server, client)
        await_until(lambda: len(_requests_of(capture)) >= 2, SECONDS_TO_SETTLE, "requests at the server",
                    environment.describe)
        requests = _requests_of(capture)

    assert abs(measured) < _LARGEST_ERROR
    assert (session["origin"], session["policy"]) == ("negotiated", "policy")
    assert all(any(tlv.kind == signalling.ORGANIZATION_EXTENSION and tlv.value.startswith(signalling.PATH_CONSISTENCY)
                   and tlv.value[7] & 1 for tlv in tlvs) for tlvs in requests), requests
    known = next(found for found in environment.controller.clock_servers() if found["server"] == server.ip)
    assert known["status"]["state"] == "serving"
    assert known["message-rate"] not in (0, "0")
    assert known["clock-identity"].replace(".", "") == (server.mac[:8] + "fffe" + server.mac[9:]).replace(":", "")


def test_ipv6_is_negotiated_too(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)

    with Clocks(environment.network, server, client, Profile(Transport.UDP_IPV6, Delivery.UNICAST)) as clocks:
        session = _await_granted(environment, clocks)
        measured = clocks.measure_path_error(_SAMPLES)

    assert session["transport"] == "udp-ipv6"
    assert abs(measured) < _LARGEST_ERROR


@pytest.mark.parametrize(("more", "reason"), [
    ({"clients": ["10.9.0.0/16"]}, "does not name the client"),
    ({"domains": [7]}, "domain 0 is not allowed"),
])
def test_a_client_that_no_policy_allows_is_told_so_and_gets_no_tunnel(
        environment: Environment, more: dict[str, object], reason: str) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server, **more)

    with Clocks(environment.network, server, client) as clocks:
        await_until(lambda: "unicast grant of ANNOUNCE rejected" in clocks.client.log(), _SECONDS_TO_NEGOTIATE,
                    "a denial", lambda: f"{clocks.log()}\n{environment.describe()}")
        await_until(lambda: reason in str(environment.controller.clock_servers()), SECONDS_TO_SETTLE,
                    "the refusal counted", environment.describe)

    assert not environment.controller.clock_sessions()
    assert not environment.controller.te_paths()
    assert not [rule for rule in environment.rules_of_sessions() if rule.has_label]


def test_more_messages_than_allowed_are_refused_alone(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server, **{"max-message-rate": 16})

    with Clocks(environment.network, server, client) as clocks:
        await_until(lambda: "unicast grant of SYNC rejected" in clocks.client.log(), _SECONDS_TO_NEGOTIATE,
                    "a denial", lambda: f"{clocks.log()}\n{environment.describe()}")
        assert _granted(environment) == ["announce"]


def test_without_capability_there_is_a_denial_that_says_so(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)
    environment.controller.post("v1/network/configuration", {
        "devices": {environment.network.description.switch(client.port.switch).device_id: {
            "mplsTe": {**MPLS_CAPABILITY, "mpls": False}}}})

    with Clocks(environment.network, server, client) as clocks:
        await_until(lambda: "unicast grant of ANNOUNCE rejected" in clocks.client.log(), _SECONDS_TO_NEGOTIATE,
                    "a denial", lambda: f"{clocks.log()}\n{environment.describe()}")
        await_until(lambda: "mpls" in str(environment.controller.clock_servers()), SECONDS_TO_SETTLE,
                    "the missing parameter named", environment.describe)
    _await_no_session(environment)


def test_a_client_that_cancels_leaves_nothing(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)

    with ClockServer(environment.network, server):
        with ClockClient(environment.network, client, [server]) as asking:
            await_until(lambda: _granted(environment) == _TYPES, _SECONDS_TO_NEGOTIATE, "three grants",
                        lambda: f"{asking.describe()}\n{environment.describe()}")
            asking.kill()
        with Capture(environment.network, server, "udp dst port 320") as capture:
            cancels = signalling.message(client, map(signalling.cancel, (
                signalling.ANNOUNCE, signalling.SYNC, signalling.DELAY_RESP)))
            _send(environment, client, [signalling.frame(client, server, cancels)], rate=1)
            # Not that the server has acknowledged it: ptp4l does not do so.
            await_until(lambda: sum(tlv.kind == signalling.CANCEL for frame in capture.frames()
                                    for tlv in signalling.tlvs_of(frame)) == 3, SECONDS_TO_SETTLE,
                        "the cancel at the server", environment.describe)
            _await_no_session(environment, timeout=20.0)


def test_a_client_that_dies_leaves_nothing(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)

    with ClockServer(environment.network, server), \
            ClockClient(environment.network, client, [server], Profile(grant_duration=300)) as asking:
        await_until(lambda: _granted(environment) == _TYPES, _SECONDS_TO_NEGOTIATE, "three grants",
                    lambda: f"{asking.describe()}\n{environment.describe()}")
        asking.kill()
        # Long before its grants expire: it has sent no Delay_Req for too long.
        _await_no_session(environment, timeout=100.0)


def test_taking_the_policy_away_ends_the_session_and_opens_the_network_again(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)

    with Clocks(environment.network, server, client) as clocks:
        _await_granted(environment, clocks)
        environment.controller.remove_clock_policy("policy")
        _await_no_session(environment)
    environment.await_nothing_left()


def test_hostile_signalling_hurts_nobody_else(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    rogue = environment.host("client2")
    _allow(environment, server)

    with Clocks(environment.network, server, client) as clocks:
        _await_granted(environment, clocks)
        quiet = clocks.measure_path_error(_SAMPLES)
        with Capture(environment.network, server, f"src host {rogue.ip}") as capture:
            _send(environment, rogue, [*signalling.malformed(rogue, server), *signalling.lying(rogue, server)],
                  rate=40)
            forged = signalling.frame(client, server, signalling.message(client, [
                signalling.cancel(signalling.ANNOUNCE), signalling.cancel(signalling.SYNC)]))
            _send(environment, rogue, [Frame(rogue.mac, forged.destination, forged.ethernet_type, forged.payload)],
                  rate=40)
            flood = signalling.frame(rogue, server, signalling.message(rogue, [signalling.request(7, 0, 60)]))
            clocks.forget()
            before = _punted(environment, rogue)
            _send(environment, rogue, [flood], rate=2_000, seconds=10.0)
            passed = _punted(environment, rogue) - before
            errors = clocks.errors()
            clocks.measure(_SAMPLES)
            assert not [frame for frame in capture.frames()
                        if any(tlv.kind in (REQUEST, signalling.CANCEL) for tlv in signalling.tlvs_of(frame))
                        and frame[6:12].hex() == client.mac.replace(":", "")]

        assert _granted(environment) == _TYPES
        assert abs(quiet) < _LARGEST_ERROR
        # 32 Sync a second: two thirds of what came in ten quiet seconds is not yet a disturbance on a busy machine.
        assert len(errors) > 200
        assert passed < 2_000, "the meter lets a flood through"
        environment.controller.get("v1/devices")


def _punted(environment: Environment, host: Host) -> int:
    """How many packets of signalling a port's meter has let through to the controller."""
    dump = environment.network.openvswitch.openflow("meter-stats", host.port.switch)
    rule = next(rule for rule in environment.rules_of_negotiation()
                if rule.table == 20 and rule.switch == host.port.switch
                and rule.match in (f"in_port={host.port.number}",
                                   f'in_port="{host.port.switch}-eth{host.port.number}"'))
    meter = rule.actions.split("meter:")[1].split(",")[0]
    entry = next(part for part in dump.split("meter:")[1:] if part.split()[0] == meter)
    counts = dict(word.split(":") for word in entry.replace("bands:", "").split() if ":" in word)
    dropped = int(entry.split("0: packet_count:")[1].split()[0])
    return int(counts["packet_in_count"]) - dropped


def test_a_negotiated_session_outlives_its_controller(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    _allow(environment, server)

    with Clocks(environment.network, server, client, Profile(grant_duration=80)) as clocks:
        session = _await_granted(environment, clocks)
        environment.instance.kill()
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR
        environment.instance.start()
        await_network(environment.controller, environment.network.description)
        environment.await_session(session["name"], server, client, timeout=60)
        assert _granted(environment) == _TYPES
        first = {grant["message-type"]: grant["expires"] for grant in _session(environment)["grants"]}
        await_until(lambda: all(grant["expires"] > first[grant["message-type"]]
                                for grant in _session(environment)["grants"]), 150.0, "the renewal of all grants",
                    lambda: f"{clocks.log()}\n{environment.describe()}")
        assert abs(clocks.measure_path_error(_SAMPLES)) < _LARGEST_ERROR
        clocks.client.kill()
        _await_no_session(environment, timeout=200.0)
