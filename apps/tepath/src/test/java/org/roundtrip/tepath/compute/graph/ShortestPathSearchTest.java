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
