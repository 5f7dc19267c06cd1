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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Origin;
import org.roundtrip.messaging.proxy.record.RoutingInformation;
import org.roundtrip.messaging.proxy.testing.Broker;
import org.roundtrip.messaging.proxy.testing.JavaProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real brokers and a carrier in processes of their own, 1,000 messages a second of 50 keys, and kill -9.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledCarrierIT {

    private static final int PARTITIONS = 4;
    private static final int KEYS = 50;
    private static final int KILLS = 10;
    private static final String PRIVATE = "roundtrip.private.orders";
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final AtomicLong sent = new AtomicLong();
    private final LongAdder acknowledged = new LongAdder();
    private ScheduledExecutorService load;
    private JavaProcess a;
    private JavaProcess b;
    private int portA;
    private int portB;
    private int controllerPortB;

    @BeforeEach
    void startBrokers() throws IOException {
        load = Executors.newSingleThreadScheduledExecutor();
        portA = Broker.freePort();
        portB = Broker.freePort();
        controllerPortB = Broker.freePort();
        a = JavaProcess.broker(folder.resolve("a"), portA, Broker.freePort());
        b = JavaProcess.broker(folder.resolve("b"), portB, controllerPortB);
    }

    @AfterEach
    void endBrokers() {
        load.shutdownNow();
        a.close();
        b.close();
    }

    @Test
    void nothingIsLostDoubledOrReorderedByTenKillsUnderLoad() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            JavaProcess carrier = carrier(0);
            load.scheduleAtFixedRate(() -> send(producer), 0, 10, TimeUnit.MILLISECONDS);
            for (int kill = 1; kill <= KILLS; kill++) {
                long before = arrived();
                Awaitility.await("messages before kill " + kill).atMost(LONG).until(() -> arrived() > before + 1500);
                carrier.kill();
                carrier = carrier(kill);
            }
            finish(producer);
            carrier.kill();
        }
        check();
    }

    @Test
    void nothingIsLostDoubledOrReorderedByRestartsOfTheDestination() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(); JavaProcess carrier = carrier(0)) {
            load.scheduleAtFixedRate(() -> send(producer), 0, 10, TimeUnit.MILLISECONDS);
            for (int kill = 1; kill <= 3; kill++) {
                long before = arrived();
                Awaitility.await("messages before restart " + kill).atMost(LONG).until(
                        () -> arrived() > before + 1500);
                b.kill();
                b = JavaProcess.broker(folder.resolve("b"), portB, controllerPortB);
            }
            finish(producer);
            assertThat(carrier.isAlive()).isTrue();
        }
        check();
    }

    private JavaProcess carrier(int number) {
        return JavaProcess.start(CarrierProgram.class, "96m", folder.resolve("carrier-" + number),
                                 "localhost:" + portA, "localhost:" + portB, Integer.toString(PARTITIONS), "proxy");
    }

    private KafkaProducer<byte[], byte[]> producer() {
        try (Admin admin = Admin.create(KafkaClients.common(Map.of(), List.of("localhost:" + portA)))) {
            new KafkaTopics(admin, "a").find("roundtrip.public.b", PARTITIONS);
        }
        return new KafkaProducer<>(KafkaClients.writer(Map.of(), List.of("localhost:" + portA), "none"));
    }

    private void send(KafkaProducer<byte[], byte[]> producer) {
        for (int i = 0; i < 10; i++) {
            long number = sent.getAndIncrement();
            RecordHeaders headers = new RecordHeaders();
            headers.add(HeaderNames.ACCEPTED, Decimal.bytes(System.currentTimeMillis()));
            headers.add(HeaderNames.ROUTING, new RoutingInformation("orders", "b", List.of("b:1")).bytes());
            producer.send(new ProducerRecord<>("roundtrip.public.b", null,
                                               Decimal.bytes(number % KEYS), Decimal.bytes(number), headers),
                          (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.increment();
                    }
                });
        }
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(KafkaClients.reader(
                Map.of(), List.of("localhost:" + portB)));
        List<TopicPartition> all = IntStream.range(0, PARTITIONS).mapToObj(number -> new TopicPartition(PRIVATE,
                                                                                                        number))
                .toList();
        reader.assign(all);
        return reader;
    }

    private long arrived() {
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            return reader.endOffsets(reader.assignment()).values().stream().mapToLong(Long::longValue).sum();
        } catch (org.apache.kafka.common.KafkaException notYet) {
            return 0;
        }
    }

    private void finish(KafkaProducer<byte[], byte[]> producer) throws InterruptedException {
        load.shutdown();
        assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        producer.flush();
        Awaitility.await("all acknowledged messages").atMost(LONG).untilAsserted(
                () -> assertThat(delivered().size()).isEqualTo((int) acknowledged.sum()));
    }

    private void check() {
        List<Long> delivered = delivered();
        assertThat(delivered).doesNotHaveDuplicates().hasSize((int) sent.get());
        Map<Long, Long> last = new HashMap<>();
        delivered.forEach(number -> {
            Long before = last.put(number % KEYS, number);
            assertThat(before == null || before < number).as("order of " + number).isTrue();
        });
        System.out.println("Sent " + sent + ", copies in the destination " + (arrived() - sent.get()));
    }

    /** What a reader with watermarks delivers, in the order of each partition. */
    private List<Long> delivered() {
        List<Long> delivered = new ArrayList<>();
        Map<String, Long> watermarks = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
            reader.seekToBeginning(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    Origin origin = Origin.parse(HeaderNames.value(record.headers(), HeaderNames.ORIGIN)
                                                         .orElseThrow());
                    String writer = record.partition() + " " + origin.partition() + " " + origin.generation();
                    if (origin.offset() > watermarks.getOrDefault(writer, -1L)) {
                        watermarks.put(writer, origin.offset());
                        delivered.add(Long.parseLong(new String(record.value(), StandardCharsets.US_ASCII)));
                    }
                }
            }
        }
        return delivered;
    }
}
