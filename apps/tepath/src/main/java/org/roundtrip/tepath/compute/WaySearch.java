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
package org.roundtrip.tepath.compute;

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.Protection;
import org.roundtrip.tepath.RouteHop;
import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.CostMetric;
import org.roundtrip.tepath.compute.graph.Disjointness;
import org.roundtrip.tepath.compute.graph.DisjointPairSearch;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;
import org.roundtrip.tepath.compute.graph.PairBranchAndBound;
import org.roundtrip.tepath.compute.graph.PathPair;
import org.roundtrip.tepath.compute.graph.ShortestPathSearch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the ways of queries on a graph with the fastest search that is exact for what the query asks for.
 * <p>
 * Keeps its workspaces between queries. Not thread-safe.
 */
final class WaySearch {

    private final TeDatabase database;
    private final DuplexGraph graph;
    private final ShortestPathSearch shortest;
    private final TemporarySearch constrained;
    private final Map<CostMetric, DisjointPairSearch> pairs = new EnumMap<>(CostMetric.class);
    private final Map<Disjointness, PairBranchAndBound> boundPairs = new EnumMap<>(Disjointness.class);

    WaySearch(TeDatabase database) {
        this(database, database.graph());
    }

    /**
     * Creates a search that sees other costs than those of the network.
     *
     * @param database tells which numbers switches and links have
     * @param graph    the graph of the database, but for what links cost
     */
    WaySearch(TeDatabase database, DuplexGraph graph) {
        this.database = database;
        this.graph = graph;
        shortest = new ShortestPathSearch(graph);
        constrained = new TemporarySearch(graph);
    }

    /**
     * Returns a search of which the TE metric of a way is twice the number of the switches and links of a removal that
     * it uses, and as much as it must be for its two ends.
     */
    static WaySearch sparing(TeDatabase database, Removal spared) {
        return new WaySearch(database, weighted(database.graph(), spared));
    }

    /** Weighs links so that a way costs twice the number of what it uses, and the same more for its two ends. */
    private static DuplexGraph weighted(DuplexGraph graph, Removal spared) {
        DuplexGraph.Builder builder = DuplexGraph.builder(graph.nodes());
        for (int link = 0; link < graph.links(); link++) {
            int arc = DuplexGraph.forward(link);
            int[] risks = new int[graph.srlgCount(link)];
            for (int index = 0; index < risks.length; index++) {
                risks[index] = graph.srlg(link, index);
            }
            builder.link(graph.tail(arc), graph.head(arc),
                         2L * count(spared.arcs(), arc) + count(spared.nodes(), graph.tail(arc))
                                 + count(spared.nodes(), graph.head(arc)),
                         graph.affinity(link), risks, graph.delay(arc), graph.delay(DuplexGraph.opposite(arc)));
        }
        return builder.build();
    }

    private static int count(BitSet set, int element) {
        return set.get(element) ? 1 : 0;
    }

    /** Finds the ways of a query: an active way and, if it is to be protected, a standby way. */
    Ways find(PathQuery query, ArcFilter filter) {
        if (database.node(query.source().deviceId()).isEmpty()
                || database.node(query.destination().deviceId()).isEmpty()) {
            return Ways.none(true);
        }
        if (query.source().deviceId().equals(query.destination().deviceId())) {
            return findWithin(query);
        }
        return query.protection().map(protection -> findPair(query, protection, filter))
                .orElseGet(() -> findActive(query, filter).map(Ways::single).orElseGet(() -> Ways.none(true)));
    }

    /** Both ends are at one switch, which the way neither leaves nor needs protection in. */
    private Ways findWithin(PathQuery query) {
        PathConstraints constraints = query.constraints();
        boolean fits = !constraints.excludeDevices().contains(query.source().deviceId()) && constraints.include()
                .stream().allMatch(hop -> hop.device().equals(Optional.of(query.source().deviceId())));
        return fits ? Ways.single(GraphPath.of(graph)) : Ways.none(true);
    }

    /** Finds the best way on its own, through all that it must go through. */
    Optional<GraphPath> findActive(PathQuery query, ArcFilter filter) {
        return findSingle(query, query.constraints().include(), filter);
    }

    /** Finds the best way that may go through anything that is admitted. */
    Optional<GraphPath> findStandby(PathQuery query, ArcFilter filter) {
        return findSingle(query, List.of(), filter);
    }

