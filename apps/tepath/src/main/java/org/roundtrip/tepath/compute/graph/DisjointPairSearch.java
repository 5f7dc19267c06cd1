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
 * Finds the two disjoint paths that together cost the least: exact, for link and for node disjointness.
 * <p>
 * Two searches, as J. W. Suurballe and R. E. Tarjan (A quick method for finding shortest pairs of disjoint paths, 1984)
 * and R. Bhandari (Survivable Networks, 1999) have them: the shortest path, and the shortest one in what is left when
 * the first can be taken back link by link. What both have used in opposite directions falls out, and the rest are two
 * paths. A link counts once for its two arcs, so that the pair never meets on it; for node disjointness a node of the
 * first path can be entered only to go back on that path. The first search runs backward from the destination: the
 * distances that it finds make all costs of the second one detours (D. B. Johnson, 1977), so that this one looks only
 * where detours are small. Both end as soon as they may. O((n + m) log n) each.
 * <p>
 * <b>The choice among equals.</b> The pair has the least cost, and of those the fewest hops in total. Of all ways to
 * part its links into two paths, the working path is the cheapest, then the one with the fewest hops, then the one
 * whose sequence of arcs is the smallest. The same graph and filter always give the same pair.
 * <p>
 * Keeps its arrays, so that a search leaves nothing behind but its result. Not thread-safe: one for each thread. Takes
 * 70 bytes for a node and 16 for a link.
 */
public final class DisjointPairSearch {

    private static final long UNREACHED = Long.MAX_VALUE;
    private static final int NONE = -1;
    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;

    private final DuplexGraph graph;
    private final ArcWeights weights;
    private final int nodes;
    private final NodeQueue queue = new NodeQueue();

    /** From a node to the destination, or the source's distance if that is less. */
    private final long[] distances;
    private final int[] nextArcs;

    /** The first path: the arc on which it leaves a node, and the one on which it enters it. */
    private final int[] leaving;
    private final int[] entering;
    private final boolean[] gated;

    /**
     * The second search. State v is node v, free to go on; state n + v is a gated node v that was entered from aside.
     */
    private final long[] detours;
    private final int[] parents;
    private final int[] parentArcs;
    private long foundDetour;

    /** Both paths together: at most two arcs that leave a node. */
    private final int[] oneArcs;
    private final int[] otherArcs;
    private final DisjointPairSplit split;

    /**
     * Creates a search.
     *
     * @param graph  the network
     * @param metric what paths cost
     * @throws IllegalArgumentException if two paths through all nodes might cost too much to be told apart in 63 bits
     *                                  from a pair with a hop less: 8,000 nodes can have any costs
     */
    public DisjointPairSearch(DuplexGraph graph, CostMetric metric) {
        this.graph = graph;
        nodes = graph.nodes();
        weights = new ArcWeights(graph, metric, 2L * nodes);
        requireWeightsThatAddUp();
        distances = new long[nodes];
        nextArcs = new int[nodes];
        leaving = new int[nodes];
        entering = new int[nodes];
        gated = new boolean[nodes];
        detours = new long[2 * nodes];
        parents = new int[2 * nodes];
        parentArcs = new int[2 * nodes];
        oneArcs = new int[nodes];
        otherArcs = new int[nodes];
        split = new DisjointPairSplit(graph, weights);
    }

    private void requireWeightsThatAddUp() {
        long heaviest = Arrays.stream(weights.byPosition()).max().orElse(0);
        if (heaviest > Long.MAX_VALUE / Math.max(1, 2 * nodes)) {
            throw new IllegalArgumentException("A cost of " + weights.cost(heaviest) + " is too much for pairs among "
                                                       + nodes + " nodes");
        }
    }

    /**
     * Finds a pair.
     *
     * @param source       where both paths begin
     * @param destination  where both paths end; if that is where they begin, they are empty
     * @param disjointness {@link Disjointness#LINK} or {@link Disjointness#NODE}
     * @param filter       the arcs that both paths may take
     * @return the pair, or empty if there is none
     */
    public Optional<PathPair> find(int source, int destination, Disjointness disjointness, ArcFilter filter) {
        if (!canBePassedTwice(source, destination, filter) || !begin(source, destination, disjointness, filter)
                || !search(destination, filter)) {
            return Optional.empty();
        }
        return Optional.of(pair(source, destination));
    }

    /** Where there is no pair, an end with less than two links is the most frequent reason, and quickly seen. */
    private boolean canBePassedTwice(int source, int destination, ArcFilter filter) {
        return source == destination
                || (hasTwoArcs(source, FORWARD, filter) && hasTwoArcs(destination, BACKWARD, filter));
    }

