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

import java.util.function.LongSupplier;

/**
 * How many bytes each route may have on their way, so that all of them together fit into the memory of the process also
 * while every destination is silent. Routes have equal shares, and none can take what is another's: a destination that
 * is silent must not hold up others.
 * <p>
 * Thread-safe.
 */
final class InFlightBudget implements LongSupplier {

    /** More makes no route faster: it is 0.1 s of 1.6 Gbit/s. */
    private static final long LARGEST_SHARE = 16L << 20;
    /** A message of the largest size still fits beside another one. */
    private static final long SMALLEST_SHARE = 2L << 20;
    /** Messages on their way take their size twice: as they were read, and in a batch that is being sent. */
    private static final int PART_OF_MEMORY = 4;

    private final long all;
    private volatile long share = LARGEST_SHARE;

    /**
     * Creates a budget.
     *
     * @param memory how many bytes of heap the process may take
     */
    InFlightBudget(long memory) {
        all = memory / PART_OF_MEMORY;
    }

    /**
     * Divides it anew.
     *
     * @param routes how many routes there are
     */
    void divide(int routes) {
        share = Math.min(LARGEST_SHARE, Math.max(SMALLEST_SHARE, all / Math.max(1, routes)));
    }

    /** Returns the share of a route, in bytes. */
    @Override
    public long getAsLong() {
        return share;
    }
}
