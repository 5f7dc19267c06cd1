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
 * A path and the one that protects it, between the same two ends.
 * <p>
 * Immutable and thread-safe. Equal pairs have equal paths.
 */
public final class PathPair {

    private final GraphPath working;
    private final GraphPath backup;

    private PathPair(GraphPath working, GraphPath backup) {
        this.working = working;
        this.backup = backup;
    }

    /**
     * Returns a pair.
     *
     * @param working the path that is used
     * @param backup  the path that protects it
     * @return the pair
     */
    public static PathPair of(GraphPath working, GraphPath backup) {
        return new PathPair(working, backup);
    }

    /**
     * Returns the path that is used.
     *
     * @return the path
     */
    public GraphPath working() {
        return working;
    }

    /**
     * Returns the path that protects it.
     *
     * @return the path
     */
    public GraphPath backup() {
        return backup;
    }

    /**
     * Returns what both paths cost together.
     *
     * @param graph  their graph
     * @param metric what costs
     * @return the sum, 0 or more
     */
    public long cost(DuplexGraph graph, CostMetric metric) {
        return working.cost(graph, metric) + backup.cost(graph, metric);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPair && working.equals(((PathPair) other).working)
                && backup.equals(((PathPair) other).backup);
    }

    @Override
    public int hashCode() {
        return 31 * working.hashCode() + backup.hashCode();
    }

    @Override
    public String toString() {
        return working + " | " + backup;
    }
}
