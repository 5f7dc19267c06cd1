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
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the slots of a virtual server by what detection finds, as time passes. */
class WarmUpTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SLOTS = SlotTable.SLOTS;

    private final Map<MemberId, MemberObservation> seen = new TreeMap<>();

    @Test
    void whoReturnsGetsItsShareInSteps() {
        see(1, Verdict.UP);
        see(2, Verdict.DOWN);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 90, 0)).next(seen, NOW);
        record = record.next(seen, NOW.plusSeconds(90));
        assertThat(slots(record, 2)).isZero();

        see(2, Verdict.UP);
        Instant back = NOW.plusSeconds(100);
        record = record.next(seen, back);
        assertThat(slots(record, 2)).isEqualTo(SLOTS / 11);
        assertThat(record.nextChange(back)).contains(back.plusSeconds(10));
        assertThat(record.warmths(back)).isEqualTo(Map.of(id(2), 10));
        assertThat(slots(record.next(seen, back.plusSeconds(9)), 2)).isEqualTo(SLOTS / 11);
        record = record.next(seen, back.plusSeconds(45));
        assertThat(slots(record, 2)).isBetween(SLOTS / 3, SLOTS / 3 + 1);

        record = record.next(seen, back.plusSeconds(90));
        assertThat(slots(record, 2)).isEqualTo(SLOTS / 2);
        assertThat(record.warmths(back.plusSeconds(90))).isEmpty();
        // Until drain times have ended.
        Instant drained = back.plusSeconds(20_000);
        assertThat(record.next(seen, drained).nextChange(drained)).isEmpty();
    }

    @Test
    void whoeverBeginsTogetherHasItsShareAtOnce() {
        see(1, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(3, 90, 0)).next(seen, NOW);
        assertThat(slots(record, 1)).isEqualTo(SLOTS);

        see(2, Verdict.UP);
        record = record.next(seen, NOW.plusMillis(9_900));
        assertThat(slots(record, 2)).isEqualTo(SLOTS / 2);

        SlotTable table = record.table();
        for (int second = 10; second <= 100; second++) {
            record = record.next(seen, NOW.plusSeconds(second));
            assertThat(record.table()).isEqualTo(table);
        }
    }

    /** First results come when agents send them; nobody is warm so soon, beside whom to spare a member. */
    @Property(tries = 60)
    void membersOfANewServerHaveTheirSharesWheneverTheFirstWordOfThemComes(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 89_999) Integer> firstWords) {
        seen.clear();
        int members = firstWords.size() + 1;
        see(1, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(members, 90, 0)).next(seen, NOW);
        List<Integer> inOrder = firstWords.stream().sorted().collect(Collectors.toList());
        for (int serving = 2; serving <= members; serving++) {
            see(serving, Verdict.UP);
            record = record.next(seen, NOW.plusMillis(inOrder.get(serving - 2)));
            assertThat(record.table().counts().values()).hasSize(serving)
                    .allSatisfy(count -> assertThat(count).isBetween(SLOTS / members, SLOTS));
            assertThat(Collections.max(record.table().counts().values())
                               - Collections.min(record.table().counts().values())).isLessThanOrEqualTo(1);
        }
        SlotTable table = record.table();
        assertThat(record.next(seen, NOW.plusSeconds(91)).table()).isEqualTo(table);
    }

    @Test
    void whoJoinsAServerThatHasServedGetsItsShareInSteps() {
        see(1, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 90, 0)).next(seen, NOW);

        see(2, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(90));

        assertThat(slots(record, 2)).isEqualTo(SLOTS / 11);
    }

    @Test
    void whoReturnsToAServerThatIsNewGetsItsShareInStepsAllTheSame() {
        see(1, Verdict.UP);
        see(2, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(3, 90, 0)).next(seen, NOW);
        see(2, Verdict.DOWN);
        record = record.next(seen, NOW.plusSeconds(15));

        see(2, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(50));
        assertThat(record.warmths(NOW.plusSeconds(50))).isEqualTo(Map.of(id(1), 60, id(2), 10));

        // Who is new is like those that have served from the first.
        see(3, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(65));
        assertThat(record.warmths(NOW.plusSeconds(65))).isEqualTo(Map.of(id(1), 70, id(2), 20, id(3), 70));
    }

    @Test
    void whoeverReturnsAfterAllWereDownIsNewAgain() {
        IntStream.rangeClosed(1, 2).forEach(n -> see(n, Verdict.UP));
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 90, 0)).next(seen, NOW);
        IntStream.rangeClosed(1, 2).forEach(n -> see(n, Verdict.DOWN));
        record = record.next(seen, NOW.plusSeconds(200));
        assertThat(record.table()).isEqualTo(SlotTable.EMPTY);

        see(2, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(300));
        see(1, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(330));

        assertThat(slots(record, 1)).isEqualTo(SLOTS / 2);
    }

    @Test
    void inPanicAllHaveTheirShareAtOnceAndKeepIt() {
        see(1, Verdict.UP);
        see(2, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 90, 51)).next(seen, NOW);
        see(2, Verdict.DOWN);
        SlotTable table = record.table();

        record = record.next(seen, NOW.plusSeconds(200));
        assertThat(record.choice(seen, NOW.plusSeconds(200)).conditions())
                .containsEntry(id(2), MemberCondition.PANIC);
        assertThat(record.table()).isEqualTo(table);

        see(2, Verdict.UP);
        record = record.next(seen, NOW.plusSeconds(201));
        assertThat(record.table()).isEqualTo(table);
        assertThat(record.warmths(NOW.plusSeconds(201))).isEmpty();
    }

    @Test
    void panicIsTheSameAfterARestart() {
        see(1, Verdict.UP);
        see(2, Verdict.DOWN);
        see(3, Verdict.DOWN);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(3, 0, 50)).next(seen, NOW);
        assertThat(record.choice(seen, NOW).isPanic()).isTrue();

        IntStream.rangeClosed(1, 3).forEach(n -> see(n, Verdict.UNKNOWN));
        VirtualServerRecord restarted = Json.read(Json.write(record), VirtualServerRecord.class).next(seen, NOW);

        assertThat(restarted.choice(seen, NOW).isPanic()).isTrue();
        assertThat(restarted).isEqualTo(record);
    }

    @Test
    void unknownChangesNothingWhenDetectionBegins() {
        see(1, Verdict.NOT_PROBED);
        see(2, Verdict.NOT_PROBED);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 0, 50)).next(seen, NOW);

        see(1, Verdict.UNKNOWN);
        see(2, Verdict.UNKNOWN);

        assertThat(record.next(seen, NOW)).isEqualTo(record);
        assertThat(record.choice(seen, NOW).isPanic()).isFalse();
    }

    @Test
    void whoNeverWasWellGetsNothingUnlessInPanic() {
        see(1, Verdict.UNKNOWN);
        see(2, Verdict.UNKNOWN);

        assertThat(VirtualServerRecord.of(7, request(2, 0, 0)).next(seen, NOW).table()).isEqualTo(SlotTable.EMPTY);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 0, 1)).next(seen, NOW);
        assertThat(slots(record, 1)).isEqualTo(SLOTS / 2);
        assertThat(record.next(seen, NOW)).isEqualTo(record);
        assertThat(record.choice(seen, NOW).isPanic()).isTrue();
    }

    @Test
    void followsTheClockThatIsSet() {
        see(1, Verdict.UP);
        see(2, Verdict.DOWN);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(2, 90, 0)).next(seen, NOW.minusSeconds(90));
        see(2, Verdict.UP);
        record = record.next(seen, NOW);

        Instant set = NOW.plus(Duration.ofDays(1));
        assertThat(record.shifted(Duration.ofDays(1)).warmths(set)).isEqualTo(Map.of(id(2), 10));
        Instant early = NOW.minus(Duration.ofDays(1));
        assertThat(record.begunBy(early).nextChange(early)).contains(early.plusSeconds(10));
        assertThat(record.begunBy(NOW)).isEqualTo(record);
    }

    @Test
    void aRecordThatIsRemovedWaitsForNothing() {
        see(1, Verdict.UP);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(1, 90, 0)).next(seen, NOW);

        assertThat(record.nextChange(NOW)).isPresent();
        assertThat(record.toBeRemoved().nextChange(NOW)).isEmpty();
    }

    /** Whoever warms up never loses a slot, nobody else wins one, and in all few more move than it has in the end. */
    @Property(tries = 60)
    void movesFewSlots(@ForAll @IntRange(min = 2, max = 40) int members,
                       @ForAll @IntRange(min = 1, max = 3_600) int slowStart) {
        IntStream.range(1, members).forEach(n -> see(n, Verdict.UP));
        see(members, Verdict.DOWN);
        VirtualServerRecord record = VirtualServerRecord.of(7, request(members, slowStart, 0)).next(seen, NOW);
        record = record.next(seen, NOW.plusSeconds(slowStart));
        see(members, Verdict.UP);
        Optional<Instant> next = Optional.of(NOW.plusSeconds(slowStart));
        int moved = 0;
        int last = 0;
        int looks = 0;
        while (next.isPresent() && looks < 2 * SlowStart.LEVELS) {
            Instant now = next.get();
            SlotTable before = record.table();
            record = record.next(seen, now);
            moved += before.difference(record.table()).size();
            assertThat(slots(record, members)).isGreaterThanOrEqualTo(last);
            last = slots(record, members);
            looks++;
            next = record.warmths(now).isEmpty() ? Optional.empty() : record.nextChange(now);
        }
        assertThat(looks).isEqualTo(SlowStart.LEVELS);
        assertThat(last).isBetween(SLOTS / members, SLOTS / members + 1);
        // Shares are rounded: another one may change hands at each step.
        assertThat(moved).isLessThanOrEqualTo(last + SlowStart.LEVELS);
    }

    private static int slots(VirtualServerRecord record, int n) {
        return record.table().counts().getOrDefault(id(n), 0);
    }

    private void see(int n, Verdict verdict) {
        seen.put(id(n), MemberObservation.builder().isLocated(true).verdict(verdict).build());
    }

    private static VirtualServerRequest request(int members, int slowStart, int panicThreshold) {
        return VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(DeviceId.deviceId("of:0000000000000001"))
                .members(IntStream.rangeClosed(1, members)
                                 .mapToObj(n -> Member.builder().address(id(n).address()).build())
                                 .collect(Collectors.toList()))
                .slowStart(slowStart).panicThreshold(panicThreshold).drainTime(10_000).build();
    }

    private static MemberId id(int n) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), 0);
    }
}
