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
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConstrainedPairSearchTest {

    private static final int MANY = 1_000_000;

    // Against brute force

    @Property(tries = 8000)
    void findsTheCheapestPairWithoutACommonRisk(@ForAll long seed, @ForAll CostMetric metric,
                                                @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        assertFindsTheBest(network, query(network, PathObjective.valueOf(metric.name())), path -> true, disjointness);
    }

    @Property(tries = 8000)
    void findsTheBestPairWithinBounds(@ForAll long seed, @ForAll PathObjective objective,
                                      @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        assertFindsTheBest(network, query(network, objective).within(bounds(seed)), path -> true, disjointness);
    }

    @Property(tries = 8000)
    void findsTheBestPairOfWhichOnePassesAWaypoint(@ForAll long seed, @ForAll PathObjective objective,
                                                   @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        int node = new Random(seed).nextInt(network.graph.nodes());
        if (node == network.source) {
            return;
        }
        assertFindsTheBest(network, query(network, objective).through(List.of(Waypoint.looseNode(node)))
                                   .within(seed % 2 == 0 ? PathBounds.NONE : bounds(seed)),
                           path -> Arrays.stream(path.arcs()).anyMatch(arc -> network.graph.head(arc) == node),
                           disjointness);
    }

    /** What the working path has to be like, beside what both have to. */
    @FunctionalInterface
    private interface Condition {

        boolean holds(GraphPath working);
    }

    private static ConstrainedPathQuery query(RandomPairNetwork network, PathObjective objective) {
        return ConstrainedPathQuery.between(network.source, network.destination, objective).over(network.filter);
    }

    private static PathBounds bounds(long seed) {
        Random random = new Random(seed);
        PathBounds bounds = PathBounds.NONE;
        bounds = random.nextBoolean() ? bounds.withMaxHops(1 + random.nextInt(4)) : bounds;
        bounds = random.nextBoolean() ? bounds.withMaxDelay(random.nextInt(8)) : bounds;
        return random.nextBoolean() ? bounds.withMaxResidualAsymmetry(random.nextInt(3)) : bounds;
    }

    private static void assertFindsTheBest(RandomPairNetwork network, ConstrainedPathQuery query, Condition working,
                                           Disjointness disjointness) {
        ConstrainedPairSearch search = new ConstrainedPairSearch(network.graph, MANY);
        PairSearchResult disjoint = search.find(query, disjointness);
        PairSearchResult most = search.findMostDisjoint(query, disjointness);

        List<PathPair> pairs = network.pairs().stream()
                .filter(pair -> query.bounds().allow(network.graph, pair.working())
                        && query.bounds().allow(network.graph, pair.backup()) && working.holds(pair.working()))
                .toList();
        Comparator<PathPair> order = order(network, query.objective());
        assertBest(network, query, disjoint, pairs.stream()
                .filter(pair -> PairOverlap.of(network.graph, pair).satisfies(disjointness)), order, working);
        assertBest(network, query, most, pairs.stream(), Comparator
                .<PathPair>comparingInt(pair -> shared(network, pair, disjointness)).thenComparing(order), working);
        disjoint.pair().ifPresent(pair ->
                assertThat(PairOverlap.of(network.graph, pair).satisfies(disjointness)).isTrue());
    }

    private static void assertBest(RandomPairNetwork network, ConstrainedPathQuery query, PairSearchResult result,
                                   Stream<PathPair> candidates, Comparator<PathPair> order, Condition working) {
        Optional<PathPair> best = candidates.min(order);
        assertThat(result.isProven()).isTrue();
        assertThat(result.pair().isPresent()).isEqualTo(best.isPresent());
        result.pair().ifPresent(found -> {
            assertThat(found.working()).matches(network::isPath).matches(working::holds);
            assertThat(found.backup()).matches(network::isPath);
            assertThat(List.of(found.working(), found.backup()))
                    .allMatch(path -> query.bounds().allow(network.graph, path));
            assertThat(found).usingComparator(order).isEqualTo(best.orElseThrow());
        });
    }

    private static int shared(RandomPairNetwork network, PathPair pair, Disjointness disjointness) {
        PairOverlap overlap = PairOverlap.of(network.graph, pair);
        switch (disjointness) {
            case NODE:
                return overlap.links().length + overlap.nodes().length;
            case SRLG:
                return overlap.links().length + overlap.srlgs().length;
            default:
                return overlap.links().length;
        }
    }

    private static Comparator<PathPair> order(RandomPairNetwork network, PathObjective objective) {
        Comparator<PathPair> cheapest = Comparator
                .<PathPair>comparingLong(pair -> pair.cost(network.graph, objective.metric()))
                .thenComparingInt(RandomPairNetwork::hops);
        return objective == PathObjective.DELAY_ASYMMETRY
                ? Comparator.<PathPair>comparingLong(pair -> difference(network, pair.working())
                        + difference(network, pair.backup())).thenComparing(cheapest)
                : cheapest;
    }

    private static long difference(RandomPairNetwork network, GraphPath path) {
        return Math.abs(path.forwardDelay(network.graph) - path.reverseDelay(network.graph));
    }

    @Property(tries = 2000)
    void claimsNothingThatItsLimitHasKeptFromBeingProven(@ForAll long seed, @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        ConstrainedPathQuery query = query(network, PathObjective.TE_METRIC).within(bounds(seed));
        PairSearchResult limited = new ConstrainedPairSearch(network.graph, 1).find(query, disjointness);
        limited.pair().ifPresent(pair ->
                assertThat(PairOverlap.of(network.graph, pair).satisfies(disjointness)).isTrue());
        if (limited.isProven()) {
            PairSearchResult full = new ConstrainedPairSearch(network.graph, MANY).find(query, disjointness);
            assertThat(limited.pair()).isEqualTo(full.pair());
        }
    }

    @Property(tries = 2000)
    void putsTheBetterPathToWork(@ForAll long seed, @ForAll Disjointness disjointness) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        new ConstrainedPairSearch(network.graph, MANY)
                .find(query(network, PathObjective.DELAY).within(bounds(seed)), disjointness).pair()
                .ifPresent(pair -> assertThat(pair.working().cost(network.graph, CostMetric.DELAY))
                        .isLessThanOrEqualTo(pair.backup().cost(network.graph, CostMetric.DELAY)));
    }

    // By hand

    @Test
    void leavesTheLinkDisjointPairThatSharesADuct() {
        DuplexGraph graph = threeWays(new int[] {42}, new int[] {42}, new int[0]);
        PairSearchResult result = new ConstrainedPairSearch(graph, MANY)
                .find(ConstrainedPathQuery.between(0, 4, PathObjective.TE_METRIC), Disjointness.SRLG);
        assertThat(result.isProven()).isTrue();
        assertThat(result.pair()).contains(PathPair.of(GraphPath.of(graph, 0, 2), GraphPath.of(graph, 8, 10)));
    }

    @Test
    void saysThatADuctUnderAllPathsLeavesNone() {
        DuplexGraph graph = threeWays(new int[] {42}, new int[] {42}, new int[] {42});
        ConstrainedPathQuery query = ConstrainedPathQuery.between(0, 4, PathObjective.TE_METRIC);
        ConstrainedPairSearch search = new ConstrainedPairSearch(graph, 1);
        assertThat(search.find(query, Disjointness.SRLG).isProven()).isTrue();
        assertThat(search.find(query, Disjointness.SRLG).pair()).isEmpty();

        PairSearchResult most = search.findMostDisjoint(query, Disjointness.SRLG);
        assertThat(most.isProven()).isTrue();
        assertThat(PairOverlap.of(graph, most.pair().orElseThrow()).srlgs()).containsExactly(42);
        assertThat(PairOverlap.of(graph, most.pair().orElseThrow()).links()).isEmpty();
    }

    /** From 0 to 4 over 1, 2 or 3, which cost 2, 4 and 6; the first link of each is in the groups given. */
    private static DuplexGraph threeWays(int[]... groups) {
        DuplexGraph.Builder builder = DuplexGraph.builder(5);
        for (int middle = 1; middle < 4; middle++) {
            builder.link(0, middle, middle, 0, groups[middle - 1], 1, 1);
            builder.link(middle, 4, middle, 0, new int[0], 1, 1);
        }
        return builder.build();
    }

    @Test
    void needsASearchAtLeast() {
        DuplexGraph graph = DuplexGraph.builder(1).build();
        assertThatThrownBy(() -> new ConstrainedPairSearch(graph, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
