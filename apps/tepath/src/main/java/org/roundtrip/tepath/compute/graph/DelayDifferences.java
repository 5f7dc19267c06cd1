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
 * How much the delays of the two directions of any path between two nodes can differ, from the links alone.
 * <p>
 * The difference changes its sign with the direction of travel, so wherever the network is a tree, each node has a
 * <i>height</i> and a path's difference is that of its ends, whatever the path. What closes a cycle adds at most how
 * far it is from the heights, once. So the range is exact where links are asymmetric outside cycles only, or in no way
 * that a cycle shows. O(n + m). Immutable and thread-safe.
 */
final class DelayDifferences {

    private final long least;
    private final long greatest;

    DelayDifferences(DuplexGraph graph, int source, int target, ArcFilter filter) {
        long[] heights = new long[graph.nodes()];
        boolean[] reached = new boolean[graph.nodes()];
        int[] queue = new int[graph.nodes()];
        int count = 0;
        queue[count++] = source;
        reached[source] = true;
        for (int index = 0; index < count; index++) {
            int node = queue[index];
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                int arc = graph.arcAt(position);
                int head = graph.headAt(position);
                if (!reached[head] && admitsEitherWay(filter, arc)) {
                    reached[head] = true;
                    heights[head] = heights[node] + of(graph, arc);
                    queue[count++] = head;
                }
            }
        }
        long slack = 0;
        for (int link = 0; link < graph.links(); link++) {
            int arc = DuplexGraph.forward(link);
            if (reached[graph.tail(arc)] && admitsEitherWay(filter, arc)) {
                slack += Math.abs(heights[graph.tail(arc)] + of(graph, arc) - heights[graph.head(arc)]);
            }
        }
        least = heights[target] - slack;
        greatest = heights[target] + slack;
    }

    /** Returns by how much an arc is slower than its opposite, in nanoseconds. */
    static long of(DuplexGraph graph, int arc) {
        return graph.delay(arc) - graph.delay(DuplexGraph.opposite(arc));
    }

    private static boolean admitsEitherWay(ArcFilter filter, int arc) {
        return filter.admits(arc) || filter.admits(DuplexGraph.opposite(arc));
    }

    /** Returns whether all paths differ by the same. */
    boolean areEqual() {
        return least == greatest;
    }

    /** Returns whether each path differs by no more than a limit. */
    boolean areWithin(long limit) {
        return least >= -limit && greatest <= limit;
    }

    /** Returns whether each path differs by more than a limit. */
    boolean areBeyond(long limit) {
        return least > limit || greatest < -limit;
    }
}
