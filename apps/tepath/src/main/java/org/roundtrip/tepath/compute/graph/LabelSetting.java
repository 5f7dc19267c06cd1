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
import java.util.function.IntToLongFunction;

/** One run of {@link ConstrainedPathSearch}, which says what it does and why. */
final class LabelSetting {

    private static final int NONE = -1;
    /** As many as labels that differ in more than their node and stage need, so that few share a slot. */
    private static final int SLOTS_BY_DIFFERENCE = 1 << 16;

    private final DuplexGraph graph;
    private final ConstrainedPathQuery query;
    private final IntToLongFunction weight;
    private final DifferenceRule rule;
    private final PathLabels labels;
    private final LabelQueue queue;
    private final Itinerary itinerary;

    private final int maxHops;
    private final boolean boundsHops;
    private final boolean boundsDelay;
    private final RemainingCosts remainingWeight;
    private final Optional<RemainingCosts> remainingHops;
    private final Optional<RemainingCosts> remainingForwardDelay;
    private final Optional<RemainingCosts> remainingReverseDelay;

    /** The settled labels by slot: the last one, and for each label the one before it. */
    private final int[] lastSettled;
    private int[] settledBefore = new int[256];
    /** The bit of each node that is watched for repetition, or 0. */
    private final long[] watched;
    private int watchedCount;

    private long maxDifference;
    private Optional<GraphPath> best = Optional.empty();
    private int labelsLeft;

    LabelSetting(DuplexGraph graph, ConstrainedPathQuery query, IntToLongFunction weight, DifferenceRule rule,
                 long maxDifference, PathLabels labels) {
        this.graph = graph;
        this.query = query;
        this.weight = weight;
        this.rule = rule;
        this.maxDifference = maxDifference;
        this.labels = labels;
        queue = new LabelQueue(labels);
        itinerary = new Itinerary(graph, query.waypoints());
        boolean mayRepeatNodes = rule != DifferenceRule.ANY || itinerary.lastStage() > 0;
        // No simple path has more; where nodes may repeat, labels would have no end.
        maxHops = Math.min(query.bounds().maxHops(), graph.nodes() - 1);
        boundsHops = mayRepeatNodes || maxHops < graph.nodes() - 1;
        boundsDelay = query.bounds().maxDelay() < Long.MAX_VALUE;
        remainingWeight = remaining(weight);
        remainingHops = boundsHops ? Optional.of(remaining(arc -> 1)) : Optional.empty();
        remainingForwardDelay = boundsDelay ? Optional.of(remaining(graph::delay)) : Optional.empty();
        remainingReverseDelay = boundsDelay
                ? Optional.of(remaining(arc -> graph.delay(DuplexGraph.opposite(arc)))) : Optional.empty();
        lastSettled = new int[rule == DifferenceRule.ANY ? itinerary.stages() * graph.nodes() : SLOTS_BY_DIFFERENCE];
        watched = new long[graph.nodes()];
        labelsLeft = query.labelLimit();
    }

    private RemainingCosts remaining(IntToLongFunction cost) {
        return new RemainingCosts(graph, itinerary, query.target(), cost, query.filter());
    }

    ConstrainedPathResult run() {
        while (true) {
            int repeating = settleLabels();
            if (labelsLeft < 0) {
                return ConstrainedPathResult.atLimit(best);
            }
            if (repeating == NONE) {
                return ConstrainedPathResult.exactly(best);
            }
            if (!watchRepeatedNodes(repeating)) {
                return ConstrainedPathResult.atLimit(best);
            }
        }
    }

