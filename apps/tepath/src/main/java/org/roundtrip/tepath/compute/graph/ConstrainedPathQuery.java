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

import java.util.List;

/** A request for the best path under constraints. Immutable, and as thread-safe as its filter. */
public final class ConstrainedPathQuery {

    /** How many partial paths a search looks at unless told otherwise: 15 MB of them. */
    public static final int DEFAULT_LABEL_LIMIT = 200_000;

    private final int source;
    private final int target;
    private final PathObjective objective;
    private final PathBounds bounds;
    private final List<Waypoint> waypoints;
    private final ArcFilter filter;
    private final int labelLimit;

    private ConstrainedPathQuery(int source, int target, PathObjective objective, PathBounds bounds,
                                 List<Waypoint> waypoints, ArcFilter filter, int labelLimit) {
        this.source = source;
        this.target = target;
        this.objective = objective;
        this.bounds = bounds;
        this.waypoints = waypoints;
        this.filter = filter;
        this.labelLimit = labelLimit;
    }

    /**
     * Returns a request without constraints.
     *
     * @param source    where the path begins
     * @param target    where it ends
     * @param objective what it has the least of
     * @return the request
     */
    public static ConstrainedPathQuery between(int source, int target, PathObjective objective) {
        return new ConstrainedPathQuery(source, target, objective, PathBounds.NONE, List.of(), ArcFilter.ALL,
                                        DEFAULT_LABEL_LIMIT);
    }

    /**
     * Returns this request with bounds.
     *
     * @param newBounds what the path may add up to
     * @return the request
     */
    public ConstrainedPathQuery within(PathBounds newBounds) {
        return new ConstrainedPathQuery(source, target, objective, newBounds, waypoints, filter, labelLimit);
    }

    /**
     * Returns this request with waypoints.
     *
     * @param newWaypoints where the path must pass, in this order, between its source and its target
     * @return the request
     */
    public ConstrainedPathQuery through(List<Waypoint> newWaypoints) {
        return new ConstrainedPathQuery(source, target, objective, bounds, List.copyOf(newWaypoints), filter,
                                        labelLimit);
    }

    /**
     * Returns this request with a filter.
     *
     * @param newFilter what the path may use
     * @return the request
     */
    public ConstrainedPathQuery over(ArcFilter newFilter) {
        return new ConstrainedPathQuery(source, target, objective, bounds, waypoints, newFilter, labelLimit);
    }

    /**
     * Returns this request with another limit on its cost.
     *
     * @param newLabelLimit how many partial paths the search may look at, 1 or more
     * @return the request
     */
    public ConstrainedPathQuery limitedTo(int newLabelLimit) {
        if (newLabelLimit < 1) {
            throw new IllegalArgumentException("A label limit of " + newLabelLimit);
        }
        return new ConstrainedPathQuery(source, target, objective, bounds, waypoints, filter, newLabelLimit);
    }

    int source() {
        return source;
    }

    int target() {
        return target;
    }

    PathObjective objective() {
        return objective;
    }

    PathBounds bounds() {
        return bounds;
    }

    List<Waypoint> waypoints() {
        return waypoints;
    }

    ArcFilter filter() {
        return filter;
    }

    int labelLimit() {
        return labelLimit;
    }
}
