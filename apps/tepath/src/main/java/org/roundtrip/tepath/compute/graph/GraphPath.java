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

import java.util.Arrays;

/**
 * A path: arcs, each of which begins where the one before it ends. A path from a node to itself has none.
 * <p>
 * Immutable and thread-safe. Equal paths have the same arcs in the same graph.
 */
public final class GraphPath {

    private final int[] arcs;

    /** Takes the array over; it must not change any more. */
    GraphPath(int[] arcs) {
        this.arcs = arcs;
    }

    /**
     * Returns the path over some arcs.
     *
     * @param graph the graph
     * @param arcs  the arcs in the order of travel
     * @return the path
     * @throws IllegalArgumentException if an arc does not begin where the one before it ends
     */
    public static GraphPath of(DuplexGraph graph, int... arcs) {
        for (int index = 1; index < arcs.length; index++) {
            if (graph.tail(arcs[index]) != graph.head(arcs[index - 1])) {
                throw new IllegalArgumentException("Arc " + arcs[index] + " does not begin where arc "
                                                           + arcs[index - 1] + " ends");
            }
        }
        return new GraphPath(arcs.clone());
    }

    /**
     * Returns the number of arcs.
     *
     * @return 0 or more
     */
    public int hops() {
        return arcs.length;
    }

    /**
     * Returns one of the arcs.
     *
     * @param index 0 to hops - 1, in the order of travel
     * @return the arc
     */
    public int arc(int index) {
        return arcs[index];
    }

    /**
     * Returns the arcs.
     *
     * @return a new array, in the order of travel
     */
    public int[] arcs() {
        return arcs.clone();
    }

    /**
     * Returns what the path costs.
     *
     * @param graph  its graph
     * @param metric what costs
     * @return the sum over its links, 0 or more
     */
    public long cost(DuplexGraph graph, CostMetric metric) {
        long cost = 0;
        for (int arc : arcs) {
            cost += graph.cost(metric, DuplexGraph.link(arc));
        }
        return cost;
    }

    /**
     * Returns the delay of the direction of travel.
     *
     * @param graph its graph
     * @return nanoseconds
     */
    public long forwardDelay(DuplexGraph graph) {
        long delay = 0;
        for (int arc : arcs) {
            delay += graph.delay(arc);
        }
        return delay;
    }

    /**
     * Returns the delay of the way back over the same links.
     *
     * @param graph its graph
     * @return nanoseconds
     */
    public long reverseDelay(DuplexGraph graph) {
        long delay = 0;
        for (int arc : arcs) {
            delay += graph.delay(DuplexGraph.opposite(arc));
        }
        return delay;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphPath && Arrays.equals(arcs, ((GraphPath) other).arcs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(arcs);
    }

    @Override
    public String toString() {
        return Arrays.toString(arcs);
    }
}
