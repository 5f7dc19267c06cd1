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
import org.apache.kafka.clients.producer.Producer;
import org.roundtrip.messaging.configuration.MessageQueue;
import org.roundtrip.messaging.configuration.compute.Correspondence;
import org.roundtrip.messaging.configuration.compute.TopicNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The storage server of this data centre at one address: the clients that store, make topics and measure.
 */
final class Storage implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Storage.class);
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private final MessageProxySettings settings;
    private final List<String> bootstrapServers;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final TopicKeeper topics;
    private final BacklogLimits limits;
    private final Outbox outbox;
    private final ScheduledThreadPoolExecutor sending = executor("roundtrip-send");
    private final ScheduledThreadPoolExecutor measuring = executor("roundtrip-measure");
    private volatile List<MessageQueue> queues = List.of();

    Storage(MessageProxySettings settings, KafkaClients clients, MessageMetrics metrics,
            List<String> bootstrapServers) {
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
        producer = clients.producer(bootstrapServers);
        admin = clients.admin(bootstrapServers);
        topics = new TopicKeeper(admin, settings.largest());
        limits = new BacklogLimits(settings.dataCentre(), admin, metrics);
        outbox = new Outbox(settings.dataCentre(), producer, topics, sending);
        measuring.scheduleWithFixedDelay(topics::restore, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(),
                                         TimeUnit.MILLISECONDS);
        measuring.scheduleWithFixedDelay(this::lookAfter, 0, BETWEEN_MEASUREMENTS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor executor(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        // Most deadlines are not reached.
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private void lookAfter() {
        try {
            queues.forEach(this::makeTopic);
            limits.measure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Can't look after the storage server", e);
        }
    }

    /** Whoever receives has to find it, though nobody has sent anything yet. */
    private void makeTopic(MessageQueue queue) {
        topics.ensure(TopicNames.privateTopic(queue), queue.partitions()).whenComplete((nothing, failure) -> {
            if (failure != null) {
                log.debug("Can't make the topic of queue {} yet", queue.name(), failure);
            }
        });
    }

    /** Takes limits of backlogs, and which queues are here. */
    void configure(Correspondence correspondence) {
        limits.configure(correspondence);
        queues = correspondence.queuesProcessedIn(settings.dataCentre());
    }

    List<String> bootstrapServers() {
        return bootstrapServers;
    }

    Outbox outbox() {
        return outbox;
    }

    BacklogLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        sending.shutdown();
        measuring.shutdownNow();
        producer.close(TIME_TO_CLOSE);
        admin.close(TIME_TO_CLOSE);
    }
}