    private boolean hasTwoArcs(int node, int direction, ArcFilter filter) {
        int count = 0;
        for (int position = graph.firstPosition(node); position < graph.endPosition(node) && count < 2; position++) {
            if (filter.admits(graph.arcAt(position) ^ direction)) {
                count++;
            }
        }
        return count == 2;
    }

    /**
     * Finds the pair that is as disjoint as possible. A link or node is shared only if every path from source to
     * destination needs it, so no other pair shares less; of the pairs that share no more, it costs the least.
     *
     * @param source       where both paths begin
     * @param destination  where both paths end; if that is where they begin, they are empty
     * @param disjointness {@link Disjointness#LINK} or {@link Disjointness#NODE}
     * @param filter       the arcs that both paths may take
     * @return the pair, whose paths may be the same; or empty if there is no path at all
     */
    public Optional<PathPair> findMostDisjoint(int source, int destination, Disjointness disjointness,
                                               ArcFilter filter) {
        if (!begin(source, destination, disjointness, filter)) {
            return Optional.empty();
        }
        while (!search(destination, filter)) {
            share(source);
        }
        return Optional.of(pair(source, destination));
    }

    /**
     * Sets the prices at which the links and nodes of the pair that was just found would be worth sharing: the optimal
     * multipliers of the minimum cost flow that it is (R. K. Ahuja, T. L. Magnanti and J. B. Orlin, Network Flows,
     * 1993, section 9.4). The paths that are the lightest with each arc at its weight and these prices are those of the
     * pair, and twice the weight of one, less the sum of the prices, is the weight of the pair.
     *
     * @param prices set to 0 or more, at the number of the link, and after the links at that of the node
     */
    void price(long[] prices) {
        for (int node = 0; node < nodes; node++) {
            if (oneArcs[node] == NONE) {
                continue;
            }
            if (gated[node] && otherArcs[node] == NONE) {
                prices[graph.links() + node] = detourOut(node) - detourIn(node);
            }
            if (oneArcs[node] != otherArcs[node]) {
                price(prices, oneArcs[node]);
                if (otherArcs[node] != NONE) {
                    price(prices, otherArcs[node]);
                }
            }
        }
    }

    private void price(long[] prices, int arc) {
        int tail = graph.tail(arc);
        int head = graph.head(arc);
        long detour = weights.of(arc) + distances[head] - distances[tail];
        prices[DuplexGraph.link(arc)] = Math.max(0, detourIn(head) - detourOut(tail) - detour);
    }

    private long detourOut(int node) {
        return Math.min(detours[node], foundDetour);
    }

    private long detourIn(int node) {
        return Math.min(detourOut(node), gated[node] ? detours[nodes + node] : foundDetour);
    }

    private boolean begin(int source, int destination, Disjointness disjointness, ArcFilter filter) {
        if (!findFirst(source, destination, filter)) {
            return false;
        }
        Arrays.fill(leaving, NONE);
        Arrays.fill(entering, NONE);
        Arrays.fill(gated, false);
        for (int node = source; node != destination; node = graph.head(leaving[node])) {
            leaving[node] = nextArcs[node];
            entering[graph.head(nextArcs[node])] = nextArcs[node];
        }
        switch (disjointness) {
            case LINK:
                break;
            case NODE:
                closeInnerNodes(source, destination);
                break;
            default:
                throw new IllegalArgumentException(disjointness + " is for another search");
        }
        Arrays.fill(detours, UNREACHED);
        queue.clear();
        reach(source, 0, NONE, NONE);
        return true;
    }

    private void closeInnerNodes(int source, int destination) {
        if (source == destination) {
            return;
        }
        for (int node = graph.head(leaving[source]); node != destination; node = graph.head(leaving[node])) {
            gated[node] = true;
        }
    }

    /** Dijkstra's algorithm from the destination, up to the source. */
    private boolean findFirst(int source, int destination, ArcFilter filter) {
        Arrays.fill(distances, UNREACHED);
        queue.clear();
        distances[destination] = 0;
        queue.add(0, destination);
        while (!queue.isEmpty()) {
            long distance = queue.firstKey();
            int node = queue.firstNode();
            queue.removeFirst();
            if (node == source) {
                limitDistances(distance);
                return true;
            }
            if (distance == distances[node]) {
                enterFrom(node, distance, filter);
            }
        }
        return false;
    }

