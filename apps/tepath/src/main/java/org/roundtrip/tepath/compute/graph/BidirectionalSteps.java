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
 * All that {@link ShortestPathSearch} needs of the arcs that leave a node, side by side in memory: for each position
 * three numbers, of which the first has the head in its upper half and the arc in its lower half, the second is the
 * weight, and the third the lightest weight that a path can go on with from the head, other than the way back.
 * Immutable and thread-safe.
 */
final class BidirectionalSteps {

    /** How many numbers there are for a position. */
    static final int WIDTH = 3;

    private final ArcWeights weights;
    private final long[] steps;
    private final int bucketShift;

    BidirectionalSteps(DuplexGraph graph, CostMetric metric) {
        weights = new ArcWeights(graph, metric);
        steps = new long[WIDTH * graph.arcs()];
        long lightest = ArcWeights.INFINITE;
        long longest = 0;
        for (int position = 0; position < graph.arcs(); position++) {
            long weight = weights.byPosition()[position];
            long onwards = lightestOnwards(graph, position);
            steps[WIDTH * position] = (long) graph.headAt(position) << Integer.SIZE | graph.arcAt(position);
            steps[WIDTH * position + 1] = weight;
            steps[WIDTH * position + 2] = onwards;
            lightest = Math.min(lightest, weight);
            longest = Math.max(longest, weight + (onwards + 1) / 2);
        }
        bucketShift = BucketQueue.shift(lightest, longest);
    }

    /** A dead end has no arc to go on with; then the one that leads there stands in, which is as good. */
    private long lightestOnwards(DuplexGraph graph, int position) {
        int head = graph.headAt(position);
        int back = DuplexGraph.opposite(graph.arcAt(position));
        long lightest = ArcWeights.INFINITE;
        for (int next = graph.firstPosition(head); next < graph.endPosition(head); next++) {
            if (graph.arcAt(next) != back) {
                lightest = Math.min(lightest, weights.byPosition()[next]);
            }
        }
        return lightest == ArcWeights.INFINITE ? weights.byPosition()[position] : lightest;
    }

    /** Returns the weights of the arcs. */
    ArcWeights weights() {
        return weights;
    }

    /** Returns the numbers; not to be changed. */
    long[] steps() {
        return steps;
    }

    /** Returns how keys of a queue are rounded. */
    int bucketShift() {
        return bucketShift;
    }
}
