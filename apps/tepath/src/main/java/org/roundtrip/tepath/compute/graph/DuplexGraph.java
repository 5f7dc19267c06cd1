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
import java.util.stream.IntStream;

/**
 * A snapshot of the network for path computation: nodes, and links that can be taken both ways, with their costs.
 * <p>
 * Link {@code l} joins two different nodes and is two arcs: {@code 2l} in the direction in which the link was added,
 * {@code 2l + 1} back. Parallel links stay apart. The arcs that leave a node lie side by side (compressed sparse rows),
 * in ascending order:
 * <pre>{@code
 * for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
 *     int arc = graph.arcAt(position);
 *     ...
 * }
 * }</pre>
 * Immutable and thread-safe. Takes 52 bytes and 4 bytes an SRLG for a link, and 4 bytes for a node.
 */
public final class DuplexGraph {

    /** The largest TE metric: 32 bits (RFC 3630 section 2.5.5). */
    public static final long MAX_TE_METRIC = 0xffff_ffffL;

    /** The largest delay of an arc, in nanoseconds: 24 bits of microseconds (RFC 8570 section 4.1). */
    public static final long MAX_DELAY = 0xff_ffffL * 1000;

    private static final int[] NO_SRLGS = {};

    private final int[] positions;
    private final int[] arcs;
    private final int[] headsByPosition;
    private final int[] heads;
    private final long[] teMetrics;
    private final int[] affinities;
    private final int[][] srlgs;
    private final long[] delays;

    private DuplexGraph(Builder builder) {
        heads = Arrays.copyOf(builder.heads, 2 * builder.links);
        teMetrics = Arrays.copyOf(builder.teMetrics, builder.links);
        affinities = Arrays.copyOf(builder.affinities, builder.links);
        srlgs = Arrays.copyOf(builder.srlgs, builder.links);
        delays = Arrays.copyOf(builder.delays, 2 * builder.links);
        positions = new int[builder.nodes + 1];
        for (int arc = 0; arc < heads.length; arc++) {
            positions[tail(arc) + 1]++;
        }
        for (int node = 0; node < builder.nodes; node++) {
            positions[node + 1] += positions[node];
        }
        arcs = new int[heads.length];
        headsByPosition = new int[heads.length];
        int[] next = Arrays.copyOf(positions, builder.nodes);
        for (int arc = 0; arc < heads.length; arc++) {
            int position = next[tail(arc)]++;
            arcs[position] = arc;
            headsByPosition[position] = heads[arc];
        }
    }

    /**
     * Returns the opposite of an arc: the same link in the other direction.
     *
     * @param arc an arc
     * @return the other arc of its link
     */
    public static int opposite(int arc) {
        return arc ^ 1;
    }

    /**
     * Returns the link of an arc.
     *
     * @param arc an arc
     * @return the link, 0 to {@link #links()} - 1
     */
    public static int link(int arc) {
        return arc >>> 1;
    }

    /**
     * Returns the arc of a link in the direction in which the link was added.
     *
     * @param link a link
     * @return the arc
     */
    public static int forward(int link) {
        return link << 1;
    }

    /**
     * Returns the number of nodes.
     *
     * @return the number of nodes, which are 0 to one less
     */
    public int nodes() {
        return positions.length - 1;
    }

    /**
     * Returns the number of links.
     *
     * @return the number of links, which are 0 to one less
     */
    public int links() {
        return teMetrics.length;
    }

    /**
     * Returns the number of arcs.
     *
     * @return twice the number of links
     */
    public int arcs() {
        return heads.length;
    }

    /**
     * Returns where an arc begins.
     *
     * @param arc the arc
     * @return the node
     */
    public int tail(int arc) {
        return heads[arc ^ 1];
    }

    /**
     * Returns where an arc ends.
     *
     * @param arc the arc
     * @return the node
     */
    public int head(int arc) {
        return heads[arc];
    }

    /**
     * Returns where the arcs that leave a node begin.
     *
     * @param node the node
     * @return the first position, for {@link #arcAt}
     */
    public int firstPosition(int node) {
        return positions[node];
    }

    /**
     * Returns where the arcs that leave a node end.
     *
     * @param node the node
     * @return the position after the last
     */
    public int endPosition(int node) {
        return positions[node + 1];
    }

    /**
     * Returns an arc by its position.
     *
     * @param position from {@link #firstPosition}, and below {@link #endPosition}
     * @return the arc; the next position of the same node has a larger one
     */
    public int arcAt(int position) {
        return arcs[position];
    }

    /**
     * Returns where an arc ends, by its position.
     *
     * @param position from {@link #firstPosition}, and below {@link #endPosition}
     * @return the head of {@link #arcAt}
     */
    public int headAt(int position) {
        return headsByPosition[position];
    }

    /**
     * Returns what a link costs.
     *
     * @param metric what costs
     * @param link   the link
     * @return the cost, 0 or more
     */
    public long cost(CostMetric metric, int link) {
        switch (metric) {
            case HOPS:
                return 1;
            case TE_METRIC:
                return teMetrics[link];
            case DELAY:
                return delays[2 * link] + delays[2 * link + 1];
            default:
                throw new IllegalArgumentException("Unknown metric " + metric);
        }
    }

