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
import org.apache.kafka.common.header.internals.RecordHeaders;
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
                new KafkaTopics(admin, where).find(topic, 1);
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
            producer.orElseThrow().send(new ProducerRecord<>(topic, null, message.key(), message.value(), headers))
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            close();
            throw new RouteException("Dead letter in " + topic + ": " + failure.getCause().getMessage(), failure);
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
