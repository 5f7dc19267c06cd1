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

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Clients of a storage server, as applications use them, and records as a message proxy makes them.
 */
final class KafkaEnds {

    private static final short ONE_REPLICA = 1;
    private static final int BATCH_BYTES = 64 << 10;
    private static final long SECONDS_FOR_A_TOPIC = 30;
    private static final String QUEUE_PREFIX = "to-";
    private static final byte[] SENDER = "shop".getBytes(StandardCharsets.UTF_8);

    private KafkaEnds() {
    }

    static Admin admin(String servers) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    }

    static void makeTopic(String servers, String topic, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin(servers)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, ONE_REPLICA))).all()
                    .get(SECONDS_FOR_A_TOPIC, TimeUnit.SECONDS);
        }
    }

    static KafkaProducer<byte[], byte[]> producer(String servers) {
        return new KafkaProducer<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers,
                                          ProducerConfig.ACKS_CONFIG, "all",
                                          ProducerConfig.LINGER_MS_CONFIG, 0,
                                          ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                                   new ByteArraySerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<byte[], byte[]> consumer(String servers) {
        return new KafkaConsumer<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers,
                                          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                                          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                                          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                                   new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns the partitions that a topic has, none if it is not there. */
    static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return Optional.ofNullable(consumer.listTopics().get(topic)).orElse(List.of()).stream()
                .map(each -> new TopicPartition(topic, each.partition())).toList();
    }

    /** Returns a record as a message proxy makes it in a public area. */
    static ProducerRecord<byte[], byte[]> remote(String topic, String dataCentre, Payload payload) {
        byte[] routing = new RoutingInformation(QUEUE_PREFIX + dataCentre, dataCentre,
                                                List.of(dataCentre + ".example.net:9092")).bytes();
        byte[] accepted = Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, payload.key().getBytes(StandardCharsets.UTF_8), payload.bytes(),
                                    List.of(new RecordHeader(HeaderNames.SENDER, SENDER),
                                            new RecordHeader(HeaderNames.ACCEPTED, accepted),
                                            new RecordHeader(HeaderNames.ROUTING, routing)));
    }
}
