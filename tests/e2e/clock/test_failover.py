# SPDX-License-Identifier: Apache-2.0
"""A session that goes to another way never lets a client measure over two ways at once.

What an unmodified ptp4l does: it keeps the path delays of the former way in its filter, and so computes offsets that
are wrong by the difference of the ways, unless it loses its server in between. It does when it has heard no Announce
message for announceReceiptTimeout to announceReceiptTimeout + 1 intervals; then it begins anew with an empty filter.
So both ends admit nothing for that long after each move: the resume delay of a session.
"""

from __future__ import annotations

import datetime
import time
from typing import Any, Sequence

from clocks.log import LoggedOffset
from clocks.ptp4l import ClockClient, Clocks, Profile
from clocks.ways import Ways, periods, samples
from e2e.environment import SECONDS_TO_SETTLE, Environment
from topologies.awaiting import await_until
from topologies.description import Delay
from topologies.two_sites import FAST, SLOW

_FAIL_OVERS = 20

#: Announce messages come eight times a second, so that a client loses its server within four eighths of a second.
_PROFILE = Profile(log_announce_interval=-3)
_SECONDS_TO_LOSE_THE_SERVER = (_PROFILE.announce_receipt_timeout + 1) * 2.0 ** _PROFILE.log_announce_interval
#: What the two ends of a session may differ in, and an Announce message may take over the slow way, is within this.
_MARGIN = 0.3
_RESUME_DELAY = round((_SECONDS_TO_LOSE_THE_SERVER + _MARGIN) * 1000)

#: Which link is cut to take the session off a way of which it is a part.
_CUTS = ("c1-c2", "c3-c4")
#: Each way has three links. What switches and relays take on top is a few tenths of a millisecond.
_OVERHEAD = 400_000

#: The controller tells times in whole milliseconds.
_RESOLUTION = datetime.timedelta(milliseconds=1)

#: So many offsets are computed of each period between two fail-overs at least.
_OFFSETS = 12
#: A busy machine delivers a message late now and then, which has nothing to do with fail-overs.
_LARGEST_SHARE_OF_LATE_MESSAGES = 0.02


def _delay(link: Delay) -> float:
    return 3 * link.a_to_b * 1000 + _OVERHEAD


_WAYS = Ways((_delay(FAST), _delay(SLOW)))


def test_no_offset_is_of_two_ways_over_twenty_fail_overs(environment: Environment) -> None:
    server, client = environment.host("server"), environment.host("client")
    environment.request_session("session", server, client, delivery="unicast",
                                tunnel={"resume-delay": _RESUME_DELAY})
    environment.await_session("session", server, client)

    with Clocks(environment.network, server, client, _PROFILE) as clocks:
        clocks.client.await_server(server)
        clocks.client.forget()
        began = time.monotonic()
        for number in range(_FAIL_OVERS):
            _await_offsets(clocks.client)
            _await_protection(environment)
            _fail_over(environment, number)
            clocks.client.await_server(server)
        _await_offsets(clocks.client)
        events, logged = clocks.client.events(), clocks.client.offsets()
        lost = [change for change in clocks.client.state_changes()
                if change.at > began and change.event == "ANNOUNCE_RECEIPT_TIMEOUT_EXPIRES"]

    assert len(lost) >= _FAIL_OVERS, "the client kept its server over a fail-over"
    _check("ptp4l's own", [offset for offset in logged if offset.at > began])
    parts = periods(events, _SECONDS_TO_LOSE_THE_SERVER / 2)
    assert len(parts) >= _FAIL_OVERS + 1
    for number, part in enumerate(parts):
        ways = {way for event in part if (way := _WAYS.of(event.transit)) is not None}
        assert len(ways) <= 1, f"messages after fail-over {number} took {ways}"
    _check("recomputed", [sample for part in parts for sample in samples(part)])


def _check(whose: str, offsets: Sequence[LoggedOffset]) -> None:
    mixed = [offset for offset in offsets if _WAYS.is_mixed(offset)]
    late = [offset for offset in offsets if _WAYS.is_late(offset)]
    assert not mixed, f"{whose} offsets are of two ways: {mixed[:10]}, {len(mixed)} of {len(offsets)}"
    assert len(offsets) >= _FAIL_OVERS * _OFFSETS, f"{whose} offsets are only {len(offsets)}"
    assert len(late) <= _LARGEST_SHARE_OF_LATE_MESSAGES * len(offsets), \
        f"{whose} offsets are of late messages: {late[:10]}, {len(late)} of {len(offsets)}"


def _await_offsets(client: ClockClient) -> None:
    """Waits until the filter of the client is full of delays of the present way."""
    before = len(client.offsets())
    await_until(lambda: len(client.offsets()) >= before + _OFFSETS, SECONDS_TO_SETTLE, f"{_OFFSETS} offsets",
                client.describe)


def _await_protection(environment: Environment) -> None:
    """Waits until the session has another way to go to."""
    def is_ready() -> bool:
        path, = environment.controller.te_paths()
        return bool(path["status"]["state"] == "up" and path["standby"]["status"]["state"] == "ready")

    await_until(is_ready, SECONDS_TO_SETTLE, "a standby way", environment.describe)


def _fail_over(environment: Environment, number: int) -> None:
    """Cuts the present way, waits for the other one, and mends what was cut."""
    server, client = environment.host("server"), environment.host("client")
    cut, = set(_CUTS) & set(environment.links_between(server, client))
    began = datetime.datetime.now(datetime.timezone.utc)
    environment.network.cut(environment.link(cut))
    await_until(lambda: {"holdover", "up"} <= {change["state"] for change in _changes(environment, began)},
                SECONDS_TO_SETTLE, f"holdover in fail-over {number} and its end", environment.describe)
    environment.await_session("session", server, client)
    assert cut not in environment.links_between(server, client)
    changes = _changes(environment, began)
    holdover = next(change for change in changes if change["state"] == "holdover")
    up = next(change for change in changes if change["state"] == "up")
    assert holdover["reason"]
    assert _time(up) - _time(holdover) >= datetime.timedelta(milliseconds=_RESUME_DELAY) - _RESOLUTION
    environment.network.restore(environment.link(cut))


def _changes(environment: Environment, since: datetime.datetime) -> list[dict[str, Any]]:
    """The states that the session went into: a look at the present one could miss a holdover as short as this."""
    history = environment.controller.get("roundtrip/clock/sessions/session/history")["history"]
    return [change for change in history if change["type"] == "state" and _time(change) >= since - _RESOLUTION]


def _time(change: dict[str, Any]) -> datetime.datetime:
    return datetime.datetime.fromisoformat(change["time"])
