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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedWeightsTest {

    private static final int SLOTS = 256;

    @Test
    void leavesAloneWhatIsWithinItsBounds() {
        SortedMap<String, Integer> weights = new TreeMap<>(Map.of("a", 100, "b", 100));

        assertThat(BoundedWeights.of(SLOTS, weights, Map.of("a", 128))).isEqualTo(weights);
        assertThat(BoundedWeights.of(SLOTS, new TreeMap<String, Integer>(), Map.of("a", 1))).isEmpty();
    }

    @Test
    void leavesTheRestToTheOthers() {
        SortedMap<String, Integer> weights = new TreeMap<>(Map.of("a", 100, "b", 100, "c", 200));

        assertThat(shares(BoundedWeights.of(SLOTS, weights, Map.of("a", 16)))).isEqualTo(
                Map.of("a", 16, "b", 80, "c", 160));
    }

    @Test
    void hasSlotsBeSomebodysEvenSo() {
        SortedMap<String, Integer> weights = new TreeMap<>(Map.of("a", 100, "b", 0));

        assertThat(shares(BoundedWeights.of(SLOTS, weights, Map.of("a", 16)))).isEqualTo(Map.of("a", 256, "b", 0));
    }

    @Property(tries = 300)
    void nobodyIsAboveItsBoundAndTheOthersHaveNoLess(
            @ForAll @Size(min = 2, max = 20) List<@IntRange(max = 10_000) Integer> given,
            @ForAll @Size(min = 2, max = 20) List<@IntRange(max = 12) Integer> limits) {
        SortedMap<Integer, Integer> weights = new TreeMap<>(Map.of(0, 1));
        Map<Integer, Integer> bounds = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            weights.put(i + 1, given.get(i));
        }
        for (int i = 0; i < Math.min(limits.size(), given.size()); i++) {
            bounds.put(i + 1, limits.get(i));
        }

        SortedMap<Integer, Integer> bounded = BoundedWeights.of(SLOTS, weights, bounds);

        assertThat(bounded.keySet()).isEqualTo(weights.keySet());
        assertThat(bounded.values()).allMatch(weight -> weight >= 0);
        Map<Integer, Integer> shares = shares(bounded);
        bounds.forEach((member, bound) -> assertThat(shares.get(member)).isLessThanOrEqualTo(bound));
        long before = weights.values().stream().mapToLong(Integer::longValue).sum();
        long after = bounded.values().stream().mapToLong(Integer::longValue).sum();
        weights.forEach((member, weight) -> {
            if (!bounds.containsKey(member)) {
                assertThat(bounded.get(member) * (double) before).isGreaterThanOrEqualTo(weight * (double) after);
            }
        });
    }

    private static <M extends Comparable<M>> Map<M, Integer> shares(SortedMap<M, Integer> weights) {
        return SlotShares.of(SLOTS, weights, Map.of());
    }
}
