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

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Finds the best path under bounds and through waypoints, exactly.
 * <p>
 * First the shortest path: where it keeps to the bounds, it is the best one, and the answer costs no more than without
 * bounds. Otherwise label setting (Martins 1984) in the order of A*: a label is a partial path; labels go on in the
 * order of what a whole path costs at least, by the exact remaining cost of each bounded sum (one Dijkstra from the
 * target for each), and of ties in lexicographical order, so that the first whole path is canonical. A label is
 * dominated, and dropped, if an earlier one at the same node and stage is no worse in any bounded sum. That a path
 * visits no node twice comes by itself where sums only grow.
 * <p>
 * It does not where a delay asymmetry counts, which a detour can improve, and where there are waypoints. There the
 * search first lets nodes repeat, which bounds the best path from below. If that repeats nodes, these are watched from
 * then on (decremental state space relaxation, Righini and Salani 2008): a label is then dominated only by one that
 * has passed no other watched node. An asymmetry that the network's cycles can't change ({@link DelayDifferences}) is
 * settled without a label.
 * <p>
 * With L labels, of which D at one node and stage are not dominated, at most h hops and degree d, a query takes O(L (d
 * D + h log L)) after O(stages x m log m). L is at most exponential (the problem is NP-hard with two bounded sums) and
 * in practice near the path's length times its degree; where asymmetries are all different, no label dominates
 * another. So there is a limit, and a result that says when it was reached.
 * <p>
 * Not thread-safe; several instances may share a graph. Keeps the memory of its largest search.
 */
public final class ConstrainedPathSearch {

    private final DuplexGraph graph;
    private final ShortestPathSearch shortest;
    private final PathLabels labels;
    private final Map<CostMetric, ArcWeights> weightsByMetric = new EnumMap<>(CostMetric.class);

    /**
     * Creates a search.
     *
     * @param graph where to search
     */
    public ConstrainedPathSearch(DuplexGraph graph) {
        this.graph = graph;
        shortest = new ShortestPathSearch(graph);
        labels = new PathLabels(graph);
    }

    /**
     * Finds the best path.
     *
     * @param query what is asked for
     * @return the canonical path among the best, unless the search has reached its limit
     * @throws IndexOutOfBoundsException if there is no such source or target
     */
    public ConstrainedPathResult find(ConstrainedPathQuery query) {
        Objects.checkIndex(query.source(), graph.nodes());
        Objects.checkIndex(query.target(), graph.nodes());
        boolean least = query.objective() == PathObjective.DELAY_ASYMMETRY;
        if (query.waypoints().isEmpty()) {
            Optional<GraphPath> unbounded = shortest.find(query.source(), query.target(), query.objective().metric(),
                                                          query.filter());
            if (unbounded.isEmpty()
                    || (query.bounds().allow(graph, unbounded.get()) && (!least || isSymmetric(unbounded.get())))) {
                return ConstrainedPathResult.exactly(unbounded);
            }
        }
        return find(query, weightsByMetric.computeIfAbsent(query.objective().metric(),
                                                           metric -> new ArcWeights(graph, metric))::of);
    }

    /**
     * Finds the best path with arcs of other weights.
     *
     * @param query  what is asked for
     * @param weight what an arc weighs, more than 0, so that all nodes together weigh less than 2^62
     * @return the best path, the canonical one by these weights, unless the search has reached its limit
     */
    ConstrainedPathResult find(ConstrainedPathQuery query, IntToLongFunction weight) {
        long maxDifference = query.bounds().maxDifference();
        boolean least = query.objective() == PathObjective.DELAY_ASYMMETRY;
        if (!least && maxDifference == Long.MAX_VALUE) {
            return search(query, weight, DifferenceRule.ANY, maxDifference);
        }
        DelayDifferences differences = new DelayDifferences(graph, query.source(), query.target(), query.filter());
        if (differences.areBeyond(maxDifference)) {
            return ConstrainedPathResult.exactly(Optional.empty());
        }
        boolean settled = differences.areWithin(maxDifference) && (!least || differences.areEqual());
        if (settled) {
            return search(query, weight, DifferenceRule.ANY, Long.MAX_VALUE);
        }
        return search(query, weight, least ? DifferenceRule.LEAST : DifferenceRule.BOUNDED, maxDifference);
    }

    private boolean isSymmetric(GraphPath path) {
        return path.forwardDelay(graph) == path.reverseDelay(graph);
    }

    private ConstrainedPathResult search(ConstrainedPathQuery query, IntToLongFunction weight, DifferenceRule rule,
                                         long maxDifference) {
        return new LabelSetting(graph, query, weight, rule, maxDifference, labels).run();
    }
}
