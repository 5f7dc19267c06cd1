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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class SlotSharesTest {

    private static final int SLOTS = 256;

    @Test
    void membersOfTheSameWeightHaveTheSameButForOne() {
        assertThat(SlotShares.of(SLOTS, weights(1, 1, 1), Map.of())).isEqualTo(weights(86, 85, 85));
    }

    @Test
    void whatIsRoundedUpIsWhatLosesMost() {
        assertThat(SlotShares.of(10, weights(1, 1, 4), Map.of())).isEqualTo(weights(2, 2, 6));
        assertThat(SlotShares.of(10, weights(3, 4, 4), Map.of())).isEqualTo(weights(3, 4, 3));
    }

    @Test
    void whoHasASlotKeepsItWhenItsShareIsRounded() {
        assertThat(SlotShares.of(SLOTS, weights(1, 1, 1), Map.of(2, 86))).isEqualTo(weights(85, 85, 86));
    }

    @Test
    void aSmallWeightIsBetterThanNone() {
        SortedMap<Integer, Integer> shares = SlotShares.of(SLOTS, weights(100, 100, 100, 100, 100, 1), Map.of());

        assertThat(shares.get(5)).isEqualTo(1);
    }

    @Test
    void withoutWeightThereAreNoShares() {
        assertThat(SlotShares.of(SLOTS, weights(0, 0), Map.of())).isEmpty();
        assertThat(SlotShares.of(SLOTS, weights(new Integer[0]), Map.of())).isEmpty();
        assertThat(SlotShares.of(SLOTS, weights(0, 7), Map.of())).isEqualTo(weights(0, 256));
    }

    @Property
    void everyShareIsTheExactOneRoundedDownOrUp(@ForAll("anyWeights") List<Integer> list,
                                                @ForAll("anyWeights") List<Integer> before) {
        SortedMap<Integer, Integer> weights = indexed(list);
        long total = list.stream().mapToLong(Integer::longValue).sum();

        SortedMap<Integer, Integer> shares = SlotShares.of(SLOTS, weights, indexed(before));

        if (total > 0) {
            assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(SLOTS);
            shares.forEach((member, share) -> {
                double exact = (double) SLOTS * weights.get(member) / total;
                assertThat((double) share).isBetween(Math.floor(exact), Math.ceil(exact));
            });
        }
    }

    @Property
    void noOtherRoundingMovesLess(@ForAll("fewWeights") List<Integer> list, @ForAll("fewWeights") List<Integer> before,
                                  @ForAll @IntRange(min = 1, max = 16) int slots) {
        long total = list.stream().mapToLong(Integer::longValue).sum();
        SortedMap<Integer, Integer> weights = indexed(list);
        boolean allHaveOne = list.stream().allMatch(weight -> weight == 0 || (long) slots * weight >= total);
        if (total == 0 || !allHaveOne) {
            return;
        }

        SortedMap<Integer, Integer> shares = SlotShares.of(slots, weights, indexed(before));

        assertThat(moved(shares, indexed(before)))
                .isEqualTo(fewestMoves(slots, list, total, indexed(before), 0, new TreeMap<>()));
    }

    private static int fewestMoves(int slots, List<Integer> weights, long total, Map<Integer, Integer> before,
                                   int member, SortedMap<Integer, Integer> shares) {
        if (member == weights.size()) {
            return shares.values().stream().mapToInt(Integer::intValue).sum() == slots ? moved(shares, before)
                    : Integer.MAX_VALUE;
        }
        int fewest = Integer.MAX_VALUE;
        long product = (long) slots * weights.get(member);
        for (long share = product / total; share <= (product + total - 1) / total; share++) {
            shares.put(member, (int) share);
            fewest = Math.min(fewest, fewestMoves(slots, weights, total, before, member + 1, shares));
        }
        return fewest;
    }

    private static int moved(Map<Integer, Integer> shares, Map<Integer, Integer> before) {
        return shares.entrySet().stream()
                .mapToInt(share -> Math.max(0, share.getValue() - before.getOrDefault(share.getKey(), 0))).sum();
    }

    @Provide
    Arbitrary<List<Integer>> anyWeights() {
        return Arbitraries.integers().between(0, 100).list().ofMaxSize(300);
    }

    @Provide
    Arbitrary<List<Integer>> fewWeights() {
        return Arbitraries.integers().between(0, 10).list().ofMaxSize(6);
    }

    private static SortedMap<Integer, Integer> weights(Integer... weights) {
        return indexed(List.of(weights));
    }

    private static SortedMap<Integer, Integer> indexed(List<Integer> values) {
        SortedMap<Integer, Integer> map = new TreeMap<>();
        List<Integer> copy = new ArrayList<>(values);
        for (int i = 0; i < copy.size(); i++) {
            map.put(i, copy.get(i));
        }
        return map;
    }
}
