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
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the cheapest pair of paths without a common risk, where no quick algorithm is known: branch and bound on risks.
 * <p>
 * Of any disjoint pair, one path avoids a given risk. So wherever the two lightest paths by themselves have a risk in
 * common, there are two cases: the first path avoids it, or the second. Cases are taken up in the order of their lower
 * bounds, until none is left that could have a better pair than the best one found; a case is two ordinary searches for
 * one path (G. Sharon et al., Conflict-based search for optimal multi-agent pathfinding, 2015).
 * <p>
 * The bound is Lagrangian: a multiplier is the price that either path pays for a risk, and is given back once. With the
 * multipliers of the cheapest link- or node-disjoint pair, the first bound is the cost of that pair (linear programming
 * duality: it is a minimum cost flow), and grows from there. A risk that one path avoids already needs no price. Of
 * some risks that might be decided, the one is taken that raises the lower of its two bounds the most (strong
 * branching); often one case drops out at once.
 * <p>
 * Exponential in the worst case, as the problem is NP-hard (J. Q. Hu, Diverse routing in optical mesh networks, 2003),
 * and therefore limited in the number of searches. Not thread-safe, and for one use.
 */
final class DisjointBranchAndBound {

    private static final int MAX_CANDIDATES = 6;

    private final DuplexGraph graph;
    private final CostMetric metric;
    private final ArcWeights weights;
    private final DisjointRisks risks;
    private final BitSet exempt;
    private final long[] multipliers;
    private final int[] priced;
    private final PairPathOracle oracle;
    private final int maxSearches;

    private final int[] positions;
    private final long[] caseWeights;
    private BitSet firstLinks = new BitSet();
    private BitSet secondLinks = new BitSet();
    private final BitSet pricedInCase = new BitSet();

    private final Set<GraphPath> completed = new HashSet<>();
    private int searches;
    private int cases;
    private Optional<PathPair> best = Optional.empty();
    private long bestWeight = Long.MAX_VALUE;

    /**
     * Creates a search.
     *
     * @param risks       what must not be shared
     * @param exempt      what of that may be shared
     * @param multipliers the price of each risk, 0 or more; 0 for groups and for what may be shared
     * @param oracle      finds one path
     * @param maxSearches how many paths may be looked for
     */
    DisjointBranchAndBound(DuplexGraph graph, CostMetric metric, DisjointRisks risks, BitSet exempt,
                           long[] multipliers, PairPathOracle oracle, int maxSearches) {
        this.graph = graph;
        this.metric = metric;
        weights = new ArcWeights(graph, metric, 2L * graph.nodes());
        this.risks = risks;
        this.exempt = exempt;
        this.multipliers = multipliers;
        this.oracle = oracle;
        this.maxSearches = maxSearches;
        List<Integer> withPrice = new ArrayList<>();
        for (int risk = 0; risk < multipliers.length; risk++) {
            if (multipliers[risk] > 0) {
                withPrice.add(risk);
            }
        }
        priced = withPrice.stream().mapToInt(Integer::intValue).toArray();
        positions = new int[graph.arcs()];
        for (int position = 0; position < positions.length; position++) {
            positions[graph.arcAt(position)] = position;
        }
        caseWeights = new long[graph.arcs()];
    }

    /** Two sets of risks, of which the paths avoid one each, and the two lightest paths that do. */
    private static final class Case {

        private final BitSet first;
        private final BitSet second;
        private final GraphPath one;
        private final GraphPath other;
        private final long bound;
        private final int number;

        Case(BitSet first, BitSet second, GraphPath one, GraphPath other, long bound, int number) {
            this.first = first;
            this.second = second;
            this.one = one;
            this.other = other;
            this.bound = bound;
            this.number = number;
        }
    }

    PairSearchResult find() {
        // Of equal bounds the latest first: it is nearer to a pair.
        PriorityQueue<Case> open = new PriorityQueue<>(
                Comparator.<Case>comparingLong(some -> some.bound).thenComparingInt(some -> -some.number));
        consider(new BitSet(), new BitSet()).ifPresent(open::add);
        while (!open.isEmpty() && open.peek().bound < bestWeight) {
            if (searches >= maxSearches) {
                return PairSearchResult.boundReached(best);
            }
            open.addAll(decide(open.remove()));
        }
        return PairSearchResult.proven(best);
    }

