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
package org.roundtrip.messaging.proxy.message.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.messaging.proxy.record.Origin;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WatermarksTest {

    private static final int LIMIT = 4096;

    @Provide
    Arbitrary<List<Origin>> origins() {
        return Combinators.combine(Arbitraries.of("north", "south", "a.b_c-d"), Arbitraries.integers().between(0, 4),
                                   Arbitraries.longs().between(0, 2),
                                   Arbitraries.longs().between(0, Long.MAX_VALUE)).as(Origin::new).list().ofMaxSize(60);
    }

    @Property
    void areReadAsTheyWereWritten(@ForAll("origins") List<Origin> origins) {
        Watermarks watermarks = new Watermarks();
        origins.forEach(watermarks::raise);
        assertThat(Watermarks.decode(watermarks.encode(LIMIT))).isEqualTo(watermarks);
    }

    @Property
    void nothingIsNewTwice(@ForAll("origins") List<Origin> origins) {
        Watermarks watermarks = new Watermarks();
        origins.forEach(watermarks::raise);
        assertThat(origins).noneMatch(watermarks::isNew);
    }

    @Property
    void copiesGoOnByThemselves(@ForAll("origins") List<Origin> origins) {
        Watermarks watermarks = new Watermarks();
        Watermarks copy = watermarks.copy();
        origins.forEach(watermarks::raise);
        assertThat(copy).isEqualTo(new Watermarks());
    }

    @Test
    void aHigherGenerationBeginsAnewAndALowerOneIsOver() {
        Watermarks watermarks = new Watermarks();
        watermarks.raise(new Origin("north", 0, 0, 100));
        assertThat(watermarks.raise(new Origin("north", 0, 1, 5))).isTrue();
        assertThat(watermarks.isNew(new Origin("north", 0, 0, 101))).isFalse();
        assertThat(watermarks.isNew(new Origin("north", 0, 1, 6))).isTrue();
    }

    @Test
    void partitionsAndDataCentresAreApart() {
        Watermarks watermarks = new Watermarks();
        watermarks.raise(new Origin("north", 0, 0, 100));
        assertThat(watermarks.isNew(new Origin("north", 1, 0, 1))).isTrue();
        assertThat(watermarks.isNew(new Origin("south", 0, 0, 1))).isTrue();
    }

    @Test
    void aHundredPartitionsFitIntoWhatKafkaAllows() {
        Watermarks watermarks = new Watermarks();
        for (int i = 0; i < 100; i++) {
            watermarks.raise(new Origin("a-data-centre", i, 3, 1L << 50));
        }
        assertThat(watermarks.encode(LIMIT)).hasSizeLessThan(2000);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheLimit() {
        Watermarks watermarks = new Watermarks();
        for (int i = 0; i < 1000; i++) {
            watermarks.raise(new Origin("north", i, 0, i));
        }
        assertThatThrownBy(() -> watermarks.encode(LIMIT)).isInstanceOf(WatermarkOverflowException.class)
                .hasMessageContaining("1000 partitions").hasMessageContaining("4096")
                .hasMessageContaining("offset.metadata.max.bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", ":0..1", "north:", "north:0.1", "north:0..1;", "north:-1..1", "north:0..-1",
            "north:0.0.0.0", "north:0..!", "north:zzzzzzzzz..1", " "})
    void whatIsNoWatermarkIsRefused(String text) {
        assertThatThrownBy(() -> Watermarks.decode(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
