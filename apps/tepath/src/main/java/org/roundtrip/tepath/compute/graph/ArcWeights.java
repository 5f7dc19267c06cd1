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
 * What searches add up: cost first, then hops, in one number, so that the least weight is the least cost over the
 * fewest hops. A weight is {@code cost * nodes + hops}; no simple path has as many hops as there are nodes. With
 * {@link CostMetric#HOPS} it is the hops alone. No arc weighs nothing, so that no cycle does.
 * <p>
 * Immutable and thread-safe.
 */
final class ArcWeights {

    /** More than any path weighs; twice of it is still a number. */
    static final long INFINITE = 1L << 62;

    private final DuplexGraph graph;
    private final CostMetric metric;
    private final long costUnit;
    private final long hopUnit;
    private final long[] byPosition;

    ArcWeights(DuplexGraph graph, CostMetric metric) {
        this(graph, metric, graph.nodes());
    }

    /**
     * Weighs the arcs of a graph for searches that add up more than a path.
     *
     * @param hops more hops than are ever added up
     */
    ArcWeights(DuplexGraph graph, CostMetric metric, long hops) {
        this.graph = graph;
        this.metric = metric;
        costUnit = metric == CostMetric.HOPS ? 1 : hops;
        hopUnit = metric == CostMetric.HOPS ? 0 : 1;
        byPosition = new long[graph.arcs()];
        for (int position = 0; position < byPosition.length; position++) {
            byPosition[position] = of(graph.arcAt(position));
        }
    }

    /** Returns the largest cost of a link with which the weights of all pairs of paths among some nodes stay finite. */
    static long maxCost(int nodes) {
        return nodes == 0 ? INFINITE : INFINITE / nodes / nodes / 4 - 1;
    }

    /** Returns the weights of the arcs by position; not to be changed. */
    long[] byPosition() {
        return byPosition;
    }

    /** Returns the weight of an arc. */
    long of(int arc) {
        return graph.cost(metric, DuplexGraph.link(arc)) * costUnit + hopUnit;
    }

    /** Returns the cost of a path by its weight. */
    long cost(long weight) {
        return weight / costUnit;
    }

    /** Returns the number of arcs of a path by its weight. */
    int hops(long weight) {
        return Math.toIntExact(hopUnit == 0 ? weight : weight % costUnit);
    }
}
