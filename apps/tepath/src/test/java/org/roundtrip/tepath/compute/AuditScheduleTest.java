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
import org.junit.jupiter.api.Test;
import org.roundtrip.tepath.compute.audit.AuditSchedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class AuditScheduleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final AuditSchedule schedule = new AuditSchedule(PERIOD, INTERVAL);

    @Property(tries = 50)
    void everyPathHasItsTurnWithinThePeriodAndNoTwoComeAtOnce(@ForAll @IntRange(min = 1, max = 3000) int count) {
        AuditSchedule schedule = new AuditSchedule(PERIOD, INTERVAL);
        schedule.retain(names(count), START);
        Map<String, Integer> turns = new HashMap<>();
        Instant last = Instant.MIN;
        Instant end = START.plus(PERIOD).plus(INTERVAL.multipliedBy(count));
        for (Instant now = schedule.next().orElseThrow(); !now.isAfter(end); now = schedule.next().orElseThrow()) {
            assertThat(last.isBefore(START) || !now.isBefore(last.plus(INTERVAL))).isTrue();
            assertThat(schedule.take(now.minusMillis(1))).isEmpty();
            turns.merge(schedule.take(now).orElseThrow(), 1, Integer::sum);
            last = now;
        }
        assertThat(turns.keySet()).containsExactlyInAnyOrderElementsOf(names(count));
        assertThat(turns.values()).allMatch(times -> times <= 2);
    }

    @Test
    void spreadsPathsThatComeTogetherEvenly() {
        schedule.retain(names(10_000), START);
        List<Instant> times = new ArrayList<>();
        while (times.size() < 10_000) {
            Instant now = schedule.next().orElseThrow();
            schedule.take(now);
            times.add(now);
        }
        Map<Long, Long> perMinute = times.stream().collect(Collectors.groupingBy(
                time -> Duration.between(START, time).toMinutes(), Collectors.counting()));
        assertThat(perMinute.values()).allMatch(count -> count <= 1200);
        assertThat(times.get(9_999)).isBefore(START.plus(PERIOD).plusSeconds(5));
    }

    @Test
    void takesLongerRatherThanFasterWhenThereAreTooMany() {
        AuditSchedule slow = new AuditSchedule(Duration.ofSeconds(1), INTERVAL);
        slow.retain(names(100), START);
        List<String> taken = new ArrayList<>();
        Instant now = START;
        while (taken.size() < 100) {
            now = slow.next().orElseThrow();
            taken.add(slow.take(now).orElseThrow());
        }
        assertThat(taken).as("none comes twice before all have come once").doesNotHaveDuplicates();
        assertThat(Duration.between(START, now)).isGreaterThanOrEqualTo(INTERVAL.multipliedBy(99));
    }

    @Test
    void forgetsPathsThatAreGoneAndKeepsTheTurnsOfOthers() {
        schedule.retain(Set.of("a", "b"), START);
        Instant due = schedule.next().orElseThrow();
        String first = schedule.take(due).orElseThrow();
        schedule.retain(Set.of(first), START.plusSeconds(700));
        assertThat(schedule.next()).contains(due.plus(PERIOD));
        schedule.retain(Set.of(), START);
        assertThat(schedule.next()).isEmpty();
        assertThat(schedule.take(START.plusSeconds(9999))).isEmpty();
    }

    @Test
    void aPathThatHasChangedComesSooner() {
        schedule.retain(names(100), START);
        schedule.hasten("path77", START);
        assertThat(schedule.take(START)).contains("path77");
        schedule.hasten("path77", START.plus(PERIOD).plusSeconds(1));
        assertThat(schedule.take(START.plus(INTERVAL).minusMillis(1))).isEmpty();
    }

    private static Set<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "path" + i).collect(Collectors.toSet());
    }
}
