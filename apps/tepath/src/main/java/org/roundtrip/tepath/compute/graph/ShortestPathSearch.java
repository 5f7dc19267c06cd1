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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the shortest path between two nodes: the fastest search here, for requests without bounds.
 * <p>
 * Bidirectional Dijkstra (Nicholson 1966; stopping rule after Pohl 1971): one search runs from the source over arcs,
 * one from the target over opposite arcs, the smaller front first, until no path that has not been seen can be as
 * short as the best. To stop earlier, a node's place in a front counts half of the lightest arc that a path can leave
 * it by, other than the way back: the arc that joins two fronts weighs at least both halves. That bound is of the
 * graph alone, so that no filter breaks it. O((n + m) log m) in the worst case; on a network that spreads out, the
 * fronts meet after O(sqrt n) nodes. (Landmarks were tried there: with half of the true distance as their bound, they
 * save less than they cost.) Then the canonical path is read off the shortest paths: on each, the first node that the
 * search from the source has not gone on from is a meeting, and all that comes after has exact labels from the target.
 * O(path length x degree) unless many paths are equally short.
 * <p>
 * An instance belongs to one graph and is meant to be kept: it holds 28 bytes a node and 16 bytes an arc and metric,
 * and a query leaves nothing behind but its result. Not thread-safe; several instances may share a graph.
 */
public final class ShortestPathSearch {

    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;
    /** Marks the last arc of a label when another arc leads to the node with the same weight. */
    private static final int TIED = 1 << 31;
    /** Marks the last arc of a label from which the search has gone on. */
    private static final int EXPANDED = 1 << 30;

    private final DuplexGraph graph;
    private final Map<CostMetric, BidirectionalSteps> stepsByMetric = new EnumMap<>(CostMetric.class);

    /** The weight from the source at twice the node, and to the target beside it, on one cache line when they meet. */
    private final long[] labels;
    /** The last arc of each label, from the source or, seen from there, from the target. */
    private final int[] lastArcs;
    private final BucketQueue forward = new BucketQueue();
    private final BucketQueue backward = new BucketQueue();
    private int forwardArcs;
    private int backwardArcs;

    private int[] touched = new int[256];
    private int touchedCount;
    private int[] meetings = new int[16];
    private int meetingCount;
    private long best;

    /** Equal to {@link #mark} at the nodes between the source and the meetings, on a shortest path of this query. */
    private final int[] marks;
    private int mark;
    private int[] stack = new int[16];
    private int stackSize;

    /**
     * Creates a search.
     *
     * @param graph where to search
     */
    public ShortestPathSearch(DuplexGraph graph) {
        this.graph = graph;
        labels = new long[2 * graph.nodes()];
        Arrays.fill(labels, ArcWeights.INFINITE);
        lastArcs = new int[2 * graph.nodes()];
        marks = new int[graph.nodes()];
    }

    /**
     * Finds the shortest path.
     *
     * @param source where it begins
     * @param target where it ends; for the source itself the path has no arcs
     * @param metric what to minimise
     * @param filter what the path may use
     * @return the canonical path, or empty if there is none
     * @throws IndexOutOfBoundsException if there is no such node
     */
    public Optional<GraphPath> find(int source, int target, CostMetric metric, ArcFilter filter) {
        Objects.checkIndex(source, graph.nodes());
        Objects.checkIndex(target, graph.nodes());
        BidirectionalSteps steps = steps(metric);
        try {
            search(source, target, steps, filter);
            return best == ArcWeights.INFINITE ? Optional.empty()
                    : Optional.of(new GraphPath(path(source, target, steps.weights(), filter)));
        } finally {
            reset();
        }
    }

    /** Not by computeIfAbsent, whose function would be a new object for each query. */
    private BidirectionalSteps steps(CostMetric metric) {
        BidirectionalSteps steps = stepsByMetric.get(metric);
        if (steps == null) {
            steps = new BidirectionalSteps(graph, metric);
            stepsByMetric.put(metric, steps);
        }
        return steps;
    }

    private void search(int source, int target, BidirectionalSteps steps, ArcFilter filter) {
        best = ArcWeights.INFINITE;
        start(2 * source + FORWARD);
        start(2 * target + BACKWARD);
        if (source == target) {
            best = 0;
            return;
        }
        forward.restart(steps.bucketShift());
        backward.restart(steps.bucketShift());
        forward.add(0, source);
        backward.add(0, target);
        forwardArcs = 0;
        backwardArcs = 0;
        // Equally short paths are wanted too: hence no "<".
        while (!forward.isEmpty() && !backward.isEmpty() && forward.firstKey() + backward.firstKey() <= best) {
            if (forwardArcs <= backwardArcs) {
                forwardArcs += expandFirst(forward, backward.firstKey(), FORWARD, steps.steps(), filter);
            } else {
                backwardArcs += expandFirst(backward, forward.firstKey(), BACKWARD, steps.steps(), filter);
            }
        }
    }