    private void enterFrom(int node, long distance, ArcFilter filter) {
        int[] heads = graph.headsByPosition();
        int[] arcs = graph.arcsByPosition();
        long[] arcWeights = weights.byPosition();
        int end = graph.endPosition(node);
        for (int position = graph.firstPosition(node); position < end; position++) {
            int before = heads[position];
            long farther = distance + arcWeights[position];
            if (farther < distances[before]) {
                int arc = DuplexGraph.opposite(arcs[position]);
                if (filter.admits(arc)) {
                    distances[before] = farther;
                    nextArcs[before] = arc;
                    queue.add(farther, before);
                }
            }
        }
    }

    /** No node that was not settled is nearer than the source, so that this is a lower bound for all the others. */
    private void limitDistances(long limit) {
        for (int node = 0; node < nodes; node++) {
            if (distances[node] > limit) {
                distances[node] = limit;
            }
        }
    }

    /** Goes on with the second search until the destination is reached, or until there is nothing more to reach. */
    private boolean search(int destination, ArcFilter filter) {
        while (!queue.isEmpty()) {
            long detour = queue.firstKey();
            int state = queue.firstNode();
            queue.removeFirst();
            if (state == destination) {
                foundDetour = detour;
                return true;
            }
            if (detour != detours[state]) {
                continue;
            }
            if (state >= nodes) {
                takeBack(state, state - nodes, detour);
            } else {
                leave(state, detour, filter);
            }
        }
        return false;
    }

    private void leave(int node, long detour, ArcFilter filter) {
        int used = leaving[node];
        int takenBack = entering[node] == NONE ? NONE : DuplexGraph.opposite(entering[node]);
        int[] heads = graph.headsByPosition();
        int[] arcs = graph.arcsByPosition();
        long[] arcWeights = weights.byPosition();
        long here = detour - distances[node];
        int end = graph.endPosition(node);
        for (int position = graph.firstPosition(node); position < end; position++) {
            int arc = arcs[position];
            if (arc == used) {
                continue;
            }
            if (arc == takenBack) {
                takeBack(node, node, detour);
                continue;
            }
            int next = heads[position];
            long farther = here + arcWeights[position] + distances[next];
            int state = gated[next] ? nodes + next : next;
            if (farther < detours[state] && farther < detours[next] && filter.admits(arc)) {
                reach(state, farther, node, arc);
            }
        }
    }

    /** Costs no detour: what the link has cost is saved. */
    private void takeBack(int state, int node, long detour) {
        int arc = DuplexGraph.opposite(entering[node]);
        int next = graph.head(arc);
        if (detour < detours[next]) {
            reach(next, detour, state, arc);
        }
    }

    private void reach(int state, long detour, int parent, int arc) {
        detours[state] = detour;
        parents[state] = parent;
        parentArcs[state] = arc;
        queue.add(detour, state);
    }

    /**
     * Lets the second path share what stopped it: the first node or link of the first path that it could not get past.
     * As it could get nowhere else either, every path needs that one.
     * <p>
     * From beyond, nodes may be reached again that were left behind, and by less of a detour; but none on the way to
     * here, which are nearer than anything beyond, so that the way stays as it is.
     */
    private void share(int source) {
        int last = source;
        int next = graph.head(leaving[last]);
        while (detours[next] != UNREACHED) {
            last = next;
            next = graph.head(leaving[last]);
        }
        if (gated[next] && detours[nodes + next] != UNREACHED) {
            reach(next, detours[nodes + next], nodes + next, NONE);
        } else {
            reach(gated[next] ? nodes + next : next, detours[last], last, leaving[last]);
        }
    }

    /** Puts the two paths together, without the links that were taken back. */
    private PathPair pair(int source, int destination) {
        System.arraycopy(leaving, 0, oneArcs, 0, nodes);
        Arrays.fill(otherArcs, NONE);
        for (int state = destination; state != source; state = parents[state]) {
            int arc = parentArcs[state];
            if (arc == NONE) {
                continue;
            }
            int tail = graph.tail(arc);
            int head = graph.head(arc);
            if (entering[tail] == DuplexGraph.opposite(arc)) {
                drop(head, DuplexGraph.opposite(arc));
            } else {
                add(tail, arc);
            }
        }
        return split.split(source, destination, oneArcs, otherArcs);
    }

    private void add(int tail, int arc) {
        if (oneArcs[tail] == NONE) {
            oneArcs[tail] = arc;
        } else {
            otherArcs[tail] = arc;
        }
    }

    private void drop(int tail, int arc) {
        if (oneArcs[tail] == arc) {
            oneArcs[tail] = otherArcs[tail];
        }
        otherArcs[tail] = NONE;
    }
}
