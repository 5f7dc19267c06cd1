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

import java.time.Duration;

/**
 * How long to wait before one more attempt: twice as long each time up to a limit, shortened by chance, so that those
 * who failed together do not come back together. Immutable.
 */
final class Backoff {

    private final Duration first;
    private final Duration longest;

    /**
     * Creates one.
     *
     * @param first   the longest pause after the first failure
     * @param longest the longest pause after any number of failures
     */
    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * Returns how long to wait.
     *
     * @param failures how many attempts have failed in a row, at least 1
     * @param chance   0 (inclusive) to 1 (exclusive), chosen by chance
     * @return half of the pause to the whole pause
     */
    Duration pause(int failures, double chance) {
        // No more than 2^30, or the product overflows.
        long doubled = first.toMillis() << Math.min(failures - 1, 30);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(pause * (0.5 + chance / 2)));
    }

    /**
     * Returns the longest pause.
     *
     * @return after any number of failures
     */
    Duration longest() {
        return longest;
    }
}
