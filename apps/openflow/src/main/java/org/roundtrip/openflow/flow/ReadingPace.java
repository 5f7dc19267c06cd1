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
package org.roundtrip.openflow.flow;

import java.time.Duration;

/**
 * How often the flow entries of a switch are read: once a period, unless that would take more than a fiftieth of the
 * time. Reading takes as long as the table is, and ONOS compares all of it with its own, for as many switches as there
 * are. Not thread-safe.
 */
final class ReadingPace {

    private static final int SHARE = 50;

    private final Duration period;
    private long rests;

    /**
     * Creates a pace.
     *
     * @param period how often it is asked whether a reading is due
     */
    ReadingPace(Duration period) {
        this.period = period;
    }

    /**
     * Takes note of a reading.
     *
     * @param length how long it took to make use of it
     */
    void read(Duration length) {
        rests = length.multipliedBy(SHARE).dividedBy(period);
    }

    /**
     * Returns whether the entries are to be read now. To be asked once a period.
     *
     * @return false if the last reading took too long for that
     */
    boolean isDue() {
        if (rests == 0) {
            return true;
        }
        rests--;
        return false;
    }
}
