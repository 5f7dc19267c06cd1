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
package org.roundtrip.openflow.link.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProbeScheduleTest {

    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:a/2");

    private final ProbeSchedule schedule = new ProbeSchedule(Duration.ofNanos(100), Duration.ofNanos(800));

    @Test
    void firstProbeIsDueAtOnceAndPausesDoubleUpToThePeriod() {
        schedule.start(A1, 0);
        List<Long> probes = LongStream.rangeClosed(0, 4_000)
                .filter(now -> !schedule.due(now).isEmpty()).boxed().collect(Collectors.toList());
        assertThat(probes).containsExactly(0L, 100L, 300L, 700L, 1_500L, 2_300L, 3_100L, 3_900L);
    }

    @Test
    void startingAgainChangesNothing() {
        schedule.start(A1, 0);
        schedule.due(0);
        schedule.start(A1, 1);
        assertThat(schedule.due(50)).isEmpty();
    }

    @Test
    void stoppedPortIsNotProbedAndStartsQuicklyAgain() {
        schedule.start(A1, 0);
        schedule.start(A2, 0);
        schedule.due(0);
        schedule.stop(A1);
        assertThat(schedule.due(100)).containsExactly(A2);
        schedule.start(A1, 110);
        assertThat(schedule.due(110)).containsExactly(A1);
    }

    @Test
    void lateProbeIsNotMadeUpFor() {
        schedule.start(A1, 0);
        assertThat(schedule.due(10_000)).containsExactly(A1);
        assertThat(schedule.due(10_001)).isEmpty();
        assertThat(schedule.due(10_100)).containsExactly(A1);
    }

    @Test
    void clockMayWrapAround() {
        schedule.start(A1, Long.MAX_VALUE - 10);
        assertThat(schedule.due(Long.MAX_VALUE - 10)).hasSize(1);
        assertThat(schedule.due(Long.MAX_VALUE)).isEmpty();
        assertThat(schedule.due(Long.MIN_VALUE + 90)).hasSize(1);
    }

    @Test
    void absurdTimesAreRefusedWithTheirName() {
        assertThatThrownBy(() -> new ProbeSchedule(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("firstPause");
        assertThatThrownBy(() -> new ProbeSchedule(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("period");
    }
}