    /** Returns the cases into which a case falls: none if it has no pair that is better than the best. */
    private List<Case> decide(Case some) {
        List<Integer> undecided = undecided(some);
        complete(some.one);
        complete(some.other);
        List<Case> chosen = List.of();
        long highest = -1;
        for (int risk : undecided) {
            List<Case> fallen = fall(some, risk);
            fallen.removeIf(one -> one.bound >= bestWeight);
            if (fallen.size() < 2) {
                return fallen;
            }
            long bound = Math.min(fallen.get(0).bound, fallen.get(1).bound);
            if (bound > highest) {
                highest = bound;
                chosen = fallen;
            }
        }
        return chosen;
    }

    private List<Case> fall(Case some, int risk) {
        List<Case> fallen = new ArrayList<>(2);
        consider(with(some.first, risk), some.second).ifPresent(fallen::add);
        // Until something is decided, the two paths have no names, and both cases are the same.
        if (!some.first.isEmpty() || !some.second.isEmpty()) {
            consider(some.first, with(some.second, risk)).ifPresent(fallen::add);
        }
        return fallen;
    }

    private static BitSet with(BitSet avoided, int risk) {
        BitSet more = (BitSet) avoided.clone();
        more.set(risk);
        return more;
    }

    /**
     * Returns some of the risks that are to be decided, groups and nodes first: those that both paths take. If there
     * are none, those that are paid for though neither takes them; without these, the bound is the cost of the pair.
     */
    private List<Integer> undecided(Case some) {
        BitSet one = risks.of(some.one);
        BitSet other = risks.of(some.other);
        BitSet open = (BitSet) one.clone();
        open.and(other);
        open.andNot(exempt);
        if (open.isEmpty()) {
            offer(some.one, some.other);
            price(some.first, some.second);
            open.or(pricedInCase);
            open.andNot(one);
            open.andNot(other);
        }
        List<Integer> undecided = new ArrayList<>();
        for (int risk = open.length() - 1; risk >= 0 && undecided.size() < MAX_CANDIDATES;
                risk = open.previousSetBit(risk - 1)) {
            undecided.add(risk);
        }
        return undecided;
    }

    private Optional<Case> consider(BitSet first, BitSet second) {
        long givenBack = price(first, second);
        searches += 2;
        Optional<GraphPath> one = oracle.find(caseWeights, arc -> !firstLinks.get(DuplexGraph.link(arc)));
        Optional<GraphPath> other = one.isEmpty() ? one
                : oracle.find(caseWeights, arc -> !secondLinks.get(DuplexGraph.link(arc)));
        return other.map(path -> new Case(first, second, one.orElseThrow(), path,
                                          weight(one.orElseThrow(), caseWeights) + weight(path, caseWeights)
                                                  - givenBack, cases++));
    }

    /** Sets what holds in a case: the links to avoid, the prices and the weights. Returns the sum of the prices. */
    private long price(BitSet first, BitSet second) {
        firstLinks = risks.linksOf(first);
        secondLinks = risks.linksOf(second);
        System.arraycopy(weights.byPosition(), 0, caseWeights, 0, caseWeights.length);
        pricedInCase.clear();
        long sum = 0;
        for (int risk : priced) {
            if (!first.get(risk) && !second.get(risk)
                    && (risk >= graph.links() || !(firstLinks.get(risk) || secondLinks.get(risk)))) {
                pricedInCase.set(risk);
                sum += multipliers[risk];
                risks.arcsInto(risk).forEach(arc -> caseWeights[positions[arc]] += multipliers[risk]);
            }
        }
        return sum;
    }

    /** Makes a pair of a path and its cheapest partner, to have something good early. */
    private void complete(GraphPath path) {
        if (completed.add(path)) {
            BitSet taken = risks.of(path);
            taken.andNot(exempt);
            searches++;
            oracle.find(weights.byPosition(), new DisjointArcFilter(risks, taken))
                    .ifPresent(partner -> offer(path, partner));
        }
    }

    private void offer(GraphPath one, GraphPath other) {
        long weight = weight(one, weights.byPosition()) + weight(other, weights.byPosition());
        if (weight < bestWeight) {
            bestWeight = weight;
            best = Optional.of(PathPair.cheaperFirst(graph, metric, one, other));
        }
    }

    private long weight(GraphPath path, long[] weightsByPosition) {
        long weight = 0;
        for (int index = 0; index < path.hops(); index++) {
            weight += weightsByPosition[positions[path.arc(index)]];
        }
        return weight;
    }
}
