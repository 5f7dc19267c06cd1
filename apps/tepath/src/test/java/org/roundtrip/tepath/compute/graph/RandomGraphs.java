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

import java.util.Random;

/** Random graphs and filters for tests, reproducible by their seed. */
final class RandomGraphs {

    private static final int[] NO_SRLGS = {};

    private RandomGraphs() {
    }

    /** A graph whose costs are 0 to a limit: ties and zeros are frequent if that is small. Often disconnected. */
    static DuplexGraph small(Random random) {
        int nodes = 2 + random.nextInt(6);
        int maxCost = new int[]{0, 1, 3, 1000}[random.nextInt(4)];
        return graph(nodes, random.nextInt(2 * nodes + 1), maxCost, random);
    }

    /** A graph with links between random nodes. */
    static DuplexGraph graph(int nodes, int links, int maxCost, Random random) {
        DuplexGraph.Builder builder = DuplexGraph.builder(nodes);
        for (int link = 0; link < links; link++) {
            int tail = random.nextInt(nodes);
            int head = (tail + 1 + random.nextInt(nodes - 1)) % nodes;
            builder.link(tail, head, random.nextInt(maxCost + 1), 0, NO_SRLGS, random.nextInt(maxCost + 1),
                         random.nextInt(maxCost + 1));
        }
        return builder.build();
    }

    /** A filter that refuses some links in one direction of travel or both. */
    static ArcFilter filter(DuplexGraph graph, double refused, Random random) {
        boolean[] admitted = new boolean[graph.arcs()];
        for (int link = 0; link < graph.links(); link++) {
            int arc = DuplexGraph.forward(link);
            boolean both = random.nextDouble() >= refused;
            admitted[arc] = both && random.nextInt(10) > 0;
            admitted[DuplexGraph.opposite(arc)] = both && random.nextInt(10) > 0;
        }
        return arc -> admitted[arc];
    }
}
