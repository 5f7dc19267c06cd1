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
 * What the two paths of a pair share, and therefore what may take both of them down at once.
 * <p>
 * Immutable and thread-safe.
 */
public final class PairOverlap {

    private final int[] links;
    private final int[] nodes;
    private final int[] srlgs;

    private PairOverlap(int[] links, int[] nodes, int[] srlgs) {
        this.links = links;
        this.nodes = nodes;
        this.srlgs = srlgs;
    }

    /**
     * Returns what two paths share, in O(h log h) of their hops and groups.
     *
     * @param graph their graph
     * @param pair  two paths between the same two ends
     * @return the overlap
     */
    public static PairOverlap of(DuplexGraph graph, PathPair pair) {
        return new PairOverlap(common(links(pair.working()), links(pair.backup())),
                               common(innerNodes(graph, pair.working()), innerNodes(graph, pair.backup())),
                               common(srlgs(graph, pair.working()), srlgs(graph, pair.backup())));
    }

    /**
     * Returns the links that both use, in whichever direction of travel.
     *
     * @return a new array, in ascending order
     */
    public int[] links() {
        return links.clone();
    }

    /**
     * Returns the nodes that both pass, without their two ends.
     *
     * @return a new array, in ascending order
     */
    public int[] nodes() {
        return nodes.clone();
    }

    /**
     * Returns the shared risk link groups in which both have a link, which may be the same one.
     *
     * @return a new array, in ascending order
     */
    public int[] srlgs() {
        return srlgs.clone();
    }

    /**
     * Returns whether nothing is shared that must not be.
     *
     * @param disjointness what must not be shared
     * @return true if the paths are disjoint
     */
    public boolean satisfies(Disjointness disjointness) {
        switch (disjointness) {
            case LINK:
                return links.length == 0;
            case NODE:
                return links.length == 0 && nodes.length == 0;
            case SRLG:
                return links.length == 0 && srlgs.length == 0;
            default:
                throw new IllegalArgumentException("Unknown disjointness " + disjointness);
        }
    }

    @Override
    public String toString() {
        return "links " + Arrays.toString(links) + ", nodes " + Arrays.toString(nodes)
                + ", SRLGs " + Arrays.toString(srlgs);
    }

    private static IntStream links(GraphPath path) {
        return Arrays.stream(path.arcs()).map(DuplexGraph::link);
    }

    private static IntStream innerNodes(DuplexGraph graph, GraphPath path) {
        return Arrays.stream(path.arcs()).skip(1).map(graph::tail);
    }

    private static IntStream srlgs(DuplexGraph graph, GraphPath path) {
        return links(path).flatMap(link -> IntStream.range(0, graph.srlgCount(link))
                .map(index -> graph.srlg(link, index)));
    }

    private static int[] common(IntStream some, IntStream others) {
        int[] sorted = others.sorted().toArray();
        return some.filter(one -> Arrays.binarySearch(sorted, one) >= 0).sorted().distinct().toArray();
    }
}
