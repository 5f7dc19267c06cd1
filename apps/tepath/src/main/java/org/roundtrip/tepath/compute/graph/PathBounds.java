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
 * What a path may add up to: the bounds on its sums, beside the constraints on each arc. Immutable and thread-safe.
 */
public final class PathBounds {

    /** No bounds. */
    public static final PathBounds NONE = new PathBounds(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private final int maxHops;
    private final long maxDelay;
    private final long maxAsymmetry;

    private PathBounds(int maxHops, long maxDelay, long maxAsymmetry) {
        this.maxHops = maxHops;
        this.maxDelay = maxDelay;
        this.maxAsymmetry = maxAsymmetry;
    }

    /**
     * Returns these bounds with one on the number of links.
     *
     * @param hops the most links, 0 or more
     * @return the bounds
     */
    public PathBounds withMaxHops(int hops) {
        requireNotNegative(hops);
        return new PathBounds(hops, maxDelay, maxAsymmetry);
    }

    /**
     * Returns these bounds with one on the delay.
     *
     * @param nanoseconds the most that either direction may take, 0 or more
     * @return the bounds
     */
    public PathBounds withMaxDelay(long nanoseconds) {
        requireNotNegative(nanoseconds);
        return new PathBounds(maxHops, nanoseconds, maxAsymmetry);
    }

    /**
     * Returns these bounds with one on the residual asymmetry: half of the difference between the delays of the two
     * directions, which is the time error that it makes (IEEE 1588-2019 section 7.4.2).
     *
     * @param nanoseconds the most that it may be either way, 0 or more
     * @return the bounds
     */
    public PathBounds withMaxResidualAsymmetry(long nanoseconds) {
        requireNotNegative(nanoseconds);
        return new PathBounds(maxHops, maxDelay, nanoseconds);
    }

    private static void requireNotNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("A bound of " + value);
        }
    }

    /** The most links, or the largest integer. */
    int maxHops() {
        return maxHops;
    }

    /** The largest delay of a direction in nanoseconds, or the largest long. */
    long maxDelay() {
        return maxDelay;
    }

    /** The largest difference of the two delays in nanoseconds, or the largest long. */
    long maxDifference() {
        return maxAsymmetry > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * maxAsymmetry;
    }

    /**
     * Returns whether a path keeps to the bounds.
     *
     * @param graph its graph
     * @param path  the path
     * @return true if it does
     */
    public boolean allow(DuplexGraph graph, GraphPath path) {
        long forward = path.forwardDelay(graph);
        long reverse = path.reverseDelay(graph);
        return path.hops() <= maxHops && Math.max(forward, reverse) <= maxDelay
                && Math.abs(forward - reverse) <= maxDifference();
    }
}
