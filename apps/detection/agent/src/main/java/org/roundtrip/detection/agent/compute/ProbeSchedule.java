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
package org.roundtrip.detection.agent.compute;

/**
 * When the probes of one check begin. Times are those of a monotonic clock in nanoseconds.
 *
 * @param interval from the beginning of a probe to that of the next, in nanoseconds
 * @param jitter   by how much an interval may be longer or shorter by chance, in percent
 */
public record ProbeSchedule(long interval, int jitter) {

    /** First probes are spread over this time at most, so that a new member of a slow check is known soon. */
    private static final long LONGEST_SPREAD = 1_000_000_000L;
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /**
     * Returns when the first probe begins. Multiples of the golden ratio spread any number of checks evenly.
     *
     * @param now    the time
     * @param number how many checks have been begun before
     * @return the time of the first probe
     */
    public long first(long now, long number) {
        double phase = number * GOLDEN_RATIO % 1;
        return now + (long) (phase * Math.min(interval, LONGEST_SPREAD));
    }

    /**
     * Returns when the next probe begins. One that is missed by more than an interval, as after a pause of the whole
     * process, is not made up for: each check goes on in its own place instead of all at once.
     *
     * @param due    when the last one was to begin
     * @param now    the time, at which the last one has ended
     * @param chance a random number from 0 to 1
     * @return the time of the next, not before now
     */
    public long next(long due, long now, double chance) {
        long next = due + interval + Math.round(interval * (jitter / 100.0) * (2 * chance - 1));
        long late = now - next;
        if (late <= 0) {
            return next;
        }
        return late <= interval ? now : next + (late / interval + 1) * interval;
    }
}
