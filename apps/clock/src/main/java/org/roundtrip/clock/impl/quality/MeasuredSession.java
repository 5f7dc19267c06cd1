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
package org.roundtrip.clock.impl.quality;

import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.compute.quality.Prediction;
import org.roundtrip.clock.compute.quality.SessionMeasurement;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session, and what its client has measured if it has reported. Thread-safe.
 */
final class MeasuredSession {

    private Prediction prediction = Prediction.NONE;
    private Optional<SessionMeasurement> measurement = Optional.empty();
    private Optional<MeasuredQuality> shown = Optional.empty();
    private Map<ClockAlarmType, String> told = Map.of();

    synchronized void predict(Prediction next, Instant now) {
        if (!next.equals(prediction)) {
            prediction = next;
            measurement.ifPresent(found -> found.predict(next, now));
            shown = Optional.empty();
        }
    }

    synchronized void take(ClockReport report, Instant now) {
        if (measurement.isPresent()) {
            measurement.get().take(report, now);
        } else {
            measurement = Optional.of(new SessionMeasurement(prediction, report, now));
        }
    }

    synchronized void clear() {
        measurement = Optional.empty();
        shown = Optional.empty();
    }

    /** Many ask again and again, and it is some work: it is done once between two judgements. */
    synchronized Optional<MeasuredQuality> quality(Instant now) {
        if (shown.isEmpty()) {
            shown = measurement.map(found -> found.quality(now));
        }
        return shown;
    }

    synchronized Map<ClockAlarmType, String> alarms(Instant now) {
        return measurement.map(found -> found.alarms(now)).orElseGet(Map::of);
    }

    /**
     * Judges what was measured.
     *
     * @param now the time
     * @return true if the alarms are others than the last time
     */
    synchronized boolean judge(Instant now) {
        measurement.ifPresent(found -> found.judge(now));
        shown = Optional.empty();
        Map<ClockAlarmType, String> alarms = alarms(now);
        boolean changed = !alarms.equals(told);
        told = alarms;
        return changed;
    }
}
