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
 * The labels of a label-setting search: partial paths from the source, each of which is another one and an arc more.
 * Label 0 is the path without arcs. Grows and never shrinks. Not thread-safe.
 */
final class PathLabels {

    private final DuplexGraph graph;
    private int count;
    private int[] arcs = new int[256];
    private int[] parents = new int[256];
    private int[] nodes = new int[256];
    private int[] stages = new int[256];
    private int[] hops = new int[256];
    private long[] weights = new long[256];
    private long[] forwardDelays = new long[256];
    private long[] reverseDelays = new long[256];
    private long[] visits = new long[256];

    PathLabels(DuplexGraph graph) {
        this.graph = graph;
    }

    /** Forgets all labels but a new label 0. */
    void restart(int source) {
        count = 1;
        arcs[0] = -1;
        parents[0] = -1;
        nodes[0] = source;
        stages[0] = 0;
        hops[0] = 0;
        weights[0] = 0;
        forwardDelays[0] = 0;
        reverseDelays[0] = 0;
        visits[0] = 0;
    }

    int count() {
        return count;
    }

    /**
     * Adds a label that goes on from another one.
     *
     * @param parent    the other label
     * @param arc       the arc that it adds
     * @param stage     the stage that it is at then
     * @param arcWeight the weight of the arc
     * @param watched   the bit of the arc's head, or 0
     */
    void add(int parent, int arc, int stage, long arcWeight, long watched) {
        if (count == arcs.length) {
            grow();
        }
        int label = count++;
        arcs[label] = arc;
        parents[label] = parent;
        nodes[label] = graph.head(arc);
        stages[label] = stage;
        hops[label] = hops[parent] + 1;
        weights[label] = weights[parent] + arcWeight;
        forwardDelays[label] = forwardDelays[parent] + graph.delay(arc);
        reverseDelays[label] = reverseDelays[parent] + graph.delay(DuplexGraph.opposite(arc));
        visits[label] = visits[parent] | watched;
    }

    /** Takes back the label that was added last. */
    void removeLast() {
        count--;
    }

    int node(int label) {
        return nodes[label];
    }

    int stage(int label) {
        return stages[label];
    }

    int hops(int label) {
        return hops[label];
    }

    long weight(int label) {
        return weights[label];
    }

    long forwardDelay(int label) {
        return forwardDelays[label];
    }

    long reverseDelay(int label) {
        return reverseDelays[label];
    }

    /** By how much the forward direction is slower than the reverse one. */
    long difference(int label) {
        return forwardDelays[label] - reverseDelays[label];
    }

    /** Which of the nodes that are watched the label has passed, as bits. */
    long visited(int label) {
        return visits[label];
    }

    /** The label that this one goes on from, or -1 for label 0. */
    int parent(int label) {
        return parents[label];
    }

    /** Compares the arcs of two labels in lexicographical order; a path comes before those that go on from it. */
    int compareArcs(int one, int other) {
        int first = one;
        int second = other;
        while (hops[first] > hops[second]) {
            first = parents[first];
        }
        while (hops[second] > hops[first]) {
            second = parents[second];
        }
        if (first == second) {
            return Integer.compare(hops[one], hops[other]);
        }
        while (parents[first] != parents[second]) {
            first = parents[first];
            second = parents[second];
        }
        return Integer.compare(arcs[first], arcs[second]);
    }

    /** Returns a label as a path. */
    GraphPath path(int label) {
        int[] path = new int[hops[label]];
        int at = label;
        for (int index = path.length - 1; index >= 0; index--) {
            path[index] = arcs[at];
            at = parents[at];
        }
        return new GraphPath(path);
    }

    private void grow() {
        int room = 2 * count;
        arcs = Arrays.copyOf(arcs, room);
        parents = Arrays.copyOf(parents, room);
        nodes = Arrays.copyOf(nodes, room);
        stages = Arrays.copyOf(stages, room);
        hops = Arrays.copyOf(hops, room);
        weights = Arrays.copyOf(weights, room);
        forwardDelays = Arrays.copyOf(forwardDelays, room);
        reverseDelays = Arrays.copyOf(reverseDelays, room);
        visits = Arrays.copyOf(visits, room);
    }
}
