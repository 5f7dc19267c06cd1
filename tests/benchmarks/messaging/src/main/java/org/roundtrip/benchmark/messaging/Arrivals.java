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
package org.roundtrip.benchmark.messaging;

import org.HdrHistogram.Histogram;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has arrived: of all messages how many, how often more than once, and how often after a later one of the same
 * key; and, between two questions, how long they took and the longest time in which none arrived. Thread-safe.
 */
final class Arrivals {

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double P99 = 99;

    private final BitSet arrived = new BitSet();
    private final Map<String, Integer> latest = new HashMap<>();
    private final Histogram latencies = new Histogram(DIGITS);
    private long duplicated;
    private long reordered;
    private long inWindow;
    private long lastArrival;
    private long longestSilence;

    /**
     * Begins.
     *
     * @param now the time, by {@link System#nanoTime()}
     */
    Arrivals(long now) {
        lastArrival = now;
    }

    /**
     * Takes up a message.
     *
     * @param message which it is
     * @param now     when it arrived
     */
    synchronized void arrived(Payload message, long now) {
        silence(now);
        lastArrival = now;
        if (arrived.get(message.number())) {
            duplicated++;
            return;
        }
        arrived.set(message.number());
        int before = latest.getOrDefault(message.key(), -1);
        if (before > message.number()) {
            reordered++;
        }
        latest.put(message.key(), Math.max(before, message.number()));
        inWindow++;
        latencies.recordValue(Math.max(0, now - message.due()));
    }

    private void silence(long now) {
        longestSilence = Math.max(longestSilence, now - lastArrival);
    }

    /**
     * Returns how many different messages have arrived.
     *
     * @return not negative
     */
    synchronized long count() {
        return arrived.cardinality();
    }

    /**
     * Returns what was found since the last time, in milliseconds, and begins anew.
     *
     * @param now the time
     * @return by name
     */
    synchronized Map<String, Object> window(long now) {
        silence(now);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("messages", inWindow);
        found.put("median", latencies.getValueAtPercentile(MEDIAN) / NANOS_PER_MILLISECOND);
        found.put("p99", latencies.getValueAtPercentile(P99) / NANOS_PER_MILLISECOND);
        found.put("longest", latencies.getMaxValue() / NANOS_PER_MILLISECOND);
        found.put("silence", longestSilence / NANOS_PER_MILLISECOND);
        found.putAll(totals());
        latencies.reset();
        inWindow = 0;
        longestSilence = 0;
        return found;
    }

    /**
     * Returns what was found since the beginning.
     *
     * @return by name
     */
    synchronized Map<String, Object> totals() {
        return Map.of("arrived", count(), "duplicated", duplicated, "reordered", reordered);
    }
}
