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
package org.roundtrip.detection.agent.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadsFirstProbesEvenly() {
        ProbeSchedule schedule = new ProbeSchedule(SECOND, 10);
        int[] perTenth = new int[10];
        for (int number = 0; number < 1000; number++) {
            perTenth[(int) (schedule.first(0, number) * 10 / SECOND)]++;
        }
        assertThat(IntStream.of(perTenth)).allMatch(count -> count >= 95 && count <= 105);
    }

    @Test
    void doesNotWaitLongWithTheFirstProbeOfASlowCheck() {
        ProbeSchedule schedule = new ProbeSchedule(3600 * SECOND, 0);
        for (int number = 0; number < 100; number++) {
            assertThat(schedule.first(7, number)).isBetween(7L, 7 + SECOND);
        }
    }

    @Property
    void keepsToTheIntervalAndItsJitter(@ForAll @LongRange(min = 100_000_000, max = 3600 * SECOND) long interval,
            @ForAll @IntRange(max = 50) int jitter, @ForAll @DoubleRange(max = 1) double chance) {
        long next = new ProbeSchedule(interval, jitter).next(0, 0, chance);
        assertThat((double) next).isBetween(interval * (1 - jitter / 100.0) - 1, interval * (1 + jitter / 100.0) + 1);
    }

    @Test
    void doesNotDriftWhenAProbeBeginsLate() {
        assertThat(new ProbeSchedule(SECOND, 0).next(0, SECOND / 2, 0.3)).isEqualTo(SECOND);
    }

    @Test
    void beginsAtOnceWhenTheLastProbeHasTakenLonger() {
        assertThat(new ProbeSchedule(SECOND, 50).next(0, 900_000_000, 0)).isEqualTo(900_000_000);
    }

    @Property
    void doesNotMakeUpForWhatWasMissed(@ForAll @LongRange(min = 2 * SECOND + 1, max = 1000 * SECOND) long now) {
        long next = new ProbeSchedule(SECOND, 0).next(0, now, 0.5);
        assertThat(next).isGreaterThan(now).isLessThanOrEqualTo(now + SECOND);
        assertThat(next % SECOND).as("its own place").isZero();
    }
}