    private Optional<GraphPath> findSingle(PathQuery query, List<RouteHop> include, ArcFilter filter) {
        int source = database.node(query.source().deviceId()).orElseThrow();
        int destination = database.node(query.destination().deviceId()).orElseThrow();
        if (include.isEmpty() && !isBound(query)) {
            return shortest.find(source, destination, metric(query.objective()).orElseThrow(), filter);
        }
        Optional<List<int[]>> passing = passing(include);
        PathConstraints bounds = query.constraints();
        return passing.flatMap(hops -> constrained.find(
                source, destination, path -> cost(query.objective(), path), bounds.maxHops().orElse(Integer.MAX_VALUE),
                bounds.maxDelay().orElse(Long.MAX_VALUE),
                bounds.maxDelayAsymmetry().filter(most -> most < Long.MAX_VALUE / 2).map(most -> 2 * most)
                        .orElse(Long.MAX_VALUE), hops, filter));
    }

    private Optional<List<int[]>> passing(List<RouteHop> include) {
        List<int[]> passing = new ArrayList<>();
        for (RouteHop hop : include) {
            OptionalInt thing = hop.device().map(database::node).orElseGet(() -> link(hop.link().orElseThrow()));
            if (thing.isEmpty()) {
                return Optional.empty();
            }
            passing.add(new int[] {hop.device().isPresent() ? 0 : 1, thing.getAsInt(), hop.strict() ? 1 : 0});
        }
        return Optional.of(passing);
    }

    private OptionalInt link(ConnectPoint port) {
        return IntStream.range(0, graph.links()).filter(
                link -> database.link(DuplexGraph.forward(link)).src().equals(port)
                        || database.link(DuplexGraph.forward(link)).dst().equals(port)).findFirst();
    }

    private Ways findPair(PathQuery query, Protection protection, ArcFilter filter) {
        Disjointness disjointness = Disjointness.valueOf(protection.disjoint().name());
        boolean plain = query.constraints().include().isEmpty() && !isBound(query);
        if (plain && disjointness != Disjointness.SRLG) {
            return findPlainPair(query, protection, disjointness, filter);
        }
        PairBranchAndBound search = boundPairs.computeIfAbsent(disjointness,
                                                               absent -> new PairBranchAndBound(graph, absent));
        PairBranchAndBound.PathSearch active = more -> findActive(query, filter.and(more));
        PairBranchAndBound.PathSearch standby = query.constraints().include().isEmpty() ? active
                : more -> findStandby(query, filter.and(more));
        PairBranchAndBound.Result result = protection.bestEffort()
                ? search.findMostDisjoint(path -> cost(query.objective(), path), active, standby)
                : search.find(path -> cost(query.objective(), path), active, standby);
        return ways(result.pair(), result.isProven());
    }

    private Ways findPlainPair(PathQuery query, Protection protection, Disjointness disjointness, ArcFilter filter) {
        DisjointPairSearch search = pairs.computeIfAbsent(metric(query.objective()).orElseThrow(),
                                                          metric -> new DisjointPairSearch(graph, metric));
        int source = database.node(query.source().deviceId()).orElseThrow();
        int destination = database.node(query.destination().deviceId()).orElseThrow();
        return ways(protection.bestEffort()
                            ? search.findMostDisjoint(source, destination, disjointness, filter)
                            : search.find(source, destination, disjointness, filter), true);
    }

    private static Ways ways(Optional<PathPair> pair, boolean proven) {
        return pair.map(found -> Ways.pair(found.working(), found.backup(), proven))
                .orElseGet(() -> Ways.none(proven));
    }

    private static boolean isBound(PathQuery query) {
        PathConstraints constraints = query.constraints();
        return query.objective() == Objective.DELAY_ASYMMETRY || constraints.maxHops().isPresent()
                || constraints.maxDelay().isPresent() || constraints.maxDelayAsymmetry().isPresent();
    }

    private long cost(Objective objective, GraphPath path) {
        return metric(objective).map(metric -> path.cost(graph, metric))
                .orElseGet(() -> Math.abs(path.forwardDelay(graph) - path.reverseDelay(graph)));
    }

    private static Optional<CostMetric> metric(Objective objective) {
        switch (objective) {
            case HOPS:
                return Optional.of(CostMetric.HOPS);
            case TE_METRIC:
                return Optional.of(CostMetric.TE_METRIC);
            case DELAY:
                return Optional.of(CostMetric.DELAY);
            case DELAY_ASYMMETRY:
                return Optional.empty();
            default:
                throw new IllegalArgumentException("Unknown objective " + objective);
        }
    }
}
