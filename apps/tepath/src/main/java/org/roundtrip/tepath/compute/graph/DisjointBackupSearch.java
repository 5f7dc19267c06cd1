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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the backup for a path that stays where it is: the shortest path that shares nothing with it or, if there is
 * none, as little as possible.
 * <p>
 * The order of <i>as little as possible</i>: the fewest shared things whose failure is to be survived, which are links;
 * for {@link Disjointness#NODE} also nodes; for {@link Disjointness#SRLG} also groups, each counted once. Of these the
 * least cost, then the fewest hops. The same graph and filter always give the same path.
 * <p>
 * Label setting with dominance (P. Hansen, Bicriterion path problems, 1980). For links and nodes one label for each
 * node is enough, and the effort is O((n + m) log n). To share few groups is NP-hard (S. Yuan, S. Varma and J. P. Jue,
 * Minimum-color path problems for reliability in mesh networks, 2005), because a group counts once for all its links:
 * labels with different groups stand beside each other. When there are more labels than a bound, nodes keep the ones
 * that they have; then what is found is a path, but perhaps not the best.
 * <p>
 * Keeps its arrays. Not thread-safe: one for each thread.
 */
public final class DisjointBackupSearch {

    private static final int NONE = -1;
    private static final BitSet NO_GROUPS = new BitSet();

    private final DuplexGraph graph;
    private final CostMetric metric;
    private final ArcWeights weights;
    private final int maxLabels;
    private final ShortestPathSearch shortest;
    private final Map<Disjointness, DisjointRisks> risksByDisjointness = new EnumMap<>(Disjointness.class);

    /** For each number of shared things the labels with that many, by weight. */
    private final List<NodeQueue> queues = new ArrayList<>();

    private final int[] firstLabels;
    private int size;
    private int[] nodes = new int[64];
    private int[] parents = new int[64];
    private int[] arcs = new int[64];
    private int[] nexts = new int[64];
    private int[] singles = new int[64];
    private long[] labelWeights = new long[64];
    private BitSet[] groups = new BitSet[64];
    private boolean[] dominated = new boolean[64];

    /**
     * Creates a search.
     *
     * @param graph     the network
     * @param metric    what paths cost
     * @param maxLabels how many labels are kept, 1 or more, before exactness is given up; each takes up to 100 bytes
     * @throws IllegalArgumentException if there may be no label
     */
    public DisjointBackupSearch(DuplexGraph graph, CostMetric metric, int maxLabels) {
        if (maxLabels < 1) {
            throw new IllegalArgumentException("At most " + maxLabels + " labels is too few");
        }
        this.graph = graph;
        this.metric = metric;
        this.maxLabels = maxLabels;
        weights = new ArcWeights(graph, metric);
        shortest = new ShortestPathSearch(graph);
        firstLabels = new int[graph.nodes()];
    }

    /**
     * Finds the shortest path that is disjoint from another one.
     *
     * @param working      the path to protect
     * @param disjointness what its backup must not share
     * @param filter       the arcs that the backup may take
     * @return the canonical path of those that are disjoint, or empty if there is none. The backup of a path without
     *         arcs has none either
     */
    public Optional<GraphPath> find(GraphPath working, Disjointness disjointness, ArcFilter filter) {
        if (working.hops() == 0) {
            return Optional.of(working);
        }
        DisjointRisks risks = risks(disjointness);
        DisjointArcFilter disjoint = new DisjointArcFilter(risks, risks.of(working));
        return shortest.find(source(working), destination(working), metric, disjoint.and(filter));
    }

    /**
     * Finds the path that shares as little as possible with another one.
     *
     * @param working      the path to protect
     * @param disjointness what its backup should not share
     * @param filter       the arcs that the backup may take
     * @return the path and its backup, which may be the same if there is no other; no pair if there is no path at all
     */
    public PairSearchResult findMostDisjoint(GraphPath working, Disjointness disjointness, ArcFilter filter) {
        if (working.hops() == 0) {
            return PairSearchResult.proven(Optional.of(PathPair.of(working, working)));
        }
        DisjointRisks risks = risks(disjointness);
        BitSet taken = risks.of(working);
        int destination = destination(working);
        begin(source(working));
        for (int count = 0; count < queues.size(); count++) {
            NodeQueue queue = queues.get(count);
            while (!queue.isEmpty()) {
                int label = queue.firstNode();
                queue.removeFirst();
                if (nodes[label] == destination) {
                    Optional<PathPair> pair = Optional.of(PathPair.of(working, path(label)));
                    return size > maxLabels ? PairSearchResult.boundReached(pair) : PairSearchResult.proven(pair);
                }
                if (!dominated[label]) {
                    extend(label, risks, taken, filter);
                }
            }
        }
        return PairSearchResult.proven(Optional.empty());
    }

    private DisjointRisks risks(Disjointness disjointness) {
        return risksByDisjointness.computeIfAbsent(disjointness, one -> new DisjointRisks(graph, one));
    }

    private int source(GraphPath path) {
        return graph.tail(path.arc(0));
    }

    private int destination(GraphPath path) {
        return graph.head(path.arc(path.hops() - 1));
    }

    private void begin(int source) {
        queues.forEach(NodeQueue::clear);
        Arrays.fill(firstLabels, NONE);
        size = 0;
        add(source, NONE, NONE, 0, NO_GROUPS, 0);
    }

    private void extend(int label, DisjointRisks risks, BitSet taken, ArcFilter filter) {
        for (int position = graph.firstPosition(nodes[label]); position < graph.endPosition(nodes[label]); position++) {
            int arc = graph.arcAt(position);
            if (filter.admits(arc)) {
                reach(label, arc, labelWeights[label] + weights.byPosition()[position], risks, taken);
            }
        }
    }

    private void reach(int label, int arc, long weight, DisjointRisks risks, BitSet taken) {
        int node = graph.head(arc);
        int shared = singles[label] + risks.singlesTaken(arc, taken);
        BitSet sharedGroups = risks.withGroupsTaken(groups[label], arc, taken);
        if (size > maxLabels && firstLabels[node] != NONE) {
            return;
        }
        int before = NONE;
        for (int other = firstLabels[node]; other != NONE; other = nexts[other]) {
            if (dominates(singles[other], groups[other], labelWeights[other], shared, sharedGroups, weight)) {
                return;
            }
            if (dominates(shared, sharedGroups, weight, singles[other], groups[other], labelWeights[other])) {
                dominated[other] = true;
                unlink(node, before, other);
            } else {
                before = other;
            }
        }
        add(node, label, arc, shared, sharedGroups, weight);
    }

    private void unlink(int node, int before, int label) {
        if (before == NONE) {
            firstLabels[node] = nexts[label];
        } else {
            nexts[before] = nexts[label];
        }
    }

    /** Whatever both go on with, a group that the one has more than the other costs it one count at most. */
    private static boolean dominates(int singles, BitSet groups, long weight, int otherSingles, BitSet otherGroups,
                                     long otherWeight) {
        int ahead = otherSingles - singles - surplus(groups, otherGroups);
        return ahead > 0 || (ahead == 0 && weight <= otherWeight);
    }

    private static int surplus(BitSet groups, BitSet others) {
        int surplus = 0;
        for (int group = groups.nextSetBit(0); group >= 0; group = groups.nextSetBit(group + 1)) {
            if (!others.get(group)) {
                surplus++;
            }
        }
        return surplus;
    }

    private void add(int node, int parent, int arc, int shared, BitSet sharedGroups, long weight) {
        if (size == nodes.length) {
            makeRoom(2 * size);
        }
        nodes[size] = node;
        parents[size] = parent;
        arcs[size] = arc;
        singles[size] = shared;
        groups[size] = sharedGroups;
        labelWeights[size] = weight;
        dominated[size] = false;
        nexts[size] = firstLabels[node];
        firstLabels[node] = size;
        int count = shared + sharedGroups.cardinality();
        while (queues.size() <= count) {
            queues.add(new NodeQueue());
        }
        queues.get(count).add(weight, size++);
    }

    private void makeRoom(int room) {
        nodes = Arrays.copyOf(nodes, room);
        parents = Arrays.copyOf(parents, room);
        arcs = Arrays.copyOf(arcs, room);
        singles = Arrays.copyOf(singles, room);
        groups = Arrays.copyOf(groups, room);
        labelWeights = Arrays.copyOf(labelWeights, room);
        dominated = Arrays.copyOf(dominated, room);
        nexts = Arrays.copyOf(nexts, room);
    }

    private GraphPath path(int last) {
        int hops = weights.hops(labelWeights[last]);
        int[] path = new int[hops];
        for (int label = last; arcs[label] != NONE; label = parents[label]) {
            path[--hops] = arcs[label];
        }
        return new GraphPath(path);
    }
}
