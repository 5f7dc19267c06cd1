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
    private final LongAdder discarded = new LongAdder();

    /**
     * What has been seen since the last report.
     *
     * @param latenessP99     how late probes began: the 99th percentile, in microseconds
     * @param latenessMaximum the latest, in microseconds
     * @param discarded       how many results were not believed
     * @param probes          how many probes began
     */
    record Report(long latenessP99, long latenessMaximum, long discarded, long probes) {
    }

    void probeBegan(long latenessNanos) {
        lateness.recordValue(Math.min(Math.max(latenessNanos / 1_000, 0), LONGEST));
    }

    void resultDiscarded() {
        discarded.increment();
    }

    /** Returns what has been seen since this was last called. */
    Report report() {
        Histogram seen = lateness.getIntervalHistogram();
        return new Report(seen.getValueAtPercentile(99), seen.getMaxValue(), discarded.sumThenReset(),
                seen.getTotalCount());
    }
}
