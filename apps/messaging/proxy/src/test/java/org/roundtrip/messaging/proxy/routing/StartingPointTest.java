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
package org.roundtrip.messaging.proxy.routing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StartingPointTest {

    private static final Uuid TOPIC = new Uuid(3, 4);
    private static final long NOW = 1_000_000;

    private static Optional<OffsetAndMetadata> committed(long offset, Uuid topic, long generation, String via) {
        return Optional.of(new OffsetAndMetadata(offset, new CommitMetadata(
                topic, generation, via, 3, Map.of("t", new long[]{5, 6})).text()));
    }

    @Test
    void beginsANewGenerationWhereNothingWasCommitted() {
        StartingPoint point = StartingPoint.of(Optional.empty(), TOPIC, "b", 3, 9, NOW);

        assertThat(point.position()).isEqualTo(3);
        assertThat(point.isNew()).isTrue();
        assertThat(point.metadata().generation()).isEqualTo(NOW);
    }

    @Test
    void goesOnFromWhatWasCommitted() {
        StartingPoint point = StartingPoint.of(committed(7, TOPIC, 12, "b"), TOPIC, "b", 3, 9, NOW);

        assertThat(point.position()).isEqualTo(7);
        assertThat(point.isNew()).isFalse();
        assertThat(point.metadata().generation()).isEqualTo(12);
        assertThat(point.metadata().targets().get("t")).containsExactly(5, 6);
        assertThat(point.lost()).isZero();
    }

    @Test
    void saysWhatWasDeletedBeforeItWasCarried() {
        StartingPoint point = StartingPoint.of(committed(7, TOPIC, 12, "b"), TOPIC, "b", 10, 20, NOW);

        assertThat(point.position()).isEqualTo(10);
        assertThat(point.lost()).isEqualTo(3);
        assertThat(point.isNew()).isFalse();
    }

    @Test
    void beginsAnewInATopicThatWasMadeAnew() {
        StartingPoint point = StartingPoint.of(committed(7, new Uuid(9, 9), NOW + 5, "b"), TOPIC, "b", 0, 20, NOW);

        assertThat(point.position()).isZero();
        assertThat(point.isNew()).isTrue();
        assertThat(point.metadata().generation()).as("above the last one, whatever the clock").isEqualTo(NOW + 6);
        assertThat(point.metadata().targets()).isEmpty();
    }

    @Test
    void beginsAnewWhereThePositionIsAfterTheEnd() {
        StartingPoint point = StartingPoint.of(committed(7, TOPIC, 12, "b"), TOPIC, "b", 0, 6, NOW);

        assertThat(point.position()).isZero();
        assertThat(point.isNew()).isTrue();
    }

    @Test
    void keepsTheGenerationOnAnotherWaySoThatWhatHadArrivedIsKnown() {
        StartingPoint point = StartingPoint.of(committed(7, TOPIC, 12, "t"), TOPIC, "b", 3, 9, NOW);

        assertThat(point.position()).isEqualTo(7);
        assertThat(point.metadata().generation()).isEqualTo(12);
        assertThat(point.metadata().via()).isEqualTo("b");
        assertThat(point.metadata().targets()).isEmpty();
        assertThat(point.isNew()).isTrue();
        assertThat(point.former()).hasValue("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2;x;1;b", "1;x;y;b", "1;AAAAAAAAAAMAAAAAAAAABA;1;b;",
                            "1;AAAAAAAAAAMAAAAAAAAABA;1;b;t", "1;AAAAAAAAAAMAAAAAAAAABA;1;b;t=",
                            "1;AAAAAAAAAAMAAAAAAAAABA;1;b;t=1,x", "{\"a\":1}"})
    void takesOnlyThePositionOfWhatAnotherProgramCommitted(String metadata) {
        StartingPoint point = StartingPoint.of(Optional.of(new OffsetAndMetadata(7, metadata)), TOPIC, "b", 3, 9, NOW);

        assertThat(point.position()).isEqualTo(7);
        assertThat(point.isNew()).isTrue();
    }

    @Property(tries = 500)
    void readsWhatItCommitted(@ForAll @LongRange(min = 0) long generation,
                              @ForAll @Size(max = 8) List<@LongRange(min = 0) Long> offsets) {
        long[] places = offsets.stream().mapToLong(Long::longValue).toArray();
        CommitMetadata written = new CommitMetadata(TOPIC, generation, "b", 8,
                                                    places.length == 0 ? Map.of() : Map.of("orders", places));

        CommitMetadata read = CommitMetadata.parse(written.text()).orElseThrow();

        assertThat(read.text()).isEqualTo(written.text());
        assertThat(read.generation()).isEqualTo(generation);
    }

    @Property
    void readsOrPassesOverWhateverWasCommitted(@ForAll @Size(max = 100) String text) {
        assertThat(CommitMetadata.parse("1;" + text)).isNotNull();
    }

    @Test
    void namesTheLimitOfWhatCanBeCommitted() {
        CommitMetadata large = new CommitMetadata(TOPIC, 1, "b", 0, Map.of("t", new long[3000]));

        assertThatThrownBy(large::text).isInstanceOf(RouteException.class)
                .hasMessageContaining("offset.metadata.max.bytes").hasMessageContaining("4096");
    }
}
