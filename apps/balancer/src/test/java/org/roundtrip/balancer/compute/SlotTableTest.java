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
import org.onlab.packet.IpAddress;
import org.roundtrip.balancer.MemberId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlotTableTest {

    @Test
    void theFirstTableFollowsFromTheWeightsAlone() {
        SlotTable table = SlotTable.EMPTY.next(equal(3));

        assertThat(table).isEqualTo(SlotTable.EMPTY.next(equal(3)));
        assertThat(table.counts()).isEqualTo(Map.of(member(0), 86, member(1), 85, member(2), 85));
        // Switches hold it: a release that computes another one would move connections when it is installed.
        assertThat(table.members().stream().limit(12).map(Optional::orElseThrow)).containsExactly(
                member(2), member(1), member(0), member(0), member(1), member(1),
                member(0), member(2), member(1), member(0), member(1), member(2));
    }

    @Test
    void aTableWithoutWeightsIsEmpty() {
        assertThat(SlotTable.EMPTY.next(new TreeMap<>())).isEqualTo(SlotTable.EMPTY);
        assertThat(SlotTable.EMPTY.next(equal(3)).next(new TreeMap<>(Map.of(member(0), 0)))).isEqualTo(SlotTable.EMPTY);
    }

    @Test
    void theSameWeightsMoveNothing() {
        SlotTable table = SlotTable.EMPTY.next(equal(7));

        assertThat(table.next(equal(7))).isEqualTo(table);
    }

    @Test
    void aKeptTableMustBeWhole() {
        SlotTable table = SlotTable.EMPTY.next(equal(2));

        assertThat(SlotTable.of(table.members())).isEqualTo(table).hasSameHashCodeAs(table);
        assertThatThrownBy(() -> SlotTable.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void membersOfTheSameWeightComeAndGoWithoutMovingOthers(@ForAll @IntRange(min = 1, max = 64) int members,
                                                            @ForAll @IntRange(max = 63) int changed) {
        MemberId member = member(changed % members);
        SlotTable before = SlotTable.EMPTY.next(equal(members));
        SortedMap<MemberId, Integer> others = equal(members);
        others.remove(member);

        SlotTable without = before.next(others);
        SlotTable again = without.next(equal(members));

        if (members > 1) {
            assertThat(before.difference(without)).hasSize(before.counts().get(member));
            assertThat(without.counts()).doesNotContainKey(member);
            assertThat(without.difference(again)).allSatisfy(
                    slot -> assertThat(again.member(slot)).contains(member));
        }
    }

    @Property(tries = 300)
    void throughAnyChangesSharesAreExactAndFewSlotsMove(@ForAll("changes") List<Map.Entry<Integer, Integer>> changes) {
        SlotTable table = SlotTable.EMPTY;
        SortedMap<MemberId, Integer> weights = new TreeMap<>();
        for (Map.Entry<Integer, Integer> change : changes) {
            weights.put(member(change.getKey()), change.getValue());

            SlotTable next = table.next(weights);

            requireExactShares(next, weights);
            assertThat(table.difference(next)).hasSize(gained(table.counts(), next.counts()));
            table = next;
        }
    }

    @Property(tries = 300)
    void aChangeOfOneMemberMovesOthersByRoundingOnly(@ForAll("changes") List<Map.Entry<Integer, Integer>> changes) {
        SortedMap<MemberId, Integer> weights = new TreeMap<>();
        changes.forEach(change -> weights.put(member(change.getKey()), change.getValue()));
        MemberId changed = member(changes.get(0).getKey());
        SlotTable before = SlotTable.EMPTY.next(weights);
        weights.merge(changed, 10, Integer::sum);

        SlotTable after = before.next(weights);

        Map<MemberId, Integer> received = new HashMap<>();
        before.difference(after).stream().filter(slot -> before.member(slot).isPresent())
                .forEach(slot -> received.merge(after.member(slot).orElseThrow(), 1, Integer::sum));
        received.remove(changed);
        assertThat(received.values()).allMatch(slots -> slots == 1);
    }

    @Property(tries = 50)
    void aMemberThatComesBackTakesMostlyWhatItHad(@ForAll @IntRange(min = 2, max = 32) int members) {
        SlotTable before = SlotTable.EMPTY.next(equal(members));
        SortedMap<MemberId, Integer> others = equal(members);
        others.remove(member(0));

        SlotTable again = before.next(others).next(equal(members));

        assertThat(before.difference(again).size()).isLessThanOrEqualTo(before.counts().get(member(0)));
    }

    private static void requireExactShares(SlotTable table, SortedMap<MemberId, Integer> weights) {
        double total = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (total == 0) {
            assertThat(table).isEqualTo(SlotTable.EMPTY);
            return;
        }
        Map<MemberId, Integer> counts = table.counts();
        weights.forEach((member, weight) -> assertThat((double) counts.getOrDefault(member, 0)).isBetween(
                Math.floor(SlotTable.SLOTS * weight / total), Math.ceil(SlotTable.SLOTS * weight / total)));
    }

    private static int gained(Map<MemberId, Integer> before, Map<MemberId, Integer> after) {
        return after.isEmpty() ? before.values().stream().mapToInt(Integer::intValue).sum()
                : after.entrySet().stream().mapToInt(
                        count -> Math.max(0, count.getValue() - before.getOrDefault(count.getKey(), 0))).sum();
    }

    @Provide
    Arbitrary<List<Map.Entry<Integer, Integer>>> changes() {
        return Arbitraries.entries(Arbitraries.integers().between(0, 40), Arbitraries.integers().between(0, 100))
                .list().ofMinSize(1).ofMaxSize(60);
    }

    private static SortedMap<MemberId, Integer> equal(int members) {
        return IntStream.range(0, members).boxed()
                .collect(Collectors.toMap(SlotTableTest::member, i -> 100, Integer::sum, TreeMap::new));
    }

    private static MemberId member(int n) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), 8080);
    }
}
