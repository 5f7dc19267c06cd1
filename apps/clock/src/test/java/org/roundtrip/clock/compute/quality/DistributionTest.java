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
import org.roundtrip.clock.ErrorStatistics;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DistributionTest {

    @Test
    void nothingHasNoFigures() {
        assertThat(Distribution.EMPTY.count()).isZero();
        assertThat(Distribution.union(List.of()).isEmpty()).isTrue();
        assertThat(Distribution.union(List.of(Distribution.EMPTY, Distribution.EMPTY)).isEmpty()).isTrue();
        assertThatThrownBy(Distribution.EMPTY::statistics).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Distribution.EMPTY.quantile(0.5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneValueIsAllFigures() {
        assertThat(Distribution.EMPTY.plus(-7).statistics()).isEqualTo(
                ErrorStatistics.builder().least(-7).median(-7).percentile95(7).greatest(-7).build());
    }

    @Test
    void fewValuesAreExact() {
        ErrorStatistics figures = Distribution.EMPTY.plus(-3, 1, 2).plus(5, 100).statistics();

        assertThat(figures.least()).isEqualTo(-3);
        assertThat(figures.median()).isEqualTo(2);
        assertThat(figures.greatest()).isEqualTo(100);
    }

    @Test
    void thePercentileIsOfAbsoluteValues() {
        long[] values = new Random(1).longs(100_000, -1_000, 200).toArray();

        // 1200 values, of which 1 000 are negative: 95 % are within 940 of 0.
        assertThat(Distribution.EMPTY.plus(values).statistics().percentile95()).isCloseTo(940, within(10L));
    }

    @Test
    void aDayOfReportsStaysSmallAndRight() {
        Random random = new Random(2);
        Distribution distribution = Distribution.EMPTY;
        for (int report = 0; report < 86_400; report++) {
            distribution = distribution.plus(random.doubles(8).mapToLong(uniform -> (long) (uniform * 1e6)).toArray());
            assertThat(distribution.size()).isLessThanOrEqualTo(Distribution.MOST_BYTES);
        }

        assertThat(distribution.count()).isEqualTo(8 * 86_400);
        assertThat(distribution.quantile(0.5)).isCloseTo(500_000, within(10_000.0));
        assertThat((double) distribution.statistics().percentile95()).isCloseTo(950_000, within(5_000.0));
    }

    @Test
    void theUnionIsOfAllValues() {
        Distribution left = Distribution.EMPTY.plus(new Random(3).longs(5_000, -1_000, 0).toArray());
        Distribution right = Distribution.EMPTY.plus(new Random(4).longs(5_000, 0, 1_000).toArray());

        Distribution both = Distribution.union(List.of(left, Distribution.EMPTY, right));

        assertThat(both.count()).isEqualTo(10_000);
        assertThat(both.quantile(0.5)).isCloseTo(0, within(20.0));
        assertThat(both.statistics().least()).isEqualTo(left.statistics().least());
        assertThat(both.statistics().greatest()).isEqualTo(right.statistics().greatest());
    }

    @Test
    void extremeValuesDoNoHarm() {
        ErrorStatistics figures = Distribution.EMPTY.plus(Long.MIN_VALUE, 0, Long.MAX_VALUE).statistics();

        assertThat(figures.median()).isZero();
        assertThat(figures.greatest()).isEqualTo(Long.MAX_VALUE);
    }
}
