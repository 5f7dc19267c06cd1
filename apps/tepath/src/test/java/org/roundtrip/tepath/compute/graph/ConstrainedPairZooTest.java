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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The networks of the Topology Zoo, with ducts. */
class ConstrainedPairZooTest {

    private static final int QUERIES = 5;

    @ParameterizedTest
    @MethodSource("zoo")
    void decidesWhetherThereIsAPair(String name) {
        DuplexGraph graph = TopologyZoo.read(name);
        Random random = new Random(1);
        ConstrainedPairSearch search = new ConstrainedPairSearch(graph, ConstrainedPairSearch.DEFAULT_MAX_SEARCHES);
        DisjointPairSearch linkDisjoint = new DisjointPairSearch(graph, CostMetric.DELAY);
        for (int query = 0; query < QUERIES; query++) {
            int source = random.nextInt(graph.nodes());
            int target = (source + 1 + random.nextInt(graph.nodes() - 1)) % graph.nodes();
            ConstrainedPathQuery request = ConstrainedPathQuery.between(source, target, PathObjective.DELAY);
            PairSearchResult result = search.find(request, Disjointness.SRLG);
            PairSearchResult most = search.findMostDisjoint(request, Disjointness.SRLG);
            assertThat(result.isProven()).isTrue();
            if (result.pair().isPresent()) {
                PathPair pair = result.pair().get();
                assertThat(PairOverlap.of(graph, pair).satisfies(Disjointness.SRLG)).isTrue();
                assertThat(pair.cost(graph, CostMetric.DELAY)).isGreaterThanOrEqualTo(
                        linkDisjoint.find(source, target, Disjointness.LINK, ArcFilter.ALL).orElseThrow()
                                .cost(graph, CostMetric.DELAY));
                assertThat(most.pair()).contains(pair);
            } else {
                Optional<PairOverlap> overlap = most.pair().map(pair -> PairOverlap.of(graph, pair));
                overlap.ifPresent(shared -> assertThat(shared.satisfies(Disjointness.SRLG)).isFalse());
            }
        }
    }

    static List<String> zoo() {
        return TopologyZoo.names();
    }
}
