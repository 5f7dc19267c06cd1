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
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Finds the best pair of paths without a common risk, where no quick algorithm is known: branch and bound on risks.
 * <p>
 * Of any disjoint pair, one path avoids a given risk. So wherever the best paths by themselves have a risk in common,
 * there are two cases: the working path avoids it, or the backup. For a pair that is as disjoint as possible there is
 * a third: both take it, and that comes after everything that shares less. Cases are taken up in the order of their
 * lower bounds, until none is left that could have a better pair than the best one found; a case is two searches for
 * one path (G. Sharon et al., Conflict-based search for optimal multi-agent pathfinding, 2015).
 * <p>
 * The bound is Lagrangian: a multiplier is the price that either path pays for a risk, and is given back once. With the
 * multipliers of the cheapest link- or node-disjoint pair, the first bound is the cost of that pair (linear programming
 * duality: it is a minimum cost flow), and grows from there. A risk that one path avoids already, or that both may
 * take, needs no price. Of some risks that might be decided, the one is taken that raises the lower of its two bounds
 * the most (strong branching); often one case drops out at once.
 * <p>
 * Exponential in the worst case, as the problem is NP-hard (J. Q. Hu, Diverse routing in optical mesh networks, 2003),
 * and therefore limited in the number of searches. Not thread-safe, and for one use.
 */
final class DisjointBranchAndBound {

    /** Whether the two paths may have a risk in common. */
    enum Sharing {

        /** They may not. */
        NEVER,

        /** They may, if there is no other way. */
        AS_LITTLE_AS_POSSIBLE
    }

    private static final int MAX_CANDIDATES = 6;
    private static final Comparator<Value> BY_VALUE = Comparator.<Value>comparingInt(value -> value.shared)
            .thenComparingLong(value -> value.first).thenComparingLong(value -> value.weight);

    private final DuplexGraph graph;
    private final DisjointRisks risks;
    private final PairPathOracle working;
    private final PairPathOracle backup;
    private final ToLongFunction<GraphPath> first;
    private final long[] weights;
    private final long[] prices;
    private final int[] priced;
    private final BitSet unavoidable;
    private final Sharing sharing;
    private final int maxSearches;

    private final int[] positions;
    private final long[] caseWeights;
    private final BitSet pricedInCase = new BitSet();
    private BitSet workingAvoids = new BitSet();
    private BitSet backupAvoids = new BitSet();

