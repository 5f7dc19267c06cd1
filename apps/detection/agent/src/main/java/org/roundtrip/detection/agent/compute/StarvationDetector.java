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
 * Finds out by the lateness of a regular tick when a thread did not run: the processor was busy, the machine paused,
 * the garbage collected. Whoever did not run cannot say that others were late. (The idea of local health is that of A.
 * Dadgar, J. Phillips, J. Currey, "Lifeguard: Local Health Awareness for More Accurate Failure Detection", 2018.)
 *
 * <p>Times are those of a monotonic clock in nanoseconds. Not thread-safe. A tick takes constant time, a question as
 * long as there are stalls after its beginning, which are at most {@value #REMEMBERED}.
 */
public final class StarvationDetector {

    /** How many stalls are remembered: more than there can be during the longest time that a probe takes. */
    private static final int REMEMBERED = 1024;

    private final long period;
    private final long tolerance;
    private final long[] begins = new long[REMEMBERED];
    private final long[] ends = new long[REMEMBERED];
    private long stalls;
    private long lastTick;

    /**
     * Begins to watch.
     *
     * @param now       the time
     * @param period    how often there is to be a tick
     * @param tolerance by how much a tick may be late without being a stall
     */
    public StarvationDetector(long now, long period, long tolerance) {
        this.lastTick = now;
        this.period = period;
        this.tolerance = tolerance;
    }

    /**
     * Takes note of a tick.
     *
     * @param now the time
     * @return by how much it is late, not below 0
     */
    public long tick(long now) {
        long late = Math.max(now - lastTick - period, 0);
        if (late > tolerance) {
            int place = (int) (stalls % REMEMBERED);
            begins[place] = lastTick + period;
            ends[place] = now;
            stalls++;
        }
        lastTick = now;
        return late;
    }

    /**
     * Returns how long the thread did not run during a time that ends now. A stall that no tick has ended yet counts.
     *
     * @param from the beginning
     * @param now  the time
     * @return nanoseconds, not more than there are from beginning to end
     */
    public long stalledSince(long from, long now) {
        long sum = now - lastTick - period > tolerance ? now - Math.max(lastTick + period, from) : 0;
        for (long i = stalls - 1; i >= Math.max(stalls - REMEMBERED, 0); i--) {
            int place = (int) (i % REMEMBERED);
            if (ends[place] - from <= 0) {
                break;
            }
            sum += ends[place] - Math.max(begins[place], from);
        }
        return sum;
    }
}
