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

import org.jgrapht.alg.shortestpath.BhandariKDisjointShortestPaths;
import org.jgrapht.alg.shortestpath.SuurballeKDisjointShortestPaths;
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
import org.roundtrip.tepath.compute.graph.DisjointPairSearch;
import org.roundtrip.tepath.compute.graph.Disjointness;
import org.roundtrip.tepath.compute.graph.PathPair;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The two link-disjoint paths of the least TE metric over links that have the bandwidth: one request per operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DisjointPairs {

    /** The size of the network. */
    @Param({"1000", "10000"})
    private int nodes;

    private RandomNetwork network;
    private ArcFilter filter;
    private DisjointPairSearch search;
    private PairPeers peers;
    private int request;

    /** Makes the network. */
    @Setup
    public void makeNetwork() {
        network = new RandomNetwork(nodes, 1);
        filter = network.filter();
        search = new DisjointPairSearch(network.graph(), CostMetric.TE_METRIC);
        peers = new PairPeers(network);
    }

    private int nextRequest() {
        do {
            request = (request + 1) % RandomNetwork.REQUESTS;
        } while (network.source(request) == network.target(request)); // which jgrapht refuses
        return request;
    }

    /** Roundtrip's search. */
    @Benchmark
    public Optional<PathPair> roundtrip() {
        int next = nextRequest();
        return search.find(network.source(next), network.target(next), Disjointness.LINK, filter);
    }

    /** Roundtrip's search for a pair without a common node. */
    @Benchmark
    public Optional<PathPair> roundtripNodeDisjoint() {
        int next = nextRequest();
        return search.find(network.source(next), network.target(next), Disjointness.NODE, filter);
    }

    /** jgrapht's Suurballe, on a copy pruned in advance. */
    @Benchmark
    public Object jgraphtSuurballe() {
        return peers.jgrapht(SuurballeKDisjointShortestPaths::new, nextRequest());
    }

    /** jgrapht's Bhandari, on a copy pruned in advance. */
    @Benchmark
    public Object jgraphtBhandari() {
        return peers.jgrapht(BhandariKDisjointShortestPaths::new, nextRequest());
    }

    /** ONOS's Suurballe, on a copy pruned in advance, and one pair asked for. */
    @Benchmark
    public Object onos() {
        return peers.onosHasPair(nextRequest());
    }
}
