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
package org.roundtrip.openflow.link.compute;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees to it that each probe counts once: a cable has one other end, so a probe that comes a second time was recorded
 * or copied. What is too old to be believed anyway is forgotten.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock with any origin.
 */
public final class ReplayGuard {

    private final long memory;
    private final Set<Probe> known = new HashSet<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    /**
     * Creates a guard that has seen nothing.
     *
     * @param maxAge time for which a probe is believed
     */
    public ReplayGuard(Duration maxAge) {
        // A probe may be stamped with a time in the last maxAge when it comes first, and again until then.
        this.memory = 2 * maxAge.toNanos();
    }

    /**
     * Decides on a probe that arrived.
     *
     * @param probe probe
     * @param now   time, not before that of an earlier call
     * @return true if it is the first time that this probe comes
     */
    public boolean isFirst(Probe probe, long now) {
        while (!arrivals.isEmpty() && now - arrivals.peekFirst().time > memory) {
            known.remove(arrivals.removeFirst().probe);
        }
        if (!known.add(probe)) {
            return false;
        }
        arrivals.addLast(new Arrival(probe, now));
        return true;
    }

    /**
     * A probe and when it came.
     */
    private static final class Arrival {
        private final Probe probe;
        private final long time;

        private Arrival(Probe probe, long time) {
            this.probe = probe;
            this.time = time;
        }
    }
}