    /** Goes on from the first node of a front, and returns how many arcs it looked at. */
    private int expandFirst(BucketQueue queue, long otherKey, int side, long[] steps, ArcFilter filter) {
        int node = queue.removeFirst();
        int from = 2 * node + side;
        if ((lastArcs[from] & EXPANDED) != 0) {
            return 0;
        }
        lastArcs[from] |= EXPANDED;
        long weight = labels[from];
        int begin = BidirectionalSteps.WIDTH * graph.firstPosition(node);
        int end = BidirectionalSteps.WIDTH * graph.endPosition(node);
        for (int step = begin; step < end; step += BidirectionalSteps.WIDTH) {
            int head = (int) (steps[step] >> Integer.SIZE);
            int at = 2 * head + side;
            long reached = weight + steps[step + 1];
            long before = labels[at];
            if (reached > before) {
                continue;
            }
            if (reached == before) {
                lastArcs[at] |= TIED;
                continue;
            }
            // One front rounds down and the other one up, so that both halves together are no more than the arc.
            long key = reached + ((steps[step + 2] + side) >>> 1);
            long total = reached + labels[at ^ 1];
            if (Math.min(total, key + otherKey) > best) {
                // Neither meets the other front nor could later: before the filter, which costs more.
                continue;
            }
            int arc = (int) steps[step] ^ side;
            if (!filter.admits(arc)) {
                continue;
            }
            if (before == ArcWeights.INFINITE) {
                touch(at);
            }
            labels[at] = reached;
            lastArcs[at] = arc;
            if (total <= best) {
                meet(head, total);
            }
            if (key + otherKey <= best) {
                queue.add(key, head);
            }
        }
        return end - begin;
    }

    private void start(int at) {
        touch(at);
        labels[at] = 0;
        lastArcs[at] = 0;
    }

    private void touch(int at) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = at;
    }

    private void meet(int node, long total) {
        if (total < best) {
            best = total;
            meetingCount = 0;
        }
        if (meetingCount == meetings.length) {
            meetings = Arrays.copyOf(meetings, 2 * meetingCount);
        }
        meetings[meetingCount++] = node;
    }

    private void reset() {
        for (int index = 0; index < touchedCount; index++) {
            labels[touched[index]] = ArcWeights.INFINITE;
        }
        touchedCount = 0;
        meetingCount = 0;
    }

    private int[] path(int source, int target, ArcWeights weights, ArcFilter filter) {
        int[] path = new int[weights.hops(best)];
        if (path.length > 0 && !readOnlyPath(path, source, target, weights)) {
            markNodesBeforeMeetings(source, weights, filter);
            readFirstPath(path, source, weights, filter);
        }
        return path;
    }

    /**
     * Reads the path if it is the only one: all meetings lie on it, no other arc leads to a node as far as the last
     * meeting, and no other one leads on from a node from the first meeting. Returns false if that is not so.
     */
    private boolean readOnlyPath(int[] path, int source, int target, ArcWeights weights) {
        int first = meetings[0];
        int last = meetings[0];
        nextMark();
        marks[first] = mark;
        for (int index = 1; index < meetingCount; index++) {
            int meeting = meetings[index];
            marks[meeting] = mark;
            first = labels[2 * meeting] < labels[2 * first] ? meeting : first;
            last = labels[2 * meeting] > labels[2 * last] ? meeting : last;
        }
        int met = 0;
        int index = weights.hops(labels[2 * last]);
        for (int node = last; node != source; node = graph.tail(path[index])) {
            met += marks[node] == mark ? 1 : 0;
            int arc = lastArcs[2 * node + FORWARD];
            if (arc < 0) {
                return false;
            }
            path[--index] = arc & ~EXPANDED;
        }
        met += marks[source] == mark ? 1 : 0;
        index = weights.hops(labels[2 * first]);
        for (int node = first; node != target; node = graph.head(path[index++])) {
            int arc = lastArcs[2 * node + BACKWARD];
            if (arc < 0) {
                return false;
            }
            path[index] = arc & ~EXPANDED;
        }
        return met == meetingCount;
    }

    /** Marks the nodes of all shortest paths from the source to a meeting. */
    private void markNodesBeforeMeetings(int source, ArcWeights weights, ArcFilter filter) {
        nextMark();
        for (int index = 0; index < meetingCount; index++) {
            mark(meetings[index]);
        }
        while (stackSize > 0) {
            int node = stack[--stackSize];
            if (node == source) {
                continue;
            }
            long weight = labels[2 * node + FORWARD];
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                int before = graph.headAt(position);
                if (labels[2 * before + FORWARD] + weights.byPosition()[position] == weight
                        && filter.admits(DuplexGraph.opposite(graph.arcAt(position)))) {
                    mark(before);
                }
            }
        }
    }

    private void mark(int node) {
        if (marks[node] != mark) {
            marks[node] = mark;
            if (stackSize == stack.length) {
                stack = Arrays.copyOf(stack, 2 * stackSize);
            }
            stack[stackSize++] = node;
        }
    }

    private void nextMark() {
        if (++mark == Integer.MAX_VALUE) {
            Arrays.fill(marks, 0);
            mark = 1;
        }
    }

    /** Takes the smallest arc that some shortest path goes on with, again and again. */
    private void readFirstPath(int[] path, int source, ArcWeights weights, ArcFilter filter) {
        int node = source;
        long weight = 0;
        for (int index = 0; index < path.length; index++) {
            int position = graph.firstPosition(node);
            while (!continuesShortestPath(position, weight, weights, filter)) {
                position++;
            }
            path[index] = graph.arcAt(position);
            weight += weights.byPosition()[position];
            node = graph.headAt(position);
        }
    }

    private boolean continuesShortestPath(int position, long weight, ArcWeights weights, ArcFilter filter) {
        int head = graph.headAt(position);
        long reached = weight + weights.byPosition()[position];
        boolean towardsMeeting = marks[head] == mark && labels[2 * head + FORWARD] == reached;
        return (towardsMeeting || reached + labels[2 * head + BACKWARD] == best)
                && filter.admits(graph.arcAt(position));
    }
}
