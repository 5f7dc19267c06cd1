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
package org.roundtrip.balancer.compute;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights of members of which some may have so many slots and not more.
 */
final class BoundedWeights {

    private BoundedWeights() {
    }

    /**
     * Returns weights by which nobody's exact share is above its bound, and those without a bound share the rest as
     * their weights say. Filling up: whoever is above its bound gets just that, which leaves more for the others, of
     * whom some may be above theirs then. O(<i>n</i><sup>2</sup>) for <i>n</i> members at worst.
     *
     * @param slots   how many slots there are
     * @param weights the weights of the members, 0 or more each
     * @param bounds  how many slots members have at most; as many as there are for those that are missing
     * @param <M>     what tells members apart
     * @return the weights; the given ones if nobody is above its bound, or nobody without a bound has a weight: slots
     *         must be somebody's
     */
    static <M extends Comparable<M>> SortedMap<M, Integer> of(int slots, SortedMap<M, Integer> weights,
                                                              Map<M, Integer> bounds) {
        boolean isAnybodyFree = weights.entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 0 && !bounds.containsKey(entry.getKey()));
        Set<M> atBound = new HashSet<>();
        SortedMap<M, Integer> bounded = weights;
        boolean isChanged = isAnybodyFree;
        while (isChanged) {
            long total = bounded.values().stream().mapToLong(Integer::longValue).sum();
            isChanged = false;
            for (Map.Entry<M, Integer> entry : bounded.entrySet()) {
                Integer bound = bounds.get(entry.getKey());
                // What is at its bound already is exactly so.
                isChanged |= bound != null && (long) slots * entry.getValue() > bound * total
                        && atBound.add(entry.getKey());
            }
            bounded = isChanged ? scaled(slots, weights, bounds, atBound) : bounded;
        }
        return bounded;
    }

    /** Whole numbers whose shares are the bounds of those at their bounds, and parts of the rest for the others. */
    private static <M extends Comparable<M>> SortedMap<M, Integer> scaled(int slots, SortedMap<M, Integer> weights,
                                                                          Map<M, Integer> bounds, Set<M> atBound) {
        int rest = slots - atBound.stream().mapToInt(bounds::get).sum();
        int others = weights.entrySet().stream().filter(entry -> !atBound.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue).sum();
        SortedMap<M, Integer> scaled = new TreeMap<>();
        weights.forEach((member, weight) -> scaled.put(
                member, atBound.contains(member) ? bounds.get(member) * others : weight * rest));
        return scaled;
    }
}
