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

import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.interfaces.AStarAdmissibleHeuristic;
import org.jgrapht.alg.interfaces.ShortestPathAlgorithm;
import org.jgrapht.alg.shortestpath.ALTAdmissibleHeuristic;
import org.jgrapht.alg.shortestpath.AStarShortestPath;
import org.jgrapht.alg.shortestpath.BidirectionalAStarShortestPath;
import org.jgrapht.alg.shortestpath.BidirectionalDijkstraShortestPath;
import org.jgrapht.graph.AsWeightedGraph;
import org.jgrapht.graph.MaskSubgraph;
import org.onlab.graph.AdjacencyListsGraph;
import org.onlab.graph.DijkstraGraphSearch;
import org.onlab.graph.EdgeWeigher;
import org.onlab.graph.ScalarWeight;
import org.onlab.graph.Weight;
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
import org.roundtrip.tepath.compute.graph.ShortestPathSearch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One co-routed path of the least TE metric over links that have the bandwidth: one request per operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SinglePath {

    /** The size of the network. */
    @Param({"1000", "10000"})
    private int nodes;

    private RandomNetwork network;
    private int request;

    /** Makes the network. */
    @Setup
    public void makeNetwork() {
        network = new RandomNetwork(nodes, 1);
    }

    private int nextRequest() {
        request = (request + 1) % RandomNetwork.REQUESTS;
        return request;
    }

    /** What Roundtrip does. */
    @State(Scope.Thread)
    public static class Ours {

        private ShortestPathSearch search;
        private ArcFilter filter;
        private int[][] results;

        /** Makes the search, and results to copy. */
        @Setup
        public void make(SinglePath benchmark) {
            RandomNetwork network = benchmark.network;
            search = new ShortestPathSearch(network.graph());
            filter = network.filter();
            results = new int[RandomNetwork.REQUESTS][];
            for (int request = 0; request < results.length; request++) {
                results[request] = search.find(network.source(request), network.target(request),
                                               CostMetric.TE_METRIC, filter)
                        .map(org.roundtrip.tepath.compute.graph.GraphPath::arcs).orElse(null);
            }
        }
    }

    /** What ONOS does. */
    @State(Scope.Thread)
    public static class Onos {

        private final DijkstraGraphSearch<RandomNetwork.Node, RandomNetwork.Arc> search = new DijkstraGraphSearch<>();
        private AdjacencyListsGraph<RandomNetwork.Node, RandomNetwork.Arc> graph;
        private List<RandomNetwork.Node> nodes;
        private EdgeWeigher<RandomNetwork.Node, RandomNetwork.Arc> weigher;

        /** Makes the graph, and a weigher that does what the filter does. */
        @Setup
        public void make(SinglePath benchmark) {
            RandomNetwork network = benchmark.network;
            graph = network.onosGraph();
            nodes = network.onosNodes();
            weigher = new EdgeWeigher<>() {
                @Override
                public Weight weight(RandomNetwork.Arc arc) {
                    return network.hasBandwidth(arc.number())
                            ? ScalarWeight.toWeight((double) network.teMetric(arc.number()))
                            : ScalarWeight.NON_VIABLE_WEIGHT;
                }

                @Override
                public Weight getInitialWeight() {
                    return ScalarWeight.toWeight(0);
                }

                @Override
                public Weight getNonViableWeight() {
                    return ScalarWeight.NON_VIABLE_WEIGHT;
                }
            };
        }
    }

    /** What jgrapht does. */
    @State(Scope.Thread)
    public static class Jgrapht {

        private static final int LANDMARKS = 8;

        private ShortestPathAlgorithm<Integer, Integer> directed;
        private ShortestPathAlgorithm<Integer, Integer> undirected;
        private ShortestPathAlgorithm<Integer, Integer> infinite;
        private ShortestPathAlgorithm<Integer, Integer> landmarks;
        private ShortestPathAlgorithm<Integer, Integer> bidirectionalLandmarks;

        /** Makes graphs, and what prunes them as the filter does. */
        @Setup
        public void make(SinglePath benchmark) {
            RandomNetwork network = benchmark.network;
            Graph<Integer, Integer> graph = network.jgraphtGraph();
            Graph<Integer, Integer> view = view(graph, network);
            directed = new BidirectionalDijkstraShortestPath<>(view);
            Graph<Integer, Integer> halves = network.undirectedJgraphtGraph();
            undirected = new BidirectionalDijkstraShortestPath<>(view(halves, network));
            infinite = new BidirectionalDijkstraShortestPath<>(
                    new AsWeightedGraph<>(halves, arc -> weight(network, arc), false, false));
            AStarAdmissibleHeuristic<Integer> bounds = new ALTAdmissibleHeuristic<>(graph, landmarks(graph));
            landmarks = new AStarShortestPath<>(view, bounds);
            bidirectionalLandmarks = new BidirectionalAStarShortestPath<>(view, bounds);
        }

        private static Graph<Integer, Integer> view(Graph<Integer, Integer> graph, RandomNetwork network) {
            return new MaskSubgraph<>(graph, node -> false, arc -> !network.hasBandwidth(arc));
        }

        private static double weight(RandomNetwork network, int arc) {
            return network.hasBandwidth(arc) ? (double) network.teMetric(arc) : Double.POSITIVE_INFINITY;
        }

        private static Set<Integer> landmarks(Graph<Integer, Integer> graph) {
            Random random = new Random(1);
            Set<Integer> chosen = new HashSet<>();
            while (chosen.size() < LANDMARKS) {
                chosen.add(random.nextInt(graph.vertexSet().size()));
            }
            return chosen;
        }

        private GraphPath<Integer, Integer> answer(ShortestPathAlgorithm<Integer, Integer> algorithm,
                                                   SinglePath benchmark) {
            int request = benchmark.nextRequest();
            return algorithm.getPath(benchmark.network.source(request), benchmark.network.target(request));
        }
    }

    /** Roundtrip's search. */
    @Benchmark
    public Optional<org.roundtrip.tepath.compute.graph.GraphPath> roundtrip(Ours ours) {
        int next = nextRequest();
        return ours.search.find(network.source(next), network.target(next), CostMetric.TE_METRIC, ours.filter);
    }

    /** Nothing but results, to compare what is allocated. */
    @Benchmark
    public Optional<org.roundtrip.tepath.compute.graph.GraphPath> resultsAlone(Ours ours) {
        int[] result = ours.results[nextRequest()];
        return result == null ? Optional.empty()
                : Optional.of(org.roundtrip.tepath.compute.graph.GraphPath.of(network.graph(), result));
    }

    /** ONOS's search with a weigher that prunes as the filter does, and one path asked for. */
    @Benchmark
    public Object onos(Onos onos) {
        int next = nextRequest();
        return onos.search.search(onos.graph, onos.nodes.get(network.source(next)),
                                  onos.nodes.get(network.target(next)), onos.weigher, 1);
    }

    /** jgrapht's bidirectional search on a view of the graph that prunes as the filter does. */
    @Benchmark
    public Object jgraphtDirected(Jgrapht jgrapht) {
        return jgrapht.answer(jgrapht.directed, this);
    }

    /** The same with one edge a link, since both directions cost the same and are pruned together. */
    @Benchmark
    public Object jgraphtUndirected(Jgrapht jgrapht) {
        return jgrapht.answer(jgrapht.undirected, this);
    }

    /** The same with infinite weights for what is pruned. */
    @Benchmark
    public Object jgraphtInfinite(Jgrapht jgrapht) {
        return jgrapht.answer(jgrapht.infinite, this);
    }

    /** jgrapht's A* with landmarks. */
    @Benchmark
    public Object jgraphtLandmarks(Jgrapht jgrapht) {
        return jgrapht.answer(jgrapht.landmarks, this);
    }

    /** jgrapht's bidirectional A* with landmarks. */
    @Benchmark
    public Object jgraphtBidirectionalLandmarks(Jgrapht jgrapht) {
        return jgrapht.answer(jgrapht.bidirectionalLandmarks, this);
    }
}
