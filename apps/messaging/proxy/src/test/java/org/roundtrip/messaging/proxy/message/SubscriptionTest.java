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
package org.roundtrip.messaging.proxy.message;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roundtrip.messaging.proxy.message.compute.RedeliverySchedule;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SubscriptionTest {

    private static final SubscribedQueue QUEUE = new SubscribedQueue("q", "t", 1, "dead");
    private static final TopicPartition PLACE = new TopicPartition("t", 0);
    private static final RedeliverySchedule ONCE =
            new RedeliverySchedule(Duration.ofMillis(1), Duration.ofMillis(1), 1);

    private final List<MockConsumer<byte[], byte[]>> consumers = new CopyOnWriteArrayList<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<String> buried = new CopyOnWriteArrayList<>();
    private final MessageProxySettings settings = new MessageProxySettings(
            "p", "north", Map.of(), ONCE, 1 << 20, Duration.ofMillis(200));
    private final Subscription subscription = new Subscription(
            new Subscription.Parts("test", settings, this::consumer, (queue, record, reason) -> {
                buried.add(record.offset() + " " + reason);
                return CompletableFuture.completedFuture(null);
            }, new MessageMetrics(new SimpleMeterRegistry()), Clock.systemUTC(), System::nanoTime),
            List.of(QUEUE), SubscriptionOptions.USUAL, deliveries::add);

    private MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
        consumer.updateEndOffsets(Map.of(PLACE, 0L));
        consumers.add(consumer);
        return consumer;
    }

    @AfterEach
    void stop() {
        subscription.close();
    }

    private void inPoll(Runnable task) {
        consumers.get(consumers.size() - 1).schedulePollTask(task);
    }

    private void assign() {
        inPoll(() -> consumers.get(consumers.size() - 1).rebalance(Set.of(PLACE)));
    }

    private void add(long offset, String origin) {
        inPoll(() -> {
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                    "t", 0, offset, ("key " + offset).getBytes(StandardCharsets.UTF_8), new byte[0]);
            record.headers().add("roundtrip.origin", origin.getBytes(StandardCharsets.UTF_8));
            consumers.get(consumers.size() - 1).addRecord(record);
        });
    }

    private OffsetAndMetadata committed() {
        return consumers.get(consumers.size() - 1).committed(Set.of(PLACE)).get(PLACE);
    }

    private void awaitDeliveries(int count) {
        await().untilAsserted(() -> assertThat(deliveries).hasSize(count));
    }

    private void begin() {
        subscription.start();
        await().until(() -> !consumers.isEmpty());
        assign();
    }

    @Test
    void commitsWhatIsAcknowledgedWithoutAGapAndItsWatermarks() {
        begin();
        add(0, "south:1:0:40");
        add(1, "south:1:0:41");
        awaitDeliveries(2);
        deliveries.get(1).acknowledge();
        deliveries.get(0).acknowledge();
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, "south:1..15")));
    }

    @Test
    void whatIsAcknowledgedWhenItIsClosedCounts() {
        begin();
        add(0, "south:1:0:40");
        awaitDeliveries(1);
        deliveries.get(0).acknowledge();
        subscription.close();
        assertThat(consumers).hasSize(1);
        assertThat(consumers.get(0).closed()).isTrue();
    }

    @Test
    void aPartitionThatIsLostAndComesBackBringsNothingAgainThatWasAcknowledged() {
        begin();
        add(0, "south:1:0:40");
        add(1, "south:1:0:41");
        awaitDeliveries(2);
        // Not the first: nothing can be committed.
        deliveries.get(1).acknowledge();
        inPoll(() -> consumers.get(0).rebalance(Set.of()));
        assign();
        add(0, "south:1:0:40");
        add(1, "south:1:0:41");
        awaitDeliveries(3);
        assertThat(deliveries.get(2).id()).isEqualTo(deliveries.get(0).id());
        deliveries.get(2).acknowledge();
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(new OffsetAndMetadata(2, "south:1..15")));
        assertThat(deliveries).hasSize(3);
    }

    @Test
    void whatIsGivenUpIsSettledWhenItIsBuriedAndSettlementsCountOnce() {
        begin();
        add(0, "south:1:0:40");
        awaitDeliveries(1);
        deliveries.get(0).refuse("never");
        deliveries.get(0).refuse("really");
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(new OffsetAndMetadata(1, "south:1..14")));
        assertThat(buried).containsExactly("0 refused 1 times, at last: never");
    }

    @Test
    void beginsAnewAfterAnyFailureAndSaysWhy() {
        begin();
        inPoll(() -> consumers.get(0).setPollException(new KafkaException("no such luck")));
        await().until(() -> consumers.size() == 2);
        assertThat(subscription.trouble().orElse("")).contains("no such luck");
        assign();
        add(0, "south:1:0:40");
        awaitDeliveries(1);
        await().until(() -> subscription.trouble().isEmpty());
    }
}
