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
package org.roundtrip.detection.agent.compute;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StarvationDetectorTest {

    private static final long PERIOD = 10;
    private static final long TOLERANCE = 5;

    private final StarvationDetector detector = new StarvationDetector(0, PERIOD, TOLERANCE);

    @Test
    void seesNoStallInRegularTicks() {
        for (long now = PERIOD; now <= 1000; now += PERIOD) {
            assertThat(detector.tick(now)).isZero();
        }
        assertThat(detector.stalledSince(0, 1000)).isZero();
    }

    @Test
    void toleratesWhatABusyLoopIsLateBy() {
        for (long now = 15; now <= 1500; now += 15) {
            assertThat(detector.tick(now)).isEqualTo(5);
        }
        assertThat(detector.stalledSince(0, 1500)).isZero();
    }

    @Test
    void measuresAStall() {
        assertThat(detector.tick(110)).isEqualTo(100);
        assertThat(detector.stalledSince(0, 110)).isEqualTo(100);
        assertThat(detector.stalledSince(60, 110)).as("the part of it since then").isEqualTo(50);
        assertThat(detector.stalledSince(110, 110)).isZero();
    }

    @Test
    void addsUpShortStalls() {
        for (long now = 20; now <= 200; now += 20) {
            detector.tick(now);
        }
        assertThat(detector.stalledSince(100, 200)).isEqualTo(50);
    }

    @Test
    void countsAStallThatNoTickHasEndedYet() {
        detector.tick(10);
        assertThat(detector.stalledSince(0, 300)).isEqualTo(280);
        assertThat(detector.stalledSince(250, 300)).isEqualTo(50);
        assertThat(detector.stalledSince(0, 24)).as("within the tolerance").isZero();
    }

    @Test
    void remembersThousandStalls() {
        for (long now = 20; now <= 100_000; now += 20) {
            detector.tick(now);
        }
        assertThat(detector.stalledSince(99_000, 100_000)).isEqualTo(500);
        assertThat(detector.stalledSince(0, 100_000)).isEqualTo(10_240);
    }
}
