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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the best pair of paths under any constraints: exact, unless that takes more searches than allowed.
 * <p>
 * What the pair has the least of is the sum over both paths. Bounds hold for each path; waypoints for the working one
 * only, which is the better one of the two if there are none. The filter holds for both.
 * <p>
 * The cheapest link- or node-disjoint pair (see {@link DisjointPairSearch}) is the answer where it keeps to all that is
 * asked for; where there is none, there is none that does. A group that every path needs shows that no pair is
 * SRLG-disjoint. What remains is decided by branch and bound, see {@link DisjointBranchAndBound}: exponential in the
 * worst case, as these problems are NP-hard.
 * <p>
 * The same graph, query and limit always give the same pair. Keeps its arrays. Not thread-safe: one for each thread.
 */
public final class ConstrainedPairSearch {

    /** A limit that decides nearly all pairs on networks of operators. */
    public static final int DEFAULT_MAX_SEARCHES = 20_000;

    private final DuplexGraph graph;
    private final int maxSearches;
    private final ConstrainedPathSearch bounded;
    private final Map<CostMetric, DisjointPairSearch> searches = new EnumMap<>(CostMetric.class);
    private final Map<CostMetric, ArcWeights> weights = new EnumMap<>(CostMetric.class);
    private final Map<Disjointness, DisjointRisks> risks = new EnumMap<>(Disjointness.class);

    /**
     * Creates a search.
     *
     * @param graph       the network
     * @param maxSearches how many single paths may be looked for in one query, 1 or more
     * @throws IllegalArgumentException if the limit is less
     */
    public ConstrainedPairSearch(DuplexGraph graph, int maxSearches) {
        if (maxSearches < 1) {
            throw new IllegalArgumentException("At most " + maxSearches + " searches is too few");
        }
        this.graph = graph;
        this.maxSearches = maxSearches;
        bounded = new ConstrainedPathSearch(graph);
    }

    /**
     * Finds the best disjoint pair.
     *
     * @param query        what is asked for
     * @param disjointness what the paths must not share
     * @return the pair, and whether it is proven that there is no better one, or that there is none
     * @throws IllegalArgumentException if the costs add up to too much, see {@link DisjointPairSearch}
     */
    public PairSearchResult find(ConstrainedPathQuery query, Disjointness disjointness) {
        Optional<PathPair> cheapest = quick(query).find(query.source(), query.target(), quickly(disjointness),
                                                        query.filter());
        if (cheapest.isEmpty() || (isBest(query, cheapest.get()) && isDisjoint(cheapest.get(), disjointness))) {
            return PairSearchResult.proven(cheapest);
        }
        PairGoalSearch unbounded = unbounded(query);
        if (!unavoidable(query, cheapest.get(), disjointness, unbounded).isEmpty()) {
            return PairSearchResult.proven(Optional.empty());
        }
        return branch(query, disjointness, unbounded, new BitSet(), DisjointBranchAndBound.Sharing.NEVER);
    }

    /**
     * Finds the pair that is as disjoint as possible: it shares the fewest links; for {@link Disjointness#NODE} also
     * nodes; for {@link Disjointness#SRLG} also groups. Of those that share no more, it is the best.
     *
     * @param query        what is asked for
     * @param disjointness what the paths should not share
     * @return the pair, whose paths may be the same, and whether it is proven that there is no better one; no pair if
     *         there is no path at all that keeps to the constraints
     * @throws IllegalArgumentException if the costs add up to too much, see {@link DisjointPairSearch}
     */
    public PairSearchResult findMostDisjoint(ConstrainedPathQuery query, Disjointness disjointness) {
        Optional<PathPair> cheapest = quick(query).findMostDisjoint(query.source(), query.target(),
                                                                    quickly(disjointness), query.filter());
        if (cheapest.isEmpty() || (isBest(query, cheapest.get())
                && (disjointness != Disjointness.SRLG || isDisjoint(cheapest.get(), disjointness)))) {
            return PairSearchResult.proven(cheapest);
        }
        PairGoalSearch unbounded = unbounded(query);
        BitSet unavoidable = unavoidable(query, cheapest.get(), disjointness, unbounded);
        if (isBest(query, cheapest.get()) && unavoidable.equals(common(cheapest.get(), disjointness))) {
            return PairSearchResult.proven(cheapest);
        }
        return branch(query, disjointness, unbounded, unavoidable,
                      DisjointBranchAndBound.Sharing.AS_LITTLE_AS_POSSIBLE);
    }

