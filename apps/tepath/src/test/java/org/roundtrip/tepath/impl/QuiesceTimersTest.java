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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class QuiesceTimersTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-01-15T08:30:00Z");

    private final List<String> over = new CopyOnWriteArrayList<>();
    private final QuiesceTimers timers = new QuiesceTimers(over::add);

    @AfterEach
    void close() {
        timers.close();
    }

    @Test
    void isNotOverBeforeItHasBegun() {
        assertThat(timers.isOver("a", 1, Duration.ZERO)).isFalse();
    }

    @Test
    void tellsWhenTheTimeHasElapsed() {
        long beginning = System.nanoTime();
        assertThat(timers.run("a", 1, SHORT, NOW)).isEqualTo(NOW.plus(SHORT));
        await().until(() -> over.contains("a"));
        assertThat(System.nanoTime() - beginning).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(timers.isOver("a", 1, SHORT)).isTrue();
        assertThat(timers.isOver("a", 1, HOUR)).isFalse();
    }

    @Test
    void runsFromTheFirstTimeWhateverTheClockIsSetTo() {
        timers.run("a", 1, SHORT, NOW);
        assertThat(timers.run("a", 1, SHORT, NOW.minus(HOUR))).isEqualTo(NOW.plus(SHORT));
        await().until(() -> timers.isOver("a", 1, SHORT));
        assertThat(over).containsExactly("a");
    }

    @Test
    void beginsAnewForAnotherWay() {
        timers.run("a", 1, SHORT, NOW);
        await().until(() -> timers.isOver("a", 1, SHORT));
        timers.run("a", 2, HOUR, NOW);
        assertThat(timers.isOver("a", 1, SHORT)).isFalse();
        assertThat(timers.isOver("a", 2, HOUR)).isFalse();
    }

    @Test
    void countsWhatHasElapsedTowardsAnotherTime() {
        timers.run("a", 1, HOUR, NOW);
        timers.run("a", 1, Duration.ZERO, NOW);
        await().untilAsserted(() -> assertThat(over).containsExactly("a"));
        assertThat(timers.isOver("a", 1, Duration.ZERO)).isTrue();
    }

    @Test
    void forgetsWhatIsStopped() {
        timers.run("a", 1, SHORT, NOW);
        timers.stop("a");
        timers.stop("unknown");
        timers.run("b", 1, SHORT.multipliedBy(2), NOW);
        await().until(() -> over.contains("b"));
        assertThat(over).containsExactly("b");
        assertThat(timers.isOver("a", 1, SHORT)).isFalse();
    }

    @Test
    void leavesWhatIsClosedToOthers() {
        timers.close();
        timers.run("a", 1, Duration.ZERO, NOW);
        assertThat(over).isEmpty();
    }
}
