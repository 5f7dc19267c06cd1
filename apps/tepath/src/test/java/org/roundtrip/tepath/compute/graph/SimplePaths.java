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
import java.util.Comparator;
import java.util.List;

/** The brute force that searches are held against: all simple paths. */
final class SimplePaths {

    private SimplePaths() {
    }

    /** All simple paths from one node to another. */
    static List<GraphPath> between(DuplexGraph graph, int source, int target, ArcFilter filter) {
        List<GraphPath> paths = new ArrayList<>();
        extend(graph, source, target, filter, new boolean[graph.nodes()], new int[0], paths);
        return paths;
    }

    private static void extend(DuplexGraph graph, int node, int target, ArcFilter filter, boolean[] visited,
                               int[] arcs, List<GraphPath> paths) {
        if (node == target) {
            paths.add(GraphPath.of(graph, arcs));
            return;
        }
        visited[node] = true;
        for (int arc = 0; arc < graph.arcs(); arc++) {
            if (graph.tail(arc) == node && filter.admits(arc) && !visited[graph.head(arc)]) {
                int[] longer = Arrays.copyOf(arcs, arcs.length + 1);
                longer[arcs.length] = arc;
                extend(graph, graph.head(arc), target, filter, visited, longer, paths);
            }
        }
        visited[node] = false;
    }

    /** The order in which the canonical path is the first. */
    static Comparator<GraphPath> canonicalOrder(DuplexGraph graph, CostMetric metric) {
        return Comparator.<GraphPath>comparingLong(path -> path.cost(graph, metric))
                .thenComparingInt(GraphPath::hops).thenComparing(GraphPath::arcs, Arrays::compare);
    }
}
