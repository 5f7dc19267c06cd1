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

import com.google.common.base.Suppliers;
import org.onosproject.net.DeviceId;
import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.ExplainedWay;
import org.roundtrip.tepath.Obstacle;
import org.roundtrip.tepath.Objective;
import org.roundtrip.tepath.PathConstraints;
import org.roundtrip.tepath.PathExplanation;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the ways of paths: the best one by the objective of which each link can be taken both ways, satisfies all
 * constraints in both directions and has labels left, and where asked for a standby way as well; so that the two cost
 * the least together.
 * <p>
 * Searches on links that are pruned by the constraints (constraint-based routing, RFC 2702, section 5). Because a link
 * is judged in both directions at once, the way back is the same way. Between two ports of one switch no link and no
 * capability is needed. Equal networks, reservations and queries give equal ways.
 * <p>
 * Keeps the workspaces of its searches, so one instance should serve all queries on a database. Sees what paths hold at
 * the moment of a query. Not thread-safe.
 */
public final class CoRoutedPathComputation {

    private final TeDatabase database;
    private final LinkConstraints constraints;
    private final WaySearch search;
    /** Made on the first question: most queries have a way. */
    private final Supplier<WhyNot> whyNot;

    /**
     * Creates a computation.
     *
     * @param database the network, and what other paths hold of it
     */
    public CoRoutedPathComputation(TeDatabase database) {
        this.database = database;
        constraints = new LinkConstraints(database);
        search = new WaySearch(database);
        whyNot = Suppliers.memoize(() -> new WhyNot(database));
    }

    /**
     * Finds the ways of a path that holds nothing yet.
     *
     * @param query what is looked for
     * @return the ways, or why there are none that fit
     */
    public PathComputationResult compute(PathQuery query) {
        return find(query).map(PathComputationResult::found)
                .orElseGet(() -> PathComputationResult.none(() -> whyNot(Trial.of(query))));
    }

    /**
     * Finds the ways of a path that moves: the bandwidth that it holds counts as free.
     *
     * @param query  what is looked for
     * @param moving the name of the path
     * @return the ways, or why there are none that fit
     */
    public PathComputationResult compute(PathQuery query, String moving) {
        return database.reservations().whileMoving(moving, () -> find(query)).map(PathComputationResult::found)
                .orElseGet(() -> PathComputationResult.none(() -> database.reservations().whileMoving(
                        moving, () -> whyNot(Trial.of(query)))));
    }

    private Optional<ComputedPath> find(PathQuery query) {
        return isAvailable(query.source().deviceId()) && isAvailable(query.destination().deviceId())
                ? Optional.of(search.find(query, constraints.filter(query))).filter(Ways::isFound)
                        .map(ways -> computed(query, ways)) : Optional.empty();
    }

    private ComputedPath computed(PathQuery query, Ways ways) {
        Route active = route(query, ways.active());
        return ComputedPath.builder().active(active).metrics(metrics(active))
                .standby(ways.standby().map(way -> standby(query, active, way))).optimal(ways.isProven()).build();
    }

    private StandbyRoute standby(PathQuery query, Route active, GraphPath way) {
        Route route = route(query, way);
        return StandbyRoute.of(route, metrics(route), Overlap.of(
                database.topology(), query.protection().orElseThrow().disjoint(), active, route));
    }

    /**
     * Finds a standby way for an active way that stays where it is: the best one or, if there is none and best effort
     * will do, the one that shares the least and then costs the least. Within bounds, that is the one of which the
     * fewest links and switches share something, and then the one with the fewest links.
     *
     * @param query  what is looked for, with protection
     * @param active the way that the traffic takes, between two switches; some of it may be gone by now
     * @param moving the name of the path: the bandwidth that it holds counts as free
     * @return the active way with the standby way that is optimal beside it, or why there is none
     * @throws java.util.NoSuchElementException if the query asks for no protection
     */
    public PathComputationResult standby(PathQuery query, Route active, String moving) {
        return database.reservations().whileMoving(moving, () -> standby(query, active))
                .map(standby -> PathComputationResult.found(ComputedPath.builder().active(active)
                        .metrics(metrics(active)).standby(standby).optimal(true).build()))
                .orElseGet(() -> PathComputationResult.none(() -> database.reservations().whileMoving(
                        moving, () -> whyNoStandby(query, active))));
    }

