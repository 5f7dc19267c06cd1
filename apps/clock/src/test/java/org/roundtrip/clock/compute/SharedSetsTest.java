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
package org.roundtrip.clock.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class SharedSetsTest {

    @Test
    void keepsWhatAnotherSessionStillNeeds() {
        SharedSets<Integer> sets = new SharedSets<>();
        assertThat(sets.put("a", Map.of("k", Set.of(1, 2)))).containsExactly("k");
        assertThat(sets.put("b", Map.of("k", Set.of(2), "none", Set.of()))).isEmpty();
        assertThat(sets.sessions("k")).containsExactlyInAnyOrder("a", "b");

        assertThat(sets.put("a", Map.of())).containsExactly("k");
        assertThat(sets.get("k")).containsExactly(2);
        assertThat(sets.put("b", Map.of())).containsExactly("k");
        assertThat(sets.contains("k")).isFalse();
        assertThat(sets.sessions("k")).isEmpty();
        assertThat(sets.put("b", Map.of())).isEmpty();
    }

    /** Each change puts, for one of three sessions, a part that is made from a number. */
    @Property
    void holdsTheUnionOfAllPartsAndTellsWhichHaveChanged(
            @ForAll @Size(max = 20) List<@IntRange(max = 3 * 256 - 1) Integer> changes) {
        SharedSets<Integer> sets = new SharedSets<>();
        Map<String, Map<String, Set<Integer>>> parts = new HashMap<>();
        for (int change : changes) {
            Map<String, Set<Integer>> before = union(parts);
            String session = "s" + change % 3;
            parts.put(session, part(change / 3));

            Set<String> changed = sets.put(session, parts.get(session));

            Map<String, Set<Integer>> after = union(parts);
            for (String key : List.of("k", "l")) {
                assertThat(sets.get(key)).isEqualTo(after.getOrDefault(key, Set.of()));
                assertThat(sets.contains(key)).isEqualTo(after.containsKey(key));
                assertThat(changed.contains(key)).isEqualTo(!sets.get(key).equals(before.getOrDefault(key, Set.of())));
            }
        }
    }

    /** Four bits for each of two keys say which of four elements are in its set. */
    private static Map<String, Set<Integer>> part(int bits) {
        Map<String, Set<Integer>> part = new TreeMap<>();
        for (int element = 0; element < 4; element++) {
            if ((bits >> element & 1) == 1) {
                part.computeIfAbsent("k", key -> new TreeSet<>()).add(element);
            }
            if ((bits >> element + 4 & 1) == 1) {
                part.computeIfAbsent("l", key -> new TreeSet<>()).add(element);
            }
        }
        return part;
    }

    private static Map<String, Set<Integer>> union(Map<String, Map<String, Set<Integer>>> parts) {
        Map<String, Set<Integer>> union = new HashMap<>();
        parts.values().forEach(part -> part.forEach(
                (key, elements) -> union.computeIfAbsent(key, k -> new TreeSet<>()).addAll(elements)));
        return union;
    }
}
