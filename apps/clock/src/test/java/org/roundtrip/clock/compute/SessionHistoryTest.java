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

import org.junit.jupiter.api.Test;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionChangeType;
import org.roundtrip.clock.ClockSessionState;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SessionHistoryTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionHistory UP = SessionHistory.NONE.next(ClockSessionState.UP, "up", Map.of(), THEN);

    @Test
    void recordsTheFirstState() {
        assertThat(UP.state()).contains(ClockSessionState.UP);
        assertThat(UP.since()).contains(THEN);
        assertThat(UP.served()).isTrue();
        assertThat(UP.changes()).containsExactly(ClockSessionChange.builder().index(1).time(THEN)
                .type(ClockSessionChangeType.STATE).state(ClockSessionState.UP).reason("up").build());
        assertThat(SessionHistory.NONE.next(ClockSessionState.DOWN, "", Map.of(), THEN).served()).isFalse();
    }

    @Test
    void isTheSameWhileOnlyReasonsChange() {
        SessionHistory alarming = UP.next(ClockSessionState.UP, "up", Map.of(ClockAlarmType.SILENT, "a minute"), THEN);

        assertThat(UP.next(ClockSessionState.UP, "another way", Map.of(), THEN.plusSeconds(9))).isSameAs(UP);
        assertThat(alarming.next(ClockSessionState.UP, "", Map.of(ClockAlarmType.SILENT, "two"), THEN.plusSeconds(60)))
                .isSameAs(alarming);
    }

    @Test
    void recordsAlarmsThatBeginAndEnd() {
        SessionHistory failed = UP.next(ClockSessionState.HOLDOVER, "no way", Map.of(
                ClockAlarmType.HOLDOVER, "no way", ClockAlarmType.REFUSED, "no label"), THEN.plusSeconds(1));
        assertThat(failed.served()).isTrue();
        assertThat(failed.alarms()).extracting(ClockAlarm::type)
                .containsExactly(ClockAlarmType.HOLDOVER, ClockAlarmType.REFUSED);

        SessionHistory granted = failed.next(ClockSessionState.HOLDOVER, "a way", Map.of(
                ClockAlarmType.HOLDOVER, "later words"), THEN.plusSeconds(2));
        assertThat(granted.since()).contains(THEN.plusSeconds(1));
        assertThat(granted.alarms()).extracting(ClockAlarm::since).containsExactly(THEN.plusSeconds(1));
        ClockSessionChange last = granted.changes().get(granted.changes().size() - 1);
        assertThat(last.type()).isEqualTo(ClockSessionChangeType.CLEARED);
        assertThat(last.alarm()).contains(ClockAlarmType.REFUSED);
        assertThat(last.index()).isEqualTo(5);
    }

    @Test
    void keepsTheLatestChangesAndGoesOnCounting() {
        SessionHistory history = SessionHistory.NONE;
        for (int i = 0; i < 100; i++) {
            history = history.next(i % 2 == 0 ? ClockSessionState.UP : ClockSessionState.HOLDOVER, "turn " + i,
                                   Map.of(), THEN.plusSeconds(i));
        }

        assertThat(history.changes()).hasSize(SessionHistory.LONGEST);
        assertThat(history.changes().get(0).index()).isEqualTo(100 - SessionHistory.LONGEST + 1);
        assertThat(history.changes().get(SessionHistory.LONGEST - 1).index()).isEqualTo(100);
    }

    @Test
    void movesWithAClockThatIsSet() {
        SessionHistory failed = UP.next(ClockSessionState.HOLDOVER, "no way",
                                        Map.of(ClockAlarmType.HOLDOVER, "no way"), THEN.plusSeconds(1));
        SessionHistory shifted = failed.shifted(Duration.ofHours(-1));

        assertThat(shifted.since()).contains(THEN.plusSeconds(1).minusSeconds(3_600));
        assertThat(shifted.alarms()).extracting(ClockAlarm::since).containsExactly(
                THEN.plusSeconds(1).minusSeconds(3_600));
        assertThat(shifted.changes()).isEqualTo(failed.changes());
        assertThat(shifted.served()).isTrue();
        assertThat(shifted.shifted(Duration.ofHours(1))).isEqualTo(failed);
    }

    @Test
    void survivesInTheStore() {
        SessionHistory failed = UP.next(ClockSessionState.HOLDOVER, "no way",
                                        Map.of(ClockAlarmType.HOLDOVER, "no way"), THEN.plusSeconds(1));

        assertThat(Json.read(Json.write(failed), SessionHistory.class)).isEqualTo(failed);
        assertThat(Json.read(Json.write(SessionHistory.NONE), SessionHistory.class)).isEqualTo(SessionHistory.NONE);
    }
}
