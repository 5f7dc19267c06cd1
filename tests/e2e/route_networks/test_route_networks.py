# SPDX-License-Identifier: Apache-2.0
"""The network of routes of messages: what takes it, what does not, and what becomes of it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import Iterator

from e2e.environment import SECONDS_TO_SETTLE
from e2e.messaging.environment import MESSAGING
from e2e.route_networks.environment import BROKER_PORT, NORTHWARDS, OTHER_PORT, PATH, SOUTHWARDS, \
    RouteNetworkEnvironment, Talker
from topologies.awaiting import await_until
from topologies.capture import Capture
from topologies.description import Port
from topologies.packets import Packet, packets_of
from topologies.rules import Rule

_LABEL = 4
_ETHERNET = 12


def _up(wan: RouteNetworkEnvironment) -> None:
    """Both routes have their network."""
    wan.configure(wan.configuration())
    wan.await_network("up")
    wan.await_network("up", origin="south", destination="north")


@contextmanager
def _talking(wan: RouteNetworkEnvironment) -> Iterator[Talker]:
    """Proxies of the north talk to the broker of the south, over the network of the route."""
    _up(wan)
    wan.forward_other_traffic(wan.other_core())
    with wan.listening("south", BROKER_PORT), wan.talker("north", "south", BROKER_PORT) as talker:
        talker.await_more()
        yield talker


def _labelled(capture: Capture) -> list[Packet]:
    """The packets that were captured with one label, without it."""
    return packets_of([frame[:_ETHERNET] + b"\x08\x00" + frame[_ETHERNET + 2 + _LABEL:] for frame in capture.frames()])


def _ends(packets: list[Packet]) -> set[tuple[str, str, int]]:
    """Who sends to whom in a list of packets, and the port of the server."""
    return {(packet.source, packet.destination, min(packet.source_port, packet.destination_port))
            for packet in packets}


def _await_bandwidth(wan: RouteNetworkEnvironment, wanted: int) -> None:
    await_until(lambda: int(wan.controller.te_path(PATH)["bandwidth"]) == wanted, SECONDS_TO_SETTLE,
                f"{wanted} bit/s", wan.describe)


def _rules(wan: RouteNetworkEnvironment) -> dict[tuple[str, int, int, str], Rule]:
    return {rule.identity: rule for rule in wan.rules_of_sessions()}


def test_connections_of_routes_take_the_te_path_both_ways_and_nothing_else_does(wan: RouteNetworkEnvironment) -> None:
    _up(wan)
    working, other = wan.working_core(), wan.other_core()
    wan.forward_other_traffic(other)
    north, south = wan.centres["north"], wan.centres["south"]
    ports = [wan.link(f"wan-n-{core}").a for core in (working, other)]
    with ExitStack() as stack:
        for centre, port in (("south", BROKER_PORT), ("south", OTHER_PORT), ("north", BROKER_PORT)):
            stack.enter_context(wan.listening(centre, port))
        on_path = stack.enter_context(Capture(wan.network, ports[0], "mpls"))
        beside = stack.enter_context(Capture(wan.network, ports[0], "ip and tcp"))
        elsewhere = stack.enter_context(Capture(wan.network, ports[1], "ip and tcp"))
        for origin, destination, port in (("north", "south", BROKER_PORT), ("north", "south", OTHER_PORT),
                                          ("south", "north", BROKER_PORT)):
            stack.enter_context(wan.talker(origin, destination, port)).await_more()
        labelled, unlabelled, others = _labelled(on_path), packets_of(beside.frames()), packets_of(elsewhere.frames())

    a, b = north.proxies.address, south.broker.address
    c, d = south.proxies.address, north.broker.address
    assert _ends(labelled) == {(a, b, BROKER_PORT), (b, a, BROKER_PORT), (c, d, BROKER_PORT), (d, c, BROKER_PORT)}
    assert _ends(unlabelled) == set()
    assert _ends(others) == {(a, b, OTHER_PORT), (b, a, OTHER_PORT)}


def test_both_routes_share_a_te_path_with_the_bandwidth_of_both(wan: RouteNetworkEnvironment) -> None:
    _up(wan)

    [path] = wan.route_network()["paths"]
    [reverse] = wan.route_network("south", "north")["paths"]
    assert (path["te-path"], path["state"], path["standby"]) == (PATH, "up", "ready")
    assert int(path["bandwidth"]) == int(reverse["bandwidth"]) == SOUTHWARDS + NORTHWARDS
    assert [hop["device"] for hop in path["hops"]] == [hop["device"] for hop in reversed(reverse["hops"])]
    te_path = wan.controller.te_path(PATH)
    assert (te_path["owner"], te_path["forward"]) == ("org.roundtrip.messaging", path["hops"])
    assert wan.controller.verify_te_path(PATH)["co-routed"] is True


def test_a_link_is_cut_and_connections_go_on_by_the_other_way(wan: RouteNetworkEnvironment) -> None:
    with _talking(wan) as talker:
        working, other = wan.working_core(), wan.other_core()
        # So that nothing but the te-path can carry what goes on.
        wan.forward_other_traffic(working)
        wan.network.cut(wan.link(f"wan-n-{working}"))
        talker.await_more()
        wan.await_network("degraded", "standby")
        assert wan.working_core() == other
        wan.network.restore(wan.link(f"wan-n-{working}"))
        wan.await_network("up")
        talker.await_more()
        print(f"longest gap {talker.longest_gap():.3f} s")


def test_more_bandwidth_and_one_route_less_do_not_disturb_connections(wan: RouteNetworkEnvironment) -> None:
    with _talking(wan) as talker:
        for southwards, northwards in ((2 * SOUTHWARDS, NORTHWARDS), (SOUTHWARDS, 0), (SOUTHWARDS, 3 * NORTHWARDS)):
            wan.configure(wan.configuration(southwards, northwards))
            _await_bandwidth(wan, southwards + northwards)
            wan.await_network("up")
            talker.await_more()
        states = [change["state"] for change in wan.controller.te_path_history(PATH)]
        assert "down" not in states and "removing" not in states, states


def test_nothing_is_left_when_the_bandwidth_is_taken_away(wan: RouteNetworkEnvironment) -> None:
    with _talking(wan) as talker:
        assert wan.rules_of_sessions()
        wan.configure(wan.configuration(0, 0))
        wan.await_network("none", "no bandwidth is configured for it")
        wan.await_nothing_left()
        # By the other forwarding that there is.
        talker.await_more()


def test_a_controller_that_dies_finds_everything_as_it_was(wan: RouteNetworkEnvironment) -> None:
    with _talking(wan) as talker:
        before = _rules(wan)
        wan.instance.kill()
        talker.await_more()
        wan.instance.start()
        wan.await_network("up")
        wan.await_network("up", origin="south", destination="north")
        talker.await_more()
        after = _rules(wan)
    assert after.keys() == before.keys()
    assert all(after[rule].age > before[rule].age for rule in before), "rules were replaced"


def test_another_gateway_takes_over(wan: RouteNetworkEnvironment) -> None:
    south = wan.host("south")
    spare = Port("wan-s", 9)
    configuration = wan.configuration()
    configuration["data-centres"][1]["gateways"].append(wan.network.description.connect_point(spare))
    wan.configure(configuration)
    wan.await_network("up")
    with wan.listening("south", BROKER_PORT), wan.talker("north", "south", BROKER_PORT) as talker:
        talker.await_more()
        wan.network.move(south, spare)
        talker.await_more()
        assert wan.await_network("up")["paths"][0]["hops"][-1]["out-port"] == str(spare.number)


def test_what_can_not_be_set_up_is_said_and_tried_again(wan: RouteNetworkEnvironment) -> None:
    configuration = wan.configuration()
    south = configuration["data-centres"][1]
    right = dict(south)

    south["gateways"] = ["of:00000000000000ff/1"]
    wan.configure(configuration)
    assert wan.await_network("down", "of:00000000000000ff")["paths"] == []
    south.update(right, **{"bootstrap-servers": ["kafka.south.example.net:9092"]})
    wan.configure(configuration)
    wan.await_network("down", "configure the addresses of the brokers of south")
    # The other route is none the worse for it.
    wan.await_network("up", origin="south", destination="north")
    south["brokers"] = [f"{wan.centres['south'].broker.address}/32:{BROKER_PORT}"]
    wan.configure(configuration)
    wan.await_network("up")

    wan.configure(wan.configuration(10 ** 15))
    wan.await_network("degraded", "bandwidth")
    assert int(wan.controller.te_path(PATH)["bandwidth"]) == SOUTHWARDS + NORTHWARDS
    wan.configure(wan.configuration())
    wan.await_network("up")


def test_operators_see_the_network_of_a_route(wan: RouteNetworkEnvironment) -> None:
    _up(wan)
    run = wan.instance.run_command
    assert "NETWORK" in run("message-routes")
    shown = run("message-route-show north south")
    assert f"te-path {PATH}: up, {(SOUTHWARDS + NORTHWARDS) // 1_000_000}M in each direction" in shown
    assert "standby: ready" in shown
    gateway = wan.network.description.connect_point(wan.host("south").port)
    run(f"message-data-centre-add --gateway {gateway} --proxy {wan.centres['south'].proxies.address}"
        f" --broker {wan.centres['south'].broker.address}:{BROKER_PORT} south kafka.south.example.net:9092")
    assert wan.controller.get(f"{MESSAGING}/data-centres/south")["brokers"] == [
        f"{wan.centres['south'].broker.address}:{BROKER_PORT}"]
    wan.await_network("up")
