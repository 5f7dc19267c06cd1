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
import java.util.function.IntToLongFunction;

/**
 * The least that is left to pay from each node and stage to the target, by arcs that are admitted: what a search can't
 * do without. Exact for one cost by itself, when nodes may be passed more than once; so a lower bound otherwise.
 * <p>
 * Dijkstra from the target over opposite arcs, the last stage first: O(stages x (n + m) log m). Immutable and
 * thread-safe.
 */
final class RemainingCosts {

    /** Where there is no way to the target. */
    static final long UNREACHABLE = ArcWeights.INFINITE;

    private final DuplexGraph graph;
    private final Itinerary itinerary;
    private final IntToLongFunction cost;
    private final ArcFilter filter;
    private final long[] costs;

    RemainingCosts(DuplexGraph graph, Itinerary itinerary, int target, IntToLongFunction cost, ArcFilter filter) {
        this.graph = graph;
        this.itinerary = itinerary;
        this.cost = cost;
        this.filter = filter;
        costs = new long[itinerary.stages() * graph.nodes()];
        Arrays.fill(costs, UNREACHABLE);
        NodeQueue queue = new NodeQueue();
        costs[at(itinerary.lastStage(), target)] = 0;
        queue.add(0, target);
        spread(queue, itinerary.lastStage());
        for (int stage = itinerary.lastStage() - 1; stage >= 0; stage--) {
            addArcsToLaterStages(queue, stage);
            spread(queue, stage);
        }
    }

    /** Returns the least cost from a node to the target. */
    long of(int stage, int node) {
        return costs[at(stage, node)];
    }

    private int at(int stage, int node) {
        return stage * graph.nodes() + node;
    }

    private void addArcsToLaterStages(NodeQueue queue, int stage) {
        for (int arc = 0; arc < graph.arcs(); arc++) {
            int after = itinerary.stageAfter(stage, arc);
            if (after > stage) {
                relax(queue, stage, arc, costs[at(after, graph.head(arc))]);
            }
        }
    }

    private void spread(NodeQueue queue, int stage) {
        while (!queue.isEmpty()) {
            long reached = queue.firstKey();
            int node = queue.firstNode();
            queue.removeFirst();
            if (reached > costs[at(stage, node)]) {
                continue;
            }
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                int arc = DuplexGraph.opposite(graph.arcAt(position));
                if (itinerary.allows(stage, arc) && itinerary.stageAfter(stage, arc) == stage) {
                    relax(queue, stage, arc, reached);
                }
            }
        }
    }

    private void relax(NodeQueue queue, int stage, int arc, long fromHead) {
        if (fromHead == UNREACHABLE || !filter.admits(arc)) {
            return;
        }
        int tail = graph.tail(arc);
        long fromTail = fromHead + cost.applyAsLong(arc);
        if (fromTail < costs[at(stage, tail)]) {
            costs[at(stage, tail)] = fromTail;
            queue.add(fromTail, tail);
        }
    }
}
