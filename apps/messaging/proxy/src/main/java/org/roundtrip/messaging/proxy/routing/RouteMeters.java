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
package org.roundtrip.messaging.proxy.routing;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a route does. Any thread may count; one reads.
 */
final class RouteMeters {

    private static final long LONGEST_LATENCY = TimeUnit.DAYS.toMillis(30);
    private static final int DIGITS = 2;

    final LongAdder carried = new LongAdder();
    final LongAdder carriedBytes = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final Recorder latencies = new Recorder(1, LONGEST_LATENCY, DIGITS);

    /**
     * Counts a message that the destination has acknowledged.
     *
     * @param bytes   how large it is
     * @param latency milliseconds since it was accepted; clocks that differ may make it negative
     */
    void carried(int bytes, long latency) {
        carried.increment();
        carriedBytes.add(bytes);
        latencies.recordValue(Math.min(Math.max(latency, 0), LONGEST_LATENCY));
    }

    /**
     * Returns the latencies since this was asked for the last time.
     *
     * @param used a histogram that this returned before, to be used again, or null
     * @return the latencies in milliseconds
     */
    Histogram latencies(Histogram used) {
        return latencies.getIntervalHistogram(used);
    }
}
