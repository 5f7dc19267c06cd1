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

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Stores records in order of their topics. What can't be stored now waits for its topic, its backlog and the storage
 * server, until its deadline; other topics go on. All its state belongs to one thread.
 */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    /** What waits is held in memory. */
    private static final long MOST_WAITING = 32L << 20;
    private static final Duration TRY_AGAIN = Duration.ofMillis(20);

    private final String dataCentre;
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final ScheduledExecutorService thread;
    private final Map<String, Lane> lanes = new HashMap<>();
    private long waitingBytes;

    /**
     * Creates one.
     *
     * @param dataCentre names the storage server
     * @param producer   stores records; must not block for long
     * @param topics     makes topics
     * @param thread     does all the work: one thread
     */
    Outbox(String dataCentre, Producer<byte[], byte[]> producer, Topics topics, ScheduledExecutorService thread) {
        this.dataCentre = dataCentre;
        this.producer = producer;
        this.topics = topics;
        this.thread = thread;
    }

    /**
     * What is to be stored.
     *
     * @param record     the record
     * @param partitions how many partitions its topic gets if it is missing
     * @param full       says why it has to wait now
     * @param whenFull   whether it does
     * @param deadline   how long it may take
     */
    record Entry(ProducerRecord<byte[], byte[]> record, int partitions, Supplier<Optional<String>> full,
                 OutgoingMessage.WhenFull whenFull, Duration deadline) {
    }

    private static final class Waiting {
        private final Entry entry;
        private final CompletableFuture<RecordMetadata> stored = new CompletableFuture<>();
        private boolean isHandedOver;

        Waiting(Entry entry) {
            this.entry = entry;
        }

        void fail(SendFailedException.Kind why, String what) {
            stored.completeExceptionally(new SendFailedException(why, what));
        }

        int size() {
            ProducerRecord<byte[], byte[]> record = entry.record();
            return record.value().length + (record.key() == null ? 0 : record.key().length);
        }
    }

    /** The records of one topic, in their order. */
    private static final class Lane {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean isStopped;
        private SendFailedException.Kind kind = SendFailedException.Kind.STORAGE_UNAVAILABLE;
        private String trouble = "";

        void failLate(Waiting late) {
            String time = "not stored within " + late.entry.deadline().toMillis() + " ms: ";
            if (late.isHandedOver) {
                late.fail(SendFailedException.Kind.NOT_CONFIRMED,
                          time + "the storage server has not confirmed it, and nobody knows whether it has it");
            } else {
                late.fail(kind, time + trouble);
            }
        }
    }

    /**
     * Stores a record.
     *
     * @param entry the record
     * @return where it is when all in-sync replicas have it; fails with {@link SendFailedException}
     */
    CompletableFuture<RecordMetadata> store(Entry entry) {
        Waiting waiting = new Waiting(entry);
        thread.execute(() -> accept(waiting));
        return waiting.stored;
    }

    private void accept(Waiting waiting) {
        Lane lane = lanes.computeIfAbsent(waiting.entry.record().topic(), topic -> new Lane());
        if (waitingBytes + waiting.size() > MOST_WAITING) {
            waiting.fail(SendFailedException.Kind.BACKLOG_FULL, waitingBytes + " bytes wait in this proxy, at most "
                    + MOST_WAITING + " may: " + lane.trouble);
            return;
        }
        ScheduledFuture<?> deadline = thread.schedule(() -> lane.failLate(waiting),
                                                      waiting.entry.deadline().toNanos(), TimeUnit.NANOSECONDS);
        waiting.stored.whenComplete((metadata, failure) -> deadline.cancel(false));
        waitingBytes += waiting.size();
        lane.waiting.add(waiting);
        refuseIfFull(waiting);
        if (!lane.isStopped) {
            send(lane);
        }
    }

    private static void refuseIfFull(Waiting waiting) {
        if (waiting.entry.whenFull() == OutgoingMessage.WhenFull.REFUSE) {
            waiting.entry.full().get()
                    .ifPresent(why -> waiting.fail(SendFailedException.Kind.BACKLOG_FULL, why));
        }
    }

    private void send(Lane lane) {
        lane.isStopped = false;
        while (!lane.waiting.isEmpty() && !lane.isStopped) {
            Waiting first = lane.waiting.element();
            refuseIfFull(first);
            if (first.stored.isDone()) {
                leave(lane);
            } else {
                advance(lane, first);
            }
        }
    }

    private void leave(Lane lane) {
        waitingBytes -= lane.waiting.remove().size();
    }

    private void advance(Lane lane, Waiting first) {
        Optional<String> full = first.entry.full().get();
        String topic = first.entry.record().topic();
        CompletableFuture<Void> made = topics.ensure(topic, first.entry.partitions());
        if (full.isPresent()) {
            stop(lane, SendFailedException.Kind.BACKLOG_FULL, full.get());
        } else if (made.isDone() && !made.isCompletedExceptionally()) {
            hand(lane, first);
        } else {
            lane.isStopped = true;
            if (lane.trouble.isEmpty()) {
                lane.trouble = "the storage server does not answer whether there is topic " + topic;
            }
            made.whenCompleteAsync((nothing, failure) -> topicIsKnown(
                    lane, topic, Optional.ofNullable(failure).map(TopicKeeper::causeOf)), thread);
        }
    }

    private void topicIsKnown(Lane lane, String topic, Optional<Throwable> failure) {
        failure.ifPresentOrElse(why -> stop(lane, SendFailedException.Kind.STORAGE_UNAVAILABLE,
                                            "topic " + topic + " can't be looked up or made: "
                                                    + reason(why)),
                                () -> send(lane));
    }

    private void stop(Lane lane, SendFailedException.Kind kind, String trouble) {
        lane.isStopped = true;
        lane.kind = kind;
        lane.trouble = trouble;
        thread.schedule(() -> send(lane), TRY_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void hand(Lane lane, Waiting first) {
        Thread caller = Thread.currentThread();
        AtomicReference<Exception> notTaken = new AtomicReference<>();
        try {
            // What the producer does not even take it says at once, in our thread.
            producer.send(first.entry.record(), (metadata, failure) -> {
                if (failure != null && Thread.currentThread() == caller) {
                    notTaken.set(failure);
                } else {
                    stored(first, metadata, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            notTaken.set(e);
        }
        if (notTaken.get() instanceof TimeoutException) {
            // No metadata, or no memory.
            stop(lane, SendFailedException.Kind.STORAGE_UNAVAILABLE, reason(notTaken.get()));
        } else {
            first.isHandedOver = true;
            leave(lane);
            Optional.ofNullable(notTaken.get()).ifPresent(failure -> failed(first, failure));
        }
    }

    private String reason(Throwable failure) {
        return StorageFailure.reason(dataCentre, failure);
    }

    /** Called by the producer's thread. */
    private void stored(Waiting waiting, RecordMetadata metadata, Exception failure) {
        if (failure == null) {
            waiting.stored.complete(metadata);
        } else {
            failed(waiting, failure);
        }
    }

    private void failed(Waiting waiting, Exception failure) {
        String topic = waiting.entry.record().topic();
        if (failure instanceof RecordTooLargeException || failure instanceof InvalidTopicException) {
            waiting.fail(SendFailedException.Kind.REJECTED, failure.getMessage());
        } else {
            if (failure instanceof UnknownTopicOrPartitionException || failure instanceof TimeoutException) {
                topics.forget(topic);
            }
            log.debug("Can't store in {}", topic, failure);
            waiting.fail(failure instanceof TimeoutException ? SendFailedException.Kind.NOT_CONFIRMED
                                 : SendFailedException.Kind.STORAGE_UNAVAILABLE, reason(failure));
        }
    }
}