    /**
     * Returns a link's administrative groups (RFC 3630 section 2.5.9).
     *
     * @param link the link
     * @return 32 bits
     */
    public int affinity(int link) {
        return affinities[link];
    }

    /**
     * Returns how many shared risk link groups a link belongs to.
     *
     * @param link the link
     * @return 0 or more
     */
    public int srlgCount(int link) {
        return srlgs[link].length;
    }

    /**
     * Returns a shared risk link group of a link (RFC 4203 section 1.3).
     *
     * @param link  the link
     * @param index 0 to {@link #srlgCount} - 1, in ascending order of the groups
     * @return the group
     */
    public int srlg(int link, int index) {
        return srlgs[link][index];
    }

    /**
     * Returns the delay of an arc.
     *
     * @param arc the arc
     * @return nanoseconds, 0 to {@link #MAX_DELAY}
     */
    public long delay(int arc) {
        return delays[arc];
    }

    /** Where the arcs of each node begin, and after the last node where they end; not to be changed. */
    int[] positions() {
        return positions;
    }

    /** The arcs by position; not to be changed. */
    int[] arcsByPosition() {
        return arcs;
    }

    /** The positions of the arcs, in a new array. */
    int[] positionsByArc() {
        int[] byArc = new int[arcs.length];
        for (int position = 0; position < arcs.length; position++) {
            byArc[arcs[position]] = position;
        }
        return byArc;
    }

    /** The heads of the arcs by position; not to be changed. */
    int[] headsByPosition() {
        return headsByPosition;
    }

    /**
     * Returns a builder.
     *
     * @param nodes the number of nodes
     * @return a builder of a graph without links
     */
    public static Builder builder(int nodes) {
        return new Builder(nodes);
    }

    /** Builds graphs. Not thread-safe. */
    public static final class Builder {

        private final int nodes;
        private int links;
        private int[] heads = new int[32];
        private long[] teMetrics = new long[16];
        private int[] affinities = new int[16];
        private int[][] srlgs = new int[16][];
        private long[] delays = new long[32];

        private Builder(int nodes) {
            if (nodes < 0) {
                throw new IllegalArgumentException("Number of nodes " + nodes + " is negative");
            }
            this.nodes = nodes;
        }

        /**
         * Adds a link.
         *
         * @param tail         where its forward arc begins
         * @param head         where its forward arc ends, another node
         * @param teMetric     0 to {@link #MAX_TE_METRIC}
         * @param affinity     its administrative groups, 32 bits
         * @param groups       its shared risk link groups, in any order
         * @param forwardDelay from tail to head in nanoseconds, 0 to {@link #MAX_DELAY}
         * @param reverseDelay from head to tail in nanoseconds, 0 to {@link #MAX_DELAY}
         * @return the link: 0 for the first one, and so on
         * @throws IllegalArgumentException if a node is not there, both are the same, or a value is out of its range
         */
        public int link(int tail, int head, long teMetric, int affinity, int[] groups, long forwardDelay,
                        long reverseDelay) {
            requireNode(tail);
            requireNode(head);
            if (tail == head) {
                throw new IllegalArgumentException("A link from node " + tail + " to itself");
            }
            requireRange("TE metric", teMetric, MAX_TE_METRIC);
            requireRange("Forward delay", forwardDelay, MAX_DELAY);
            requireRange("Reverse delay", reverseDelay, MAX_DELAY);
            makeRoom();
            heads[2 * links] = head;
            heads[2 * links + 1] = tail;
            teMetrics[links] = teMetric;
            affinities[links] = affinity;
            srlgs[links] = groups.length == 0 ? NO_SRLGS : IntStream.of(groups).sorted().distinct().toArray();
            delays[2 * links] = forwardDelay;
            delays[2 * links + 1] = reverseDelay;
            return links++;
        }

        /**
         * Returns what has been added.
         *
         * @return the graph
         * @throws IllegalArgumentException if two paths through all nodes might cost too much to be told apart in 62
         *                                  bits from two with a hop less: 5,800 nodes can have any costs, 65,000 nodes
         *                                  links of up to a quarter of a second
         */
        public DuplexGraph build() {
            requireCostsThatAddUp();
            return new DuplexGraph(this);
        }

        private void requireCostsThatAddUp() {
            long most = 1;
            for (int link = 0; link < links; link++) {
                most = Math.max(most, Math.max(teMetrics[link], delays[2 * link] + delays[2 * link + 1]));
            }
            if (most > ArcWeights.maxCost(nodes)) {
                throw new IllegalArgumentException("A cost of " + most + " is too much among " + nodes + " nodes");
            }
        }

        private void requireNode(int node) {
            if (node < 0 || node >= nodes) {
                throw new IllegalArgumentException("No node " + node + " among " + nodes);
            }
        }

        private static void requireRange(String name, long value, long maximum) {
            if (value < 0 || value > maximum) {
                throw new IllegalArgumentException(name + " " + value + " is not 0 to " + maximum);
            }
        }

        private void makeRoom() {
            if (links == teMetrics.length) {
                int room = 2 * links;
                heads = Arrays.copyOf(heads, 2 * room);
                teMetrics = Arrays.copyOf(teMetrics, room);
                affinities = Arrays.copyOf(affinities, room);
                srlgs = Arrays.copyOf(srlgs, room);
                delays = Arrays.copyOf(delays, 2 * room);
            }
        }
    }
}
