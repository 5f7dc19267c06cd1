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
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What can fail and take a path along, as numbers: link l is risk l; after the links come the nodes, or the shared risk
 * link groups in ascending order, if the disjointness is about them. Two paths are disjoint if they have no risk in
 * common.
 * <p>
 * Immutable and thread-safe. Takes 8 bytes for a link and 4 for a group of a link.
 */
final class DisjointRisks {

    private static final int[] NONE = {};

    private final DuplexGraph graph;
    private final Disjointness disjointness;
    private final int[] groups;
    private final int[][] groupRisks;
    private final int[][] groupLinks;

    DisjointRisks(DuplexGraph graph, Disjointness disjointness) {
        this.graph = graph;
        this.disjointness = disjointness;
        groups = IntStream.range(0, disjointness == Disjointness.SRLG ? graph.links() : 0)
                .flatMap(this::groups).sorted().distinct().toArray();
        groupRisks = new int[graph.links()][];
        Arrays.setAll(groupRisks, link -> disjointness == Disjointness.SRLG && graph.srlgCount(link) > 0
                ? groups(link).map(group -> graph.links() + Arrays.binarySearch(groups, group)).toArray() : NONE);
        groupLinks = new int[groups.length][];
        Arrays.setAll(groupLinks, group -> NONE);
        for (int link = 0; link < groupRisks.length; link++) {
            for (int risk : groupRisks[link]) {
                int group = risk - graph.links();
                groupLinks[group] = Arrays.copyOf(groupLinks[group], groupLinks[group].length + 1);
                groupLinks[group][groupLinks[group].length - 1] = link;
            }
        }
    }

    private IntStream groups(int link) {
        return IntStream.range(0, graph.srlgCount(link)).map(index -> graph.srlg(link, index));
    }

    /** Returns the number of risks, which are 0 to one less. */
    int count() {
        return graph.links() + (disjointness == Disjointness.NODE ? graph.nodes() : groups.length);
    }

    /** Returns the links that a path can't use if it avoids some risks. */
    BitSet linksOf(BitSet avoided) {
        BitSet links = new BitSet(graph.links());
        avoided.stream().flatMap(this::linksOf).forEach(links::set);
        return links;
    }

    private IntStream linksOf(int risk) {
        if (risk < graph.links()) {
            return IntStream.of(risk);
        }
        return disjointness == Disjointness.NODE ? arcsInto(risk).map(DuplexGraph::link)
                : Arrays.stream(groupLinks[risk - graph.links()]);
    }

    /** Returns the arcs on which a path meets a risk: both of a link, all that enter a node. Not for groups. */
    IntStream arcsInto(int risk) {
        if (risk < graph.links()) {
            return IntStream.of(DuplexGraph.forward(risk), DuplexGraph.opposite(DuplexGraph.forward(risk)));
        }
        int node = risk - graph.links();
        return IntStream.range(graph.firstPosition(node), graph.endPosition(node))
                .map(position -> DuplexGraph.opposite(graph.arcAt(position)));
    }

    /** Returns the risks of a path. Its two ends are none. */
    BitSet of(GraphPath path) {
        BitSet risks = new BitSet(count());
        for (int index = 0; index < path.hops(); index++) {
            int link = DuplexGraph.link(path.arc(index));
            risks.set(link);
            for (int group : groupRisks[link]) {
                risks.set(group);
            }
            if (disjointness == Disjointness.NODE && index > 0) {
                risks.set(graph.links() + graph.tail(path.arc(index)));
            }
        }
        return risks;
    }

    /** Returns whether an arc takes one of some risks: its link, the groups of that, or the node to which it leads. */
    boolean takes(int arc, BitSet risks) {
        int link = DuplexGraph.link(arc);
        if (risks.get(link)) {
            return true;
        }
        for (int group : groupRisks[link]) {
            if (risks.get(group)) {
                return true;
            }
        }
        return disjointness == Disjointness.NODE && risks.get(graph.links() + graph.head(arc));
    }

    /** Returns how many of some risks an arc takes, groups not counted: its link, and the node to which it leads. */
    int singlesTaken(int arc, BitSet risks) {
        int link = risks.get(DuplexGraph.link(arc)) ? 1 : 0;
        boolean node = disjointness == Disjointness.NODE && risks.get(graph.links() + graph.head(arc));
        return node ? link + 1 : link;
    }

    /** Returns some groups and those of some risks that an arc takes: the same set if it takes no more of them. */
    BitSet withGroupsTaken(BitSet groupsBefore, int arc, BitSet risks) {
        BitSet more = null;
        for (int group : groupRisks[DuplexGraph.link(arc)]) {
            if (risks.get(group) && !groupsBefore.get(group)) {
                if (more == null) {
                    more = (BitSet) groupsBefore.clone();
                }
                more.set(group);
            }
        }
        return more == null ? groupsBefore : more;
    }
}
