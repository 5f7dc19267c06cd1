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
package org.roundtrip.balancer.impl.packet;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeScheduleTest {

    private static final IpAddress FIRST = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.valueOf("2001:db8::2");

    private final ProbeSchedule schedule = new ProbeSchedule();

    @Test
    void pausesDoubleUpToHalfAMinute() {
        List<Integer> turns = new ArrayList<>();
        for (int second = 0; second <= 125; second++) {
            if (!schedule.due(Set.of(FIRST), Duration.ofSeconds(second)).isEmpty()) {
                turns.add(second);
            }
        }
        assertThat(turns).containsExactly(0, 1, 3, 7, 15, 31, 61, 91, 121);
    }

    @Test
    void eachAddressHasItsOwnTurns() {
        assertThat(schedule.due(Set.of(FIRST), Duration.ZERO)).containsExactly(FIRST);
        assertThat(schedule.due(Set.of(FIRST, SECOND), Duration.ofMillis(10))).containsExactly(SECOND);
        assertThat(schedule.due(Set.of(FIRST, SECOND), Duration.ofSeconds(1))).containsExactly(FIRST);
    }

    @Test
    void whatIsMissedAgainBeginsAnew() {
        schedule.due(Set.of(FIRST), Duration.ZERO);
        schedule.due(Set.of(FIRST), Duration.ofSeconds(1));
        assertThat(schedule.due(Set.of(), Duration.ofMillis(1_100))).isEmpty();
        assertThat(schedule.due(Set.of(FIRST), Duration.ofMillis(1_200))).containsExactly(FIRST);
    }
}
