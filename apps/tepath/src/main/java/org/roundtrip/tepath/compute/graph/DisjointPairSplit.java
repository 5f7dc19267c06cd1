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
 * Parts the arcs of two paths into two paths, of which the first is as good as possible: less weight, then the smaller
 * sequence of arcs.
 * <p>
 * Where the two meet, they can go on crosswise. As they run in no circle, they meet in the same order; so between one
 * meeting and the next, the better way is the first path's. O(n). Keeps its arrays; not thread-safe.
 */
final class DisjointPairSplit {

    private final DuplexGraph graph;
    private final ArcWeights weights;
    private final int[] better;
    private final int[] worse;

    DisjointPairSplit(DuplexGraph graph, ArcWeights weights) {
        this.graph = graph;
        this.weights = weights;
        better = new int[graph.nodes()];
        worse = new int[graph.nodes()];
    }

    /**
     * Parts arcs.
     *
     * @param source      where both paths begin
     * @param destination where both paths end
     * @param oneArcs     for each node on a path an arc that leaves it
     * @param otherArcs   for each node the arc of the other path that leaves it, which may be the same; below 0 for
     *                    nodes that only one path passes
     * @return the paths
     */
    PathPair split(int source, int destination, int[] oneArcs, int[] otherArcs) {
        int betterHops = 0;
        int worseHops = 0;
        int meeting = source;
        while (meeting != destination) {
            int one = oneArcs[meeting];
            int other = otherArcs[meeting];
            long difference = weight(one, destination, oneArcs, otherArcs)
                    - weight(other, destination, oneArcs, otherArcs);
            int first = difference < 0 || (difference == 0 && one < other) ? one : other;
            betterHops = append(first, destination, oneArcs, otherArcs, better, betterHops);
            worseHops = append(first == one ? other : one, destination, oneArcs, otherArcs, worse, worseHops);
            meeting = graph.head(better[betterHops - 1]);
        }
        return PathPair.of(new GraphPath(Arrays.copyOf(better, betterHops)),
                           new GraphPath(Arrays.copyOf(worse, worseHops)));
    }

    private long weight(int first, int destination, int[] oneArcs, int[] otherArcs) {
        long weight = weights.of(first);
        int node = graph.head(first);
        while (node != destination && otherArcs[node] < 0) {
            weight += weights.of(oneArcs[node]);
            node = graph.head(oneArcs[node]);
        }
        return weight;
    }

    /** Appends the arcs up to the next node that both pass, and returns the new number of arcs. */
    private int append(int first, int destination, int[] oneArcs, int[] otherArcs, int[] path, int length) {
        int hops = length;
        path[hops++] = first;
        int node = graph.head(first);
        while (node != destination && otherArcs[node] < 0) {
            path[hops++] = oneArcs[node];
            node = graph.head(oneArcs[node]);
        }
        return hops;
    }
}
