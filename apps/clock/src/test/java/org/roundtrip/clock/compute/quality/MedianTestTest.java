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

import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class MedianTestTest {

    private static final int SECONDS = 60;

    private static Distribution normal(double mean, double deviation, long seed) {
        Random random = new Random(seed);
        return Distribution.EMPTY.plus(IntStream.range(0, SECONDS)
                                               .mapToLong(n -> Math.round(mean + deviation * random.nextGaussian()))
                                               .toArray());
    }

    @Test
    void tooFewMeasurementsOrSecondsSayNothing() {
        assertThat(new MedianTest(normal(0, 1, 1), MedianTest.LEAST_SECONDS - 1, 0).tells()).isFalse();
        assertThat(new MedianTest(Distribution.EMPTY.plus(1, 2, 3), SECONDS, 0).tells()).isFalse();
        assertThat(new MedianTest(normal(0, 1, 1), MedianTest.LEAST_SECONDS, 0).tells()).isTrue();
    }

    @Test
    void withoutSpreadTheToleranceDecides() {
        Distribution same = Distribution.EMPTY.plus(IntStream.range(0, SECONDS).mapToLong(n -> 1_000).toArray());

        assertThat(new MedianTest(same, SECONDS, 0).differs(1_000)).isFalse();
        assertThat(new MedianTest(same, SECONDS, 0).differs(999)).isTrue();
        assertThat(new MedianTest(same, SECONDS, 0).fits(1_000)).isTrue();
        assertThat(new MedianTest(same, SECONDS, 2_000).fits(999)).isFalse();
    }

    @Test
    void truePredictionsAreHardlyEverDoubted() {
        long doubted = IntStream.range(0, 2_000)
                .filter(seed -> new MedianTest(normal(500, 1_000, seed), SECONDS, 500).differs(0)).count();
        long accepted = IntStream.range(0, 2_000)
                .filter(seed -> new MedianTest(normal(500, 1_000, seed), SECONDS, 500).fits(0)).count();

        // 0.1 % and 95 %, as the intervals promise.
        assertThat(doubted).isLessThanOrEqualTo(2_000 * 5 / 1_000);
        assertThat(accepted).isGreaterThanOrEqualTo(2_000 * 93 / 100);
    }

    @Test
    void anErrorAsLargeAsTheSpreadIsSeen() {
        long seen = IntStream.range(0, 500)
                .filter(seed -> new MedianTest(normal(1_000, 1_000, seed), SECONDS, 0).differs(0)).count();

        assertThat(seen).isGreaterThan(450);
    }

    @Test
    void whatFitsNeverDiffers() {
        IntStream.range(0, 1_000).forEach(seed -> {
            MedianTest test = new MedianTest(normal(seed, 500, seed), SECONDS, 0);
            assertThat(test.fits(100) && test.differs(100)).isFalse();
        });
    }

    @Test
    void fewerSecondsExplainMore() {
        Distribution measured = normal(0, 1_000, 1);

        assertThat(new MedianTest(measured, MedianTest.LEAST_SECONDS, 500).explained())
                .isGreaterThan(new MedianTest(measured, SECONDS, 500).explained());
    }
}
