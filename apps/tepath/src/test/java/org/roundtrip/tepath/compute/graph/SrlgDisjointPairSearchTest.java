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
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SrlgDisjointPairSearchTest {

    private static final int MANY = 1_000_000;

    @Property(tries = 8000)
    void findsTheCheapestPairWithoutACommonRisk(@ForAll long seed, @ForAll CostMetric metric) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        PairSearchResult result = new SrlgDisjointPairSearch(network.graph, metric, MANY)
                .find(network.source, network.destination, network.filter);

        Optional<PathPair> cheapest = network.pairs().stream()
                .filter(pair -> PairOverlap.of(network.graph, pair).satisfies(Disjointness.SRLG))
                .min(cheapest(network, metric));
        assertThat(result.isProven()).isTrue();
        assertThat(result.pair().isPresent()).isEqualTo(cheapest.isPresent());
        result.pair().ifPresent(found -> {
            assertIsPair(network, metric, found);
            assertThat(PairOverlap.of(network.graph, found).satisfies(Disjointness.SRLG)).isTrue();
            assertThat(found).usingComparator(cheapest(network, metric)).isEqualTo(cheapest.orElseThrow());
        });
    }

    @Property(tries = 4000)
    void sharesAsLittleAsPossibleWhereItSaysSo(@ForAll long seed, @ForAll CostMetric metric) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        PairSearchResult result = new SrlgDisjointPairSearch(network.graph, metric, MANY)
                .findMostDisjoint(network.source, network.destination, network.filter);

        Comparator<PathPair> order = Comparator.<PathPair>comparingInt(pair -> shared(network, pair))
                .thenComparing(cheapest(network, metric));
        Optional<PathPair> best = network.pairs().stream().min(order);
        assertThat(result.pair().isPresent()).isEqualTo(best.isPresent());
        result.pair().ifPresent(found -> {
            assertIsPair(network, metric, found);
            if (result.isProven()) {
                assertThat(found).usingComparator(order).isEqualTo(best.orElseThrow());
            }
        });
    }

    @Property(tries = 2000)
    void claimsNothingThatItsLimitHasKeptFromBeingProven(@ForAll long seed) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        PairSearchResult limited = new SrlgDisjointPairSearch(network.graph, CostMetric.TE_METRIC, 1)
                .find(network.source, network.destination, network.filter);
        limited.pair().ifPresent(pair ->
                assertThat(PairOverlap.of(network.graph, pair).satisfies(Disjointness.SRLG)).isTrue());
        if (limited.isProven()) {
            PairSearchResult full = new SrlgDisjointPairSearch(network.graph, CostMetric.TE_METRIC, MANY)
                    .find(network.source, network.destination, network.filter);
            assertThat(limited.pair()).isEqualTo(full.pair());
        }
    }

    private static int shared(RandomPairNetwork network, PathPair pair) {
        PairOverlap overlap = PairOverlap.of(network.graph, pair);
        return overlap.links().length + overlap.srlgs().length;
    }

    private static Comparator<PathPair> cheapest(RandomPairNetwork network, CostMetric metric) {
        return Comparator.<PathPair>comparingLong(pair -> pair.cost(network.graph, metric))
                .thenComparingInt(RandomPairNetwork::hops);
    }

    private static void assertIsPair(RandomPairNetwork network, CostMetric metric, PathPair pair) {
        assertThat(pair.working()).matches(network::isPath);
        assertThat(pair.backup()).matches(network::isPath);
        assertThat(pair.working().cost(network.graph, metric))
                .isLessThanOrEqualTo(pair.backup().cost(network.graph, metric));
    }

    @Test
    void leavesTheLinkDisjointPairThatSharesADuct() {
        DuplexGraph.Builder builder = DuplexGraph.builder(5);
        for (int middle = 1; middle < 4; middle++) {
            builder.link(0, middle, middle, 0, middle < 3 ? new int[] {42} : new int[0], 1, 1);
            builder.link(middle, 4, middle, 0, new int[0], 1, 1);
        }
        DuplexGraph graph = builder.build();
        PairSearchResult result = new SrlgDisjointPairSearch(graph, CostMetric.TE_METRIC, MANY)
                .find(0, 4, ArcFilter.ALL);
        assertThat(result.isProven()).isTrue();
        assertThat(result.pair()).contains(PathPair.of(GraphPath.of(graph, 0, 2), GraphPath.of(graph, 8, 10)));
    }

    @Test
    void saysThatADuctUnderAllPathsLeavesNone() {
        DuplexGraph.Builder builder = DuplexGraph.builder(4);
        for (int middle = 1; middle < 3; middle++) {
            builder.link(0, middle, 1, 0, new int[] {42}, 1, 1);
            builder.link(middle, 3, 1, 0, new int[0], 1, 1);
        }
        DuplexGraph graph = builder.build();
        SrlgDisjointPairSearch search = new SrlgDisjointPairSearch(graph, CostMetric.TE_METRIC, 1);
        assertThat(search.find(0, 3, ArcFilter.ALL).isProven()).isTrue();
        assertThat(search.find(0, 3, ArcFilter.ALL).pair()).isEmpty();

        PairSearchResult most = search.findMostDisjoint(0, 3, ArcFilter.ALL);
        assertThat(most.isProven()).isTrue();
        assertThat(PairOverlap.of(graph, most.pair().orElseThrow()).srlgs()).containsExactly(42);
        assertThat(PairOverlap.of(graph, most.pair().orElseThrow()).links()).isEmpty();
    }

    @Test
    void needsASearchAtLeast() {
        DuplexGraph graph = DuplexGraph.builder(1).build();
        assertThatThrownBy(() -> new SrlgDisjointPairSearch(graph, CostMetric.HOPS, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
