# SPDX-License-Identifier: Apache-2.0
"""The figures of the benchmarks of clocks."""

from benchmarks import clock_setup, clock_time_error


def _errors(session: float) -> dict[str, list[float]]:
    return {"asymmetric": [-6_000.0] * 100, "equal": [10.0] * 100, "session": [session] * 100,
            "failover": [20.0] * 98 + [5_000.0] * 2}


def test_each_kind_of_forwarding_has_its_figures() -> None:
    found = {figure.name: figure for figure in clock_time_error.figures(_errors(-20.0), -6_000.0)}

    assert len(found) == 12
    assert (found["asymmetric_median"].ours, found["asymmetric_median"].peer) == (-6_000.0, -6_000.0)
    assert found["asymmetric_p95"].peer == 6_000.0
    assert found["asymmetric_median"].met is None
    assert (found["session_median"].goal, found["session_median"].met) == (300.0, True)
    assert (found["failover_p99"].goal, found["failover_p99"].met) == (3_000.0, False)
    assert found["failover_p95"].met is True


def test_a_session_no_better_than_asymmetric_forwarding_misses_its_goal() -> None:
    found = {figure.name: figure for figure in clock_time_error.figures(_errors(-5_900.0), -6_000.0)}

    assert not found["session_median"].met
    assert not found["session_p95"].met


def test_a_session_may_take_half_a_second_longer_than_ordinary_forwarding() -> None:
    slow = clock_setup.figure("setup", [2.2, 2.3], [1.5, 1.6])
    quick = clock_setup.figure("setup", [2.0, 2.0], [1.5, 1.6])

    assert (slow.met, quick.met) == (False, True)
