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
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class VirtualServerRecordTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MEMBERS = 6;

    @Test
    void numbersMembersAndDoesNotSoonUseANumberAgain() {
        VirtualServerRecord record = settled(VirtualServerRecord.of(7, request(Set.of(1, 2))), NOW);
        assertThat(numbers(record)).isEqualTo(Map.of(id(1), 1, id(2), 2));

        // Its connections go on, so it keeps its number.
        record = settled(record.asking(request(Set.of(1))), NOW);
        record = settled(record.asking(request(Set.of(1, 2, 3))), NOW);
        assertThat(numbers(record)).isEqualTo(Map.of(id(1), 1, id(2), 2, id(3), 3));

        record = settled(record.asking(request(Set.of(1))), NOW);
        record = settled(record, NOW.plusSeconds(300));
        assertThat(numbers(record)).isEqualTo(Map.of(id(1), 1));
        record = settled(record.asking(request(Set.of(1, 2))), NOW.plusSeconds(300));
        assertThat(numbers(record)).isEqualTo(Map.of(id(1), 1, id(2), 4));
    }

    @Test
    void hasRulesForMembersThatAreOfUse() {
        VirtualServerRecord record = settled(VirtualServerRecord.of(7, request(Set.of(1, 2, 3))), NOW);
        assertThat(record.plan().places()).containsOnlyKeys(id(1), id(2), id(3));

        VirtualServerRequest disabled = VirtualServerRequest.builder().from(request(Set.of(1)))
                .addMembers(Member.builder().address(address(2)).state(MemberState.DISABLED).build(),
                            Member.builder().address(address(3)).state(MemberState.DRAINING).build()).build();
        record = settled(record.asking(disabled), NOW);
        assertThat(record.plan().places()).containsOnlyKeys(id(1), id(3));
        assertThat(record.drains()).isEqualTo(Map.of(id(3), NOW.plusSeconds(300)));

        record = settled(record, NOW.plusSeconds(300));
        assertThat(record.plan().places()).containsOnlyKeys(id(1));
        assertThat(record.members()).hasSize(3);
    }

    @Test
    void handsNothingOnToWhoeverIsCutOff() {
        VirtualServerRecord record = settled(VirtualServerRecord.of(7, request(Set.of(1, 2, 3))), NOW);
        record = settled(record.asking(request(Set.of(1))), NOW);
        assertThat(record.drains()).containsOnlyKeys(id(2), id(3));

        VirtualServerRecord without = record.withoutFormers(id(2)::equals);

        assertThat(without.drains()).containsOnlyKeys(id(3));
        assertThat(without.plan().places()).containsOnlyKeys(id(1), id(3));
        assertThat(without.table()).isEqualTo(record.table());
        assertThat(without.withoutFormers(id(2)::equals)).isEqualTo(without);
    }

    @Test
    void movesDrainTimesWithTheClock() {
        VirtualServerRecord record = settled(VirtualServerRecord.of(7, request(Set.of(1, 2))), NOW);
        record = settled(record.asking(request(Set.of(1))), NOW);

        assertThat(record.shifted(Duration.ofHours(-1)).drains())
                .isEqualTo(Map.of(id(2), NOW.plusSeconds(300).minus(Duration.ofHours(1))));
    }

    /** Whatever happens, what was written is read again, and whoever lost a slot can be reached until the end. */
    @Property(tries = 100)
    void keepsWhoeverMayHaveConnections(@ForAll @Size(min = 1, max = 8) List<Set<@IntRange(min = 1, max = MEMBERS)
            Integer>> changes, @ForAll @IntRange(min = 0, max = 400) int interval) {
        VirtualServerRecord record = VirtualServerRecord.of(7, request(Set.of()));
        Map<MemberId, Instant> lost = new TreeMap<>();
        Instant now = NOW;
        for (Set<Integer> members : changes) {
            SlotTable before = record.table();
            record = settled(record.asking(request(members)), now);
            for (int slot : before.difference(record.table())) {
                Instant at = now;
                before.member(slot).ifPresent(member -> lost.put(member, at));
            }
            assertThat(Json.read(Json.write(record), VirtualServerRecord.class)).isEqualTo(record);
            assertThat(record.members()).extracting(MemberRecord::number).doesNotHaveDuplicates();
            for (Map.Entry<MemberId, Instant> loss : lost.entrySet()) {
                if (loss.getValue().plusSeconds(300).isAfter(now)) {
                    assertThat(record.plan().places()).containsKey(loss.getKey());
                }
            }
            now = now.plusSeconds(interval);
        }
        record = settled(record.asking(request(Set.of(1))), now);
        record = settled(record, now.plusSeconds(300));
        assertThat(record.members()).hasSize(1);
        assertThat(record.history()).isEqualTo(SlotHistory.EMPTY);
    }

    private static VirtualServerRecord settled(VirtualServerRecord record, Instant now) {
        Map<MemberId, HostPlace> places = IntStream.rangeClosed(1, MEMBERS).boxed().collect(Collectors.toMap(
                VirtualServerRecordTest::id, n -> HostPlace.of(MacAddress.valueOf(n), ConnectPoint.deviceConnectPoint(
                        "of:0000000000000003/" + n))));
        Map<MemberId, MemberObservation> seen = places.keySet().stream().collect(Collectors.toMap(
                id -> id, id -> MemberObservation.builder().isLocated(true).build()));
        return record.at(places).next(MemberChoice.of(record.request(), seen, record.table()), now);
    }

    private static Map<MemberId, Integer> numbers(VirtualServerRecord record) {
        return record.members().stream().collect(Collectors.toMap(MemberRecord::member, MemberRecord::number));
    }

    private static VirtualServerRequest request(Set<Integer> members) {
        return VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(DeviceId.deviceId("of:0000000000000001"))
                .members(members.stream().sorted().map(n -> Member.builder().address(address(n)).build())
                                 .collect(Collectors.toList())).build();
    }

    private static MemberId id(int n) {
        return MemberId.of(address(n), 0);
    }

    private static IpAddress address(int n) {
        return IpAddress.valueOf("192.0.2." + n);
    }
}
