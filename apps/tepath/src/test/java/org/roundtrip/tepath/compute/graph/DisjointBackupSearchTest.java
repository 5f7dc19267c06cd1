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
import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DisjointBackupSearchTest {

    private static final int MANY = 1_000_000;

    @Property(tries = 5000)
    void findsTheShortestDisjointPath(@ForAll long seed, @ForAll CostMetric metric,
                                      @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        List<GraphPath> paths = network.paths();
        if (paths.isEmpty()) {
            return;
        }
        GraphPath working = paths.get(new Random(seed).nextInt(paths.size()));
        Optional<GraphPath> backup = new DisjointBackupSearch(network.graph, metric, MANY)
                .find(working, disjointness, network.filter);

        Optional<GraphPath> best = paths.stream()
                .filter(path -> shared(network, working, path).satisfies(disjointness))
                .min(shortest(network, metric));
        assertThat(backup.isPresent()).isEqualTo(best.isPresent());
        backup.ifPresent(found -> {
            assertThat(found).matches(network::isPath);
            assertThat(shared(network, working, found).satisfies(disjointness)).isTrue();
            assertThat(found).usingComparator(shortest(network, metric)).isEqualTo(best.orElseThrow());
        });
    }

    @Property(tries = 5000)
    void sharesAsLittleAsPossible(@ForAll long seed, @ForAll CostMetric metric, @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        List<GraphPath> paths = network.paths();
        if (paths.isEmpty()) {
            return;
        }
        GraphPath working = paths.get(new Random(seed).nextInt(paths.size()));
        PairSearchResult result = new DisjointBackupSearch(network.graph, metric, MANY)
                .findMostDisjoint(working, disjointness, network.filter);

        Comparator<GraphPath> order = Comparator
                .<GraphPath>comparingInt(path -> count(shared(network, working, path), disjointness))
                .thenComparing(shortest(network, metric));
        assertThat(result.isProven()).isTrue();
        PathPair pair = result.pair().orElseThrow();
        assertThat(pair.working()).isEqualTo(working);
        assertThat(pair.backup()).matches(network::isPath).usingComparator(order)
                .isEqualTo(paths.stream().min(order).orElseThrow());
    }

    @Property(tries = 2000)
    void findsSomePathWhateverTheBound(@ForAll long seed) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        List<GraphPath> paths = network.paths();
        if (paths.isEmpty()) {
            return;
        }
        GraphPath working = paths.get(0);
        PairSearchResult few = new DisjointBackupSearch(network.graph, CostMetric.DELAY, 3)
                .findMostDisjoint(working, Disjointness.SRLG, network.filter);
        assertThat(few.pair().orElseThrow().backup()).matches(network::isPath);
        if (few.isProven()) {
            assertThat(few.pair()).isEqualTo(new DisjointBackupSearch(network.graph, CostMetric.DELAY, MANY)
                    .findMostDisjoint(working, Disjointness.SRLG, network.filter).pair());
        }
    }

    private static PairOverlap shared(RandomPairNetwork network, GraphPath working, GraphPath backup) {
        return PairOverlap.of(network.graph, PathPair.of(working, backup));
    }

    private static int count(PairOverlap shared, Disjointness disjointness) {
        switch (disjointness) {
            case NODE:
                return shared.links().length + shared.nodes().length;
            case SRLG:
                return shared.links().length + shared.srlgs().length;
            default:
                return shared.links().length;
        }
    }

    private static Comparator<GraphPath> shortest(RandomPairNetwork network, CostMetric metric) {
        return Comparator.<GraphPath>comparingLong(path -> path.cost(network.graph, metric))
                .thenComparingInt(GraphPath::hops);
    }

    @Test
    void countsAGroupOnceForAllItsLinks() {
        // Two links of the group that is shared already are better than one of another that is shared as well.
        DuplexGraph.Builder builder = DuplexGraph.builder(4);
        builder.link(0, 3, 1, 0, new int[] {7, 8, 9}, 1, 1);
        builder.link(0, 1, 1, 0, new int[] {7}, 1, 1);
        builder.link(1, 3, 1, 0, new int[] {7}, 1, 1);
        builder.link(0, 2, 1, 0, new int[] {8}, 1, 1);
        builder.link(2, 3, 1, 0, new int[] {9}, 1, 1);
        DuplexGraph graph = builder.build();
        PathPair pair = new DisjointBackupSearch(graph, CostMetric.HOPS, MANY)
                .findMostDisjoint(GraphPath.of(graph, 0), Disjointness.SRLG, ArcFilter.ALL).pair().orElseThrow();
        assertThat(pair.backup()).isEqualTo(GraphPath.of(graph, 2, 4));
        assertThat(PairOverlap.of(graph, pair).srlgs()).containsExactly(7);
    }

    @Test
    void needsALabelAtLeast() {
        DuplexGraph graph = DuplexGraph.builder(1).build();
        assertThatThrownBy(() -> new DisjointBackupSearch(graph, CostMetric.HOPS, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void protectsAPathWithoutLinksByItself() {
        DuplexGraph graph = DuplexGraph.builder(1).build();
        DisjointBackupSearch search = new DisjointBackupSearch(graph, CostMetric.HOPS, MANY);
        GraphPath none = GraphPath.of(graph);
        assertThat(search.find(none, Disjointness.NODE, ArcFilter.ALL)).contains(none);
        assertThat(search.findMostDisjoint(none, Disjointness.SRLG, ArcFilter.ALL).pair())
                .contains(PathPair.of(none, none));
    }
}
