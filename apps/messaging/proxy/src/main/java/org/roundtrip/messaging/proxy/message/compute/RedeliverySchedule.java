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

import java.time.Duration;

/**
 * When a message that was refused comes again: each pause is twice the one before, up to the longest.
 *
 * @param firstPause   the pause after the first attempt, positive
 * @param longestPause what no pause exceeds, at least the first
 * @param attempts     after how many attempts it is a dead letter, at least 1
 */
public record RedeliverySchedule(Duration firstPause, Duration longestPause, int attempts) {

    /** Sixteen attempts within about ten minutes. */
    public static final RedeliverySchedule USUAL =
            new RedeliverySchedule(Duration.ofMillis(100), Duration.ofMinutes(1), 16);

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RedeliverySchedule {
        if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0 || attempts < 1) {
            throw new IllegalArgumentException("Pauses are positive, the longest at least the first, and there is at"
                                                       + " least one attempt: " + firstPause + ", " + longestPause
                                                       + ", " + attempts);
        }
    }

    /**
     * Returns whether a message that was refused is given up.
     *
     * @param attempt which attempt was refused, 1 for the first
     * @return true if there is no other
     */
    public boolean isLast(int attempt) {
        return attempt >= attempts;
    }

    /**
     * Returns how long a refused message waits.
     *
     * @param attempt which attempt was refused, 1 for the first
     * @return a positive duration
     */
    public Duration pauseAfter(int attempt) {
        Duration pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
