# SPDX-License-Identifier: Apache-2.0
"""What the benchmark of sessions makes of what the service prints."""

from typing import Any

from benchmarks.session_scale import figures


def times(seconds: float) -> dict[str, float]:
    """What something takes."""
    return {"seconds": seconds, "processorSeconds": 2 * seconds}


def result(seconds: float, failures: list[float]) -> dict[str, Any]:
    """A round; numbers of 64 bits are strings, as in all JSON of the applications."""
    return {"sessions": 1000, "bytesWithEmulation": "2500", "setUp": times(seconds),
            "failures": [{"affected": 500, "movedOver": times(time), "changedOver": times(10 * time),
                          "restored": times(100 * time)} for time in failures]}


def test_medians_are_of_all_rounds_and_of_all_failures() -> None:
    by_name = {figure.name: figure for figure in figures([result(1.0, [0.1, 0.2]), result(3.0, [0.3]),
                                                          result(2.0, [0.9, 0.8])])}

    assert by_name["set_up_all"].ours == 2.0
    assert by_name["set_up_all"].spread == 2.0
    assert by_name["set_up_per_session_processor"].ours == 4.0
    assert by_name["memory_per_session_with_emulation"].ours == 2.5
    assert by_name["link_failure_sessions"].ours == 500.0
    assert by_name["link_failure_all_moved_over"].ours == 0.3
    assert by_name["link_failure_all_changed_over"].ours == 3.0
    assert by_name["link_failure_all_changed_over"].samples == 5
    assert by_name["link_repair_all_changed_back_processor"].ours == 60.0
