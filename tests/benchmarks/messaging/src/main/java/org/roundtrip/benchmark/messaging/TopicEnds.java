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
package org.roundtrip.benchmark.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Messages that are given to a topic and arrive in another one, at another storage server.
 */
final class TopicEnds implements MessageEnds {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String topic;
    private final String dataCentre;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String arrivals;
    private volatile boolean isClosed;

    /**
     * Connects.
     *
     * @param servers    the storage server to which messages are given
     * @param topic      the topic
     * @param dataCentre the data centre for which they are
     * @param others     the storage server at which they arrive
     * @param arrivals   the topic there, which need not exist yet
     */
    TopicEnds(String servers, String topic, String dataCentre, String others, String arrivals) {
        this.topic = topic;
        this.dataCentre = dataCentre;
        this.arrivals = arrivals;
        this.producer = KafkaEnds.producer(servers);
        this.consumer = KafkaEnds.consumer(others);
    }

    @Override
    public CompletionStage<?> send(Payload payload) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        producer.send(KafkaEnds.remote(topic, dataCentre, payload), (metadata, failure) -> {
            if (failure == null) {
                stored.complete(null);
            } else {
                stored.completeExceptionally(failure);
            }
        });
        return stored;
    }

    @Override
    public void receive(Consumer<byte[]> listener) {
        Thread thread = new Thread(() -> follow(listener), "arrivals");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(Consumer<byte[]> listener) {
        try (consumer) {
            List<TopicPartition> partitions = KafkaEnds.partitions(consumer, arrivals);
            while (partitions.isEmpty()) {
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
                partitions = KafkaEnds.partitions(consumer, arrivals);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!isClosed) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    listener.accept(message.value());
                }
            }
        } catch (WakeupException expected) {
            // It is closed.
            isClosed = true;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        consumer.wakeup();
        producer.close();
    }
}
