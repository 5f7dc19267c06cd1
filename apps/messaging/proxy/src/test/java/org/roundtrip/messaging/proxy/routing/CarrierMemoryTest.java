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

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a carrier remembers between messages and between attempts. */
class CarrierMemoryTest {

    private static final TopicPartition PARTITION = new TopicPartition("topic", 3);

    private static RecordHeaders to(String queue) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(HeaderNames.ROUTING, new RoutingInformation(queue, "b", List.of("b:1")).bytes());
        return headers;
    }

    @Test
    void asksForAWayOnceAndAgainWhenTheConfigurationIsNew() {
        List<String> asked = new ArrayList<>();
        KnownWay ways = new KnownWay(routing -> {
            asked.add(routing.queue());
            return new Way(routing.queue(), 1, Way.Area.PRIVATE);
        });

        assertThat(ways.of(to("orders")).topic()).isEqualTo("orders");
        ways.of(to("orders"));
        assertThat(ways.of(to("bills")).topic()).isEqualTo("bills");
        ways.forget();
        ways.of(to("bills"));

        assertThat(asked).containsExactly("orders", "bills", "bills");
    }

    @Test
    void aMessageWithoutRoutingInformationHasNoWay() {
        KnownWay ways = new KnownWay(routing -> new Way(routing.queue(), 1, Way.Area.PRIVATE));

        assertThatThrownBy(() -> ways.of(new RecordHeaders())).isInstanceOf(UndeliverableException.class);
    }

    @Test
    void remembersWhatWasRefusedUntilItIsADeadLetter() {
        RefusedMessages refused = new RefusedMessages("topic");
        refused.refused(3, 7, "too large");
        refused.refused(3, 8, "too odd");

        assertThat(refused.reason(PARTITION, 7)).hasValue("too large");
        assertThat(refused.reason(PARTITION, 6)).isEmpty();
        refused.forget(PARTITION, 7);
        assertThat(refused.reason(PARTITION, 7)).isEmpty();
        assertThat(refused.reason(PARTITION, 8)).hasValue("too odd");
        refused.forget(List.of(PARTITION));
        assertThat(refused.reason(PARTITION, 8)).isEmpty();
    }

    @Test
    void pausesGrowUpToTheLongestAndBeginAgainAfterSuccess() {
        Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(1), 0);
        assertThat(pauses.isOver(0)).isTrue();

        assertThat(pauses.begin(0)).isBetween(80L, 120L);
        assertThat(pauses.isOver(50_000_000)).isFalse();
        assertThat(pauses.isOver(120_000_000)).isTrue();
        for (int i = 0; i < 20; i++) {
            pauses.begin(0);
        }
        assertThat(pauses.begin(0)).isBetween(800L, 1200L);
        pauses.succeeded();
        assertThat(pauses.begin(0)).isBetween(80L, 120L);
    }
}
