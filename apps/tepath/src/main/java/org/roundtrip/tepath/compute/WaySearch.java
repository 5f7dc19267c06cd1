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
import org.roundtrip.tepath.compute.graph.ConstrainedPairSearch;
import org.roundtrip.tepath.compute.graph.ConstrainedPathQuery;
import org.roundtrip.tepath.compute.graph.ConstrainedPathResult;
import org.roundtrip.tepath.compute.graph.ConstrainedPathSearch;
import org.roundtrip.tepath.compute.graph.CostMetric;
import org.roundtrip.tepath.compute.graph.DisjointBackupSearch;
import org.roundtrip.tepath.compute.graph.Disjointness;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;
import org.roundtrip.tepath.compute.graph.PairSearchResult;
import org.roundtrip.tepath.compute.graph.PathBounds;
import org.roundtrip.tepath.compute.graph.PathObjective;
import org.roundtrip.tepath.compute.graph.PathPair;
import org.roundtrip.tepath.compute.graph.Waypoint;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the ways of queries on a graph with the fastest search that is exact for what the query asks for.
 * <p>
 * Keeps its workspaces between queries. Not thread-safe.
 */
final class WaySearch {

    private static final int NOWHERE = -1;
    /** A pair within bounds may take many searches, each of which has a share of the effort only. */
    private static final int LABELS_IN_PAIR = 20_000;

    private final TeDatabase database;
    private final DuplexGraph graph;
    private final ConstrainedPathSearch single;
    private final ConstrainedPairSearch pairs;
    private final Map<CostMetric, DisjointBackupSearch> backups = new EnumMap<>(CostMetric.class);

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
        single = new ConstrainedPathSearch(graph);
        pairs = new ConstrainedPairSearch(graph, ConstrainedPairSearch.DEFAULT_MAX_SEARCHES);
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
                .orElseGet(() -> findSingle(query, filter));
    }

    /** Both ends are at one switch, which the way neither leaves nor needs protection in. */
    private Ways findWithin(PathQuery query) {
        PathConstraints constraints = query.constraints();
        boolean fits = !constraints.excludeDevices().contains(query.source().deviceId()) && constraints.include()
                .stream().allMatch(hop -> hop.device().equals(Optional.of(query.source().deviceId())));
        return fits ? Ways.single(GraphPath.of(graph), true) : Ways.none(true);
    }

    private Ways findSingle(PathQuery query, ArcFilter filter) {
        ConstrainedPathResult result =
                single.find(asked(query, ConstrainedPathQuery.DEFAULT_LABEL_LIMIT, filter));
        return result.path().map(way -> Ways.single(way, result.isExact()))
                .orElseGet(() -> Ways.none(result.isExact()));
    }

    private ConstrainedPathQuery asked(PathQuery query, int limit, ArcFilter filter) {
        return ConstrainedPathQuery.between(node(query.source()), node(query.destination()),
                                            PathObjective.valueOf(query.objective().name()))
                .within(bounds(query.constraints())).through(waypoints(query)).over(filter).limitedTo(limit);
    }

    private int node(ConnectPoint port) {
        return database.node(port.deviceId()).orElseThrow();
    }

    private static PathBounds bounds(PathConstraints constraints) {
        PathBounds bounds = PathBounds.NONE;
        if (constraints.maxHops().isPresent()) {
            bounds = bounds.withMaxHops(constraints.maxHops().get());
        }
        if (constraints.maxDelay().isPresent()) {
            bounds = bounds.withMaxDelay(constraints.maxDelay().get());
        }
        return constraints.maxDelayAsymmetry().isEmpty() ? bounds
                : bounds.withMaxResidualAsymmetry(constraints.maxDelayAsymmetry().get());
    }

    /** Every way has been at its source: to begin there is nothing to ask for. */
    private List<Waypoint> waypoints(PathQuery query) {
        return query.constraints().include().stream()
                .filter(hop -> !isAt(hop, query) || hop.index().orElseThrow() > 0).map(this::waypoint)
                .collect(Collectors.toList());
    }

    private static boolean isAt(RouteHop hop, PathQuery query) {
        return hop.device().equals(Optional.of(query.source().deviceId()));
    }

    private Waypoint waypoint(RouteHop hop) {
        return hop.device().map(device -> {
            int node = database.node(device).orElse(NOWHERE);
            return hop.strict() ? Waypoint.strictNode(node) : Waypoint.looseNode(node);
        }).orElseGet(() -> {
            int link = link(hop.link().orElseThrow()).orElse(NOWHERE);
            return hop.strict() ? Waypoint.strictLink(link) : Waypoint.looseLink(link);
        });
    }

    private OptionalInt link(ConnectPoint port) {
        int node = database.node(port.deviceId()).orElse(NOWHERE);
        return node == NOWHERE ? OptionalInt.empty()
                : IntStream.range(graph.firstPosition(node), graph.endPosition(node)).map(graph::arcAt)
                        .filter(arc -> database.link(arc).src().equals(port)).map(DuplexGraph::link).findFirst();
    }

    private Ways findPair(PathQuery query, Protection protection, ArcFilter filter) {
        Disjointness disjointness = disjointness(query);
        ConstrainedPathQuery asked = asked(query, LABELS_IN_PAIR, filter);
        PairSearchResult result = protection.bestEffort() ? pairs.findMostDisjoint(asked, disjointness)
                : pairs.find(asked, disjointness);
        return result.pair().map(pair -> Ways.pair(pair.working(), pair.backup(), result.isProven()))
                .orElseGet(() -> Ways.none(result.isProven()));
    }

    /** Finds the standby way that shares the least with an active way, where nothing bounds it. */
    Optional<GraphPath> findMostDisjoint(PathQuery query, GraphPath active, ArcFilter filter) {
        return backups.computeIfAbsent(PathObjective.valueOf(query.objective().name()).metric(),
                                       metric -> new DisjointBackupSearch(graph, metric, LABELS_IN_PAIR))
                .findMostDisjoint(active, disjointness(query), filter).pair().map(PathPair::backup);
    }

    private static Disjointness disjointness(PathQuery query) {
        return Disjointness.valueOf(query.protection().orElseThrow().disjoint().name());
    }

    /** Returns whether more than the cost of a way counts. */
    static boolean isBound(PathQuery query) {
        PathConstraints constraints = query.constraints();
        return query.objective() == Objective.DELAY_ASYMMETRY || constraints.maxHops().isPresent()
                || constraints.maxDelay().isPresent() || constraints.maxDelayAsymmetry().isPresent();
    }
}
