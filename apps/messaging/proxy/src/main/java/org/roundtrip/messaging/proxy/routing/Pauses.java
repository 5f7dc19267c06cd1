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

import org.apache.kafka.common.utils.ExponentialBackoff;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pauses between attempts: each is about twice the one before, until something has succeeded.
 * <p>
 * Times are those of a clock that only goes forward, {@link System#nanoTime}. Used by the carrying thread alone.
 */
final class Pauses {

    private static final int FACTOR = 2;
    private static final double JITTER = 0.2;

    private final ExponentialBackoff lengths;
    private int failures;
    private long end;

    Pauses(Duration shortest, Duration longest, long now) {
        this.lengths = new ExponentialBackoff(shortest.toMillis(), FACTOR, longest.toMillis(), JITTER);
        this.end = now;
    }

    /** Begins the next pause and returns how long it is, in milliseconds. */
    long begin(long now) {
        long length = lengths.backoff(failures++);
        end = now + TimeUnit.MILLISECONDS.toNanos(length);
        return length;
    }

    /** Returns how many nanoseconds are left, 0 or less if none. */
    long left(long now) {
        return end - now;
    }

    boolean isOver(long now) {
        return left(now) <= 0;
    }

    /** Takes up that something has succeeded. */
    void succeeded() {
        failures = 0;
    }
}
