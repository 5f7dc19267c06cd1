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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.Test;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.UnicastMessageType;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class TrackedGrantTest {

    private static final Duration NOW = Duration.ofSeconds(5_000);
    private static final Instant INSTANT = Instant.parse("2026-03-01T12:00:00Z");

    private final TrackedGrant grant = TrackedGrant.of(
            GrantKey.of(24, UnicastMessageType.SYNC), -4, 300, NOW.plusSeconds(100));

    @Test
    void isRecordedWithItsEndInTimeOfDay() {
        assertThat(grant.toRecord(NOW, INSTANT)).isEqualTo(
                UnicastGrant.builder().domain(24).messageType(UnicastMessageType.SYNC).logInterMessagePeriod(-4)
                        .duration(300).expires(INSTANT.plusSeconds(100)).build());
    }

    @Test
    void comesBackFromItsRecordAfterRestart() {
        Duration later = Duration.ofSeconds(7);
        assertThat(TrackedGrant.of(grant.toRecord(NOW, INSTANT), later, INSTANT.plusSeconds(30)).expires())
                .isEqualTo(later.plusSeconds(70));
    }

    @Test
    void doesNotGrowWhenTheTimeOfDayStepsBack() {
        assertThat(TrackedGrant.of(grant.toRecord(NOW, INSTANT), NOW, INSTANT.minusSeconds(86_400)).expires())
                .isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void hasExpiredIfItsEndHasPassed() {
        assertThat(TrackedGrant.of(grant.toRecord(NOW, INSTANT), NOW, INSTANT.plusSeconds(101)).expires())
                .isLessThan(NOW);
    }
}
