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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SmallestSetTest {

    /** Something suffices if it contains any of some sets. */
    @Property
    void findsASmallestSet(@ForAll @Size(min = 1, max = 4) Set<@Size(min = 1, max = 6) Set<@IntRange(max = 9) Integer>>
                                   sets) {
        List<Integer> candidates = numbers(10);
        Predicate<List<Integer>> suffices = chosen -> sets.stream().anyMatch(chosen::containsAll);

        List<Integer> found = SmallestSet.find(candidates, candidates, suffices);

        assertThat(suffices).accepts(found);
        assertThat(found).isSorted().hasSize(sets.stream().mapToInt(Set::size).min().getAsInt());
    }

    @Test
    void findsASetThatIsNotTooLargeWhereThereAreTooManyToTry() {
        List<Integer> candidates = numbers(60);
        Predicate<List<Integer>> suffices = chosen -> chosen.stream().filter(one -> one % 2 == 0).count() >= 20;
        int[] tried = {0};

        List<Integer> found = SmallestSet.find(candidates, candidates, chosen -> {
            tried[0]++;
            return suffices.test(chosen);
        });

        assertThat(suffices).accepts(found);
        assertThat(found).hasSize(20);
        assertThat(tried[0]).isLessThanOrEqualTo(SmallestSet.EFFORT + 2 * candidates.size());
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }
}
