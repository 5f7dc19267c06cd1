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

/**
 * What the two paths of a pair must not both use, each thing with a number of its own: the links, and with them the
 * inner nodes or the shared risk link groups.
 * <p>
 * Immutable and thread-safe. Takes 4 bytes for each group of each link.
 */
final class PairConflicts {

    private final DuplexGraph graph;
    private final Disjointness disjointness;
    /** By link: the groups, counted from 0. */
    private final int[][] risks;

    PairConflicts(DuplexGraph graph, Disjointness disjointness) {
        this.graph = graph;
        this.disjointness = disjointness;
        risks = disjointness == Disjointness.SRLG ? risks(graph) : new int[graph.links()][0];
    }

    private static int[][] risks(DuplexGraph graph) {
        int[][] groups = new int[graph.links()][];
        for (int link = 0; link < groups.length; link++) {
            groups[link] = new int[graph.srlgCount(link)];
            for (int index = 0; index < groups[link].length; index++) {
                groups[link][index] = graph.srlg(link, index);
            }
        }
        int[] known = Arrays.stream(groups).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
        for (int[] ofLink : groups) {
            Arrays.setAll(ofLink, index -> Arrays.binarySearch(known, ofLink[index]));
        }
        return groups;
    }

    /** Returns what a path uses: its links first, then its inner nodes or its groups. */
    BitSet of(GraphPath path) {
        BitSet used = new BitSet();
        for (int index = 0; index < path.hops(); index++) {
            int link = DuplexGraph.link(path.arc(index));
            used.set(link);
            if (disjointness == Disjointness.NODE && index > 0) {
                used.set(graph.links() + graph.tail(path.arc(index)));
            }
            for (int risk : risks[link]) {
                used.set(graph.links() + risk);
            }
        }
        return used;
    }

    /** Returns the filter that keeps a path from using some things. */
    ArcFilter without(BitSet avoided) {
        if (disjointness == Disjointness.LINK) {
            return arc -> !avoided.get(DuplexGraph.link(arc));
        }
        if (disjointness == Disjointness.NODE) {
            return arc -> !avoided.get(DuplexGraph.link(arc)) && !avoided.get(graph.links() + graph.head(arc))
                    && !avoided.get(graph.links() + graph.tail(arc));
        }
        return arc -> !avoided.get(DuplexGraph.link(arc)) && isWithoutRisks(avoided, DuplexGraph.link(arc));
    }

    private boolean isWithoutRisks(BitSet avoided, int link) {
        for (int risk : risks[link]) {
            if (avoided.get(graph.links() + risk)) {
                return false;
            }
        }
        return true;
    }
}
