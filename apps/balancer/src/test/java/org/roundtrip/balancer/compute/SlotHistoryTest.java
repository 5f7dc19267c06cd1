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
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.roundtrip.balancer.MemberId;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlotHistoryTest {

    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    @Test
    void whoLosesASlotIsRememberedUntilItsDrainTimeEnds() {
        SlotTable before = table(Set.of(0));
        SlotTable after = table(Set.of(1));

        SlotHistory history = SlotHistory.EMPTY.next(before, after, NOW);

        assertThat(history.formers(7)).containsExactly(FormerMember.of(member(0), NOW));
        assertThat(history.nextEnd()).contains(NOW);
        assertThat(history.without(former -> former.until().equals(NOW))).isEqualTo(SlotHistory.EMPTY);
        assertThat(SlotHistory.of(history.formers())).isEqualTo(history).hasSameHashCodeAs(history);
        assertThatThrownBy(() -> SlotHistory.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachMemberHasADrainTimeOfItsOwn() {
        SlotHistory history = SlotHistory.EMPTY.next(table(Set.of(0)), table(Set.of(1)), NOW.plusSeconds(10))
                .next(table(Set.of(1)), table(Set.of(2)), NOW.plusSeconds(20));

        assertThat(history.formers(0)).containsExactly(FormerMember.of(member(1), NOW.plusSeconds(20)),
                                                       FormerMember.of(member(0), NOW.plusSeconds(10)));
    }

    @Property(tries = 200)
    void whoEverHadASlotHasItOrIsRemembered(@ForAll("tables") List<Set<Integer>> uses) {
        SlotTable table = SlotTable.EMPTY;
        SlotHistory history = SlotHistory.EMPTY;
        Map<MemberId, Integer> placed = new HashMap<>();
        for (Set<Integer> use : uses) {
            SlotTable next = table.next(use.stream().collect(
                    Collectors.toMap(SlotHistoryTest::member, i -> 1, Integer::sum, TreeMap::new)));
            history = history.next(table, next, NOW);
            table = next;
            table.member(0).ifPresent(member -> placed.putIfAbsent(member, 0));

            List<MemberId> reachable = history.formers(0).stream().map(FormerMember::member)
                    .collect(Collectors.toList());
            table.member(0).ifPresent(reachable::add);
            assertThat(reachable).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(placed.keySet());
        }
    }

    @Provide
    Arbitrary<List<Set<Integer>>> tables() {
        return Arbitraries.integers().between(0, 9).set().ofMaxSize(6).list().ofMaxSize(12);
    }

    private static SlotTable table(Set<Integer> members) {
        return SlotTable.EMPTY.next(members.stream().collect(
                Collectors.toMap(SlotHistoryTest::member, i -> 1, Integer::sum, TreeMap::new)));
    }

    private static MemberId member(int n) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), 8080);
    }
}
