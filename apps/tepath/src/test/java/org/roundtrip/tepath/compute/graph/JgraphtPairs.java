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
package org.roundtrip.tepath.compute.graph;

import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.interfaces.KShortestPathAlgorithm;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

import java.util.List;
import java.util.OptionalLong;

/**
 * The cheapest disjoint pairs as jgrapht finds them, on a directed graph that says the same as a duplex one: as jgrapht
 * knows no parallel arcs, each arc has a vertex of its own in its middle; for node disjointness each node is an arc.
 */
final class JgraphtPairs {

    private final Graph<Integer, DefaultWeightedEdge> directed =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private final int exits;

    JgraphtPairs(DuplexGraph graph, CostMetric metric, Disjointness disjointness, ArcFilter filter) {
        exits = disjointness == Disjointness.NODE ? graph.nodes() : 0;
        for (int node = 0; node < graph.nodes(); node++) {
            directed.addVertex(entry(node));
            if (directed.addVertex(exit(node))) {
                directed.setEdgeWeight(directed.addEdge(entry(node), exit(node)), 0);
            }
        }
        for (int arc = 0; arc < graph.arcs(); arc++) {
            if (filter.admits(arc)) {
                int middle = 2 * graph.nodes() + arc;
                directed.addVertex(middle);
                directed.setEdgeWeight(directed.addEdge(exit(graph.tail(arc)), middle),
                                       (double) graph.cost(metric, DuplexGraph.link(arc)));
                directed.setEdgeWeight(directed.addEdge(middle, entry(graph.head(arc))), 0);
            }
        }
    }

    /** An algorithm of jgrapht. */
    @FunctionalInterface
    interface Algorithm {

        KShortestPathAlgorithm<Integer, DefaultWeightedEdge> on(Graph<Integer, DefaultWeightedEdge> graph);
    }

    private static int entry(int node) {
        return node;
    }

    private int exit(int node) {
        return node + exits;
    }

    /** The cost of the cheapest pair, by one of jgrapht's algorithms; or empty if that finds none. */
    OptionalLong cost(Algorithm algorithm, int source, int target) {
        List<GraphPath<Integer, DefaultWeightedEdge>> paths =
                algorithm.on(directed).getPaths(exit(source), entry(target), 2);
        return paths.size() < 2 ? OptionalLong.empty()
                : OptionalLong.of(Math.round(paths.get(0).getWeight() + paths.get(1).getWeight()));
    }
}
