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

import org.roundtrip.tepath.compute.graph.ArcFilter;
import org.roundtrip.tepath.compute.graph.DuplexGraph;
import org.roundtrip.tepath.compute.graph.GraphPath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Tries all ways, until the engine has a search within bounds. */
final class TemporarySearch {

    private final DuplexGraph graph;

    TemporarySearch(DuplexGraph graph) {
        this.graph = graph;
    }

    Optional<GraphPath> find(int source, int target, ToLongFunction<GraphPath> cost, int hops, long delay,
                             long difference, List<int[]> passing, ArcFilter filter) {
        List<GraphPath> all = new ArrayList<>();
        extend(source, target, filter, new ArrayDeque<>(), new BitSet(), all);
        return all.stream().filter(path -> path.hops() <= hops)
                .filter(path -> path.forwardDelay(graph) <= delay && path.reverseDelay(graph) <= delay)
                .filter(path -> Math.abs(path.forwardDelay(graph) - path.reverseDelay(graph)) <= difference)
                .filter(path -> passes(path, source, passing))
                .min(Comparator.comparingLong(cost).thenComparingInt(GraphPath::hops)
                             .thenComparing((one, other) -> Arrays.compare(one.arcs(), other.arcs())));
    }

    private boolean passes(GraphPath path, int source, List<int[]> passing) {
        List<Integer> nodes = new ArrayList<>(List.of(source));
        Arrays.stream(path.arcs()).forEach(arc -> nodes.add(graph.head(arc)));
        int at = 0;
        for (int[] hop : passing) {
            int found = -1;
            if (hop[0] == 0) {
                found = nodes.indexOf(hop[1]);
                if (found < at || hop[2] == 1 && found > at + 1) {
                    return false;
                }
            } else {
                for (int index = at; index < path.hops(); index++) {
                    found = DuplexGraph.link(path.arc(index)) == hop[1] ? index + 1 : found;
                }
                if (found < 0 || hop[2] == 1 && found != at + 1) {
                    return false;
                }
            }
            at = found;
        }
        return true;
    }

    private void extend(int node, int target, ArcFilter filter, Deque<Integer> arcs, BitSet seen, List<GraphPath> all) {
        if (node == target) {
            int[] path = new int[arcs.size()];
            Iterator<Integer> order = arcs.descendingIterator();
            Arrays.setAll(path, index -> order.next());
            all.add(GraphPath.of(graph, path));
            return;
        }
        seen.set(node);
        for (int position = graph.firstPosition(node); position < graph.endPosition(node); position++) {
            int arc = graph.arcAt(position);
            if (!seen.get(graph.head(arc)) && filter.admits(arc)) {
                arcs.push(arc);
                extend(graph.head(arc), target, filter, arcs, seen, all);
                arcs.pop();
            }
        }
        seen.clear(node);
    }
}
