/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.CostMetric;
import org.roundtrip.tepath.compute.graph.DisjointBackupSearch;
import org.roundtrip.tepath.compute.graph.DisjointPairSearch;
import org.roundtrip.tepath.compute.graph.Disjointness;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;
import org.roundtrip.tepath.compute.graph.PathPair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A link fails that is on the working paths of 1,000 protected paths: new paths for all of them, one after the other,
 * each on the bandwidth that those before it have left. One failure per operation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LinkFailure {

    private static final int PATHS = 1000;
    private static final int MAX_LABELS = 100_000;
    private static final long DEMAND = 1_000_000;
    private static final long BANDWIDTH = 2000 * DEMAND;

    /** The size of the network. */
    @Param("1000")
    private int nodes;

    private DuplexGraph graph;
    private int failed;
    private final List<PathPair> affected = new ArrayList<>();
    private long[] available;
    private DisjointPairSearch pairs;
    private DisjointBackupSearch backups;

    /** Makes the network, and 1,000 paths over its busiest link. */
    @Setup
    public void makePaths() {
        RandomNetwork network = new RandomNetwork(nodes, 1);
        graph = network.graph();
        available = new long[graph.links()];
        pairs = new DisjointPairSearch(graph, CostMetric.TE_METRIC);
        backups = new DisjointBackupSearch(graph, CostMetric.TE_METRIC, MAX_LABELS);
        Random random = new Random(1);
        failed = busiestLink(random);
        while (affected.size() < PATHS) {
            randomPair(random).filter(pair -> uses(pair.working(), failed)).ifPresent(affected::add);
        }
        if (newPairs() < PATHS / 2) {
            throw new IllegalStateException("Too few of the paths can be protected again to measure that");
        }
    }

    private int busiestLink(Random random) {
        int[] uses = new int[graph.links()];
        for (int path = 0; path < PATHS; path++) {
            randomPair(random).ifPresent(pair -> {
                for (int arc : pair.working().arcs()) {
                    uses[DuplexGraph.link(arc)]++;
                }
            });
        }
        int busiest = 0;
        for (int link = 0; link < uses.length; link++) {
            busiest = uses[link] > uses[busiest] ? link : busiest;
        }
        return busiest;
    }

    private Optional<PathPair> randomPair(Random random) {
        return pairs.find(random.nextInt(nodes), random.nextInt(nodes), Disjointness.LINK, ArcFilter.ALL);
    }

    private static boolean uses(GraphPath path, int link) {
        return Arrays.stream(path.arcs()).anyMatch(arc -> DuplexGraph.link(arc) == link);
    }

    private boolean admits(int arc) {
        int link = DuplexGraph.link(arc);
        return link != failed && available[link] >= DEMAND;
    }

    private void reserve(GraphPath path) {
        for (int index = 0; index < path.hops(); index++) {
            available[DuplexGraph.link(path.arc(index))] -= DEMAND;
        }
    }

    /** A new working and a new backup path for each, with the least TE metric together. */
    @Benchmark
    public int newPairs() {
        Arrays.fill(available, BANDWIDTH);
        int found = 0;
        for (PathPair pair : affected) {
            GraphPath old = pair.working();
            Optional<PathPair> renewed = pairs.find(graph.tail(old.arc(0)), graph.head(old.arc(old.hops() - 1)),
                                                    Disjointness.LINK, this::admits);
            if (renewed.isPresent()) {
                reserve(renewed.get().working());
                reserve(renewed.get().backup());
                found++;
            }
        }
        return found;
    }

    /** The backup takes over and stays where it is; a new backup for each. */
    @Benchmark
    public int newBackups() {
        Arrays.fill(available, BANDWIDTH);
        int found = 0;
        for (PathPair pair : affected) {
            reserve(pair.backup());
        }
        for (PathPair pair : affected) {
            Optional<GraphPath> renewed = backups.find(pair.backup(), Disjointness.LINK, this::admits);
            if (renewed.isPresent()) {
                reserve(renewed.get());
                found++;
            }
        }
        return found;
    }
}
