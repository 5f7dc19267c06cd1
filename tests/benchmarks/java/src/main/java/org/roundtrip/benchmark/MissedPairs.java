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
import org.jgrapht.alg.flow.EdmondsKarpMFImpl;
import org.jgrapht.alg.shortestpath.BhandariKDisjointShortestPaths;
import org.jgrapht.alg.shortestpath.SuurballeKDisjointShortestPaths;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.roundtrip.tepath.compute.graph.CostMetric;
import org.roundtrip.tepath.compute.graph.DisjointPairSearch;
import org.roundtrip.tepath.compute.graph.Disjointness;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Counts the requests for which there are two disjoint paths, by a maximum flow, and for how many of them a search
 * finds none. ONOS looks for node-disjoint paths only.
 */
public final class MissedPairs {

    private final RandomNetwork network;
    private final PairPeers peers;
    private final DisjointPairSearch search;

    private MissedPairs(RandomNetwork network) {
        this.network = network;
        peers = new PairPeers(network);
        search = new DisjointPairSearch(network.graph(), CostMetric.TE_METRIC);
    }

    /**
     * Prints the counts as JSON.
     *
     * @param arguments the number of nodes, and of pairs for ONOS, which is slow
     */
    public static void main(String[] arguments) {
        System.out.println(new MissedPairs(new RandomNetwork(Integer.parseInt(arguments[0]), 1))
                                   .count(Integer.parseInt(arguments[1])));
    }

    private String count(int pairsForOnos) {
        int[] linkDisjoint = having(Disjointness.LINK).toArray();
        int[] nodeDisjoint = having(Disjointness.NODE).limit(pairsForOnos).toArray();
        return String.format(
                "{\"link-disjoint pairs\": %d, \"Roundtrip link-disjoint\": %d, "
                        + "\"jgrapht Suurballe\": %d, \"jgrapht Bhandari\": %d, "
                        + "\"node-disjoint pairs\": %d, \"Roundtrip node-disjoint\": %d, \"ONOS\": %d}",
                linkDisjoint.length, missed(linkDisjoint, request -> finds(Disjointness.LINK, request)),
                missed(linkDisjoint, request -> peers.hasPair(SuurballeKDisjointShortestPaths::new, request)),
                missed(linkDisjoint, request -> peers.hasPair(BhandariKDisjointShortestPaths::new, request)),
                nodeDisjoint.length, missed(nodeDisjoint, request -> finds(Disjointness.NODE, request)),
                missed(nodeDisjoint, peers::onosHasPair));
    }

    private static long missed(int[] requests, IntPredicate finds) {
        return IntStream.of(requests).filter(finds.negate()).count();
    }

    private boolean finds(Disjointness disjointness, int request) {
        return search.find(network.source(request), network.target(request), disjointness, network.filter())
                .isPresent();
    }

    /** The requests for which two units can flow: through each arc one, and through each node one if that is asked. */
    private IntStream having(Disjointness disjointness) {
        int exits = disjointness == Disjointness.NODE ? network.graph().nodes() : 0;
        Graph<Integer, DefaultWeightedEdge> capacities = new DirectedWeightedMultigraph<>(DefaultWeightedEdge.class);
        for (int node = 0; node < network.graph().nodes(); node++) {
            capacities.addVertex(node);
            if (capacities.addVertex(node + exits)) {
                capacities.addEdge(node, node + exits);
            }
        }
        for (int arc = 0; arc < network.graph().arcs(); arc++) {
            if (network.hasBandwidth(arc)) {
                capacities.addEdge(network.graph().tail(arc) + exits, network.graph().head(arc));
            }
        }
        EdmondsKarpMFImpl<Integer, DefaultWeightedEdge> flow = new EdmondsKarpMFImpl<>(capacities);
        return IntStream.range(0, RandomNetwork.REQUESTS)
                .filter(request -> network.source(request) != network.target(request))
                .filter(request -> flow.calculateMaximumFlow(network.source(request) + exits,
                                                             network.target(request)) > 1.5);
    }
}
