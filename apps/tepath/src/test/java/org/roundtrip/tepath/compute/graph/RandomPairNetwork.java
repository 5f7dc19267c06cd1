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
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A small network out of a seed, with all that makes searches stumble: parallel links, links that are admitted one way
 * or not at all, links that cost nothing or the same, traps, parts that hang together by one link, node or not at all.
 * Knows all its simple paths, which it finds by trying.
 */
final class RandomPairNetwork {

    private static final int MAX_NODES = 7;
    private static final int MAX_LINKS = 12;
    private static final int MAX_PATHS = 400;

    final DuplexGraph graph;
    final ArcFilter filter;
    final int source;
    final int destination;

    RandomPairNetwork(long seed) {
        Random random = new Random(seed);
        int nodes = 2 + random.nextInt(MAX_NODES - 1);
        int links = random.nextInt(MAX_LINKS + 1);
        int costs = 1 + random.nextInt(6);
        int groups = 1 + random.nextInt(6);
        double grouped = random.nextDouble();
        double refused = random.nextInt(3) * 0.15;
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes);
        for (int link = 0; link < links; link++) {
            int tail = random.nextInt(nodes);
            int head = (tail + 1 + random.nextInt(nodes - 1)) % nodes;
            int[] srlgs = random.ints(random.nextDouble() < grouped ? 1 + random.nextInt(2) : 0, 0, groups).toArray();
            builder.link(tail, head, random.nextInt(costs), 0, srlgs, random.nextInt(costs), random.nextInt(costs));
        }
        graph = builder.build();
        boolean[] admitted = new boolean[graph.arcs()];
        for (int arc = 0; arc < admitted.length; arc++) {
            admitted[arc] = random.nextDouble() >= refused;
        }
        filter = arc -> admitted[arc];
        source = random.nextInt(nodes);
        destination = random.nextInt(20) == 0 ? source : (source + 1 + random.nextInt(nodes - 1)) % nodes;
    }

    /** All simple paths that the filter admits. */
    List<GraphPath> paths() {
        List<GraphPath> paths = new ArrayList<>();
        walk(source, new boolean[graph.nodes()], new ArrayList<>(), paths::add);
        if (paths.size() > MAX_PATHS) {
            throw new IllegalStateException(paths.size() + " paths are more than can be tried in pairs");
        }
        return paths;
    }

    private void walk(int node, boolean[] visited, List<Integer> arcs, Consumer<GraphPath> found) {
        if (node == destination) {
            found.accept(GraphPath.of(graph, arcs.stream().mapToInt(Integer::intValue).toArray()));
            return;
        }
        visited[node] = true;
        for (int arc = 0; arc < graph.arcs(); arc++) {
            if (graph.tail(arc) == node && !visited[graph.head(arc)] && filter.admits(arc)) {
                arcs.add(arc);
                walk(graph.head(arc), visited, arcs, found);
                arcs.remove(arcs.size() - 1);
            }
        }
        visited[node] = false;
    }

    /** All pairs of simple paths, either of which may be the working one; also each path with itself. */
    List<PathPair> pairs() {
        List<GraphPath> paths = paths();
        List<PathPair> pairs = new ArrayList<>(paths.size() * paths.size());
        paths.forEach(one -> paths.forEach(other -> pairs.add(PathPair.of(one, other))));
        return pairs;
    }

    static int hops(PathPair pair) {
        return pair.working().hops() + pair.backup().hops();
    }

    boolean isPath(GraphPath path) {
        int[] nodes = nodes(path);
        return Arrays.stream(path.arcs()).allMatch(filter::admits) && nodes[0] == source
                && nodes[nodes.length - 1] == destination && Arrays.stream(nodes).distinct().count() == nodes.length
                && path.equals(GraphPath.of(graph, path.arcs()));
    }

    private int[] nodes(GraphPath path) {
        int[] nodes = new int[path.hops() + 1];
        nodes[0] = source;
        for (int index = 0; index < path.hops(); index++) {
            nodes[index + 1] = graph.head(path.arc(index));
        }
        return nodes;
    }
}
