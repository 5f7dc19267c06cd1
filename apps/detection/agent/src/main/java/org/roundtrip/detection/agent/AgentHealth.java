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
package org.roundtrip.detection.agent;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How well the agent itself does: how late its probes begin, and which results it does not believe because it was too
 * slow. Thread-safe.
 */
final class AgentHealth {

    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);

    private final Recorder lateness = new Recorder(LONGEST, 2);
    private final LongAdder late = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private final int starvedPercent;

    /**
     * Begins with nothing seen.
     *
     * @param starvedPercent for which part of a timeout the agent may not run, in percent, if what it finds is to be
     *                       believed
     */
    AgentHealth(int starvedPercent) {
        this.starvedPercent = starvedPercent;
    }

    /**
     * What has been seen since the last report.
     *
     * @param latenessP99     how late probes began: the 99th percentile, in microseconds
     * @param latenessMaximum the latest, in microseconds
     * @param discarded       how many results were not believed
     * @param probes          how many probes began
     * @param late            how many of them began too late
     */
    record Report(long latenessP99, long latenessMaximum, long discarded, long probes, long late) {

        private static final int MOST_LATE = 10;

        /** Returns whether the agent should not be believed: a result was discarded, or many a probe began too late. */
        boolean starved() {
            return discarded > 0 || late * MOST_LATE > probes;
        }
    }

    /** Returns whether a time in which the agent did not run is too long beside a timeout; both in nanoseconds. */
    boolean isTooLong(long stall, long timeout) {
        return stall * 100 > timeout * starvedPercent;
    }

    /** Takes note that a probe has begun, with lateness and timeout in nanoseconds. */
    void probeBegan(long nanosLate, long timeout) {
        lateness.recordValue(Math.min(Math.max(nanosLate / 1_000, 0), LONGEST));
        if (isTooLong(nanosLate, timeout)) {
            late.increment();
        }
    }

    void resultDiscarded() {
        discarded.increment();
    }

    /** Returns what has been seen since this was last called. */
    Report report() {
        Histogram seen = lateness.getIntervalHistogram();
        return new Report(seen.getValueAtPercentile(99), seen.getMaxValue(), discarded.sumThenReset(),
                seen.getTotalCount(), late.sumThenReset());
    }
}
