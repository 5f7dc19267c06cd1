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
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.roundtrip.messaging.proxy.record.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A Kafka cluster in another data centre.
 */
final class KafkaDestination implements Destination {

    private static final Logger log = LoggerFactory.getLogger(KafkaDestination.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LONGEST_SEARCH = TimeUnit.SECONDS.toNanos(60);

    private final Map<String, Object> common;
    private final List<String> servers;
    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaDestination(Map<String, Object> common, List<String> servers, String name, String compression) {
        this.common = common;
        this.servers = servers;
        this.name = name;
        try {
            this.producer = new KafkaProducer<>(KafkaClients.writer(common, servers, compression));
        } catch (KafkaException failure) {
            throw new RouteException(StorageFailure.reason(name, failure), failure);
        }
    }

    @Override
    public long[] find(String topic, int partitions, Search search) {
        int count;
        try (Admin admin = Admin.create(KafkaClients.common(common, servers))) {
            count = new KafkaTopics(admin, name).find(topic, partitions).partitions().size();
        }
        List<TopicPartition> all = IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        try (KafkaConsumer<byte[], byte[]> tail = new KafkaConsumer<>(KafkaClients.reader(common, servers))) {
            Map<TopicPartition, Long> ends = tail.endOffsets(all);
            Map<TopicPartition, Long> beginnings = tail.beginningOffsets(all);
            Map<TopicPartition, Long> from = new HashMap<>();
            all.forEach(each -> {
                long first = Math.max(search.from(each.partition(), ends.get(each)), beginnings.get(each));
                if (first < ends.get(each)) {
                    from.put(each, first);
                }
            });
            read(tail, from, ends, search);
            return all.stream().mapToLong(ends::get).toArray();
        } catch (InterruptException closing) {
            throw closing;
        } catch (KafkaException failure) {
            throw new RouteException(StorageFailure.reason(name, failure), failure);
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> tail, Map<TopicPartition, Long> from,
                      Map<TopicPartition, Long> ends, Search search) {
        tail.assign(from.keySet());
        from.forEach(tail::seek);
        long end = System.nanoTime() + LONGEST_SEARCH;
        while (from.keySet().stream().anyMatch(each -> tail.position(each) < ends.get(each))) {
            if (System.nanoTime() > end) {
                throw new RouteException(name + " does not show what it holds already");
            }
            for (ConsumerRecord<byte[], byte[]> record : tail.poll(POLL)) {
                HeaderNames.value(record.headers(), HeaderNames.ORIGIN).ifPresent(text -> found(text, search));
            }
        }
    }

    private static void found(byte[] text, Search search) {
        try {
            search.found(Origin.parse(text));
        } catch (MalformedHeaderException other) {
            log.debug("Not written by a routing proxy: {}", other.getMessage());
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
        try {
            return producer.send(message, callback);
        } catch (InterruptException closing) {
            throw closing;
        } catch (KafkaException failure) {
            throw new RouteException(StorageFailure.reason(name, failure), failure);
        }
    }

    @Override
    public long throttleMillis() {
        return Throttling.millis(producer.metrics(), "produce-throttle-time-avg");
    }

    @Override
    public void abandon() {
        producer.close(Duration.ZERO);
    }
}
