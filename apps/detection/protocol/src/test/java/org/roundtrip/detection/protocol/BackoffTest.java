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
package org.roundtrip.detection.protocol;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Pauses between attempts. */
class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Property
    void pausesGrowToTheLongestAndDifferByChance(
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Duration pause = backoff.pause(failures, chance);
        Duration whole = Duration.ofMillis(Math.min(10_000, failures > 7 ? 10_000 : 100L << (failures - 1)));

        assertThat(pause).isBetween(whole.dividedBy(2), whole);
    }

    @Test
    void pausesAreHalfToWhole() {
        assertThat(backoff.pause(1, 0)).isEqualTo(Duration.ofMillis(50));
        assertThat(backoff.pause(2, 0.5)).isEqualTo(Duration.ofMillis(150));
        assertThat(backoff.pause(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(5));
    }
}
