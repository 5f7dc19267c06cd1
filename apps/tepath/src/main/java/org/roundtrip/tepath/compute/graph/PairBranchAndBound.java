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
import java.util.EnumSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Finds two disjoint paths that together cost the least although more than their cost counts: bounds on further sums,
 * nodes to pass, or shared risks. These problems are NP-hard, so the effort is limited.
 * <p>
 * Branch and bound (A. H. Land and A. G. Doig, An automatic method of solving discrete programming problems, 1960): the
 * best path of either role, looked for on its own, bounds what a pair costs. Where the two share something, it has to
 * go from one of them: each of the two cases is a branch, in which that path is looked for again without it. The branch
 * with the least bound goes first, so the first pair without a conflict is the best. For a pair that shares as little
 * as possible, a third branch accepts what is shared; the number of things that are shared counts before the cost. One
 * search for each branch.
 * <p>
 * <b>The choice among equals</b> is that of the searches for single paths and of the branches that came first: the same
 * graph and searches always give the same pair.
 * <p>
 * An instance belongs to one graph and is meant to be kept. Immutable; as thread-safe as the searches that are given.
 */
public final class PairBranchAndBound {

    /** The most branches that are made before the best pair so far is taken. */
    public static final int EFFORT = 1000;

    private static final Comparator<Branch> ORDER = Comparator.<Branch>comparingInt(branch -> branch.accepted)
            .thenComparingLong(branch -> branch.cost).thenComparingInt(branch -> branch.hops)
            .thenComparingInt(branch -> branch.number);

    private final DisjointRisks risks;

    /** Finds the best path of one role. */
    @FunctionalInterface
    public interface PathSearch {

        /**
         * Finds the best path.
         *
         * @param filter what it may use
         * @return the path with the least cost, of those one with the fewest hops, or empty if there is none
         */
        ConstrainedPathResult find(ArcFilter filter);
    }

    /**
     * Creates a search.
     *
     * @param graph        the network
     * @param disjointness what the two paths must not share
     */
    public PairBranchAndBound(DuplexGraph graph, Disjointness disjointness) {
        risks = new DisjointRisks(graph, disjointness);
    }

    /**
     * Finds the best disjoint pair.
     *
     * @param cost    what a path costs, 0 or more
     * @param working finds the best path to be used
     * @param backup  finds the best path to protect it; the same object if either path can have either role
     * @return the pair, if one was found
     */
    public PairSearchResult find(ToLongFunction<GraphPath> cost, PathSearch working, PathSearch backup) {
        return new Run(cost, working, backup, EnumSet.of(Choice.WORKING_AVOIDS, Choice.BACKUP_AVOIDS)).search();
    }

    /**
     * Finds the best of the pairs that share the least.
     *
     * @param cost    what a path costs, 0 or more
     * @param working finds the best path to be used
     * @param backup  finds the best path to protect it; the same object if either path can have either role
     * @return the pair, whose paths may be the same, if there is a path for either role
     */
    public PairSearchResult findMostDisjoint(ToLongFunction<GraphPath> cost, PathSearch working, PathSearch backup) {
        return new Run(cost, working, backup, EnumSet.allOf(Choice.class)).search();
    }

    /** What to do about something that both paths use. */
    private enum Choice { WORKING_AVOIDS, BACKUP_AVOIDS, BOTH_USE }

    /** A part of all pairs, with the best paths in it when each is looked at alone. */
    private static final class Branch {

        private final PathPair pair;
        private final BitSet workingAvoids;
        private final BitSet backupAvoids;
        private final BitSet shared;
        private final int accepted;
        private final long cost;
        private final int hops;
        private final int number;

        Branch(PathPair pair, BitSet workingAvoids, BitSet backupAvoids, BitSet shared, long cost, int number) {
            this.pair = pair;
            this.workingAvoids = workingAvoids;
            this.backupAvoids = backupAvoids;
            this.shared = shared;
            this.accepted = shared.cardinality();
            this.cost = cost;
            this.hops = pair.working().hops() + pair.backup().hops();
            this.number = number;
        }
    }

    private final class Run {

        private final ToLongFunction<GraphPath> cost;
        private final PathSearch working;
        private final PathSearch backup;
        private final Set<Choice> choices;
        private final PriorityQueue<Branch> open = new PriorityQueue<>(ORDER);
        private int branches;
        private boolean exact = true;