    private final Set<GraphPath> completed = new HashSet<>();
    private int searches;
    private int cases;
    private boolean exact = true;
    private Optional<PathPair> best = Optional.empty();
    private Value bestValue = new Value(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Creates a search.
     *
     * @param risks       what should not be shared
     * @param working     finds the path that is used
     * @param backup      finds the path that protects it; the same object if either path can have either role
     * @param first       what counts for a path before its weight, 0 or more; prices are 0 then
     * @param weights     what arcs weigh by position
     * @param prices      the price of each risk, 0 or more; 0 for groups
     * @param unavoidable the risks that all pairs are known to share
     * @param maxSearches how many paths may be looked for
     */
    DisjointBranchAndBound(DuplexGraph graph, DisjointRisks risks, PairPathOracle working, PairPathOracle backup,
                           ToLongFunction<GraphPath> first, ArcWeights weights, long[] prices, BitSet unavoidable,
                           Sharing sharing, int maxSearches) {
        this.graph = graph;
        this.risks = risks;
        this.working = working;
        this.backup = backup;
        this.first = first;
        this.weights = weights.byPosition();
        this.prices = prices;
        this.unavoidable = unavoidable;
        this.sharing = sharing;
        this.maxSearches = maxSearches;
        priced = IntStream.range(0, prices.length).filter(risk -> prices[risk] > 0).toArray();
        positions = graph.positionsByArc();
        caseWeights = new long[graph.arcs()];
    }

    /** What a pair is worth, or can be worth at best: the less the better, in this order. */
    private static final class Value {

        private final int shared;
        private final long first;
        private final long weight;

        Value(int shared, long first, long weight) {
            this.shared = shared;
            this.first = first;
            this.weight = weight;
        }
    }

    /** What either path avoids and what both may take, and the best paths by themselves that keep to that. */
    private static final class Case {

        private final BitSet workingAvoids;
        private final BitSet backupAvoids;
        private final BitSet accepted;
        private final GraphPath working;
        private final GraphPath backup;
        private final Value bound;
        private final int number;

        Case(BitSet workingAvoids, BitSet backupAvoids, BitSet accepted, GraphPath working, GraphPath backup,
             Value bound, int number) {
            this.workingAvoids = workingAvoids;
            this.backupAvoids = backupAvoids;
            this.accepted = accepted;
            this.working = working;
            this.backup = backup;
            this.bound = bound;
            this.number = number;
        }
    }

    PairSearchResult find() {
        // Of equal bounds the latest first: it is nearer to a pair.
        PriorityQueue<Case> open = new PriorityQueue<>(
                Comparator.<Case, Value>comparing(some -> some.bound, BY_VALUE)
                        .thenComparingInt(some -> -some.number));
        consider(new BitSet(), new BitSet(), unavoidable).ifPresent(open::add);
        while (!open.isEmpty() && mayBeBetter(open.peek())) {
            if (searches >= maxSearches) {
                return PairSearchResult.boundReached(best);
            }
            open.addAll(decide(open.remove()));
        }
        return exact ? PairSearchResult.proven(best) : PairSearchResult.boundReached(best);
    }

    private boolean mayBeBetter(Case some) {
        return BY_VALUE.compare(some.bound, bestValue) < 0;
    }

    /** Returns the cases into which a case falls: none if it has no pair that is better than the best. */
    private List<Case> decide(Case some) {
        offer(some.working, some.backup);
        complete(some);
        List<Case> chosen = List.of();
        int chosenRisk = -1;
        for (int risk : undecided(some)) {
            List<Case> avoiding = avoiding(some, risk);
            avoiding.removeIf(one -> !mayBeBetter(one));
            if (chosenRisk < 0 || avoiding.size() < 2 || BY_VALUE.compare(least(avoiding), least(chosen)) > 0) {
                chosenRisk = risk;
                chosen = avoiding;
            }
            if (avoiding.size() < 2) {
                break;
            }
        }
        if (chosenRisk >= 0 && sharing == Sharing.AS_LITTLE_AS_POSSIBLE) {
            consider(some.workingAvoids, some.backupAvoids, with(some.accepted, chosenRisk))
                    .filter(this::mayBeBetter).ifPresent(chosen::add);
        }
        return chosen;
    }

    private static Value least(List<Case> some) {
        return some.stream().map(one -> one.bound).min(BY_VALUE).orElseThrow();
    }

    private List<Case> avoiding(Case some, int risk) {
        List<Case> avoiding = new ArrayList<>(3);
        consider(with(some.workingAvoids, risk), some.backupAvoids, some.accepted).ifPresent(avoiding::add);
        // Until something is decided, two paths with the same role have no names, and both cases are the same.
        if (working != backup || !some.workingAvoids.isEmpty() || !some.backupAvoids.isEmpty()) {
            consider(some.workingAvoids, with(some.backupAvoids, risk), some.accepted).ifPresent(avoiding::add);
        }
        return avoiding;
    }

    private static BitSet with(BitSet some, int risk) {
        BitSet more = (BitSet) some.clone();
        more.set(risk);
        return more;
    }

    /**
     * Returns some of the risks that are to be decided, groups and nodes first: those that both paths take. If there
     * are none, those that are paid for though neither takes them; without these, the bound is what the pair is worth.
     */
    private int[] undecided(Case some) {
        BitSet open = common(some.working, some.backup);
        open.andNot(some.accepted);
        if (open.isEmpty()) {
            price(some.workingAvoids, some.backupAvoids, some.accepted);
            open.or(pricedInCase);
            open.andNot(risks.of(some.working));
            open.andNot(risks.of(some.backup));
        }
        return IntStream.iterate(open.length() - 1, risk -> risk >= 0, risk -> open.previousSetBit(risk - 1))
                .limit(MAX_CANDIDATES).toArray();
    }

    private BitSet common(GraphPath one, GraphPath other) {
        BitSet common = risks.of(one);
        common.and(risks.of(other));
        return common;
    }

    private Optional<Case> consider(BitSet avoidedByWorking, BitSet avoidedByBackup, BitSet accepted) {
        long givenBack = price(avoidedByWorking, avoidedByBackup, accepted);
        BitSet linksOfBackup = backupAvoids;
        return bound(working, without(workingAvoids)).flatMap(
                one -> bound(backup, without(linksOfBackup)).map(
                        other -> new Case(avoidedByWorking, avoidedByBackup, accepted, one, other,
                                          new Value(accepted.cardinality(),
                                                    first.applyAsLong(one) + first.applyAsLong(other),
                                                    weight(one, caseWeights) + weight(other, caseWeights) - givenBack),
                                          cases++)));
    }

    private static ArcFilter without(BitSet links) {
        return arc -> !links.get(DuplexGraph.link(arc));
    }

    private Optional<GraphPath> bound(PairPathOracle oracle, ArcFilter filter) {
        ConstrainedPathResult result = search(oracle, caseWeights, filter);
        exact &= result.isExact();
        return result.path();
    }

    private ConstrainedPathResult search(PairPathOracle oracle, long[] weightsByPosition, ArcFilter filter) {
        searches++;
        return oracle.find(weightsByPosition, filter);
    }

    /** Sets what holds in a case: the links to avoid, the prices and the weights. Returns the sum of the prices. */
    private long price(BitSet avoidedByWorking, BitSet avoidedByBackup, BitSet accepted) {
        workingAvoids = risks.linksOf(avoidedByWorking);
        backupAvoids = risks.linksOf(avoidedByBackup);
        System.arraycopy(weights, 0, caseWeights, 0, caseWeights.length);
        pricedInCase.clear();
        long sum = 0;
        for (int risk : priced) {
            boolean avoided = avoidedByWorking.get(risk) || avoidedByBackup.get(risk)
                    || (risk < graph.links() && (workingAvoids.get(risk) || backupAvoids.get(risk)));
            if (!avoided && !accepted.get(risk)) {
                pricedInCase.set(risk);
                sum += prices[risk];
                risks.arcsInto(risk).forEach(arc -> caseWeights[positions[arc]] += prices[risk]);
            }
        }
        return sum;
    }

    /** Looks for the best partner of either path, to have a good pair early. */
    private void complete(Case some) {
        if (completed.add(some.working)) {
            search(backup, weights, disjointFrom(some.working)).path()
                    .ifPresent(other -> offer(some.working, other));
        }
        if (completed.add(some.backup)) {
            search(working, weights, disjointFrom(some.backup)).path()
                    .ifPresent(other -> offer(other, some.backup));
        }
    }

    private ArcFilter disjointFrom(GraphPath path) {
        BitSet taken = risks.of(path);
        taken.andNot(unavoidable);
        return new DisjointArcFilter(risks, taken);
    }

    private void offer(GraphPath one, GraphPath other) {
        Value value = new Value(common(one, other).cardinality(), first.applyAsLong(one) + first.applyAsLong(other),
                                weight(one, weights) + weight(other, weights));
        if ((value.shared == 0 || sharing == Sharing.AS_LITTLE_AS_POSSIBLE)
                && BY_VALUE.compare(value, bestValue) < 0) {
            bestValue = value;
            best = Optional.of(working != backup || isInOrder(one, other) ? PathPair.of(one, other)
                                       : PathPair.of(other, one));
        }
    }

    private boolean isInOrder(GraphPath one, GraphPath other) {
        return Comparator.comparingLong(first).thenComparingLong(path -> weight(path, weights))
                .thenComparing(GraphPath::arcs, Arrays::compare).compare(one, other) <= 0;
    }

    private long weight(GraphPath path, long[] weightsByPosition) {
        long weight = 0;
        for (int index = 0; index < path.hops(); index++) {
            weight += weightsByPosition[positions[path.arc(index)]];
        }
        return weight;
    }
}
