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
package org.roundtrip.tepath.compute;

import org.roundtrip.tepath.Disjointness;
import org.roundtrip.tepath.compute.graph.DuplexGraph;

import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a constraint takes away of a network: switches that no link may lead to or from, and arcs, each in the direction
 * of travel. A link that is taken away altogether is both of its arcs.
 * <p>
 * Immutable by agreement: nobody changes the sets of a removal once it is made.
 */
final class Removal {

    /** Takes nothing away. */
    static final Removal NONE = new Removal(new BitSet(), new BitSet());

    private final BitSet nodes;
    private final BitSet arcs;

    Removal(BitSet nodes, BitSet arcs) {
        this.nodes = nodes;
        this.arcs = arcs;
    }

    /**
     * Returns what a standby way must not use because the active way does.
     *
     * @param database     the network
     * @param disjointness what the two must not share
     * @param active       the active way, of which some may be gone
     */
    static Removal of(TeDatabase database, Disjointness disjointness, Route active) {
        BitSet nodes = new BitSet();
        BitSet arcs = new BitSet();
        for (LinkDirection link : active.links()) {
            database.arc(link).ifPresent(arc -> setBoth(arcs, arc));
        }
        if (disjointness == Disjointness.NODE) {
            active.devices().stream().skip(1).limit(Math.max(0, active.links().size() - 1))
                    .forEach(device -> database.node(device).ifPresent(nodes::set));
        }
        if (disjointness == Disjointness.SRLG) {
            Set<Integer> risks = active.links().stream().flatMap(
                    link -> database.topology().attributes(link).sharedRisks().stream()).collect(Collectors.toSet());
            for (int link = 0; !risks.isEmpty() && link < database.graph().links(); link++) {
                for (int index = 0; index < database.graph().srlgCount(link); index++) {
                    if (risks.contains(database.graph().srlg(link, index))) {
                        setBoth(arcs, DuplexGraph.forward(link));
                    }
                }
            }
        }
        return new Removal(nodes, arcs);
    }

    private static void setBoth(BitSet arcs, int arc) {
        arcs.set(arc);
        arcs.set(DuplexGraph.opposite(arc));
    }

    BitSet nodes() {
        return nodes;
    }

    BitSet arcs() {
        return arcs;
    }

    boolean isEmpty() {
        return nodes.isEmpty() && arcs.isEmpty();
    }

    /** Returns what is left of this when some of it is overlooked. */
    Removal without(Removal overlooked) {
        if (overlooked.isEmpty()) {
            return this;
        }
        BitSet leftNodes = (BitSet) nodes.clone();
        leftNodes.andNot(overlooked.nodes);
        BitSet leftArcs = (BitSet) arcs.clone();
        leftArcs.andNot(overlooked.arcs);
        return new Removal(leftNodes, leftArcs);
    }

    /** Adds to a set all arcs that are taken away, those at the switches among them. */
    void addTo(BitSet removed, DuplexGraph graph) {
        removed.or(arcs);
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
                removed.set(graph.arcAt(position));
                removed.set(DuplexGraph.opposite(graph.arcAt(position)));
            }
        }
    }

    /** Returns all arcs that are taken away, those at the switches among them. */
    BitSet allArcs(DuplexGraph graph) {
        BitSet removed = new BitSet(graph.arcs());
        addTo(removed, graph);
        return removed;
    }
}
