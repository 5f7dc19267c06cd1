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

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.TopicDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets others take over the partitions of a routing proxy that has died sooner than the consumer groups do by
 * themselves: a storage server waits for a member for at least six seconds, unless it is set otherwise. Each routing
 * proxy of the data centre writes twice a second into a topic that it lives; those that are silent for two seconds are
 * removed from the groups by who sees it first. One that only stood still joins again; meanwhile it may have sent what
 * the next one sends too, which is known by its origin.
 * <p>
 * Thread-safe.
 */
final class Heartbeats implements AutoCloseable {

    static final String TOPIC = "roundtrip.routing.alive";

    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long RETRY_MILLIS = 1000;
    private static final int BEAT_BYTES = 2 * Long.BYTES;
    private static final String KEPT = Long.toString(TimeUnit.MINUTES.toMillis(10));
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final long life = ThreadLocalRandom.current().nextLong();
    private final String dataCentre;
    private final String name;
    private final Map<String, Object> clients;
    private final List<String> servers;
    private final Supplier<Set<String>> groups;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Begins to live.
     *
     * @param dataCentre the data centre
     * @param name       the name of this proxy, by which it is a member of groups
     * @param clients    what clients of its storage server need
     * @param servers    the brokers of its storage server
     * @param groups     tells the consumer groups in which the proxies are
     */
    Heartbeats(String dataCentre, String name, Map<String, Object> clients, List<String> servers,
               Supplier<Set<String>> groups) {
        this.dataCentre = dataCentre;
        this.name = name;
        this.clients = clients;
        this.servers = servers;
        this.groups = groups;
        this.thread = new Thread(this::run, "routing-heartbeats");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private void run() {
        while (!isClosing(0)) {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(writer());
                    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                            KafkaClients.reader(clients, servers))) {
                live(producer, consumer);
                producer.send(new ProducerRecord<>(TOPIC, 0, bytes(name), null));
            } catch (InterruptException ending) {
                return;
            } catch (KafkaException | RouteException failure) {
                // Routes say so too: here it is only about how soon others take over.
                log.debug("No heartbeats for now: {}", StorageFailure.reason(dataCentre, failure));
                isClosing(RETRY_MILLIS);
            }
        }
    }

    private Map<String, Object> writer() {
        Map<String, Object> settings = KafkaClients.writer(clients, servers, "none");
        // What is late is of no use.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.RETRIES_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 10);
        return settings;
    }

    private void live(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer) {
        try (Admin admin = Admin.create(KafkaClients.common(clients, servers))) {
            new KafkaTopics(admin, dataCentre).find(TOPIC, brokers -> TopicDefinition.of(TOPIC, 1, brokers).configs(
                    Map.of(TopicConfig.RETENTION_MS_CONFIG, KEPT, TopicConfig.SEGMENT_MS_CONFIG, KEPT)));
        }
        consumer.assign(List.of(PARTITION));
        consumer.seekToEnd(List.of(PARTITION));
        Peers peers = new Peers(name, SILENCE);
        long beats = System.nanoTime() - PERIOD.toNanos();
        while (!isClosing(0)) {
            long now = System.nanoTime();
            if (now - beats >= PERIOD.toNanos()) {
                beats = now;
                producer.send(new ProducerRecord<>(TOPIC, 0, bytes(name),
                                                   ByteBuffer.allocate(BEAT_BYTES).putLong(life).putLong(now)
                                                           .array()));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(peers, record);
            }
        }
    }

    private void take(Peers peers, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String from = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            peers.left(from);
        } else if (!from.equals(name)) {
            peers.heard(from, System.nanoTime());
        } else if (record.value().length == BEAT_BYTES) {
            ByteBuffer beat = ByteBuffer.wrap(record.value());
            // The clock of an earlier life under this name may have been another.
            if (beat.getLong() == life) {
                peers.silentWhen(beat.getLong()).forEach(this::remove);
            }
        }
    }

    private void remove(String dead) {
        log.info("Routing proxy {} of {} is silent: others take over what it had", dead, dataCentre);
        try (Admin admin = Admin.create(KafkaClients.common(clients, servers))) {
            for (String group : groups.get()) {
                remove(admin, group, dead);
            }
        }
    }

    private static void remove(Admin admin, String group, String dead) {
        try {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(
                    Set.of(new MemberToRemove(dead)))).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notThere) {
            // Another has removed it already, or it was not in this group.
            log.debug("{} is not removed from {}: {}", dead, group, notThere.toString());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isClosing(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /** Ends, and says so, unless that takes longer than some seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TIMEOUT.toMillis());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
