# SPDX-License-Identifier: Apache-2.0
"""What the scale benchmark makes of what the service prints."""

from typing import Any

from benchmarks.scale import figures


def result(seconds: float, failures: list[float]) -> dict[str, Any]:
    """A round; numbers of 64 bits are strings, as in all JSON of the applications."""
    return {"paths": 1000, "links": 10, "bytes": "1500", "bytesWithEmulation": "2500",
            "setUp": {"seconds": seconds, "processorSeconds": 2 * seconds},
            "failures": [{"affected": 7, "active": "3", "settled": {"seconds": time, "processorSeconds": time}}
                         for time in failures]}


def test_medians_are_of_all_rounds_and_of_all_failures() -> None:
    by_name = {figure.name: figure for figure in figures([result(1.0, [0.1, 0.2]), result(3.0, [0.3]),
                                                          result(2.0, [0.9, 0.8])])}

    assert by_name["set_up_all"].ours == 2.0
    assert by_name["set_up_all"].spread == 2.0
    assert by_name["set_up_per_path_processor"].ours == 4.0
    assert by_name["memory_per_path"].ours == 1.5
    assert by_name["memory_per_path_with_emulation"].ours == 2.5
    assert by_name["link_failure_all_protected"].ours == 0.3
    assert by_name["link_failure_all_protected"].samples == 5
    assert by_name["link_failure_paths"].ours == 7.0
