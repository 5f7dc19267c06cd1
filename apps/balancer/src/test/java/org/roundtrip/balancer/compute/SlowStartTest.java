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
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SlowStartTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void growsFromATenthToAll() {
        SlowStart slowStart = new SlowStart(90);

        assertThat(slowStart.warmth(NOW, NOW)).isEqualTo(10);
        assertThat(slowStart.warmth(NOW, NOW.plusSeconds(9))).isEqualTo(10);
        assertThat(slowStart.warmth(NOW, NOW.plusSeconds(10))).isEqualTo(20);
        assertThat(slowStart.warmth(NOW, NOW.plusSeconds(89))).isEqualTo(90);
        assertThat(slowStart.warmth(NOW, NOW.plusSeconds(90))).isEqualTo(100);
        assertThat(slowStart.next(NOW, NOW.plusSeconds(15))).contains(NOW.plusSeconds(20));
        assertThat(slowStart.next(NOW, NOW.plusSeconds(90))).isEmpty();
    }

    @Test
    void hasOneBeginWithTheStepsOfOthers() {
        SlowStart slowStart = new SlowStart(90);

        assertThat(slowStart.begin(List.of(), NOW)).isEqualTo(NOW);
        assertThat(slowStart.begin(List.of(NOW.minusSeconds(25), NOW.minusSeconds(35)), NOW))
                .isEqualTo(NOW.minusSeconds(5));
        assertThat(slowStart.begin(List.of(NOW), NOW)).isEqualTo(NOW);
    }

    @Test
    void hasOneThatIsAsNewAsAllOthersBeginWithTheFirst() {
        SlowStart slowStart = new SlowStart(90);

        assertThat(slowStart.beginTogether(List.of(), NOW)).isEqualTo(NOW);
        assertThat(slowStart.beginTogether(List.of(NOW.minusSeconds(25), NOW.minusSeconds(35)), NOW))
                .isEqualTo(NOW.minusSeconds(35));
        // The clock was set back.
        assertThat(slowStart.beginTogether(List.of(NOW.plusSeconds(1)), NOW)).isEqualTo(NOW);
    }

    @Test
    void isNothingIfItTakesNoTime() {
        assertThat(new SlowStart(0).warmth(NOW, NOW)).isEqualTo(100);
        assertThat(new SlowStart(0).next(NOW, NOW)).isEmpty();
    }

    @Test
    void isAtItsBeginningIfTheClockIsBeforeThat() {
        assertThat(new SlowStart(90).warmth(NOW, NOW.minusSeconds(1))).isEqualTo(10);
        assertThat(new SlowStart(90).next(NOW, NOW.minusSeconds(1))).contains(NOW.plusSeconds(10));
    }

    /** Who looks whenever it is told to sees each level once, in order, and the last one in time. */
    @Property(tries = 200)
    void growsInFewSteps(@ForAll @IntRange(min = 1, max = 3_600) int seconds) {
        SlowStart slowStart = new SlowStart(seconds);
        Set<Integer> levels = new HashSet<>();
        int last = 0;
        Instant now = NOW;
        Optional<Instant> next = Optional.of(NOW);
        while (next.isPresent()) {
            now = next.get();
            int warmth = slowStart.warmth(NOW, now);
            assertThat(warmth).isGreaterThan(last).isBetween(10, 100);
            assertThat(levels.add(warmth)).isTrue();
            last = warmth;
            next = slowStart.next(NOW, now);
            Instant looked = now;
            next.ifPresent(later -> assertThat(later).isAfter(looked));
        }
        assertThat(levels).hasSize(SlowStart.LEVELS);
        assertThat(last).isEqualTo(100);
        assertThat(Duration.between(NOW, now)).isBetween(Duration.ofSeconds(seconds).minusMillis(9),
                                                         Duration.ofSeconds(seconds));
    }
}