        Run(ToLongFunction<GraphPath> cost, PathSearch working, PathSearch backup, Set<Choice> choices) {
            this.cost = cost;
            this.working = working;
            this.backup = backup;
            this.choices = choices;
        }

        PairSearchResult search() {
            Optional<Branch> root = root();
            if (root.isEmpty()) {
                return result(Optional.empty());
            }
            open.add(root.get());
            Optional<Branch> best = fallback(root.get());
            while (!open.isEmpty()) {
                Branch branch = open.remove();
                if (best.isPresent() && ORDER.compare(best.get(), branch) <= 0) {
                    return result(best);
                }
                int conflict = conflict(branch);
                if (conflict < 0) {
                    return result(Optional.of(branch));
                }
                if (branches >= EFFORT) {
                    return PairSearchResult.boundReached(best.map(found -> found.pair));
                }
                part(branch, conflict);
            }
            return result(best);
        }

        private PairSearchResult result(Optional<Branch> found) {
            Optional<PathPair> pair = found.map(branch -> branch.pair);
            return exact ? PairSearchResult.proven(pair) : PairSearchResult.boundReached(pair);
        }

        private Optional<GraphPath> find(PathSearch search, BitSet avoided) {
            ConstrainedPathResult result = search.find(new DisjointArcFilter(risks, avoided));
            exact &= result.isExact();
            return result.path();
        }

        private Optional<Branch> root() {
            return find(working, new BitSet()).flatMap(one -> find(backup, new BitSet()).map(
                    other -> branch(PathPair.of(one, other), new BitSet(), new BitSet(), new BitSet())));
        }

        /** Keeps the best working path and has the backup avoid all of it; or accepts that both are the best. */
        private Optional<Branch> fallback(Branch root) {
            BitSet used = risks.of(root.pair.working());
            Optional<Branch> avoiding = find(backup, used).map(
                    path -> branch(PathPair.of(root.pair.working(), path), new BitSet(), used, new BitSet()));
            if (avoiding.isEmpty() && choices.contains(Choice.BOTH_USE)) {
                return Optional.of(branch(root.pair, new BitSet(), new BitSet(), shared(root)));
            }
            return avoiding;
        }

        private void part(Branch branch, int conflict) {
            for (Choice choice : choices) {
                // Where the roles are alike, half of the pairs are the other half with the roles exchanged.
                if (choice != Choice.WORKING_AVOIDS || working != backup || !isRoot(branch)) {
                    next(branch, conflict, choice).ifPresent(open::add);
                }
            }
        }

        private Optional<Branch> next(Branch branch, int conflict, Choice choice) {
            switch (choice) {
                case WORKING_AVOIDS:
                    BitSet workingAvoids = with(branch.workingAvoids, conflict);
                    return find(working, workingAvoids).map(
                            path -> branch(PathPair.of(path, branch.pair.backup()), workingAvoids,
                                           branch.backupAvoids, branch.shared));
                case BACKUP_AVOIDS:
                    BitSet backupAvoids = with(branch.backupAvoids, conflict);
                    return find(backup, backupAvoids).map(
                            path -> branch(PathPair.of(branch.pair.working(), path), branch.workingAvoids,
                                           backupAvoids, branch.shared));
                case BOTH_USE:
                    return Optional.of(branch(branch.pair, branch.workingAvoids, branch.backupAvoids,
                                              with(branch.shared, conflict)));
                default:
                    throw new IllegalArgumentException("Unknown choice " + choice);
            }
        }

        private boolean isRoot(Branch branch) {
            return branch.workingAvoids.isEmpty() && branch.backupAvoids.isEmpty() && branch.shared.isEmpty();
        }

        private Branch branch(PathPair pair, BitSet workingAvoids, BitSet backupAvoids, BitSet shared) {
            return new Branch(pair, workingAvoids, backupAvoids, shared,
                              cost.applyAsLong(pair.working()) + cost.applyAsLong(pair.backup()), branches++);
        }

        /** Returns something that both paths use although that has not been accepted, or a number below 0. */
        private int conflict(Branch branch) {
            BitSet shared = shared(branch);
            shared.andNot(branch.shared);
            return shared.nextSetBit(0);
        }

        private BitSet shared(Branch branch) {
            BitSet shared = risks.of(branch.pair.working());
            shared.and(risks.of(branch.pair.backup()));
            return shared;
        }
    }

    private static BitSet with(BitSet set, int element) {
        BitSet larger = (BitSet) set.clone();
        larger.set(element);
        return larger;
    }
}