    private Optional<StandbyRoute> standby(PathQuery query, Route active) {
        Disjointness disjointness = query.protection().orElseThrow().disjoint();
        Removal apart = Removal.of(database, disjointness, active);
        PathQuery alone = alone(query);
        ArcFilter filter = constraints.filter(alone);
        BitSet avoided = apart.allArcs(database.graph());
        return find(alone, search, filter.and(arc -> !avoided.get(arc)))
                .or(() -> query.protection().orElseThrow().bestEffort()
                        ? findMostDisjoint(query, active, apart, filter) : Optional.empty())
                .map(way -> route(query, way)).filter(route -> !route.equals(active))
                .map(route -> StandbyRoute.of(route, metrics(route), Overlap.of(
                        database.topology(), disjointness, active, route)));
    }

    /** Bounds, and links that are gone, leave room for less of an answer: what is shared counts link by link. */
    private Optional<GraphPath> findMostDisjoint(PathQuery query, Route active, Removal apart, ArcFilter filter) {
        if (WaySearch.isBound(query) || !active.links().stream().allMatch(database.topology()::hasLink)) {
            return find(PathQuery.builder().from(alone(query)).objective(Objective.TE_METRIC).build(),
                        WaySearch.sparing(database, apart), filter);
        }
        GraphPath way = GraphPath.of(database.graph(), active.links().stream()
                .mapToInt(link -> database.arc(link).orElseThrow()).toArray());
        return search.findMostDisjoint(query, way, filter);
    }

    /** A standby way need not go through what the active way must go through. */
    private static PathQuery alone(PathQuery query) {
        return PathQuery.builder().from(query).protection(Optional.empty()).constraints(
                PathConstraints.builder().from(query.constraints()).include(List.of()).build()).build();
    }

    private Optional<GraphPath> find(PathQuery query, WaySearch way, ArcFilter filter) {
        return isAvailable(query.source().deviceId()) && isAvailable(query.destination().deviceId())
                ? Optional.of(way.find(query, filter)).filter(Ways::isFound).map(Ways::active) : Optional.empty();
    }

    private NoPath whyNoStandby(PathQuery query, Route active) {
        return whyNot(Trial.of(alone(query)).avoiding(Removal.of(
                whyNot.get().search().whole(), query.protection().orElseThrow().disjoint(), active)));
    }

    private NoPath whyNot(Trial trial) {
        return whyNot.get().noPath(trial, whyNot.get().obstacles(trial));
    }

    /**
     * Explains which ways a path would get, or why it would get none.
     *
     * @param query what would be looked for
     * @return the ways, or what stands in the way; and what limits them
     */
    public PathExplanation explain(PathQuery query) {
        Trial trial = Trial.of(query);
        Optional<ComputedPath> found = find(query);
        if (found.isPresent()) {
            return PathExplanation.builder().possible(true).reason(reason(found.get()))
                    .active(ExplainedWay.of(found.get().active().ports(), found.get().metrics(), List.of()))
                    .standby(found.get().standby().map(standby -> ExplainedWay.of(
                            standby.route().ports(), standby.metrics(), standby.shared())))
                    .obstacles(whyNot.get().passed(trial)).build();
        }
        List<Obstacle> obstacles = whyNot.get().obstacles(trial);
        return PathExplanation.builder().possible(false).reason(whyNot.get().noPath(trial, obstacles).reason())
                .obstacles(obstacles).build();
    }

    private static String reason(ComputedPath path) {
        return "there is a way " + Phrases.by(path.active().devices()) + path.standby().map(
                standby -> ", and a standby way " + Phrases.by(standby.route().devices())
                        + (standby.shared().isEmpty() ? "" : " that shares " + String.join(", ", standby.shared())))
                .orElse("") + (path.optimal() ? "" : "; there may be better ones: the search was cut short");
    }

    /**
     * Returns what a way costs.
     *
     * @param route the way, which may be gone by now
     * @return the sums of what its links are configured to cost
     */
    public PathMetrics metrics(Route route) {
        long teMetric = 0;
        long forward = 0;
        long reverse = 0;
        for (LinkDirection link : route.links()) {
            LinkAttributes attributes = database.topology().attributes(link);
            teMetric += attributes.teMetric();
            forward += attributes.delay();
            reverse += database.topology().attributes(link.reversed()).delay();
        }
        return PathMetrics.of(route.links().size(), teMetric, forward, reverse);
    }

    private Route route(PathQuery query, GraphPath way) {
        List<LinkDirection> links = new ArrayList<>(way.hops());
        for (int index = 0; index < way.hops(); index++) {
            links.add(database.link(way.arc(index)));
        }
        return Route.of(query.source(), query.destination(), links);
    }

    private boolean isAvailable(DeviceId device) {
        return database.topology().node(device).filter(TeNode::available).isPresent();
    }
}
