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
import org.jgrapht.alg.shortestpath.BhandariKDisjointShortestPaths;
import org.jgrapht.alg.shortestpath.SuurballeKDisjointShortestPaths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Large random networks and those of the Topology Zoo, where only other implementations can tell. */
class DisjointPairPeersTest {

    private static final Disjointness[] POLYNOMIAL = {Disjointness.LINK, Disjointness.NODE};

    @Property(tries = 10)
    void findsWhatJgraphtFindsOnLargeNetworks(@ForAll long seed, @ForAll CostMetric metric) {
        assertFindsWhatJgraphtFinds(new Random(seed), 500, metric, 5);
    }

    /** Where searches end early, but not at once: there they err, if they do. */
    @Property(tries = 60)
    void findsWhatJgraphtFindsOnManyNetworks(@ForAll long seed, @ForAll CostMetric metric) {
        assertFindsWhatJgraphtFinds(new Random(seed), 30 + new Random(seed).nextInt(100), metric, 20);
    }

    private static void assertFindsWhatJgraphtFinds(Random random, int nodes, CostMetric metric, int queries) {
        int maxCost = new int[] {1, 3, 100, 1000}[random.nextInt(4)];
        DuplexGraph graph = RandomGraphs.graph(nodes, nodes + random.nextInt(2 * nodes), maxCost, random);
        assertFindsWhatJgraphtFinds(graph, metric, RandomGraphs.filter(graph, 0.1, random), queries, random);
    }

    @ParameterizedTest
    @MethodSource("zoo")
    void findsWhatJgraphtFindsOnTheNetworksOfOperators(String name) {
        DuplexGraph graph = TopologyZoo.read(name);
        assertFindsWhatJgraphtFinds(graph, CostMetric.DELAY, ArcFilter.ALL, 3, new Random(1));
    }

    static List<String> zoo() {
        return TopologyZoo.names();
    }

    private static void assertFindsWhatJgraphtFinds(DuplexGraph graph, CostMetric metric, ArcFilter filter,
                                                    int queries, Random random) {
        DisjointPairSearch search = new DisjointPairSearch(graph, metric);
        for (Disjointness disjointness : POLYNOMIAL) {
            JgraphtPairs jgrapht = new JgraphtPairs(graph, metric, disjointness, filter);
            for (int query = 0; query < queries; query++) {
                int source = random.nextInt(graph.nodes());
                int target = (source + 1 + random.nextInt(graph.nodes() - 1)) % graph.nodes();
                Optional<PathPair> pair = search.find(source, target, disjointness, filter);
                OptionalLong suurballe = jgrapht.cost(SuurballeKDisjointShortestPaths::new, source, target);
                OptionalLong bhandari = jgrapht.cost(BhandariKDisjointShortestPaths::new, source, target);
                OptionalLong cost = pair.stream().mapToLong(found -> found.cost(graph, metric)).findFirst();
                assertThat(List.of(suurballe, bhandari))
                        .as("%s-disjoint, %s, from %d to %d", disjointness, metric, source, target).containsOnly(cost);
            }
        }
    }
}
