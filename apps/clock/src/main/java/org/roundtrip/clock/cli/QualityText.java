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
package org.roundtrip.clock.cli;

import org.roundtrip.base.cli.Table;
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ErrorStatistics;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.QualityWindow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What clients measure as text for people.
 */
final class QualityText {

    private QualityText() {
    }

    /**
     * Returns what a client says of its time.
     *
     * @param measured the figures
     * @return lines of text
     */
    static List<String> of(MeasuredQuality measured) {
        List<String> lines = new ArrayList<>();
        lines.add("port " + Json.name(measured.portState()) + " at " + measured.reported() + "; its offsets are "
                          + (measured.reference() == OffsetReference.SERVER ? "what it follows"
                          : "its time error"));
        lines.add("expected offset " + expected(measured.expectedOffset()) + ", expected path delay "
                          + expected(measured.expectedPathDelay()));
        Table table = new Table("LAST", "SAMPLES", "WHAT", "LEAST", "MEDIAN", "95% WITHIN", "GREATEST");
        measured.windows().forEach(window -> {
            row(table, window, "offset", window.offset());
            window.pathDelay().ifPresent(delay -> row(table, window, "path delay", delay));
        });
        lines.addAll(table.lines());
        return lines;
    }

    private static void row(Table table, QualityWindow window, String what, ErrorStatistics figures) {
        table.row(TimeText.of(window.length(), TimeUnit.SECONDS), window.samples(), what, nanos(figures.least()),
                  nanos(figures.median()), nanos(figures.percentile95()), nanos(figures.greatest()));
    }

    private static String expected(Optional<Long> value) {
        return value.map(QualityText::nanos).orElse("unknown");
    }

    private static String nanos(long nanos) {
        return TimeText.of(nanos, TimeUnit.NANOSECONDS);
    }
}
