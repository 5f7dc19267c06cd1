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
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.jgrapht.graph.WeightedMultigraph;
import org.onlab.graph.AbstractEdge;
import org.onlab.graph.AdjacencyListsGraph;
import org.onlab.graph.Vertex;
import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.CostMetric;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A random network with a mean degree of 4, as each of the peers sees it, and requests in it. 30 % of its links lack
 * the bandwidth that is asked for, in one direction or in both. Equal seeds make equal networks.
 */
final class RandomNetwork {

    /** How many requests there are; random pairs of nodes, some of which the missing bandwidth has disconnected. */
    static final int REQUESTS = 1024;

    private static final int MAX_TE_METRIC = 100;
    private static final long DEMAND = 1_000_000;
    private static final double WITHOUT_BANDWIDTH = 0.3;
    private static final int[] NO_SRLGS = {};

    private final DuplexGraph graph;
    private final long[] available;
    private final int[] sources = new int[REQUESTS];
    private final int[] targets = new int[REQUESTS];

    RandomNetwork(int nodes, long seed) {
        Random random = new Random(seed);
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes);
        int links = 2 * nodes;
        available = new long[2 * links];
        for (int link = 0; link < links; link++) {
            // The first links are a tree, so that the network without its load is connected.
            boolean ofTree = link < nodes - 1;
            int tail = ofTree ? link + 1 : random.nextInt(nodes);
            int head = ofTree ? random.nextInt(link + 1) : (tail + 1 + random.nextInt(nodes - 1)) % nodes;
            builder.link(tail, head, 1 + random.nextInt(MAX_TE_METRIC), 0, NO_SRLGS, 1000L * random.nextInt(1000),
                         1000L * random.nextInt(1000));
            boolean full = random.nextDouble() < WITHOUT_BANDWIDTH;
            int fullArc = 2 * link + random.nextInt(2);
            available[fullArc] = full ? 0 : 2 * DEMAND;
            available[DuplexGraph.opposite(fullArc)] = full && random.nextBoolean() ? 0 : 2 * DEMAND;
        }
        graph = builder.build();
        for (int request = 0; request < REQUESTS; request++) {
            sources[request] = random.nextInt(nodes);
            targets[request] = random.nextInt(nodes);
        }
    }

    DuplexGraph graph() {
        return graph;
    }

    int source(int request) {
        return sources[request];
    }

    int target(int request) {
        return targets[request];
    }

    /** What a request may use: links with enough bandwidth both ways. */
    ArcFilter filter() {
        return this::hasBandwidth;
    }

    /** Whether a link has enough bandwidth both ways. */
    boolean hasBandwidth(int arc) {
        return Math.min(available[arc], available[DuplexGraph.opposite(arc)]) >= DEMAND;
    }

    /** The network of ONOS: two edges a link. */
    AdjacencyListsGraph<Node, Arc> onosGraph() {
        List<Node> nodes = onosNodes();
        Set<Arc> arcs = new HashSet<>();
        for (int arc = 0; arc < graph.arcs(); arc++) {
            arcs.add(new Arc(nodes.get(graph.tail(arc)), nodes.get(graph.head(arc)), arc));
        }
        return new AdjacencyListsGraph<>(new HashSet<>(nodes), arcs);
    }

    /** The nodes of ONOS's network. */
    List<Node> onosNodes() {
        return IntStream.range(0, graph.nodes()).mapToObj(Node::new).toList();
    }

    /** The network of jgrapht: two edges a link, named by their numbers. */
    Graph<Integer, Integer> jgraphtGraph() {
        Graph<Integer, Integer> directed = new DirectedWeightedMultigraph<>(Integer.class);
        for (int node = 0; node < graph.nodes(); node++) {
            directed.addVertex(node);
        }
        for (int arc = 0; arc < graph.arcs(); arc++) {
            directed.addEdge(graph.tail(arc), graph.head(arc), arc);
            directed.setEdgeWeight(arc, (double) teMetric(arc));
        }
        return directed;
    }

    /** The network of jgrapht with one edge a link, named by the link's forward arc. */
    Graph<Integer, Integer> undirectedJgraphtGraph() {
        Graph<Integer, Integer> undirected = new WeightedMultigraph<>(Integer.class);
        for (int node = 0; node < graph.nodes(); node++) {
            undirected.addVertex(node);
        }
        for (int link = 0; link < graph.links(); link++) {
            int arc = DuplexGraph.forward(link);
            undirected.addEdge(graph.tail(arc), graph.head(arc), arc);
            undirected.setEdgeWeight(arc, (double) teMetric(arc));
        }
        return undirected;
    }

    /** What an arc costs. */
    long teMetric(int arc) {
        return graph.cost(CostMetric.TE_METRIC, DuplexGraph.link(arc));
    }

    /** A node of ONOS's graph. */
    record Node(int number) implements Vertex {
    }

    /** An edge of ONOS's graph. */
    static final class Arc extends AbstractEdge<Node> {

        private final int number;

        Arc(Node tail, Node head, int number) {
            super(tail, head);
            this.number = number;
        }

        int number() {
            return number;
        }

        @Override
        public int hashCode() {
            return number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Arc && ((Arc) other).number == number;
        }
    }
}
