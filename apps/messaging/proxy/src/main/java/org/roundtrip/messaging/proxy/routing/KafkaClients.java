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

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the clients of Kafka are set up: what exactly once depends on, and what makes them fast.
 */
final class KafkaClients {

    private static final int FETCH_BYTES = 4 << 20;
    private static final int FETCH_PARTITION_BYTES = 1 << 20;
    private static final int RECORDS = 4000;
    private static final int BATCH_BYTES = 256 << 10;
    private static final long BUFFER_BYTES = 48L << 20;
    private static final int LARGEST_REQUEST = 8 << 20;
    private static final int LARGEST_METADATA_AGE = 30_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 500;

    private KafkaClients() {
    }

    /** Settings of the member of a consumer group. */
    static Map<String, Object> member(Map<String, Object> common, List<String> servers, String group, String instance,
                                      Duration sessionTimeout) {
        Map<String, Object> settings = reader(common, servers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // A proxy that comes back at once is the same member: nobody has to wait until it is thought dead.
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
        // As often as it is when a member hears that another has died.
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                     List.of(CooperativeStickyAssignor.class.getName()));
        return settings;
    }

    /** Settings of a consumer without a group. */
    static Map<String, Object> reader(Map<String, Object> common, List<String> servers) {
        Map<String, Object> settings = common(common, servers);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Senders may use transactions; what they aborted was never accepted.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_PARTITION_BYTES);
        return settings;
    }

    /** Settings of a producer that keeps the order and never gives up. */
    static Map<String, Object> writer(Map<String, Object> common, List<String> servers, String compression) {
        Map<String, Object> settings = common(common, servers);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // A message that is given up leaves a gap; what waits is retried for as long as it takes.
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        return settings;
    }

    /** Settings of every client. */
    static Map<String, Object> common(Map<String, Object> common, List<String> servers) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, LARGEST_METADATA_AGE);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        // What a network that was cut has lost must not hold a connection up for long once it is mended.
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 4_000);
        settings.put("enable.metrics.push", false);
        return settings;
    }
}
