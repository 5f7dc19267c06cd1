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
import java.util.Optional;

/**
 * Finds lightest paths between the same two nodes again and again, while arcs grow heavier or are refused: A* (P. E.
 * Hart, N. J. Nilsson and B. Raphael, 1968) with the exact distances to the destination, as they are without either,
 * for lower bounds. O((n + m) log n), and much less the less has changed.
 * <p>
 * Not thread-safe.
 */
final class PairGoalSearch implements PairPathOracle {

    private static final int NONE = -1;

    private final DuplexGraph graph;
    private final int source;
    private final int destination;
    private final ArcFilter filter;
    private final long[] remaining;
    private final long[] reached;
    private final int[] lastArcs;
    private final NodeQueue queue = new NodeQueue();

    PairGoalSearch(DuplexGraph graph, long[] weightsByPosition, int source, int destination, ArcFilter filter) {
        this.graph = graph;
        this.source = source;
        this.destination = destination;
        this.filter = filter;
        remaining = new long[graph.nodes()];
        reached = new long[graph.nodes()];
        lastArcs = new int[graph.nodes()];
        measureRemaining(weightsByPosition);
    }

    private void measureRemaining(long[] weights) {
        Arrays.fill(remaining, ArcWeights.INFINITE);
        remaining[destination] = 0;
        queue.add(0, destination);
        while (!queue.isEmpty()) {
            long weight = queue.firstKey();
            int node = queue.firstNode();
            queue.removeFirst();
            if (weight > remaining[node]) {
                continue;
            }
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                int before = graph.headAt(position);
                long farther = weight + weights[position];
                if (farther < remaining[before] && filter.admits(DuplexGraph.opposite(graph.arcAt(position)))) {
                    remaining[before] = farther;
                    queue.add(farther, before);
                }
            }
        }
    }

    @Override
    public ConstrainedPathResult find(long[] weights, ArcFilter allowed) {
        Arrays.fill(reached, ArcWeights.INFINITE);
        queue.clear();
        if (remaining[source] < ArcWeights.INFINITE) {
            reached[source] = 0;
            lastArcs[source] = NONE;
            queue.add(remaining[source], source);
        }
        while (!queue.isEmpty()) {
            long key = queue.firstKey();
            int node = queue.firstNode();
            queue.removeFirst();
            if (node == destination) {
                return ConstrainedPathResult.exactly(Optional.of(path()));
            }
            if (key == reached[node] + remaining[node]) {
                leave(node, weights, allowed);
            }
        }
        return ConstrainedPathResult.exactly(Optional.empty());
    }

    private void leave(int node, long[] weights, ArcFilter allowed) {
        for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
            int next = graph.headAt(position);
            long farther = reached[node] + weights[position];
            if (farther < reached[next] && remaining[next] < ArcWeights.INFINITE) {
                int arc = graph.arcAt(position);
                if (allowed.admits(arc) && filter.admits(arc)) {
                    reached[next] = farther;
                    lastArcs[next] = arc;
                    queue.add(farther + remaining[next], next);
                }
            }
        }
    }

    private GraphPath path() {
        int hops = 0;
        for (int node = destination; node != source; node = graph.tail(lastArcs[node])) {
            hops++;
        }
        int[] arcs = new int[hops];
        for (int node = destination; node != source; node = graph.tail(lastArcs[node])) {
            arcs[--hops] = lastArcs[node];
        }
        return new GraphPath(arcs);
    }
}
