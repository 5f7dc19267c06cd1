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
package org.roundtrip.clock.compute.quality;

import org.junit.jupiter.api.Test;
import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.QualityWindow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SampleWindowTest {

    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private final SampleWindow window = new SampleWindow(Duration.ofMinutes(1));

    private static ClockSample sample(double seconds, long offset) {
        return ClockSample.builder().time(at(seconds)).offset(offset).build();
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(window.figures(START)).isEmpty();
        assertThat(window.seconds(START)).isZero();
    }

    @Test
    void forgetsWhatIsLongAgo() {
        window.add(List.of(sample(0, 1), sample(58, 2)), at(58));

        assertThat(window.figures(at(59))).map(QualityWindow::samples).contains(2L);
        assertThat(window.figures(at(62))).map(QualityWindow::samples).contains(1L);
        assertThat(window.figures(at(120))).isEmpty();
    }

    @Test
    void takesNoSamplesThatAreOlderThanTheWindow() {
        window.add(List.of(sample(0, 1), sample(100, 2)), at(100));

        assertThat(window.figures(at(100))).map(QualityWindow::samples).contains(1L);
    }

    @Test
    void countsSecondsOnceHoweverReportsDivideThem() {
        List<ClockSample> samples = IntStream.range(0, 300).mapToObj(n -> sample(n / 10.0, n))
                .collect(Collectors.toList());
        for (int report = 0; report < 60; report++) {
            window.add(samples.subList(report * 5, report * 5 + 5), at(30));
        }

        assertThat(window.seconds(at(30))).isEqualTo(30);
        assertThat(window.figures(at(30))).map(QualityWindow::samples).contains(300L);
    }

    @Test
    void hasFiguresOfPathDelaysOnlyIfTheyWereMeasured() {
        window.add(List.of(sample(0, 1)), at(0));
        assertThat(window.figures(at(1)).orElseThrow().pathDelay()).isEmpty();

        window.add(List.of(ClockSample.builder().time(at(1)).offset(1).pathDelay(3L).build()), at(1));
        assertThat(window.figures(at(1)).orElseThrow().pathDelay().orElseThrow().median()).isEqualTo(3);
    }

    @Test
    void timesBefore1970DoNoHarm() {
        Instant then = Instant.parse("1969-12-31T23:59:59.500Z");
        window.add(List.of(ClockSample.builder().time(then).offset(1).build()), then);

        assertThat(window.seconds(then)).isEqualTo(1);
    }
}
