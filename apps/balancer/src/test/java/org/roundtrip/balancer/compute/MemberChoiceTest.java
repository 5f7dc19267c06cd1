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

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class MemberChoiceTest {

    private static final MemberObservation SEEN = MemberObservation.builder().isLocated(true).build();

    private final Map<MemberId, MemberObservation> observations = new HashMap<>();

    @Test
    void membersThatCanBeReachedAreUsedByTheirWeights() {
        see(1, SEEN);
        see(2, MemberObservation.builder().from(SEEN).warmth(10).build());

        MemberChoice choice = choose(0, member(1, 100), member(2, 50), member(3, 100));

        assertThat(choice.weights()).isEqualTo(Map.of(id(1), 10_000, id(2), 500));
        assertThat(choice.conditions()).isEqualTo(Map.of(
                id(1), MemberCondition.SERVING, id(2), MemberCondition.SERVING,
                id(3), MemberCondition.WAITING_FOR_HOST));
    }

    @Test
    void theOperatorAlwaysWins() {
        see(1, SEEN);
        see(2, SEEN);

        MemberChoice choice = choose(100, member(1, MemberState.DISABLED), member(2, MemberState.DRAINING));

        assertThat(choice.weights()).isEmpty();
        assertThat(choice.conditions()).isEqualTo(
                Map.of(id(1), MemberCondition.DISABLED, id(2), MemberCondition.DRAINING));
        assertThat(choice.isPanic()).isFalse();
    }

    @Test
    void aPortThatIsDownSaysMoreThanDetection() {
        see(1, MemberObservation.builder().from(SEEN).isPortUp(false).verdict(Verdict.UP).build());

        MemberChoice choice = choose(0, member(1, 100));

        assertThat(choice.weights()).isEmpty();
        assertThat(choice.conditions()).containsEntry(id(1), MemberCondition.PORT_DOWN);
    }

    @Test
    void whoIsUnknownKeepsItsShareAndGetsNone() {
        see(1, proven(Verdict.UNKNOWN));
        see(2, proven(Verdict.UNKNOWN));
        see(3, judged(Verdict.UP));
        SlotTable table = SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 100)));

        MemberChoice choice = MemberChoice.of(request(0, member(1, 100), member(2, 100), member(3, 100)), observations,
                                              table);

        assertThat(choice.weights()).containsOnlyKeys(id(1), id(3));
        assertThat(choice.conditions()).containsEntry(id(2), MemberCondition.UNKNOWN);
    }

    @Test
    void whoIsUnknownGetsNoSlotsOfThoseThatAreDown() {
        see(1, proven(Verdict.UNKNOWN));
        see(2, proven(Verdict.DOWN));
        see(3, proven(Verdict.UP));
        SlotTable table = SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 100, id(2), 100, id(3), 100)));
        int kept = table.counts().get(id(1));

        SlotTable next = table.next(MemberChoice.of(
                request(0, member(1, 100), member(2, 100), member(3, 100)), observations, table).weights());

        assertThat(next.counts()).isEqualTo(Map.of(id(1), kept, id(3), SlotTable.SLOTS - kept));
        assertThat(table.difference(next)).hasSize(table.counts().get(id(2)));
    }

    @Test
    void whoIsUnknownGetsThemIfNobodyElseIsLeft() {
        see(1, proven(Verdict.UNKNOWN));
        see(2, proven(Verdict.DOWN));
        SlotTable table = SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 100, id(2), 100)));

        MemberChoice choice = MemberChoice.of(request(0, member(1, 100), member(2, 100)), observations, table);

        assertThat(table.next(choice.weights()).counts()).isEqualTo(Map.of(id(1), SlotTable.SLOTS));
    }

    @Test
    void whoIsUnknownAndWasDownKeepsNothingThatPanicGave() {
        see(1, judged(Verdict.UNKNOWN));
        see(2, judged(Verdict.UP));
        SlotTable table = SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 100, id(2), 100)));

        assertThat(MemberChoice.of(request(50, member(1, 100), member(2, 100)), observations, table).weights())
                .containsOnlyKeys(id(2));
    }

    /** As after a restart: nothing is known of anybody. */
    @Test
    void whoIsKeptIsNoReasonToPanic() {
        see(1, proven(Verdict.UNKNOWN));
        see(2, judged(Verdict.UNKNOWN));
        SlotTable table = SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 100)));

        MemberChoice choice = MemberChoice.of(request(50, member(1, 100), member(2, 100)), observations, table);
        assertThat(choice.isPanic()).isFalse();
        assertThat(choice.weights()).containsOnlyKeys(id(1));

        assertThat(MemberChoice.of(request(51, member(1, 100), member(2, 100)), observations, table).weights())
                .containsOnlyKeys(id(1), id(2));
    }

    @Test
    void inPanicNobodyIsSpared() {
        see(1, MemberObservation.builder().from(judged(Verdict.UP)).warmth(10).build());
        see(2, judged(Verdict.DOWN));
        see(3, judged(Verdict.DOWN));

        assertThat(choose(50, member(1, 100), member(2, 50), member(3, 0)).weights())
                .isEqualTo(Map.of(id(1), 10_000, id(2), 5_000, id(3), 0));
    }

    @Test
    void belowThePanicThresholdAllAreUsedThatCanBeReached() {
        see(1, judged(Verdict.UP));
        see(2, judged(Verdict.DOWN));
        see(3, judged(Verdict.UNKNOWN));
        see(4, MemberObservation.builder().from(judged(Verdict.DOWN)).isPortUp(false).build());

        Member[] members = {member(1, 100), member(2, 100), member(3, 100), member(4, 100)};

        assertThat(choose(25, members).isPanic()).isFalse();
        assertThat(choose(25, members).weights()).containsOnlyKeys(id(1));
        assertThat(choose(26, members).isPanic()).isTrue();
        assertThat(choose(26, members).weights()).containsOnlyKeys(id(1), id(2), id(3));
        assertThat(choose(26, members).conditions()).containsEntry(id(4), MemberCondition.PORT_DOWN)
                .containsEntry(id(1), MemberCondition.SERVING).containsEntry(id(2), MemberCondition.PANIC);
    }

    private MemberChoice choose(int panicThreshold, Member... members) {
        return MemberChoice.of(request(panicThreshold, members), observations, SlotTable.EMPTY);
    }

    private static VirtualServerRequest request(int panicThreshold, Member... members) {
        return VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(DeviceId.deviceId("of:0000000000000001"))
                .addMembers(members).panicThreshold(panicThreshold).build();
    }

    private void see(int n, MemberObservation observation) {
        observations.put(id(n), observation);
    }

    private static MemberObservation judged(Verdict verdict) {
        return MemberObservation.builder().from(SEEN).verdict(verdict).build();
    }

    private static MemberObservation proven(Verdict verdict) {
        return MemberObservation.builder().from(judged(verdict)).isProven(true).build();
    }

    private static Member member(int n, int weight) {
        return Member.builder().address(id(n).address()).port(8080).weight(weight).build();
    }

    private static Member member(int n, MemberState state) {
        return Member.builder().from(member(n, 100)).state(state).build();
    }

    private static MemberId id(int n) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), 8080);
    }
}
