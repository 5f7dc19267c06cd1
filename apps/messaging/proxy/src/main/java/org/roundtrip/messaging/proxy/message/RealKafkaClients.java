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
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clients of Kafka, set so that nothing that is confirmed is lost and nobody waits for long.
 */
final class RealKafkaClients implements KafkaClients {

    private final MessageProxySettings settings;

    RealKafkaClients(MessageProxySettings settings) {
        this.settings = settings;
    }

    private Map<String, Object> common(List<String> bootstrapServers) {
        // The user's come first, so that they can't change what exactly-once rests on.
        Map<String, Object> common = new HashMap<>(settings.kafka());
        common.put("bootstrap.servers", String.join(",", bootstrapServers));
        common.putIfAbsent("client.id", "roundtrip-message-" + settings.name());
        common.putIfAbsent("reconnect.backoff.max.ms", 1_000);
        return common;
    }

    @Override
    public Producer<byte[], byte[]> producer(List<String> bootstrapServers) {
        Map<String, Object> own = common(bootstrapServers);
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        own.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A broker that knows nothing of a producer yet takes any first sequence number: the second request would
        // overtake a first one that it has refused, because it was about to make the topic or to lead it.
        own.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        own.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.largestRecord());
        // The thread that sends serves all topics: it asks again rather than waits.
        own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 50);
        own.putIfAbsent(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin admin(List<String> bootstrapServers) {
        Map<String, Object> own = common(bootstrapServers);
        own.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        own.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return Admin.create(own);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(List<String> bootstrapServers, String group, String instance) {
        Map<String, Object> own = common(bootstrapServers);
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        own.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        own.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
        // The least that a broker allows by itself: how long others wait for a member that has died.
        own.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        own.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        own.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        own.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
