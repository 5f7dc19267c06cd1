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

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.messaging.configuration.compute.Destination;
import org.roundtrip.messaging.proxy.message.compute.Position;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.roundtrip.messaging.proxy.record.Origin;
import org.roundtrip.messaging.proxy.record.RoutingInformation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages as records of the storage server, and back.
 */
final class MessageRecords {

    private static final byte[] EMPTY = {};

    private MessageRecords() {
    }

    /**
     * Returns what is stored of a message that is processed here: nothing about where.
     *
     * @throws InvalidRequestException if its key or a header can't be written
     */
    static ProducerRecord<byte[], byte[]> local(OutgoingMessage message, Destination destination, Instant now) {
        return record(destination.privateTopic(), message, now);
    }

    /**
     * Returns what is stored of a message that is processed elsewhere: it has its routing information.
     *
     * @throws InvalidRequestException if its key or a header can't be written
     */
    static ProducerRecord<byte[], byte[]> remote(OutgoingMessage message, Destination destination, Instant now,
                                                 Optional<Instant> expires) {
        ProducerRecord<byte[], byte[]> record = record(destination.publicTopic(), message, now);
        record.headers().add(HeaderNames.ROUTING, new RoutingInformation(
                destination.queue(), destination.dataCentre(), destination.bootstrapServers()).bytes());
        expires.ifPresent(time -> record.headers().add(HeaderNames.EXPIRES, Decimal.bytes(time.toEpochMilli())));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, OutgoingMessage message, Instant now) {
        byte[] key = message.key().map(text -> utf8(text, "key")).orElse(null);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, message.payload());
        Headers headers = record.headers();
        for (MessageHeader header : message.headers()) {
            if (header.name().isEmpty() || HeaderNames.isReserved(header.name())) {
                throw new InvalidRequestException("headers", "'" + header.name() + "' is not a name for a header: use"
                        + " any text that does not begin with '" + HeaderNames.PREFIX + "'");
            }
            utf8(header.name(), "headers");
            headers.add(header.name(), header.value());
        }
        headers.add(HeaderNames.SENDER, utf8(message.sender(), "sender"));
        headers.add(HeaderNames.ACCEPTED, Decimal.bytes(now.toEpochMilli()));
        return record;
    }

    /** Half a surrogate pair would silently become a question mark, and two keys one. */
    private static byte[] utf8(String text, String field) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(field, "is not valid Unicode: it has half a surrogate pair");
        }
    }

    /**
     * Reads a record of the private area.
     *
     * @param dataCentre where it is
     * @throws MalformedHeaderException if what the proxies wrote is not what they write
     */
    static ReceivedMessage received(String dataCentre, String queue, ConsumerRecord<byte[], byte[]> record) {
        Optional<Origin> origin = HeaderNames.value(record.headers(), HeaderNames.ORIGIN).map(Origin::parse);
        MessageId id = origin.map(at -> new MessageId(at.dataCentre(), at.partition(), at.offset()))
                .orElseGet(() -> new MessageId(dataCentre, record.partition(), record.offset()));
        return new ReceivedMessage(
                id,
                HeaderNames.value(record.headers(), HeaderNames.SENDER).map(MessageRecords::text).orElse(""),
                Optional.ofNullable(record.key()).map(MessageRecords::text),
                record.value() == null ? EMPTY : record.value(),
                applicationHeaders(record.headers()),
                time(record.headers(), HeaderNames.ACCEPTED).orElseGet(() -> timestamp(record)),
                time(record.headers(), HeaderNames.EXPIRES),
                origin,
                new Position(queue, record.partition(), record.offset()));
    }

    private static Instant timestamp(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE ? 0
                                            : record.timestamp());
    }

    private static Optional<Instant> time(Headers headers, String name) {
        return HeaderNames.value(headers, name).map(text -> Decimal.parse(name, text)).map(Instant::ofEpochMilli);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<MessageHeader> applicationHeaders(Headers headers) {
        List<MessageHeader> own = new ArrayList<>();
        for (Header header : headers) {
            if (!HeaderNames.isReserved(header.key())) {
                own.add(new MessageHeader(header.key(), header.value() == null ? EMPTY : header.value()));
            }
        }
        return own;
    }

    /** Returns a record as a dead letter: all that it was, and why it is one. */
    static ProducerRecord<byte[], byte[]> deadLetter(String topic, ConsumerRecord<byte[], byte[]> record,
                                                     String reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        letter.headers().remove(HeaderNames.REASON);
        letter.headers().add(HeaderNames.REASON, reason.getBytes(StandardCharsets.UTF_8));
        return letter;
    }
}
