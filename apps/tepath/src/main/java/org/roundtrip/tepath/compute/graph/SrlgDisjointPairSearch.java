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

import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the two SRLG-disjoint paths that together cost the least: exact, unless that takes more searches than allowed.
 * <p>
 * The cheapest link-disjoint pair is the answer where it is SRLG-disjoint, which is mostly so. A group that every path
 * needs shows that there is none. What remains is decided by branch and bound, see {@link DisjointBranchAndBound}:
 * exponential in the worst case.
 * <p>
 * The pair has the least cost, and of those the fewest hops in total; its cheaper path is the working one. The same
 * graph, filter and limit always give the same pair. Not thread-safe: one for each thread.
 */
public final class SrlgDisjointPairSearch {

    /** A limit that decides nearly all pairs on networks of operators, and holds a search to about a second. */
    public static final int DEFAULT_MAX_SEARCHES = 20_000;

    private final DuplexGraph graph;
    private final CostMetric metric;
    private final int maxSearches;
    private final ArcWeights weights;
    private final DisjointRisks risks;
    private final DisjointPairSearch linkDisjoint;
    private final DisjointBackupSearch backups;

    /**
     * Creates a search.
     *
     * @param graph       the network
     * @param metric      what paths cost
     * @param maxSearches how many single paths may be looked for in one query, 1 or more
     * @throws IllegalArgumentException if the limit is less, or the costs add up to too much, see
     *                                  {@link DisjointPairSearch}
     */
    public SrlgDisjointPairSearch(DuplexGraph graph, CostMetric metric, int maxSearches) {
        if (maxSearches < 1) {
            throw new IllegalArgumentException("At most " + maxSearches + " searches is too few");
        }
        this.graph = graph;
        this.metric = metric;
        this.maxSearches = maxSearches;
        weights = new ArcWeights(graph, metric, 2L * graph.nodes());
        risks = new DisjointRisks(graph, Disjointness.SRLG);
        linkDisjoint = new DisjointPairSearch(graph, metric);
        backups = new DisjointBackupSearch(graph, metric, maxSearches);
    }

    /**
     * Finds a pair.
     *
     * @param source      where both paths begin
     * @param destination where both paths end; if that is where they begin, they are empty
     * @param filter      the arcs that both paths may take
     * @return the pair, and whether it is proven to be the cheapest one, or that there is none
     */
    public PairSearchResult find(int source, int destination, ArcFilter filter) {
        Optional<PathPair> cheapest = linkDisjoint.find(source, destination, Disjointness.LINK, filter);
        if (cheapest.isEmpty() || isDisjoint(cheapest.get())) {
            return PairSearchResult.proven(cheapest);
        }
        PairGoalSearch paths = new PairGoalSearch(graph, weights.byPosition(), source, destination, filter);
        if (!unavoidable(cheapest.get(), paths).isEmpty()) {
            return PairSearchResult.proven(Optional.empty());
        }
        return branch(new BitSet(), paths);
    }

    /**
     * Finds the pair that is as disjoint as possible: with the fewest links and groups shared, and then the least cost.
     * That is proven if nothing is shared but what every path needs.
     *
     * @param source      where both paths begin
     * @param destination where both paths end; if that is where they begin, they are empty
     * @param filter      the arcs that both paths may take
     * @return the pair, whose paths may be the same, and whether it is proven to be the best; no pair if there is no
     *         path at all
     */
    public PairSearchResult findMostDisjoint(int source, int destination, ArcFilter filter) {
        Optional<PathPair> cheapest = linkDisjoint.findMostDisjoint(source, destination, Disjointness.LINK, filter);
        if (cheapest.isEmpty() || isDisjoint(cheapest.get())) {
            return PairSearchResult.proven(cheapest);
        }
        PairGoalSearch paths = new PairGoalSearch(graph, weights.byPosition(), source, destination, filter);
        BitSet unavoidable = unavoidable(cheapest.get(), paths);
        if (unavoidable.cardinality() == shared(cheapest.get())) {
            return PairSearchResult.proven(cheapest);
        }
        PairSearchResult result = branch(unavoidable, paths);
        return result.pair().isPresent() ? result
                : PairSearchResult.boundReached(Optional.of(leastShared(cheapest.get(), filter)));
    }

    private PairSearchResult branch(BitSet exempt, PairPathOracle paths) {
        long[] multipliers = new long[risks.count()];
        linkDisjoint.price(multipliers);
        return new DisjointBranchAndBound(graph, metric, risks, exempt, multipliers, paths, maxSearches).find();
    }

    private boolean isDisjoint(PathPair pair) {
        return PairOverlap.of(graph, pair).satisfies(Disjointness.SRLG);
    }

    private int shared(PathPair pair) {
        PairOverlap overlap = PairOverlap.of(graph, pair);
        return overlap.links().length + overlap.srlgs().length;
    }

    /** The links and groups that every path needs: both paths of any pair share them. */
    private BitSet unavoidable(PathPair pair, PairPathOracle paths) {
        BitSet unavoidable = risks.of(pair.working());
        unavoidable.and(risks.of(pair.backup()));
        unavoidable.stream().filter(risk -> paths.find(weights.byPosition(), avoiding(risk)).isPresent())
                .boxed().collect(Collectors.toList()).forEach(unavoidable::clear);
        return unavoidable;
    }

    private ArcFilter avoiding(int risk) {
        BitSet avoided = new BitSet();
        avoided.set(risk);
        return new DisjointArcFilter(risks, avoided);
    }

    private PathPair leastShared(PathPair pair, ArcFilter filter) {
        return Stream.concat(Stream.of(pair), Stream.of(pair.working(), pair.backup())
                        .map(path -> backups.findMostDisjoint(path, Disjointness.SRLG, filter).pair().orElseThrow()))
                .map(some -> PathPair.cheaperFirst(graph, metric, some.working(), some.backup()))
                .min(Comparator.comparingInt(this::shared)
                             .thenComparingLong(some -> some.cost(graph, metric))
                             .thenComparingInt(some -> some.working().hops() + some.backup().hops()))
                .orElseThrow();
    }
}
