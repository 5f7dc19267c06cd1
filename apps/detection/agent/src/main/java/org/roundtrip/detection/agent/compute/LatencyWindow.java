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

import org.roundtrip.detection.protocol.Latency;

import java.util.Arrays;
import java.util.Optional;

/**
 * How long the good answers of the last minute have taken.
 *
 * <p>A check has at most 600 of them, and usually 60: they are kept themselves, and percentiles are exact (nearest
 * rank), where a sketch would need more memory. Not thread-safe. Adding takes constant time, percentiles
 * O(n log n).
 */
public final class LatencyWindow {

    private static final long LENGTH = 60_000_000_000L;
    private static final int FIRST_CAPACITY = 16;
    /** A check of 100 ms with jitter stays below. */
    private static final int LARGEST_CAPACITY = 1024;

    private long[] moments = new long[FIRST_CAPACITY];
    private int[] microseconds = new int[FIRST_CAPACITY];
    private int oldest;
    private int size;

    /**
     * Adds a good answer.
     *
     * @param now   the time of a monotonic clock in nanoseconds
     * @param taken how long it has taken, in nanoseconds
     */
    public void add(long now, long taken) {
        forgetBefore(now - LENGTH);
        if (size == moments.length) {
            makeRoom();
        }
        int place = (oldest + size) % moments.length;
        moments[place] = now;
        microseconds[place] = (int) Math.min(taken / 1_000, Integer.MAX_VALUE);
        size++;
    }

    /**
     * Returns the percentiles.
     *
     * @param now the time of a monotonic clock in nanoseconds
     * @return figures, or empty if there was no good answer in the last minute
     */
    public Optional<Latency> percentiles(long now) {
        forgetBefore(now - LENGTH);
        if (size == 0) {
            return Optional.empty();
        }
        int[] sorted = inOrder(microseconds);
        Arrays.sort(sorted);
        return Optional.of(Latency.builder()
                .median(rank(sorted, 50))
                .p95(rank(sorted, 95))
                .p99(rank(sorted, 99))
                .build());
    }

    private static int rank(int[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    private void forgetBefore(long moment) {
        while (size > 0 && moments[oldest] - moment < 0) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        oldest = (oldest + 1) % moments.length;
        size--;
    }

    private void makeRoom() {
        if (moments.length == LARGEST_CAPACITY) {
            forgetOldest();
            return;
        }
        long[] inOrder = new long[moments.length * 2];
        for (int i = 0; i < size; i++) {
            inOrder[i] = moments[(oldest + i) % moments.length];
        }
        microseconds = Arrays.copyOf(inOrder(microseconds), moments.length * 2);
        moments = inOrder;
        oldest = 0;
    }

    private int[] inOrder(int[] values) {
        int[] inOrder = new int[size];
        for (int i = 0; i < size; i++) {
            inOrder[i] = values[(oldest + i) % values.length];
        }
        return inOrder;
    }
}
