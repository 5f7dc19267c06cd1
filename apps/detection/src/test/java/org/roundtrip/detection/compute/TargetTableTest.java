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
package org.roundtrip.detection.compute;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTableTest {

    private static ProbedInterface probed(int number) {
        return ProbedInterface.of(IpAddress.valueOf("198.51.100.1"), MacAddress.valueOf(number),
                                  ConnectPoint.deviceConnectPoint("of:0000000000000001/1"));
    }

    private static List<ProbedInterface> interfaces(int from, int until) {
        return IntStream.range(from, until).mapToObj(TargetTableTest::probed).collect(Collectors.toList());
    }

    @Test
    void interfacesGetNumbersFromOneOn() {
        TargetTable table = TargetTable.EMPTY.including(List.of(probed(7), probed(5), probed(7)));

        assertThat(table.interfaces()).containsOnlyKeys(1, 2);
        assertThat(table.number(probed(7))).contains(1);
        assertThat(table.number(probed(5))).contains(2);
        assertThat(table.number(probed(6))).isEmpty();
    }

    @Test
    void whatHasANumberKeepsIt() {
        TargetTable table = TargetTable.EMPTY.including(List.of(probed(7)));

        assertThat(table.including(List.of(probed(7)))).isSameAs(table);
        assertThat(table.retaining(Set.of(probed(7), probed(8)))).isSameAs(table);
        assertThat(table.including(List.of(probed(8))).number(probed(7))).contains(1);
    }

    @Test
    void aNumberIsNotUsedAgainUntilTheAgentHasForgottenIt() {
        TargetTable full = TargetTable.EMPTY.including(interfaces(0, TargetTable.LAST));
        TargetTable retired = full.retaining(Set.copyOf(interfaces(1, TargetTable.LAST)));

        assertThat(retired.retired()).containsExactly(1);
        assertThat(retired.including(List.of(probed(99_999))).number(probed(99_999))).isEmpty();
        TargetTable released = retired.releasing(Set.of(1, 77));
        assertThat(released.retired()).isEmpty();
        assertThat(released.including(List.of(probed(99_999))).number(probed(99_999))).contains(1);
    }

    @Test
    void numbersGoRound() {
        TargetTable table = TargetTable.EMPTY.including(interfaces(0, 3));
        TargetTable free = table.retaining(Set.of(probed(2))).releasing(Set.of(1, 2));

        // 1 and 2 are free, but an agent that comes back may still know them.
        assertThat(free.including(List.of(probed(10))).number(probed(10))).contains(4);
        TargetTable last = TargetTable.builder().last(TargetTable.LAST).build();
        assertThat(last.including(List.of(probed(10))).number(probed(10))).contains(1);
    }

    @Test
    void whatDoesNotFitHasNoNumber() {
        TargetTable table = TargetTable.EMPTY.including(interfaces(0, TargetTable.LAST + 10));

        assertThat(table.interfaces()).hasSize(TargetTable.LAST);
        assertThat(table.interfaces().lastKey()).isEqualTo(ProbeAddresses.TARGETS);
        assertThat(table.number(probed(TargetTable.LAST))).isEmpty();
    }

    @Test
    void itIsTheSameAfterItWasStored() throws Exception {
        TargetTable table = TargetTable.builder().addRetired(3, 9).last(12).build();
        ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());

        assertThat(mapper.readValue(mapper.writeValueAsString(table), TargetTable.class)).isEqualTo(table);
    }

    @Property
    void aNumberStandsForOneInterfaceUntilItIsForgotten(
            @ForAll @Size(max = 30) List<@Size(max = 8) Set<@IntRange(max = 20) Integer>> wanted,
            @ForAll boolean isForgotten) {
        TargetTable table = TargetTable.EMPTY;
        Map<Integer, ProbedInterface> known = new HashMap<>();
        for (Set<Integer> numbers : wanted) {
            Set<ProbedInterface> next = numbers.stream().map(TargetTableTest::probed).collect(Collectors.toSet());
            table = table.retaining(next).including(next);
            assertThat(table.numbers().keySet()).isEqualTo(next);
            assertThat(table.interfaces().keySet()).noneMatch(table.retired()::contains);
            table.interfaces().forEach((number, probed) ->
                    assertThat(known.getOrDefault(number, probed)).isEqualTo(probed));
            known.putAll(table.interfaces());
            if (isForgotten) {
                known.keySet().removeAll(table.retired());
                table = table.releasing(Set.copyOf(table.retired()));
            }
        }
    }
}
