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
import org.roundtrip.tepath.PathMetrics;

import java.util.List;
import java.util.Optional;

/**
 * Finds the way of a path: the fewest links, each of which can be taken both ways, has the bandwidth free in both
 * directions and a label free at both of its ports, between switches that all have the capabilities.
 * <p>
 * One breadth-first search over links that are pruned by these constraints (constraint-based routing, RFC 2702, section
 * 5), in time proportional to the number of switches and links. Because a link is judged in both directions at once,
 * the way back is the same way. Between two ports of one switch no link and no capability is needed.
 * <p>
 * Immutable and thread-safe.
 */
public final class CoRoutedPathComputation {

    private final TeTopology topology;
    private final Reservations reservations;

    /**
     * Creates a computation.
     *
     * @param topology     the network
     * @param reservations what other paths hold of it
     */
    public CoRoutedPathComputation(TeTopology topology, Reservations reservations) {
        this.topology = topology;
        this.reservations = reservations;
    }

    /**
     * Creates a computation.
     *
     * @param database the network, and what is free in it
     */
    public CoRoutedPathComputation(TeDatabase database) {
        this(database.topology(), database.reservations());
    }

    /**
     * Finds the ways of a query.
     *
     * @param query what is looked for
     * @return the ways, or why there are none
     */
    public PathComputationResult compute(PathQuery query) {
        PathComputationResult r = compute(query.source(), query.destination(),
                                          Math.max(query.forwardBandwidth(), query.reverseBandwidth()));
        if (r.noPath().isPresent()) {
            return r;
        }
        Route route = r.route().get();
        if (query.protection().isEmpty() || route.links().isEmpty()) {
            return PathComputationResult.path(ComputedPath.builder().active(route).metrics(metrics(route))
                                                      .optimal(true).build());
        }
        PathComputationResult s = standby(query, route);
        return s;
    }

    /**
     * Finds a standby way for an active one.
     *
     * @param query what is looked for
     * @param route the active way
     * @return both ways, or why there is no standby way
     */
    public PathComputationResult standby(PathQuery query, Route route) {
        LinkConstraints constraints = new LinkConstraints(
                topology, reservations, Math.max(query.forwardBandwidth(), query.reverseBandwidth()));
        Optional<List<LinkDirection>> links = ShortestPath.find(
                query.source().deviceId(), query.destination().deviceId(), topology::links,
                link -> constraints.admits(link) && !route.links().contains(link)
                        && !route.links().contains(link.reversed()));
        if (links.isEmpty()) {
            return PathComputationResult.none(NoPath.of(NoPath.Reason.DISCONNECTED, "protection",
                                                        "there is no disjoint standby way"));
        }
        Route standby = Route.of(query.source(), query.destination(), links.get());
        return PathComputationResult.path(ComputedPath.builder().active(route).metrics(metrics(route)).optimal(true)
            .standby(StandbyRoute.of(standby, metrics(standby), List.of())).build());
    }

    /**
     * Returns what a way costs.
     *
     * @param route the way
     * @return its metrics
     */
    public PathMetrics metrics(Route route) {
        return PathMetrics.of(route.links().size(), route.links().size(), 0, 0);
    }

    /**
     * Finds a way.
     *
     * @param source      an edge port
     * @param destination another edge port
     * @param bandwidth   what must be free in each direction, in bit/s
     * @return the way, or why there is none
     */
    public PathComputationResult compute(ConnectPoint source, ConnectPoint destination, long bandwidth) {
        LinkConstraints constraints = new LinkConstraints(topology, reservations, bandwidth);
        if (!constraints.isAvailable(source.deviceId()) || !constraints.isAvailable(destination.deviceId())) {
            return PathComputationResult.none(
                    new NoPathExplanation(topology, constraints).explain(source, destination));
        }
        Optional<List<LinkDirection>> links = ShortestPath.find(source.deviceId(), destination.deviceId(),
                                                                topology::links, constraints::admits);
        return links.map(found -> PathComputationResult.found(Route.of(source, destination, found)))
                .orElseGet(() -> PathComputationResult.none(
                        new NoPathExplanation(topology, constraints).explain(source, destination)));
    }
}
