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

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.roundtrip.messaging.proxy.TopicDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the topics that are missing. Thread-safe.
 */
final class TopicKeeper implements Topics {

    private static final Logger log = LoggerFactory.getLogger(TopicKeeper.class);

    private final Admin admin;
    private final int largest;
    private final Map<String, CompletableFuture<Void>> topics = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * Creates one.
     *
     * @param admin   asks the storage server
     * @param largest how large a message may be in the topics that it makes, in bytes
     */
    TopicKeeper(Admin admin, int largest) {
        this.admin = admin;
        this.largest = largest;
    }

    @Override
    public CompletableFuture<Void> ensure(String topic, int partitions) {
        counts.put(topic, partitions);
        CompletableFuture<Void> made = new CompletableFuture<>();
        CompletableFuture<Void> known = topics.putIfAbsent(topic, made);
        if (known != null) {
            return known;
        }
        make(topic, partitions).whenComplete((nothing, failure) -> {
            if (failure == null) {
                made.complete(null);
            } else {
                topics.remove(topic, made);
                made.completeExceptionally(causeOf(failure));
            }
        });
        return made;
    }

    @Override
    public void forget(String topic) {
        topics.computeIfPresent(topic, (name, known) -> known.isDone() ? null : known);
    }

    /**
     * Makes those again that somebody has deleted: who sends to them would wait for ever otherwise. It does not wait
     * for the storage server.
     */
    void restore() {
        counts.forEach((topic, partitions) -> {
            CompletableFuture<Void> known = topics.get(topic);
            if (known != null && known.isDone()) {
                make(topic, partitions).exceptionally(failure -> {
                    log.debug("Can't see whether topic {} is still there", topic, failure);
                    return null;
                });
            }
        });
    }

    private CompletableFuture<Void> make(String topic, int partitions) {
        return future(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .thenAccept(description -> { })
                .handle((nothing, failure) -> failure == null ? CompletableFuture.<Void>completedFuture(null)
                        : create(topic, partitions, failure))
                .thenCompose(made -> made);
    }

    private CompletableFuture<Void> create(String topic, int partitions, Throwable failure) {
        if (!(causeOf(failure) instanceof UnknownTopicOrPartitionException)) {
            return CompletableFuture.failedFuture(failure);
        }
        return future(admin.describeCluster().nodes())
                .thenCompose(nodes -> future(admin.createTopics(List.of(TopicDefinition.of(
                        topic, partitions, nodes.size(), largest))).all()))
                .handle((nothing, e) -> {
                    if (e == null) {
                        log.info("Made topic {} with {} partitions", topic, partitions);
                    } else if (!(causeOf(e) instanceof TopicExistsException)) {
                        throw new CompletionException(causeOf(e));
                    }
                    return null;
                });
    }

    /** Returns what really failed. */
    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static <T> CompletableFuture<T> future(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }
}
