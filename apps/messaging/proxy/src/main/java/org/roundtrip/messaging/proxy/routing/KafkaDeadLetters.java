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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.TopicDefinition;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Origin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A topic beside the public area for what can't be delivered. Most routes never need it, so it is made when it is.
 */
final class KafkaDeadLetters implements DeadLetters, AutoCloseable {

    private static final long SECONDS = 10;
    private static final int LARGEST = 8 << 20;
    private static final String PREFIX = "roundtrip.dead-letters.to-";

    private final Map<String, Object> common;
    private final List<String> servers;
    private final String topic;
    private final String where;
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

    KafkaDeadLetters(Map<String, Object> common, List<String> servers, String where, String to) {
        this.common = common;
        this.servers = servers;
        this.where = where;
        this.topic = PREFIX + to;
    }

    @Override
    public synchronized void write(ConsumerRecord<byte[], byte[]> message, Origin origin, String reason) {
        if (producer.isEmpty()) {
            try (Admin admin = Admin.create(KafkaClients.common(common, servers))) {
                // Some are here because they are too large elsewhere.
                new KafkaTopics(admin, where).find(topic, brokers -> TopicDefinition.of(topic, 1, brokers, LARGEST));
            }
            producer = Optional.of(new KafkaProducer<>(KafkaClients.writer(common, servers, "none")));
        }
        RecordHeaders headers = new RecordHeaders(message.headers());
        headers.remove(HeaderNames.REASON);
        headers.add(HeaderNames.REASON, reason.getBytes(StandardCharsets.UTF_8));
        if (headers.lastHeader(HeaderNames.ORIGIN) == null) {
            headers.add(HeaderNames.ORIGIN, origin.bytes());
        }
        try {
            store(new ProducerRecord<>(topic, null, message.key(), message.value(), headers));
        } catch (RecordTooLargeException tooLarge) {
            headers.remove(HeaderNames.REASON);
            headers.add(HeaderNames.REASON, (reason + "; its payload is too large for this topic too, and only in "
                    + message.topic() + ", partition " + message.partition() + ", offset " + message.offset())
                    .getBytes(StandardCharsets.UTF_8));
            store(new ProducerRecord<>(topic, null, message.key(), null, headers));
        }
    }

    private void store(ProducerRecord<byte[], byte[]> letter) {
        try {
            producer.orElseThrow().send(letter).get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RecordTooLargeException) {
                throw (RecordTooLargeException) failure.getCause();
            }
            close();
            throw new RouteException("Dead letter in " + topic + ": "
                                             + StorageFailure.reason(where, failure.getCause()), failure);
        } catch (TimeoutException silence) {
            close();
            throw new RouteException(topic + " in " + where + " does not acknowledge a dead letter", silence);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    @Override
    public synchronized void close() {
        producer.ifPresent(open -> open.close(Duration.ZERO));
        producer = Optional.empty();
    }
}
