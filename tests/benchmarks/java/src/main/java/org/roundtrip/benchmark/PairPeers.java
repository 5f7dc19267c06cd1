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
import org.jgrapht.alg.interfaces.KShortestPathAlgorithm;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.onlab.graph.AdjacencyListsGraph;
import org.onlab.graph.DisjointPathPair;
import org.onlab.graph.EdgeWeigher;
import org.onlab.graph.Path;
import org.onlab.graph.ScalarWeight;
import org.onlab.graph.SuurballeGraphSearch;
import org.onlab.graph.Weight;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The network as the peers see it, without the links that lack bandwidth: pruned in advance, because onlab-misc's
 * search throws a NullPointerException when a weigher prunes, and so that pruning costs jgrapht nothing.
 */
final class PairPeers {

    private final RandomNetwork network;
    private final Graph<Integer, DefaultWeightedEdge> jgrapht =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private final AdjacencyListsGraph<RandomNetwork.Node, RandomNetwork.Arc> onos;
    private final List<RandomNetwork.Node> onosNodes;
    private final EdgeWeigher<RandomNetwork.Node, RandomNetwork.Arc> weigher;

    PairPeers(RandomNetwork network) {
        this.network = network;
        onosNodes = network.onosNodes();
        onosNodes.forEach(node -> jgrapht.addVertex(node.number()));
        Set<RandomNetwork.Arc> arcs = new HashSet<>();
        DuplexGraph graph = network.graph();
        for (int arc = 0; arc < graph.arcs(); arc++) {
            if (network.hasBandwidth(arc)) {
                arcs.add(new RandomNetwork.Arc(onosNodes.get(graph.tail(arc)), onosNodes.get(graph.head(arc)), arc));
                addToJgrapht(arc);
            }
        }
        onos = new AdjacencyListsGraph<>(new HashSet<>(onosNodes), arcs);
        weigher = new EdgeWeigher<>() {
            @Override
            public Weight weight(RandomNetwork.Arc arc) {
                return ScalarWeight.toWeight((double) network.teMetric(arc.number()));
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

    /** jgrapht's disjoint paths need a simple graph: an arc parallel to another one gets a vertex in its middle. */
    private void addToJgrapht(int arc) {
        DuplexGraph graph = network.graph();
        DefaultWeightedEdge edge = jgrapht.addEdge(graph.tail(arc), graph.head(arc));
        if (edge == null) {
            int middle = graph.nodes() + arc;
            jgrapht.addVertex(middle);
            edge = jgrapht.addEdge(graph.tail(arc), middle);
            jgrapht.setEdgeWeight(jgrapht.addEdge(middle, graph.head(arc)), 0);
        }
        jgrapht.setEdgeWeight(edge, (double) network.teMetric(arc));
    }

    /** Two paths by an algorithm of jgrapht, or fewer. */
    List<GraphPath<Integer, DefaultWeightedEdge>> jgrapht(Algorithm algorithm, int request) {
        return algorithm.on(jgrapht).getPaths(network.source(request), network.target(request), 2);
    }

    /** Whether an algorithm of jgrapht finds a pair. */
    boolean hasPair(Algorithm algorithm, int request) {
        return jgrapht(algorithm, request).size() == 2;
    }

    /** An algorithm of jgrapht. */
    @FunctionalInterface
    interface Algorithm {

        KShortestPathAlgorithm<Integer, DefaultWeightedEdge> on(Graph<Integer, DefaultWeightedEdge> graph);
    }

    /** What ONOS finds when it is asked for one pair. */
    Set<Path<RandomNetwork.Node, RandomNetwork.Arc>> onos(int request) {
        return new SuurballeGraphSearch<RandomNetwork.Node, RandomNetwork.Arc>()
                .search(onos, onosNodes.get(network.source(request)), onosNodes.get(network.target(request)), weigher,
                        1).paths();
    }

    /** Whether ONOS finds a pair. */
    boolean onosHasPair(int request) {
        try {
            return onos(request).stream().anyMatch(
                    path -> path instanceof DisjointPathPair && ((DisjointPathPair<?, ?>) path).hasBackup());
        } catch (RuntimeException e) {
            return false;
        }
    }
}
