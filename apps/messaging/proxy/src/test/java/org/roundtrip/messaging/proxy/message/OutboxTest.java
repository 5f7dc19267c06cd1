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

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OutboxTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private volatile CompletableFuture<Void> topic = CompletableFuture.completedFuture(null);
    private volatile Optional<String> full = Optional.empty();
    private final Outbox outbox = new Outbox("north", producer, new Topics() {
        @Override
        public CompletableFuture<Void> ensure(String name, int partitions) {
            return topic;
        }

        @Override
        public void forget(String name) {
            // They are looked up each time.
        }
    }, thread);

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private CompletableFuture<RecordMetadata> store(String payload, OutgoingMessage.WhenFull whenFull,
                                                    Duration deadline) {
        Supplier<Optional<String>> isFull = () -> full;
        return outbox.store(new Outbox.Entry(new ProducerRecord<>("t", null, payload.getBytes(StandardCharsets.UTF_8)),
                                             1, isFull, whenFull, deadline));
    }

    private List<String> handedOver() {
        return producer.history().stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)).toList();
    }

    /** Kinds of failure are what senders decide by. */
    private static void assertFails(CompletableFuture<?> stored, SendFailedException.Kind kind, String detail) {
        assertThatThrownBy(stored::join).isInstanceOf(CompletionException.class).hasMessageContaining(detail)
                .cause().isInstanceOfSatisfying(SendFailedException.class,
                                                failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void isConfirmedWhenTheStorageServerHasConfirmed() {
        CompletableFuture<RecordMetadata> stored = store("1", OutgoingMessage.WhenFull.BLOCK, LONG);
        await().until(() -> handedOver().equals(List.of("1")));
        assertThat(stored).isNotDone();
        producer.completeNext();
        assertThat(stored.join().offset()).isZero();
    }

    @Test
    void nobodyKnowsOfWhatIsHandedOverAndNotConfirmed() {
        assertFails(store("1", OutgoingMessage.WhenFull.BLOCK, SHORT), SendFailedException.Kind.NOT_CONFIRMED,
                    "nobody knows");
    }

    @Test
    void waitsForItsTopicAndKeepsItsOrder() {
        topic = new CompletableFuture<>();
        store("1", OutgoingMessage.WhenFull.BLOCK, LONG);
        store("2", OutgoingMessage.WhenFull.BLOCK, LONG);
        assertFails(store("late", OutgoingMessage.WhenFull.BLOCK, SHORT),
                    SendFailedException.Kind.STORAGE_UNAVAILABLE, "whether there is topic t");
        assertThat(handedOver()).isEmpty();
        topic.complete(null);
        store("3", OutgoingMessage.WhenFull.BLOCK, LONG);
        await().untilAsserted(() -> assertThat(handedOver()).containsExactly("1", "2", "3"));
    }

    @Test
    void saysWhyThereIsNoTopicAndTriesAgain() {
        topic = CompletableFuture.failedFuture(new AuthorizationException("not you"));
        CompletableFuture<RecordMetadata> patient = store("1", OutgoingMessage.WhenFull.BLOCK, LONG);
        assertFails(store("2", OutgoingMessage.WhenFull.BLOCK, SHORT), SendFailedException.Kind.STORAGE_UNAVAILABLE,
                    "not you");
        topic = CompletableFuture.completedFuture(null);
        await().untilAsserted(() -> assertThat(handedOver()).containsExactly("1"));
        producer.completeNext();
        patient.join();
    }

    @Test
    void whatTheProducerCanNotTakeYetWaitsAndIsNotStored() {
        producer.sendException = new TimeoutException("no metadata");
        assertFails(store("1", OutgoingMessage.WhenFull.BLOCK, SHORT), SendFailedException.Kind.STORAGE_UNAVAILABLE,
                    "no metadata");
        CompletableFuture<RecordMetadata> patient = store("2", OutgoingMessage.WhenFull.BLOCK, LONG);
        producer.sendException = null;
        await().untilAsserted(() -> assertThat(handedOver()).containsExactly("2"));
        producer.completeNext();
        patient.join();
    }

    @Test
    void aFullRouteHoldsBackThoseWhoWaitAndRefusesTheOthers() {
        full = Optional.of("route a to b");
        CompletableFuture<RecordMetadata> patient = store("1", OutgoingMessage.WhenFull.BLOCK, LONG);
        assertFails(store("2", OutgoingMessage.WhenFull.REFUSE, LONG), SendFailedException.Kind.BACKLOG_FULL,
                    "route a to b");
        assertFails(store("3", OutgoingMessage.WhenFull.BLOCK, SHORT), SendFailedException.Kind.BACKLOG_FULL,
                    "not stored within 100 ms: route a to b");
        full = Optional.empty();
        await().untilAsserted(() -> assertThat(handedOver()).containsExactly("1"));
        producer.completeNext();
        patient.join();
    }

    @Test
    void whatWaitsIsBounded() {
        full = Optional.of("route a to b");
        String much = "x".repeat(20 << 20);
        CompletableFuture<RecordMetadata> first = store(much, OutgoingMessage.WhenFull.BLOCK, LONG);
        assertFails(store(much, OutgoingMessage.WhenFull.BLOCK, LONG), SendFailedException.Kind.BACKLOG_FULL,
                    "wait in this proxy");
        assertThat(first).isNotDone();
    }

    @Test
    void saysWhatTheStorageServerRefuses() throws ExecutionException, InterruptedException {
        CompletableFuture<RecordMetadata> large = store("1", OutgoingMessage.WhenFull.BLOCK, LONG);
        await().until(() -> !handedOver().isEmpty());
        producer.errorNext(new RecordTooLargeException("more than 7 bytes"));
        assertFails(large, SendFailedException.Kind.REJECTED, "more than 7 bytes");
        CompletableFuture<RecordMetadata> late = store("2", OutgoingMessage.WhenFull.BLOCK, LONG);
        await().until(() -> handedOver().size() == 2);
        producer.errorNext(new TimeoutException("delivery.timeout.ms"));
        assertFails(late, SendFailedException.Kind.NOT_CONFIRMED, "delivery.timeout.ms");
    }
}
