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
package org.roundtrip.tepath.compute;

import org.roundtrip.tepath.TePathRequest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses the paths that have to give way when bandwidth is short (RFC 3209, section 4.7.1).
 * <p>
 * Only paths whose holding priority is a larger number than the setup priority of the newcomer may be chosen. Of all
 * choices that make room the best is the one that spares the most important paths: it has the fewest victims of the
 * smallest holding priority, of these the fewest of the next, and so on to the largest, where fewer victims are better
 * as well (the goals of RFC 4829, section 4, in this order). Of choices that are equally good it is the one that spares
 * the first path in the order of holding priority and name, and then the next.
 * <p>
 * To find it is a covering problem in as many dimensions as links are short, which is NP-hard. A good choice is made
 * first in time O(n log n + n d) for n paths and d links: take all, and beginning with the most important, and among
 * these with the one that helps the least, spare each without which there still is room. Then a search, branch and
 * bound, looks for better ones among {@value #MOST_SEARCHED} paths at most; it makes {@value #MOST_STEPS} steps of O(d)
 * at most, and what it returns tells whether that was enough. All of this depends on the arguments alone.
 */
public final class Preemption {

    /** Some tens of milliseconds; all choices among 16 paths, and nearly always among many more. */
    static final int MOST_STEPS = 200_000;

    /** The search goes as deep as there are paths. */
    static final int MOST_SEARCHED = 1000;

    /** The most important first. */
    private static final Comparator<Reservation> ORDER = Comparator.comparingInt(Reservation::holdingPriority)
            .thenComparing(Reservation::path);

    private Preemption() {
    }

    /**
     * Chooses victims.
     *
     * @param lacking       how much bandwidth is lacking in each direction of each link on the way of the newcomer,
     *                      bit/s; where there is enough, 0 or less
     * @param holders       what other paths hold; those that use none of these links may be among them
     * @param setupPriority the setup priority of the newcomer, 0 to 7
     * @return the victims, or empty if there is not enough room without all paths that may be chosen
     */
    public static Optional<Victims> victims(Map<LinkDirection, Long> lacking, Collection<Reservation> holders,
                                            int setupPriority) {
        List<LinkDirection> links = lacking.keySet().stream().filter(link -> lacking.get(link) > 0)
                .sorted(LinkDirection.ORDER).collect(Collectors.toList());
        List<Reservation> candidates = holders.stream()
                .filter(holder -> holder.holdingPriority() > setupPriority)
                .filter(holder -> links.stream().anyMatch(link -> holder.bandwidth().containsKey(link)))
                .sorted(ORDER).collect(Collectors.toList());
        return new Search(candidates, links, links.stream().mapToLong(lacking::get).toArray()).best();
    }

    /** One search, on numbers: candidates by their importance, dimensions by links. */
    private static final class Search {

        private final List<Reservation> candidates;
        private final long[] lacking;
        private final long[][] held;
        /** What all candidates from one on hold together. */
        private final long[][] rest;
        /** The most that any candidate from one on holds. */
        private final long[][] largest;
        private final boolean[] chosen;
        private final int[] counts = new int[TePathRequest.LEAST_PRIORITY + 1];
        private boolean[] best;
        private int[] bestCounts;
        private int steps;

        Search(List<Reservation> candidates, List<LinkDirection> links, long[] lacking) {
            this.candidates = candidates;
            this.lacking = lacking;
            int size = candidates.size();
            held = new long[size][links.size()];
            rest = new long[size + 1][links.size()];
            largest = new long[size + 1][links.size()];
            for (int i = size - 1; i >= 0; i--) {
                for (int link = 0; link < lacking.length; link++) {
                    held[i][link] = candidates.get(i).bandwidth().getOrDefault(links.get(link), 0L);
                    rest[i][link] = rest[i + 1][link] + held[i][link];
                    largest[i][link] = Math.max(largest[i + 1][link], held[i][link]);
                }
            }
            chosen = new boolean[size];
        }

        Optional<Victims> best() {
            if (!isEnough(rest[0], lacking)) {
                return Optional.empty();
            }
            boolean[] all = new boolean[candidates.size()];
            Arrays.fill(all, true);
            best = withoutSuperfluous(all);
            bestCounts = counts(best);
            // The search is to find the first of those that are equally good, which this one need not be.
            bestCounts[TePathRequest.LEAST_PRIORITY]++;
            boolean isBest = best.length <= MOST_SEARCHED && visit(0, lacking.clone());
            if (!isBest) {
                best = withoutSuperfluous(best);
            }
            return Optional.of(Victims.of(names(), isBest));
        }

        private List<String> names() {
            List<String> names = new ArrayList<>();
            for (int priority = TePathRequest.LEAST_PRIORITY; priority >= 0; priority--) {
                for (int i = 0; i < best.length; i++) {
                    if (best[i] && candidates.get(i).holdingPriority() == priority) {
                        names.add(candidates.get(i).path());
                    }
                }
            }
            return names;
        }

        /** Decides about a candidate and all after it; false if there were too many choices. */
        private boolean visit(int index, long[] missing) {
            if (++steps > MOST_STEPS) {
                return false;
            }
            int least = least(index, missing);
            counts[TePathRequest.LEAST_PRIORITY] += least;
            boolean isBetter = Arrays.compare(counts, bestCounts) < 0;
            counts[TePathRequest.LEAST_PRIORITY] -= least;
            if (!isBetter) {
                return true;
            }
            if (least == 0) {
                best = chosen.clone();
                bestCounts = counts.clone();
                return true;
            }
            if (isEnough(rest[index + 1], missing) && !visit(index + 1, missing)) {
                return false;
            }
            if (!helps(index, missing)) {
                return true;
            }
            int priority = candidates.get(index).holdingPriority();
            chosen[index] = true;
            counts[priority]++;
            boolean complete = visit(index + 1, minus(missing, held[index]));
            counts[priority]--;
            chosen[index] = false;
            return complete;
        }

        /** Returns a number of victims from a candidate on with fewer than which there is no room. */
        private int least(int index, long[] missing) {
            int least = 0;
            for (int link = 0; link < missing.length; link++) {
                if (missing[link] > 0) {
                    least = Math.max(least, (int) (1 + (missing[link] - 1) / largest[index][link]));
                }
            }
            return least;
        }

        private boolean helps(int index, long[] missing) {
            for (int link = 0; link < missing.length; link++) {
                if (missing[link] > 0 && held[index][link] > 0) {
                    return true;
                }
            }
            return false;
        }

        private boolean[] withoutSuperfluous(boolean[] enough) {
            boolean[] left = enough.clone();
            long[] surplus = new long[lacking.length];
            for (int link = 0; link < lacking.length; link++) {
                surplus[link] = -lacking[link];
                for (int i = 0; i < left.length; i++) {
                    surplus[link] += left[i] ? held[i][link] : 0;
                }
            }
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < left.length; i++) {
                order.add(i);
            }
            order.sort(Comparator.<Integer>comparingInt(i -> candidates.get(i).holdingPriority())
                               .thenComparingDouble(this::help).thenComparing(Comparator.naturalOrder()));
            for (int i : order) {
                if (left[i] && isEnough(surplus, held[i])) {
                    left[i] = false;
                    surplus = minus(surplus, held[i]);
                }
            }
            return left;
        }

        /** Returns how much of what is lacking a candidate gives, as a sum of shares. */
        private double help(int index) {
            double help = 0;
            for (int link = 0; link < lacking.length; link++) {
                help += Math.min(1, (double) held[index][link] / lacking[link]);
            }
            return help;
        }

        private int[] counts(boolean[] victims) {
            int[] number = new int[counts.length];
            for (int i = 0; i < victims.length; i++) {
                number[candidates.get(i).holdingPriority()] += victims[i] ? 1 : 0;
            }
            return number;
        }

        private static boolean isEnough(long[] available, long[] needed) {
            for (int link = 0; link < needed.length; link++) {
                if (available[link] < needed[link]) {
                    return false;
                }
            }
            return true;
        }

        private static long[] minus(long[] from, long[] amount) {
            long[] difference = from.clone();
            for (int link = 0; link < difference.length; link++) {
                difference[link] -= amount[link];
            }
            return difference;
        }
    }
}
