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

import com.google.common.collect.ImmutableList;
import org.onosproject.net.ConnectPoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * When to send a probe out of which port: at once when the port comes up, then after pauses that double until they
 * reach the period. The quick start is for the switch at the other end, which may come to send probes to the controller
 * only a moment later.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock with any origin.
 */
public final class ProbeSchedule {

    private final long firstPause;
    private final long period;
    private final Map<ConnectPoint, Slot> slots = new HashMap<>();

    /**
     * Creates a schedule without ports.
     *
     * @param firstPause pause after the first probe of a port; positive
     * @param period     pause between probes in the long run; not shorter than the first pause
     */
    public ProbeSchedule(Duration firstPause, Duration period) {
        checkArgument(!firstPause.isNegative() && !firstPause.isZero(),
                      "firstPause: must be more than 0, not %s", firstPause);
        checkArgument(period.compareTo(firstPause) >= 0,
                      "period: must not be shorter than %s, not %s", firstPause, period);
        this.firstPause = firstPause.toNanos();
        this.period = period.toNanos();
    }

    /**
     * Starts with a port. Nothing changes if it was started before.
     *
     * @param port port
     * @param now  time, which is when its first probe is due
     */
    public void start(ConnectPoint port, long now) {
        slots.putIfAbsent(port, new Slot(now, firstPause));
    }

    /**
     * Stops with a port.
     *
     * @param port port, started or not
     */
    public void stop(ConnectPoint port) {
        slots.remove(port);
    }

    /**
     * Returns the ports to be probed now, and puts their next probe on the schedule. A probe that was not asked for in
     * time is not made up for.
     *
     * @param now time
     * @return ports
     */
    public List<ConnectPoint> due(long now) {
        List<ConnectPoint> due = slots.entrySet().stream()
                .filter(entry -> now - entry.getValue().next >= 0)
                .map(Map.Entry::getKey)
                .collect(ImmutableList.toImmutableList());
        due.forEach(port -> slots.compute(port, (same, slot) ->
                new Slot(now + slot.pause, Math.min(2 * slot.pause, period))));
        return due;
    }

    /**
     * The next probe of a port, and the pause after it.
     */
    private static final class Slot {
        private final long next;
        private final long pause;

        private Slot(long next, long pause) {
            this.next = next;
            this.pause = pause;
        }
    }
}