    /** Finds the best path; returns a label that would be better but repeats nodes, or none. */
    private int settleLabels() {
        Arrays.fill(lastSettled, NONE);
        queue.clear();
        labels.restart(query.source());
        enqueue(0);
        while (!queue.isEmpty() && labelsLeft >= 0) {
            int label = queue.removeFirst();
            if (isDominated(label)) {
                continue;
            }
            settle(label);
            if (!isWhole(label)) {
                extend(label);
            } else if (isAllowedToDiffer(label)) {
                if (repeatsNodes(label)) {
                    return label;
                }
                best = Optional.of(labels.path(label));
                maxDifference = Math.abs(labels.difference(label)) - 1;
                if (rule != DifferenceRule.LEAST || maxDifference < 0) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    private boolean isWhole(int label) {
        return labels.node(label) == query.target() && labels.stage(label) == itinerary.lastStage();
    }

    private boolean isAllowedToDiffer(int label) {
        return rule == DifferenceRule.ANY || Math.abs(labels.difference(label)) <= maxDifference;
    }

    private void extend(int label) {
        int node = labels.node(label);
        for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
            int arc = graph.arcAt(position);
            if (mayGoOn(label, arc) && query.filter().admits(arc)) {
                int head = graph.head(arc);
                labels.add(label, arc, itinerary.stageAfter(labels.stage(label), arc), weight.applyAsLong(arc),
                           watched[head]);
                enqueue(labels.count() - 1);
            }
        }
    }

    private boolean mayGoOn(int label, int arc) {
        int head = graph.head(arc);
        int stage = labels.stage(label);
        boolean endsTooEarly = head == query.target() && itinerary.stageAfter(stage, arc) < itinerary.lastStage();
        return itinerary.allows(stage, arc) && head != query.source() && !endsTooEarly
                && (labels.visited(label) & watched[head]) == 0;
    }

    /** Queues the label that was added last, or takes it back if it can't become a path or is dominated. */
    private void enqueue(int label) {
        if (isWithinBounds(label) && !isDominated(label)) {
            labelsLeft--;
            queue.add(labels.weight(label) + remaining(remainingWeight, label), label);
        } else {
            labels.removeLast();
        }
    }

    private boolean isWithinBounds(int label) {
        return remaining(remainingWeight, label) < RemainingCosts.UNREACHABLE
                && labels.hops(label) + remaining(remainingHops, label) <= maxHops
                && labels.forwardDelay(label) + remaining(remainingForwardDelay, label) <= query.bounds().maxDelay()
                && labels.reverseDelay(label) + remaining(remainingReverseDelay, label) <= query.bounds().maxDelay();
    }

    private long remaining(RemainingCosts costs, int label) {
        return costs.of(labels.stage(label), labels.node(label));
    }

    private long remaining(Optional<RemainingCosts> costs, int label) {
        return costs.isPresent() ? remaining(costs.get(), label) : 0;
    }

    private void settle(int label) {
        if (label >= settledBefore.length) {
            settledBefore = Arrays.copyOf(settledBefore, Math.max(label + 1, 2 * settledBefore.length));
        }
        int slot = slot(label);
        settledBefore[label] = lastSettled[slot];
        lastSettled[slot] = label;
    }

    /** Labels of one node and stage share a slot, unless their differences keep them from dominating each other. */
    private int slot(int label) {
        int state = labels.stage(label) * graph.nodes() + labels.node(label);
        if (rule == DifferenceRule.ANY) {
            return state;
        }
        int hash = 31 * state + Long.hashCode(labels.difference(label));
        return (hash ^ hash >>> 16) & SLOTS_BY_DIFFERENCE - 1;
    }

    private boolean isDominated(int label) {
        int other = lastSettled[slot(label)];
        while (other != NONE && !isNoWorse(other, label)) {
            other = settledBefore[other];
        }
        return other != NONE;
    }

    /** Compares with a label that was settled before, which is lighter or of the same weight and smaller arcs. */
    private boolean isNoWorse(int settled, int label) {
        return labels.node(settled) == labels.node(label) && labels.stage(settled) == labels.stage(label)
                && (!boundsHops || labels.hops(settled) <= labels.hops(label))
                && (!boundsDelay || (labels.forwardDelay(settled) <= labels.forwardDelay(label)
                        && labels.reverseDelay(settled) <= labels.reverseDelay(label)))
                && (rule == DifferenceRule.ANY || labels.difference(settled) == labels.difference(label))
                && (labels.visited(settled) & ~labels.visited(label)) == 0;
    }

    private boolean repeatsNodes(int label) {
        boolean[] seen = new boolean[graph.nodes()];
        boolean repeats = false;
        for (int at = label; at != NONE; at = labels.parent(at)) {
            repeats |= seen[labels.node(at)];
            seen[labels.node(at)] = true;
        }
        return repeats;
    }

    /** Watches the nodes that a label repeats; returns false if these are more than a long has bits. */
    private boolean watchRepeatedNodes(int label) {
        boolean[] seen = new boolean[graph.nodes()];
        for (int at = label; at != NONE; at = labels.parent(at)) {
            int node = labels.node(at);
            if (seen[node] && watched[node] == 0) {
                if (watchedCount == Long.SIZE) {
                    return false;
                }
                watched[node] = 1L << watchedCount++;
            }
            seen[node] = true;
        }
        return true;
    }
}
