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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShortestPathSearchTest {

    private static final int[] NONE = {};

    @Property(tries = 5000)
    void findsTheCanonicalPathOfSmallGraphs(@ForAll long seed, @ForAll CostMetric metric) {
        Random random = new Random(seed);
        DuplexGraph graph = RandomGraphs.small(random);
        ShortestPathSearch search = new ShortestPathSearch(graph);
        for (int query = 0; query < 4; query++) {
            ArcFilter filter = RandomGraphs.filter(graph, 0.2, random);
            int source = random.nextInt(graph.nodes());
            int target = random.nextInt(graph.nodes());

            assertThat(search.find(source, target, metric, filter)).isEqualTo(
                    SimplePaths.between(graph, source, target, filter).stream()
                            .min(SimplePaths.canonicalOrder(graph, metric)));
        }
    }

    /** Costs that differ by more than a queue can tell apart, zeros and ties, and fronts that meet in many nodes. */
    @Property(tries = 1000)
    void findsTheCanonicalPathHoweverMuchCostsDiffer(@ForAll long seed, @ForAll CostMetric metric) {
        Random random = new Random(seed);
        int nodes = 20 + random.nextInt(60);
        long[] costs = {0, 1, 2, 1000, DuplexGraph.MAX_DELAY / 2};
        int kinds = 1 + random.nextInt(costs.length);
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes);
        for (int link = 0; link < 3 * nodes; link++) {
            int tail = random.nextInt(nodes);
            int head = (tail + 1 + random.nextInt(Math.min(nodes - 1, 5))) % nodes;
            builder.link(tail, head, Math.min(DuplexGraph.MAX_TE_METRIC, costs[random.nextInt(kinds)]), 0, NONE,
                         costs[random.nextInt(kinds)], costs[random.nextInt(kinds)]);
        }
        DuplexGraph graph = builder.build();
        ShortestPathSearch search = new ShortestPathSearch(graph);
        for (int query = 0; query < 10; query++) {
            ArcFilter filter = RandomGraphs.filter(graph, 0.1, random);
            int source = random.nextInt(nodes);
            int target = random.nextInt(nodes);

            assertThat(search.find(source, target, metric, filter))
                    .isEqualTo(canonical(graph, source, target, metric, filter));
        }
    }

    /** Goes on with the smallest arc that some shortest path goes on with, by distances from a plain search. */
    private static Optional<GraphPath> canonical(DuplexGraph graph, int source, int target, CostMetric metric,
                                                 ArcFilter filter) {
        ArcWeights weights = new ArcWeights(graph, metric);
        RemainingCosts remaining = new RemainingCosts(graph, new Itinerary(graph, List.of()), target, weights::of,
                                                      filter);
        if (remaining.of(0, source) == RemainingCosts.UNREACHABLE) {
            return Optional.empty();
        }
        int[] path = new int[weights.hops(remaining.of(0, source))];
        int node = source;
        for (int index = 0; index < path.length; index++) {
            int position = graph.firstPosition(node);
            while (!filter.admits(graph.arcAt(position)) || remaining.of(0, graph.headAt(position))
                    + weights.of(graph.arcAt(position)) != remaining.of(0, node)) {
                position++;
            }
            path[index] = graph.arcAt(position);
            node = graph.headAt(position);
        }
        return Optional.of(GraphPath.of(graph, path));
    }

    @ParameterizedTest
    @EnumSource(CostMetric.class)
    void findsPathsAsShortAsAnotherImplementationOnLargeGraphs(CostMetric metric) {
        for (int maxCost : new int[]{1, 20, 1_000_000}) {
            Random random = new Random(maxCost);
            DuplexGraph graph = RandomGraphs.graph(2000, 4000, maxCost, random);
            ArcFilter filter = RandomGraphs.filter(graph, 0.3, random);
            DijkstraShortestPath<Integer, DefaultWeightedEdge> peer =
                    new DijkstraShortestPath<>(directed(graph, metric, filter));
            ShortestPathSearch search = new ShortestPathSearch(graph);
            for (int query = 0; query < 200; query++) {
                int source = random.nextInt(graph.nodes());
                int target = random.nextInt(graph.nodes());

                assertThat(search.find(source, target, metric, filter).map(path -> path.cost(graph, metric)))
                        .isEqualTo(Optional.ofNullable(peer.getPath(source, target))
                                           .map(path -> Math.round(path.getWeight())));
            }
        }
    }

    private static Graph<Integer, DefaultWeightedEdge> directed(DuplexGraph graph, CostMetric metric,
                                                                ArcFilter filter) {
        Graph<Integer, DefaultWeightedEdge> directed = new DirectedWeightedMultigraph<>(DefaultWeightedEdge.class);
        for (int node = 0; node < graph.nodes(); node++) {
            directed.addVertex(node);
        }
        for (int arc = 0; arc < graph.arcs(); arc++) {
            if (filter.admits(arc)) {
                directed.setEdgeWeight(directed.addEdge(graph.tail(arc), graph.head(arc)),
                                       (double) graph.cost(metric, DuplexGraph.link(arc)));
            }
        }
        return directed;
    }

    @Test
    void aPathToTheSourceItselfHasNoArcs() {
        ShortestPathSearch search = new ShortestPathSearch(DuplexGraph.builder(1).build());

        assertThat(search.find(0, 0, CostMetric.DELAY, ArcFilter.ALL).orElseThrow().hops()).isZero();
    }

    @Test
    void takesTheLargestCostsThereAre() {
        DuplexGraph.Builder builder = DuplexGraph.builder(3);
        builder.link(0, 1, DuplexGraph.MAX_TE_METRIC, 0, NONE, DuplexGraph.MAX_DELAY, DuplexGraph.MAX_DELAY);
        builder.link(1, 2, DuplexGraph.MAX_TE_METRIC, 0, NONE, DuplexGraph.MAX_DELAY, DuplexGraph.MAX_DELAY);
        ShortestPathSearch search = new ShortestPathSearch(builder.build());

        assertThat(search.find(0, 2, CostMetric.TE_METRIC, ArcFilter.ALL).orElseThrow().arcs()).containsExactly(0, 2);
        assertThat(search.find(2, 0, CostMetric.DELAY, ArcFilter.ALL).orElseThrow().arcs()).containsExactly(3, 1);
    }

    @Test
    void worksOnAfterARefusedQueryAndAFilterThatFails() {
        DuplexGraph.Builder builder = DuplexGraph.builder(3);
        builder.link(0, 1, 1, 0, NONE, 0, 0);
        builder.link(1, 2, 1, 0, NONE, 0, 0);
        ShortestPathSearch search = new ShortestPathSearch(builder.build());

        assertThatThrownBy(() -> search.find(0, 3, CostMetric.HOPS, ArcFilter.ALL))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> search.find(-1, 0, CostMetric.HOPS, ArcFilter.ALL))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> search.find(0, 2, CostMetric.HOPS, arc -> {
            throw new IllegalStateException("from the filter");
        })).hasMessage("from the filter");
        assertThat(search.find(0, 2, CostMetric.HOPS, ArcFilter.ALL).orElseThrow().arcs()).containsExactly(0, 2);
    }
}
