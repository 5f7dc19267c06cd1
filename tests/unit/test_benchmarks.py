# SPDX-License-Identifier: Apache-2.0
"""The network of the discovery benchmark, and the page that is made from reports."""

from benchmarks.discovery import ring_with_chords
from benchmarks.document import page
from controller.rest import directed_links


def test_twenty_switches_have_forty_links() -> None:
    network = ring_with_chords(20)

    assert (len(network.switches), len(network.links), len(directed_links(network))) == (20, 40, 80)


def test_the_page_says_what_was_missed() -> None:
    figures = [
        {"name": "fast", "unit": "s", "ours": 1.5, "peer": 3.0, "peer_name": "plain", "ratio": 0.5, "goal": 2,
         "met": True, "samples": 5, "spread": 0.25},
        {"name": "slow", "unit": "s", "ours": 9.0, "peer": None, "peer_name": None, "ratio": None, "goal": 2,
         "met": False, "samples": 5, "spread": None}]
    text = page([{"name": "speed", "commit": "abc", "machine": {"processors": 2}, "figures": figures}],
                {"speed": "How fast it is."})

    assert "How fast it is." in text
    assert "| fast | 1.5 s | 3 s (plain) | 0.50 | at most 2 s | yes | 5 | 0.25 s |" in text
    assert "| slow | 9 s |  |  | at most 2 s | **no** | 5 |  |" in text
    assert "Commit abc; processors 2." in text
