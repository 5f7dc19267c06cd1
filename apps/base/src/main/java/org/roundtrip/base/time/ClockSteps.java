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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Notices that the clock of the controller was set, by holding it against the time that has elapsed. Only for one
 * thread.
 */
public final class ClockSteps {

    /** Clocks that are disciplined gain or lose less than this between two looks; what is set is set by more. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Clock clock;
    private final LongSupplier elapsed;
    private Instant then;
    private long thenElapsed;

    /**
     * Begins to look.
     *
     * @param clock   the clock that may be set
     * @param elapsed nanoseconds from any beginning, which nobody sets
     */
    public ClockSteps(Clock clock, LongSupplier elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
        then = clock.instant();
        thenElapsed = elapsed.getAsLong();
    }

    /**
     * Returns by how much the clock was set since this was asked last.
     *
     * @return positive if forward, negative if back, zero if it was not
     */
    public Duration sinceLastLook() {
        Instant now = clock.instant();
        long nowElapsed = elapsed.getAsLong();
        Duration step = Duration.between(then, now).minusNanos(nowElapsed - thenElapsed);
        then = now;
        thenElapsed = nowElapsed;
        return step.abs().compareTo(LEAST) < 0 ? Duration.ZERO : step;
    }
}
