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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConstrainedPathSearchTest {

    private static final int[] NONE = {};

    @Property(tries = 5000)
    void findsTheCanonicalPathWithinBoundsOfSmallGraphs(@ForAll long seed, @ForAll PathObjective objective) {
        Random random = new Random(seed);
        DuplexGraph graph = RandomGraphs.small(random);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        for (int query = 0; query < 3; query++) {
            assertFindsTheBest(graph, search, objective, bounds(graph, random), List.of(), random);
        }
    }

    @Property(tries = 5000)
    void findsTheCanonicalPathThroughWaypointsOfSmallGraphs(@ForAll long seed, @ForAll PathObjective objective) {
        Random random = new Random(seed);
        DuplexGraph graph = RandomGraphs.small(random);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        for (int query = 0; query < 3; query++) {
            PathBounds bounds = random.nextBoolean() ? PathBounds.NONE : bounds(graph, random);
            assertFindsTheBest(graph, search, objective, bounds, waypoints(graph, random), random);
        }
    }

    private static void assertFindsTheBest(DuplexGraph graph, ConstrainedPathSearch search, PathObjective objective,
                                           PathBounds bounds, List<Waypoint> waypoints, Random random) {
        ArcFilter filter = RandomGraphs.filter(graph, 0.1, random);
        int source = random.nextInt(graph.nodes());
        int target = random.nextInt(graph.nodes());
        ConstrainedPathResult result = search.find(ConstrainedPathQuery.between(source, target, objective)
                                                           .within(bounds).through(waypoints).over(filter));

        assertThat(result.isExact()).isTrue();
        assertThat(result.path()).as("%s from %d to %d through %s", objective, source, target, waypoints).isEqualTo(
                SimplePaths.between(graph, source, target, filter).stream()
                        .filter(path -> isWithin(graph, path, bounds) && passes(graph, path, waypoints))
                        .min(order(graph, objective)));
    }

    private static boolean isWithin(DuplexGraph graph, GraphPath path, PathBounds bounds) {
        long forward = path.forwardDelay(graph);
        long reverse = path.reverseDelay(graph);
        return path.hops() <= bounds.maxHops() && forward <= bounds.maxDelay() && reverse <= bounds.maxDelay()
                && Math.abs(forward - reverse) <= bounds.maxDifference();
    }

    /** Whether the waypoints can be laid along the path in their order. */
    private static boolean passes(DuplexGraph graph, GraphPath path, List<Waypoint> waypoints) {
        int next = 0;
        for (int index = 0; index < path.hops(); index++) {
            int arc = path.arc(index);
            if (next < waypoints.size() && waypoints.get(next).isStrict()
                    && !waypoints.get(next).isPassedBy(graph, arc)) {
                return false;
            }
            int before = next;
            while (next < waypoints.size() && waypoints.get(next).isPassedBy(graph, arc)
                    && (next == before || !waypoints.get(next).isLink())) {
                next++;
            }
        }
        return next == waypoints.size();
    }

    private static Comparator<GraphPath> order(DuplexGraph graph, PathObjective objective) {
        Comparator<GraphPath> canonical = SimplePaths.canonicalOrder(graph, objective.metric());
        return objective == PathObjective.DELAY_ASYMMETRY
                ? Comparator.<GraphPath>comparingLong(path -> difference(graph, path)).thenComparing(canonical)
                : canonical;
    }

    private static long difference(DuplexGraph graph, GraphPath path) {
        return Math.abs(path.forwardDelay(graph) - path.reverseDelay(graph));
    }

    /** Bounds of which some hold for some paths. */
    private static PathBounds bounds(DuplexGraph graph, Random random) {
        long delay = 1;
        for (int arc = 0; arc < graph.arcs(); arc++) {
            delay = Math.max(delay, graph.delay(arc));
        }
        PathBounds bounds = PathBounds.NONE;
        if (random.nextBoolean()) {
            bounds = bounds.withMaxHops(random.nextInt(5));
        }
        if (random.nextBoolean()) {
            bounds = bounds.withMaxDelay((long) (3 * delay * random.nextDouble()));
        }
        return random.nextBoolean() ? bounds.withMaxResidualAsymmetry((long) (delay * random.nextDouble())) : bounds;
    }

    private static List<Waypoint> waypoints(DuplexGraph graph, Random random) {
        return Stream.generate(() -> waypoint(graph, random)).limit(1 + random.nextInt(3))
                .collect(Collectors.toList());
    }

    private static Waypoint waypoint(DuplexGraph graph, Random random) {
        boolean strict = random.nextInt(3) == 0;
        if (graph.links() > 0 && random.nextBoolean()) {
            int link = random.nextInt(graph.links());
            return strict ? Waypoint.strictLink(link) : Waypoint.looseLink(link);
        }
        int node = random.nextInt(graph.nodes());
        return strict ? Waypoint.strictNode(node) : Waypoint.looseNode(node);
    }

    /** A ladder: two rails of rungs, one fast and dear, one slow and cheap, and rungs between them. */
    private static DuplexGraph ladder(int length) {
        DuplexGraph.Builder builder = DuplexGraph.builder(2 * length);
        for (int step = 0; step < length; step++) {
            if (step + 1 < length) {
                builder.link(2 * step, 2 * step + 2, 10, 0, NONE, 100, 100);
                builder.link(2 * step + 1, 2 * step + 3, 1, 0, NONE, 1000, 1000);
            }
            builder.link(2 * step, 2 * step + 1, 0, 0, NONE, 10, 10);
        }
        return builder.build();
    }

    @Test
    void buysAsMuchSpeedAsTheDelayBoundNeeds() {
        DuplexGraph graph = ladder(40);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        ConstrainedPathResult result = search.find(
                ConstrainedPathQuery.between(0, 78, PathObjective.TE_METRIC)
                        .within(PathBounds.NONE.withMaxDelay(20_000)));
        GraphPath path = result.path().orElseThrow();

        assertThat(result.isExact()).isTrue();
        // With s slow steps, the 39 take 39 * 100 + s * 900 and two rungs: 17 slow ones fit.
        assertThat(path.cost(graph, CostMetric.TE_METRIC)).isEqualTo(17 + 22 * 10);
        assertThat(path.forwardDelay(graph)).isEqualTo(39 * 100 + 17 * 900 + 20);
    }

    @Test
    void isExactlyWithoutPathWhenTheBoundIsBelowTheFastest() {
        ConstrainedPathSearch search = new ConstrainedPathSearch(ladder(40));
        ConstrainedPathResult result = search.find(
                ConstrainedPathQuery.between(0, 78, PathObjective.TE_METRIC)
                        .within(PathBounds.NONE.withMaxDelay(3899)));

        assertThat(result.path()).isEmpty();
        assertThat(result.isExact()).isTrue();
    }

    @Test
    void settlesAnAsymmetryOfTheOnlyAccessLinkWithoutSearching() {
        DuplexGraph.Builder builder = DuplexGraph.builder(50);
        builder.link(0, 1, 1, 0, NONE, 9000, 1000);
        for (int node = 1; node < 50; node++) {
            builder.link(node, 1 + node % 49, node, 0, NONE, 500, 500);
            builder.link(node, 1 + (node + 6) % 49, node, 0, NONE, 500, 500);
        }
        ConstrainedPathSearch search = new ConstrainedPathSearch(builder.build());
        ConstrainedPathQuery query = ConstrainedPathQuery.between(0, 30, PathObjective.TE_METRIC).limitedTo(1);

        ConstrainedPathResult refused = search.find(query.within(PathBounds.NONE.withMaxResidualAsymmetry(3999)));
        assertThat(refused.isExact()).isTrue();
        assertThat(refused.path()).isEmpty();
        ConstrainedPathResult granted = search.find(query.within(PathBounds.NONE.withMaxResidualAsymmetry(4000)));
        assertThat(granted.isExact()).isTrue();
        assertThat(granted.path()).isPresent();
    }

    @Test
    void compensatesOneAsymmetryByAnother() {
        DuplexGraph.Builder builder = DuplexGraph.builder(4);
        builder.link(0, 1, 1, 0, NONE, 700, 100);
        builder.link(1, 3, 1, 0, NONE, 100, 100);
        builder.link(1, 2, 1, 0, NONE, 100, 650);
        builder.link(2, 3, 1, 0, NONE, 100, 100);
        DuplexGraph graph = builder.build();
        ConstrainedPathResult result = new ConstrainedPathSearch(graph)
                .find(ConstrainedPathQuery.between(0, 3, PathObjective.DELAY_ASYMMETRY));

        assertThat(result.isExact()).isTrue();
        assertThat(result.path().orElseThrow().arcs()).containsExactly(0, 4, 6);
        assertThat(difference(graph, result.path().orElseThrow())).isEqualTo(50);
    }

    @Test
    void saysWhenItReachesItsLimitAndKeepsToTheBoundsEvenSo() {
        Random random = new Random(3);
        DuplexGraph graph = RandomGraphs.graph(60, 200, 1_000_000, random);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        ConstrainedPathResult result = search.find(
                ConstrainedPathQuery.between(0, 1, PathObjective.DELAY_ASYMMETRY).limitedTo(5000));

        assertThat(result.isExact()).isFalse();
        GraphPath fastest = new ShortestPathSearch(graph).find(0, 1, CostMetric.DELAY, ArcFilter.ALL).orElseThrow();
        assertThat(difference(graph, result.path().orElseThrow())).isLessThanOrEqualTo(difference(graph, fastest));
    }

    @Test
    void withoutAnyAsymmetryABoundOnItCostsNothing() {
        DuplexGraph graph = ladder(200);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        PathBounds bounds = PathBounds.NONE.withMaxResidualAsymmetry(0);

        for (PathObjective objective : PathObjective.values()) {
            // Not one label is allowed: the shortest path is the answer.
            ConstrainedPathResult result = search.find(
                    ConstrainedPathQuery.between(0, 399, objective).within(bounds).limitedTo(1));
            assertThat(result.isExact()).isTrue();
            assertThat(result.path()).isEqualTo(
                    new ShortestPathSearch(graph).find(0, 399, objective.metric(), ArcFilter.ALL));
        }
    }

    @Test
    void worksOnAfterAFilterThatFails() {
        DuplexGraph graph = ladder(3);
        ConstrainedPathSearch search = new ConstrainedPathSearch(graph);
        ConstrainedPathQuery query = ConstrainedPathQuery.between(0, 4, PathObjective.HOPS)
                .through(List.of(Waypoint.looseNode(3)));

        assertThatThrownBy(() -> search.find(query.over(arc -> {
            throw new IllegalStateException("from the filter");
        }))).hasMessage("from the filter");
        assertThatThrownBy(() -> search.find(ConstrainedPathQuery.between(0, 6, PathObjective.HOPS)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        List<Integer> nodes = new ArrayList<>(List.of(0));
        Optional<GraphPath> path = search.find(query).path();
        for (int arc : path.orElseThrow().arcs()) {
            nodes.add(graph.head(arc));
        }
        assertThat(nodes).containsExactly(0, 2, 3, 5, 4);
    }

    @Test
    void refusesNegativeBoundsAndLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> PathBounds.NONE.withMaxHops(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> PathBounds.NONE.withMaxDelay(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> PathBounds.NONE.withMaxResidualAsymmetry(-1));
        assertThatIllegalArgumentException().isThrownBy(
                () -> ConstrainedPathQuery.between(0, 1, PathObjective.HOPS).limitedTo(0));
    }
}
