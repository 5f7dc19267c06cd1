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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Kafka clusters at both ends of a route.
 *
 * @param local          settings of the clients in this data centre, such as those of TLS
 * @param localServers   the brokers of this data centre
 * @param remote         settings of the clients in the next data centre
 * @param remoteServers  the brokers of the next data centre
 * @param settings       how the carrier behaves
 * @param partitions     how many partitions the public topic gets if it does not exist
 * @param instance       the name of this proxy, which no other one of the same data centre has
 * @param compression    how messages are compressed on their way: none, gzip, snappy, lz4 or zstd
 * @param letters        where dead letters go
 * @param formerWay      looks whether messages are under way on another way
 */
record KafkaRouteEnds(Map<String, Object> local, List<String> localServers, Map<String, Object> remote,
                      List<String> remoteServers, CarrierSettings settings, int partitions, String instance,
                      String compression, KafkaDeadLetters letters, FormerWay formerWay) implements RouteEnds {

    private static final String GROUP = "roundtrip.routing.";

    /** Returns the consumer group of the routing proxies that carry messages to a data centre. */
    static String group(String to) {
        return GROUP + to;
    }

    @Override
    public Consumer<byte[], byte[]> openSource() {
        return new KafkaConsumer<>(KafkaClients.member(local, localServers, group(settings.to()), instance,
                                                       Duration.ofSeconds(settings.lease().toSeconds())));
    }

    @Override
    public Uuid sourceTopicId() {
        try (Admin admin = Admin.create(KafkaClients.common(local, localServers))) {
            return new KafkaTopics(admin, settings.from()).find(settings.topic(), partitions).topicId();
        }
    }

    @Override
    public Map<TopicPartition, FirstMessage> firstMessages(Map<TopicPartition, Long> positions, Duration timeout) {
        Map<TopicPartition, FirstMessage> found = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = new KafkaConsumer<>(KafkaClients.reader(local, localServers))) {
            reader.assign(positions.keySet());
            positions.forEach(reader::seek);
            long end = System.nanoTime() + timeout.toNanos();
            for (long left = timeout.toNanos(); found.size() < positions.size() && left > 0;
                    left = end - System.nanoTime()) {
                reader.poll(Duration.ofNanos(left)).forEach(record -> found.putIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), first(record)));
                reader.pause(found.keySet());
            }
        }
        return found;
    }

    private static FirstMessage first(ConsumerRecord<byte[], byte[]> record) {
        return new FirstMessage(record.offset(), OnwardHeaders.accepted(record.headers()),
                                Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()));
    }

    @Override
    public void requireEmptyWay(String via) {
        formerWay.requireEmpty(via);
    }

    @Override
    public Destination openDestination() {
        return new KafkaDestination(remote, remoteServers, settings.via(), compression);
    }

    @Override
    public DeadLetters deadLetters() {
        return letters;
    }
}
