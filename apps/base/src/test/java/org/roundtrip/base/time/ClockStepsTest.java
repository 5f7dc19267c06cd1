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
package org.roundtrip.base.time;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class ClockStepsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = mock(Clock.class);
    private final AtomicLong elapsed = new AtomicLong(-5);
    private ClockSteps steps;

    @BeforeEach
    void start() {
        when(clock.instant()).thenReturn(START);
        steps = new ClockSteps(clock, elapsed::get);
    }

    @Test
    void findsNoStepInTimeThatGoesBy() {
        assertThat(after(Duration.ofDays(3), START.plus(Duration.ofDays(3)))).isZero();
        assertThat(after(Duration.ofSeconds(1), START.plus(Duration.ofDays(3)).plusMillis(1_900))).isZero();
    }

    @Test
    void findsStepsInBothDirectionsOnce() {
        assertThat(after(Duration.ofSeconds(10), START.plusSeconds(3_610))).isEqualTo(Duration.ofHours(1));
        assertThat(after(Duration.ZERO, START.plusSeconds(3_610))).isZero();
        assertThat(after(Duration.ofSeconds(5), START.plusSeconds(15))).isEqualTo(Duration.ofHours(-1));
    }

    private Duration after(Duration time, Instant now) {
        elapsed.addAndGet(time.toNanos());
        when(clock.instant()).thenReturn(now);
        return steps.sinceLastLook();
    }
}
