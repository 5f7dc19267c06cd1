# SPDX-License-Identifier: Apache-2.0
"""Co-routed paths computed on random networks.

1,000 and 10,000 nodes of a mean degree of 4, TE metrics of 1 to 100, 1,024 requests between random pairs of nodes, one
after the other; 30 % of the links lack the bandwidth that is asked for, in one direction or in both, and are pruned
while the request is computed. Networks and requests are the same for all, and so is the predicate that prunes. JMH
gives each method a fresh JVM with the same options in each round; rounds of all alternate, medians are compared, and
the spread is that of ours. Times are of one request, in one thread with the serial collector. Peers: the Dijkstra
search of ONOS (onlab-misc) with an equivalent weigher, asked for one path, and the fastest of jgrapht's that prune in
the request as well: a bidirectional search on a masked view with two edges a link or with one, the latter with infinite
weights instead of a mask, and A* with landmarks in one direction or both. The goals are the peer's time by what was
promised: 800 for ONOS, 8 for jgrapht; ten times the nodes may take ten times as long, and a request may allocate what a
copy of its result does, and a hundredth more.

Disjoint pairs are two link-disjoint paths of the least TE metric together. Their peers, jgrapht's Suurballe and
Bhandari (a new object for each request, as they keep state) and ONOS's Suurballe, get a copy that was pruned in
advance: when a weigher prunes, ONOS's throws. A pair is missed if a maximum flow says that there is one, and a search
finds none; ONOS looks for node-disjoint pairs only, and is asked for the first 200. After the failure of a link that is
on the working paths of 1,000 protected paths, new working and backup paths of all of them are computed, one path after
the other, each on the bandwidth that those before it have left; or only new backups, where the old ones take over.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence

from controller.instance import REPOSITORY
from reports.report import Figure

_MODULE = REPOSITORY / "tests" / "benchmarks" / "java"
_JVM = "-Xms1g -Xmx1g -XX:+UseSerialGC"
_ALLOCATION = "gc.alloc.rate.norm"
_SECONDS_FOR_A_RUN = 1800.0

_ROUNDTRIP = "SinglePath.roundtrip"
_ONOS = {"ONOS": "SinglePath.onos"}
_JGRAPHT = {"jgrapht bidirectional": "SinglePath.jgraphtDirected",
            "jgrapht bidirectional, undirected": "SinglePath.jgraphtUndirected",
            "jgrapht bidirectional, undirected, infinite weights": "SinglePath.jgraphtInfinite",
            "jgrapht A* with landmarks": "SinglePath.jgraphtLandmarks",
            "jgrapht bidirectional A* with landmarks": "SinglePath.jgraphtBidirectionalLandmarks"}


@dataclass(frozen=True)
class Run:
    """What one JVM runner is asked for: benchmarks by a regular expression, on networks of some size."""

    nodes: int
    include: str
    exclude: str | None = None


@dataclass(frozen=True)
class Comparison:
    """A method beside the fastest of some peers, and how many times faster than that it is to be, if that was said."""

    name: str
    nodes: int
    ours: str
    peers: Mapping[str, str]
    times_faster: float | None


_PAIRS = "DisjointPairs.roundtrip"
_JGRAPHT_PAIRS = {"jgrapht Suurballe": "DisjointPairs.jgraphtSuurballe",
                  "jgrapht Bhandari": "DisjointPairs.jgraphtBhandari"}
_LINK_FAILURE_GOAL_MS = 200.0
_PAIRS_FOR_ONOS = 200

_RUNS = (Run(1000, "SinglePath"), Run(10_000, "SinglePath", exclude="onos"), Run(1000, "DisjointPairs|LinkFailure"))
_COMPARISONS = (Comparison("single_path_1000_beside_onos", 1000, _ROUNDTRIP, _ONOS, 800),
                Comparison("single_path_1000_beside_jgrapht", 1000, _ROUNDTRIP, _JGRAPHT, 8),
                Comparison("single_path_10000_beside_jgrapht", 10_000, _ROUNDTRIP, _JGRAPHT, 8),
                Comparison("disjoint_pair_1000_beside_jgrapht", 1000, _PAIRS, _JGRAPHT_PAIRS, 30),
                Comparison("disjoint_pair_1000_beside_onos", 1000, _PAIRS, {"ONOS": "DisjointPairs.onos"}, None))

#: One figure a round, by benchmark ("SinglePath.onos"), number of nodes, and metric: a time ("us/op", "ms/op") or
#: "gc.alloc.rate.norm".
Samples = Mapping[tuple[str, int, str], Sequence[float]]


def prepare() -> None:
    """Builds the benchmarks; the first time that downloads the peers, so it needs the network."""
    print("  building the benchmarks ...", flush=True)
    # Maven knows modules by paths from the root only.
    subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", str(REPOSITORY / "pom.xml"),
                    "-pl", str(_MODULE.relative_to(REPOSITORY)), "-am", "package", "-DskipTests", "-DskipITs"],
                   check=True, stdin=subprocess.DEVNULL)


def measure(rounds: int) -> list[Figure]:
    """Runs the rounds and returns the figures."""
    samples: defaultdict[tuple[str, int, str], list[float]] = defaultdict(list)
    for number in range(1, rounds + 1):
        for run in _RUNS:
            for key, value in samples_of(_results(run)):
                samples[key].append(value)
        print(f"  round {number}: " + ", ".join(
            f"{name} {nodes} {samples[name, nodes, metric][-1]:.4g} {metric.removesuffix('/op')}"
            for name, nodes, metric in samples if metric != _ALLOCATION), flush=True)
    return [*figures(samples), *missed_pairs(_counts_of_pairs())]


def samples_of(results: Iterable[Mapping[str, Any]]) -> Iterable[tuple[tuple[str, int, str], float]]:
    """Returns what JMH's results in JSON say: times, and what was allocated."""
    for result in results:
        name = ".".join(result["benchmark"].split(".")[-2:])
        nodes = int(result["params"]["nodes"])
        primary = result["primaryMetric"]
        yield (name, nodes, primary["scoreUnit"]), primary["score"]
        for metric, secondary in result["secondaryMetrics"].items():
            # Some versions write the metric as a name with a dot before it.
            if metric.lstrip("·") == _ALLOCATION:
                yield (name, nodes, _ALLOCATION), secondary["score"]


