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
package org.roundtrip.messaging.proxy.message.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedeliveryScheduleTest {

    @Test
    void pausesDoubleUpToTheLongest() {
        RedeliverySchedule schedule = new RedeliverySchedule(Duration.ofMillis(100), Duration.ofMillis(350), 4);
        assertThat(schedule.pauseAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(schedule.pauseAfter(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(schedule.pauseAfter(3)).isEqualTo(Duration.ofMillis(350));
        assertThat(schedule.isLast(3)).isFalse();
        assertThat(schedule.isLast(4)).isTrue();
    }

    @Property
    void noPauseIsLongerThanTheLongestOrShorterThanTheOneBefore(@ForAll @IntRange(min = 1) int attempt) {
        Duration pause = RedeliverySchedule.USUAL.pauseAfter(attempt);
        assertThat(pause).isPositive().isLessThanOrEqualTo(RedeliverySchedule.USUAL.longestPause());
        assertThat(RedeliverySchedule.USUAL.pauseAfter(Math.max(1, attempt - 1))).isLessThanOrEqualTo(pause);
    }

    @Test
    void nonsenseIsRefused() {
        Duration one = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RedeliverySchedule(Duration.ZERO, one, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedeliverySchedule(one, Duration.ofMillis(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedeliverySchedule(one, one, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
