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

import java.time.Duration;

/**
 * How long a writer may believe that its partitions are its own: the consumer group gives them to another one when it
 * has not heard of this one for the session timeout, and this one can't know when it stood still meanwhile.
 * <p>
 * Times are those of a clock that only goes forward, {@link System#nanoTime}. Not thread-safe.
 */
final class Lease {

    private final long duration;
    private long renewed;

    Lease(Duration duration, long now) {
        this.duration = duration.toNanos();
        this.renewed = now;
    }

    /** Begins anew. */
    void renew(long now) {
        renewed = now;
    }

    /** Returns whether it has not run out. */
    boolean isHeld(long now) {
        return now - renewed <= duration;
    }
}