    private PairSearchResult branch(ConstrainedPathQuery query, Disjointness disjointness, PairGoalSearch unbounded,
                                    BitSet unavoidable, DisjointBranchAndBound.Sharing sharing) {
        PairPathOracle backup = new PairConstrainedSearch(graph, query.through(List.of()), unbounded, bounded);
        PairPathOracle working = query.waypoints().isEmpty() ? backup
                : new PairConstrainedSearch(graph, query, unbounded, bounded);
        long[] prices = new long[graph.links() + Math.max(graph.nodes(), risks(disjointness).count())];
        boolean byDifference = query.objective() == PathObjective.DELAY_ASYMMETRY;
        if (!byDifference) {
            quick(query).price(prices);
        }
        return new DisjointBranchAndBound(
                graph, risks(disjointness), working, backup, byDifference ? this::difference : path -> 0,
                weights(query), prices, unavoidable, sharing, maxSearches).find();
    }

    private long difference(GraphPath path) {
        return Math.abs(path.forwardDelay(graph) - path.reverseDelay(graph));
    }

    /** Whether the pair with the least cost is the best one, as far as its paths by themselves are concerned. */
    private boolean isBest(ConstrainedPathQuery query, PathPair cheapest) {
        return query.waypoints().isEmpty() && query.objective() != PathObjective.DELAY_ASYMMETRY
                && query.bounds().allow(graph, cheapest.working()) && query.bounds().allow(graph, cheapest.backup());
    }

    private boolean isDisjoint(PathPair pair, Disjointness disjointness) {
        return PairOverlap.of(graph, pair).satisfies(disjointness);
    }

    /** What is looked for quickly: SRLG-disjoint paths are link-disjoint. */
    private static Disjointness quickly(Disjointness disjointness) {
        return disjointness == Disjointness.SRLG ? Disjointness.LINK : disjointness;
    }

    /** The risks that every path needs, whatever else is asked for: both paths of any pair share them. */
    private BitSet unavoidable(ConstrainedPathQuery query, PathPair quick, Disjointness disjointness,
                               PairGoalSearch unbounded) {
        BitSet common = common(quick, disjointness);
        return disjointness != Disjointness.SRLG ? common : common.stream()
                .filter(risk -> unbounded.find(weights(query).byPosition(), avoiding(risk)).path().isEmpty())
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private BitSet common(PathPair pair, Disjointness disjointness) {
        BitSet common = risks(disjointness).of(pair.working());
        common.and(risks(disjointness).of(pair.backup()));
        return common;
    }

    private ArcFilter avoiding(int risk) {
        BitSet avoided = new BitSet();
        avoided.set(risk);
        return new DisjointArcFilter(risks(Disjointness.SRLG), avoided);
    }

    private PairGoalSearch unbounded(ConstrainedPathQuery query) {
        return new PairGoalSearch(graph, weights(query).byPosition(), query.source(), query.target(), query.filter());
    }

    private DisjointPairSearch quick(ConstrainedPathQuery query) {
        return searches.computeIfAbsent(query.objective().metric(), metric -> new DisjointPairSearch(graph, metric));
    }

    private ArcWeights weights(ConstrainedPathQuery query) {
        return weights.computeIfAbsent(query.objective().metric(),
                                       metric -> new ArcWeights(graph, metric, 2L * graph.nodes()));
    }

    private DisjointRisks risks(Disjointness disjointness) {
        return risks.computeIfAbsent(disjointness, one -> new DisjointRisks(graph, one));
    }
}
