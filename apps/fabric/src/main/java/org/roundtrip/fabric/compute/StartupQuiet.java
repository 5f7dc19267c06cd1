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
package org.roundtrip.fabric.compute;

import java.time.Duration;

/**
 * Tells when the network is known well enough to begin: when nothing new has come up for a while, or when that takes
 * too long. Whoever begins with the first switch that connects replaces good rules by worse ones, and those by good
 * ones again.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock with any origin.
 */
public final class StartupQuiet {

    private final long quiet;
    private final long patience;
    private final long begin;
    private long lastChange;
    private boolean over;

    /**
     * Starts to wait.
     *
     * @param now      time
     * @param quiet    time without a change after which the wait is over
     * @param patience time after which it is over in any case
     */
    public StartupQuiet(long now, Duration quiet, Duration patience) {
        this.begin = now;
        this.lastChange = now;
        this.quiet = quiet.toNanos();
        this.patience = patience.toNanos();
    }

    /**
     * Something has changed.
     *
     * @param now time
     */
    public void changed(long now) {
        lastChange = now;
    }

    /**
     * Returns whether the wait is over. Once it is, it stays so.
     *
     * @param now time
     * @return true if it is
     */
    public boolean isOver(long now) {
        over = over || now - lastChange >= quiet || now - begin >= patience;
        return over;
    }
}
