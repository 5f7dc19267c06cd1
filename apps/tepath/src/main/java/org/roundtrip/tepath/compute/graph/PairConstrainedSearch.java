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

/**
 * Finds one path of a pair under the constraints of a query: by the quick search where what that finds keeps to the
 * bounds, and by label setting where it does not.
 * <p>
 * Not thread-safe.
 */
final class PairConstrainedSearch implements PairPathOracle {

    private final DuplexGraph graph;
    private final ConstrainedPathQuery query;
    private final PairPathOracle unbounded;
    private final ConstrainedPathSearch bounded;
    private final int[] positions;

    /**
     * Creates a search.
     *
     * @param unbounded finds the lightest path without the query's bounds and waypoints
     * @param bounded   finds the best path with them
     */
    PairConstrainedSearch(DuplexGraph graph, ConstrainedPathQuery query, PairPathOracle unbounded,
                          ConstrainedPathSearch bounded) {
        this.graph = graph;
        this.query = query;
        this.unbounded = unbounded;
        this.bounded = bounded;
        positions = graph.positionsByArc();
    }

    @Override
    public ConstrainedPathResult find(long[] weightsByPosition, ArcFilter filter) {
        ConstrainedPathQuery restricted = query.over(filter.and(query.filter()));
        if (query.objective() == PathObjective.DELAY_ASYMMETRY) {
            return bounded.find(restricted);
        }
        ConstrainedPathResult lightest = unbounded.find(weightsByPosition, filter);
        if (lightest.path().isEmpty()
                || (query.waypoints().isEmpty() && query.bounds().allow(graph, lightest.path().get()))) {
            return lightest;
        }
        return bounded.find(restricted, arc -> weightsByPosition[positions[arc]]);
    }
}