def figures(samples: Samples) -> list[Figure]:
    """Returns the figures of some rounds."""
    return [*(_comparison(samples, comparison) for comparison in _COMPARISONS), _growth(samples),
            *(_allocation(samples, nodes) for nodes in (1000, 10_000)),
            _link_failure(samples, "link_failure_1000_new_pairs", "LinkFailure.newPairs", _LINK_FAILURE_GOAL_MS),
            _link_failure(samples, "link_failure_1000_new_backups", "LinkFailure.newBackups", None)]


def missed_pairs(counts: Mapping[str, int]) -> list[Figure]:
    """Returns for how many requests no pair was found although there is one."""
    jgrapht, name = min((counts[name], name) for name in _JGRAPHT_PAIRS)
    links, nodes = counts["link-disjoint pairs"], counts["node-disjoint pairs"]
    return [Figure(f"link_disjoint_pairs_missed_of_{links}", "pairs", counts["Roundtrip link-disjoint"], links,
                   peer=jgrapht, peer_name=name, goal=0.0),
            Figure(f"node_disjoint_pairs_missed_of_{nodes}", "pairs", counts["Roundtrip node-disjoint"], nodes,
                   peer=counts["ONOS"], peer_name="ONOS", goal=0.0)]


def _comparison(samples: Samples, comparison: Comparison) -> Figure:
    ours = samples[comparison.ours, comparison.nodes, "us/op"]
    peer, peer_name = min((statistics.median(samples[benchmark, comparison.nodes, "us/op"]), name)
                          for name, benchmark in comparison.peers.items())
    return Figure(comparison.name, "us", statistics.median(ours), len(ours), max(ours) - min(ours), peer, peer_name,
                  None if comparison.times_faster is None else peer / comparison.times_faster)


def _growth(samples: Samples) -> Figure:
    """How many times longer ten times the nodes take, round by round."""
    growths = [large / small for small, large in zip(samples[_ROUNDTRIP, 1000, "us/op"],
                                                     samples[_ROUNDTRIP, 10_000, "us/op"])]
    return Figure("single_path_growth_1000_to_10000", "x", statistics.median(growths), len(growths),
                  max(growths) - min(growths), goal=10.0)


def _allocation(samples: Samples, nodes: int) -> Figure:
    ours = samples[_ROUNDTRIP, nodes, _ALLOCATION]
    results = statistics.median(samples["SinglePath.resultsAlone", nodes, _ALLOCATION])
    return Figure(f"single_path_{nodes}_allocation", "B", statistics.median(ours), len(ours), max(ours) - min(ours),
                  results, "results alone", 1.01 * results)


def _link_failure(samples: Samples, name: str, benchmark: str, goal: float | None) -> Figure:
    times = samples[benchmark, 1000, "ms/op"]
    return Figure(name, "ms", statistics.median(times), len(times), max(times) - min(times), goal=goal)


def _counts_of_pairs() -> dict[str, int]:
    command = [*_command(), "org.roundtrip.benchmark.MissedPairs", "1000", str(_PAIRS_FOR_ONOS)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=_SECONDS_FOR_A_RUN,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"Counting pairs failed: {done.stderr[-2000:]}")
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def _results(run: Run) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="roundtrip-bench-") as folder:
        file = Path(folder) / "results.json"
        command = [*_command(), "org.openjdk.jmh.Main", run.include,
                   *(["-e", run.exclude] if run.exclude else []), "-p", f"nodes={run.nodes}", "-f", "1", "-wi", "3",
                   "-w", "1", "-i", "3", "-r", "1", "-prof", "gc", "-jvmArgs", _JVM, "-rf", "json", "-rff", str(file)]
        done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=_SECONDS_FOR_A_RUN,
                              stdin=subprocess.DEVNULL)
        if done.returncode != 0 or not file.exists():
            raise RuntimeError(f"JMH failed: {(done.stderr or done.stdout)[-2000:]}")
        results: list[dict[str, Any]] = json.loads(file.read_text())
        return results


def _command() -> list[str]:
    target = _MODULE / "target"
    jar = next(target.glob("roundtrip-benchmarks-*.jar"))
    return [str(_java()), "-cp", f"{jar}:{target / 'lib'}/*"]


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else Path("java")
