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

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DisjointPairSearchTest {

    // Against brute force

    @Property(tries = 5000)
    void findsTheCheapestPairWithoutACommonLink(@ForAll long seed, @ForAll CostMetric metric) {
        assertExact(seed, metric, Disjointness.LINK);
    }

    @Property(tries = 5000)
    void findsTheCheapestPairWithoutACommonNode(@ForAll long seed, @ForAll CostMetric metric) {
        assertExact(seed, metric, Disjointness.NODE);
    }

    private static void assertExact(long seed, CostMetric metric, Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        Optional<PathPair> pair = new DisjointPairSearch(network.graph, metric)
                .find(network.source, network.destination, disjointness, network.filter);

        Optional<PathPair> cheapest = network.pairs().stream()
                .filter(some -> PairOverlap.of(network.graph, some).satisfies(disjointness))
                .min(cheapest(network, metric));
        assertThat(pair.isPresent()).isEqualTo(cheapest.isPresent());
        pair.ifPresent(found -> {
            assertIsPair(network, metric, found);
            assertThat(PairOverlap.of(network.graph, found).satisfies(disjointness)).isTrue();
            assertThat(found).usingComparator(cheapest(network, metric)).isEqualTo(cheapest.orElseThrow());
            assertThat(network.pairs()).filteredOn(other -> arcs(other).equals(arcs(found))).allMatch(
                    other -> working(network, metric).compare(found, other) <= 0);
        });
    }

    private static List<Integer> arcs(PathPair pair) {
        return Stream.of(pair.working(), pair.backup()).flatMapToInt(path -> Arrays.stream(path.arcs())).sorted()
                .boxed().collect(Collectors.toList());
    }

    private static Comparator<PathPair> working(RandomPairNetwork network, CostMetric metric) {
        return Comparator.<PathPair>comparingLong(pair -> pair.working().cost(network.graph, metric))
                .thenComparingInt(pair -> pair.working().hops())
                .thenComparing(pair -> pair.working().arcs(), Arrays::compare);
    }

    @Property(tries = 3000)
    void sharesNoMoreLinksThanItMust(@ForAll long seed, @ForAll CostMetric metric) {
        assertMostDisjoint(seed, metric, Disjointness.LINK, overlap -> overlap.links().length);
    }

    @Property(tries = 3000)
    void sharesNoMoreNodesAndLinksThanItMust(@ForAll long seed, @ForAll CostMetric metric) {
        assertMostDisjoint(seed, metric, Disjointness.NODE,
                           overlap -> overlap.nodes().length + overlap.links().length);
    }

    private static void assertMostDisjoint(long seed, CostMetric metric, Disjointness disjointness,
                                           ToLongFunction<PairOverlap> shared) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        DisjointPairSearch search = new DisjointPairSearch(network.graph, metric);
        Optional<PathPair> pair =
                search.findMostDisjoint(network.source, network.destination, disjointness, network.filter);

        Comparator<PathPair> order = Comparator
                .<PathPair>comparingLong(some -> shared.applyAsLong(PairOverlap.of(network.graph, some)))
                .thenComparing(cheapest(network, metric));
        Optional<PathPair> best = network.pairs().stream().min(order);
        assertThat(pair.isPresent()).isEqualTo(best.isPresent());
        pair.ifPresent(found -> {
            assertIsPair(network, metric, found);
            assertThat(found).usingComparator(order).isEqualTo(best.orElseThrow());
            if (PairOverlap.of(network.graph, found).satisfies(disjointness)) {
                assertThat(search.find(network.source, network.destination, disjointness, network.filter))
                        .contains(found);
            }
        });
    }

    @Property(tries = 2000)
    void leavesNothingOfOneSearchToTheNext(@ForAll long seed, @ForAll CostMetric metric,
                                           @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        Disjointness asked = disjointness == Disjointness.SRLG ? Disjointness.LINK : disjointness;
        DisjointPairSearch used = new DisjointPairSearch(network.graph, metric);
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            int from = random.nextInt(network.graph.nodes());
            int to = random.nextInt(network.graph.nodes());
            DisjointPairSearch fresh = new DisjointPairSearch(network.graph, metric);
            assertThat(used.findMostDisjoint(from, to, asked, network.filter))
                    .isEqualTo(fresh.findMostDisjoint(from, to, asked, network.filter));
            assertThat(used.find(from, to, asked, network.filter))
                    .isEqualTo(fresh.find(from, to, asked, network.filter));
        }
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

    // By hand

    @Test
    void leavesTheShortestPathWhereThatBlocksEveryPartner() {
        // 0-1-2-3 is the shortest path; the only pair is 0-1-3 and 0-2-3.
        DuplexGraph.Builder trap = DuplexGraph.builder(4);
        link(trap, 0, 1, 1);
        link(trap, 1, 2, 1);
        link(trap, 2, 3, 1);
        link(trap, 0, 2, 5);
        link(trap, 1, 3, 6);
        DuplexGraph graph = trap.build();
        for (Disjointness disjointness : new Disjointness[] {Disjointness.LINK, Disjointness.NODE}) {
            PathPair pair = new DisjointPairSearch(graph, CostMetric.TE_METRIC)
                    .find(0, 3, disjointness, ArcFilter.ALL).orElseThrow();
            assertThat(pair.working()).isEqualTo(GraphPath.of(graph, 6, 4));
            assertThat(pair.backup()).isEqualTo(GraphPath.of(graph, 0, 8));
        }
    }

    @Test
    void neverMeetsOnALinkInOppositeDirections() {
        // As arcs, 0-1-2-3 and 0-2-1-3 would be disjoint.
        DuplexGraph.Builder builder = DuplexGraph.builder(4);
        link(builder, 0, 1, 1);
        link(builder, 1, 2, 0);
        link(builder, 2, 3, 1);
        link(builder, 0, 2, 1);
        link(builder, 1, 3, 1);
        DuplexGraph graph = builder.build();
        PathPair pair = new DisjointPairSearch(graph, CostMetric.TE_METRIC)
                .find(0, 3, Disjointness.LINK, ArcFilter.ALL).orElseThrow();
        assertThat(PairOverlap.of(graph, pair).links()).isEmpty();
        assertThat(pair.cost(graph, CostMetric.TE_METRIC)).isEqualTo(4);
    }

    @Test
    void takesParallelLinksForDifferentOnes() {
        DuplexGraph.Builder builder = DuplexGraph.builder(2);
        link(builder, 0, 1, 7);
        link(builder, 1, 0, 3);
        DuplexGraph graph = builder.build();
        PathPair pair = new DisjointPairSearch(graph, CostMetric.TE_METRIC)
                .find(0, 1, Disjointness.NODE, ArcFilter.ALL).orElseThrow();
        assertThat(pair).isEqualTo(PathPair.of(GraphPath.of(graph, 3), GraphPath.of(graph, 0)));
    }

    @Test
    void takesBackALinkThatIsAdmittedOneWayOnly() {
        DuplexGraph.Builder trap = DuplexGraph.builder(4);
        link(trap, 0, 1, 1);
        link(trap, 1, 2, 1);
        link(trap, 2, 3, 1);
        link(trap, 0, 2, 5);
        link(trap, 1, 3, 6);
        assertThat(new DisjointPairSearch(trap.build(), CostMetric.TE_METRIC)
                           .find(0, 3, Disjointness.LINK, arc -> arc % 2 == 0)).isPresent();
    }

    @Test
    void saysWhatEveryPathNeeds() {
        // Two rings that touch at node 2, behind a single link from 0 to 1.
        DuplexGraph.Builder builder = DuplexGraph.builder(6);
        link(builder, 0, 1, 1);
        link(builder, 1, 2, 1);
        link(builder, 1, 3, 1);
        link(builder, 3, 2, 1);
        link(builder, 2, 5, 1);
        link(builder, 2, 4, 1);
        link(builder, 4, 5, 1);
        DuplexGraph graph = builder.build();
        DisjointPairSearch search = new DisjointPairSearch(graph, CostMetric.HOPS);
        assertThat(search.find(0, 5, Disjointness.LINK, ArcFilter.ALL)).isEmpty();

        PairOverlap links = PairOverlap.of(
                graph, search.findMostDisjoint(0, 5, Disjointness.LINK, ArcFilter.ALL).orElseThrow());
        PairOverlap nodes = PairOverlap.of(
                graph, search.findMostDisjoint(0, 5, Disjointness.NODE, ArcFilter.ALL).orElseThrow());
        assertThat(links.links()).containsExactly(0);
        assertThat(nodes.links()).containsExactly(0);
        assertThat(nodes.nodes()).containsExactly(1, 2);
    }

    @Test
    void hasAnEmptyPairFromANodeToItself() {
        DisjointPairSearch search = new DisjointPairSearch(DuplexGraph.builder(1).build(), CostMetric.HOPS);
        PathPair pair = search.find(0, 0, Disjointness.NODE, ArcFilter.ALL).orElseThrow();
        assertThat(pair.working().hops() + pair.backup().hops()).isZero();
    }

    @Test
    void leavesSharedRisksToAnotherSearch() {
        DisjointPairSearch search = new DisjointPairSearch(DuplexGraph.builder(1).build(), CostMetric.HOPS);
        assertThatThrownBy(() -> search.find(0, 0, Disjointness.SRLG, ArcFilter.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsUpTheLargestMetricsThatThereAre() {
        DuplexGraph.Builder builder = DuplexGraph.builder(1000);
        for (int node = 0; node < 1000; node++) {
            link(builder, node, (node + 1) % 1000, DuplexGraph.MAX_TE_METRIC);
        }
        DuplexGraph ring = builder.build();
        assertThat(new DisjointPairSearch(ring, CostMetric.TE_METRIC)
                           .find(0, 500, Disjointness.NODE, ArcFilter.ALL).orElseThrow()
                           .cost(ring, CostMetric.TE_METRIC)).isEqualTo(1000 * DuplexGraph.MAX_TE_METRIC);
    }

    private static void link(DuplexGraph.Builder graph, int tail, int head, long cost) {
        graph.link(tail, head, cost, 0, new int[0], cost, cost);
    }
}
