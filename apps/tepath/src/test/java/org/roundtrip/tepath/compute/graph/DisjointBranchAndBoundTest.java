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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class DisjointBranchAndBoundTest {

    @Property(tries = 5000)
    void findsWhatTheQuickSearchFinds(@ForAll long seed, @ForAll CostMetric metric, @ForAll boolean node) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        Disjointness disjointness = node ? Disjointness.NODE : Disjointness.LINK;
        Optional<PathPair> quick = new DisjointPairSearch(network.graph, metric)
                .find(network.source, network.destination, disjointness, network.filter);

        PairSearchResult slow = search(network, metric, disjointness);
        assertThat(slow.isProven()).isTrue();
        assertThat(slow.pair().map(pair -> pair.cost(network.graph, metric)))
                .isEqualTo(quick.map(pair -> pair.cost(network.graph, metric)));
        assertThat(slow.pair().map(RandomPairNetwork::hops)).isEqualTo(quick.map(RandomPairNetwork::hops));
    }

    @Property(tries = 5000)
    void beginsAtTheCostOfTheCheapestPair(@ForAll long seed, @ForAll CostMetric metric, @ForAll boolean node) {
        RandomPairNetwork network = new RandomPairNetwork(seed);
        Disjointness disjointness = node ? Disjointness.NODE : Disjointness.LINK;
        DisjointPairSearch quick = new DisjointPairSearch(network.graph, metric);
        Optional<PathPair> pair = quick.find(network.source, network.destination, disjointness, network.filter);
        if (pair.isEmpty() || network.source == network.destination) {
            return;
        }
        long[] prices = new long[network.graph.links() + network.graph.nodes()];
        quick.price(prices);
        assertThat(LongStream.of(prices)).allMatch(price -> price >= 0);

        ArcWeights weights = new ArcWeights(network.graph, metric, 2L * network.graph.nodes());
        long[] priced = new long[network.graph.arcs()];
        for (int position = 0; position < priced.length; position++) {
            int head = network.graph.headAt(position);
            priced[position] = weights.byPosition()[position]
                    + prices[DuplexGraph.link(network.graph.arcAt(position))]
                    + (head == network.destination ? 0 : prices[network.graph.links() + head]);
        }
        GraphPath lightest = new PairGoalSearch(network.graph, weights.byPosition(), network.source,
                                                network.destination, network.filter)
                .find(priced, ArcFilter.ALL).path().orElseThrow();
        long weight = 0;
        for (int position = 0; position < priced.length; position++) {
            int arc = network.graph.arcAt(position);
            if (Arrays.stream(lightest.arcs()).anyMatch(one -> one == arc)) {
                weight += priced[position];
            }
        }
        long bound = 2 * weight - Arrays.stream(prices).sum();
        assertThat(weights.cost(bound)).isEqualTo(pair.get().cost(network.graph, metric));
    }

    private static PairSearchResult search(RandomPairNetwork network, CostMetric metric, Disjointness disjointness) {
        ArcWeights weights = new ArcWeights(network.graph, metric, 2L * network.graph.nodes());
        PairGoalSearch paths = new PairGoalSearch(network.graph, weights.byPosition(), network.source,
                                                  network.destination, network.filter);
        return new DisjointBranchAndBound(
                network.graph, new DisjointRisks(network.graph, disjointness), paths, paths, path -> 0, weights,
                new long[0], new BitSet(), DisjointBranchAndBound.Sharing.NEVER, 1_000_000).find();
    }
}
