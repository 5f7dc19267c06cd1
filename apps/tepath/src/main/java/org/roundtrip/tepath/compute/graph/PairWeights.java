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
 * What links weigh in searches for pairs: the cost, then the number of hops, in one number. As no weight is zero, no
 * shortest path and no cheapest pair goes in a circle, not even where links cost nothing.
 * <p>
 * Immutable and thread-safe.
 */
final class PairWeights {

    private final long[] weights;
    private final int hopBits;

    /**
     * Weighs the links of a graph.
     *
     * @throws IllegalArgumentException if the cost of all links together, times the least power of two above four times
     *                                  the number of nodes, is more than 2^62: with 10,000 nodes and 20,000 links,
     *                                  that is a mean cost of 2^31
     */
    PairWeights(DuplexGraph graph, CostMetric metric) {
        // Either path has less than n hops, and as many again may be on their way to be taken back.
        hopBits = Long.SIZE - Long.numberOfLeadingZeros(4L * graph.nodes());
        weights = new long[graph.links()];
        long room = 1L << 62;
        for (int link = 0; link < weights.length; link++) {
            long cost = graph.cost(metric, link);
            if (cost >= room >>> hopBits) {
                throw new IllegalArgumentException("The costs of " + graph.links() + " links add up to too much");
            }
            weights[link] = (cost << hopBits) + 1;
            room -= weights[link];
        }
    }

    /** Returns what an arc weighs: the same as its opposite. */
    long of(int arc) {
        return weights[arc >>> 1];
    }

    /** Returns the cost that is part of the sum of the weights of a path or pair. */
    long cost(long weight) {
        return weight >>> hopBits;
    }
}
