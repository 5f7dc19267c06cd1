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
import org.roundtrip.detection.protocol.Latency;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyWindowTest {

    private static final long SECOND = 1_000_000_000L;

    private final LatencyWindow window = new LatencyWindow();

    @Test
    void saysNothingWithoutAnAnswer() {
        assertThat(window.percentiles(0)).isEmpty();
    }

    @Test
    void isExact() {
        for (int i = 1; i <= 100; i++) {
            window.add(i, i * 1_000L);
        }
        assertThat(window.percentiles(100)).contains(Latency.builder().median(50).p95(95).p99(99).build());
    }

    @Test
    void isThatAnswerWhenThereIsOne() {
        window.add(0, 7_000);
        assertThat(window.percentiles(1)).contains(Latency.builder().median(7).p95(7).p99(7).build());
    }

    @Test
    void forgetsWhatIsOlderThanAMinute() {
        window.add(0, 900_000);
        window.add(30 * SECOND, 5_000);
        assertThat(window.percentiles(61 * SECOND)).contains(Latency.builder().median(5).p95(5).p99(5).build());
        assertThat(window.percentiles(91 * SECOND)).isEmpty();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        for (int i = 0; i < 10_000; i++) {
            window.add(i, i < 9_000 ? 1_000_000 : 2_000);
        }
        assertThat(window.percentiles(10_000).orElseThrow().median()).isEqualTo(2);
    }

    @Test
    void worksAcrossTheEndOfTheMonotonicClock() {
        window.add(Long.MAX_VALUE - SECOND, 3_000);
        window.add(Long.MIN_VALUE + SECOND, 3_000);
        assertThat(window.percentiles(Long.MIN_VALUE + 2 * SECOND)).isPresent();
        assertThat(window.percentiles(Long.MIN_VALUE + 62 * SECOND)).isEmpty();
    }
}
