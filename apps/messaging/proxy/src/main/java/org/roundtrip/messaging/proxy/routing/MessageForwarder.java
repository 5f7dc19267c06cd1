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

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.roundtrip.messaging.proxy.record.Origin;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Sends one message after the other into its queue in the next data centre, unless it is there already, or can't be
 * delivered: then it becomes a dead letter. Used by the carrying thread alone.
 */
final class MessageForwarder {

    private final CarrierSettings settings;
    private final DeadLetters deadLetters;
    private final KnownWay ways;
    private final RefusedMessages refused;
    private final RouteMeters meters;
    private final Lease lease;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final java.util.function.Consumer<Step> steps;
    /** Dead letters of messages that perhaps come again: what is before them is not committed. */
    private final Set<Origin> buried = new HashSet<>();

    MessageForwarder(CarrierSettings settings, DeadLetters deadLetters, KnownWay ways, RefusedMessages refused,
                     RouteMeters meters, Lease lease, Clock clock, LongSupplier nanoTime, Duration timeout,
                     java.util.function.Consumer<Step> steps) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.ways = ways;
        this.refused = refused;
        this.meters = meters;
        this.lease = lease;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
        this.steps = steps;
    }

    /**
     * Takes the next message of a partition.
     *
     * @param consumer  from which it comes
     * @param session   by which it is sent
     * @param partition from which it comes
     * @param source    the same
     * @param message   the message
     * @throws RuntimeException if it can't be sent now
     */
    void forward(Consumer<byte[], byte[]> consumer, Session session, TopicPartition partition,
                 SourcePartition source, ConsumerRecord<byte[], byte[]> message) {
        steps.accept(Step.MESSAGE_TAKEN);
        try {
            refused.reason(partition, message.offset()).ifPresent(reason -> {
                throw new UndeliverableException(reason);
            });
            Headers headers = message.headers();
            Way way = ways.of(headers);
            Target target = source.target(way.topic()).orElseGet(() -> findPlace(consumer, session, source, way));
            Optional<Origin> foreign = OnwardHeaders.foreignOrigin(headers);
            if (isThere(source, target, message.offset(), foreign)) {
                source.messages().add(message.offset()).passed();
                meters.skipped.increment();
                return;
            }
            OnwardHeaders.requireFresh(headers, clock.millis());
            int to = partition(way, target, message, foreign, source);
            long accepted = OnwardHeaders.accepted(headers);
            OnwardHeaders.leave(headers, way.area(), settings.from());
            if (foreign.isEmpty()) {
                OnwardHeaders.addOrigin(headers, source.originPrefix(), message.offset());
            }
            send(session, source, target, message, way.topic(), to, accepted);
        } catch (UndeliverableException | MalformedHeaderException reason) {
            writeDeadLetter(partition, source, message, String.valueOf(reason.getMessage()));
        }
    }

    private Target findPlace(Consumer<byte[], byte[]> consumer, Session session, SourcePartition source, Way way) {
        SourcePartition.TailSearch search = source.search(way.topic());
        long[] found = session.destination().find(way.topic(), way.partitions(), search);
        lease.renew(nanoTime.getAsLong());
        steps.accept(Step.PLACE_FOUND);
        source.open(way.topic(), search, found);
        source.advance();
        // Before the first message, so that after a crash it is known from where on to look for it.
        consumer.commitSync(Map.of(new TopicPartition(settings.topic(), source.number()), source.commit()), timeout);
        source.committed(source.messages().position());
        steps.accept(Step.PLACE_COMMITTED);
        return source.target(way.topic()).orElseThrow();
    }

    private static boolean isThere(SourcePartition source, Target target, long offset, Optional<Origin> foreign) {
        if (target.isPassed() || source.isPast(offset)) {
            return false;
        }
        return target.meets(foreign.orElseGet(() -> Origin.parse(Decimal.append(source.originPrefix(), offset))));
    }

    private static int partition(Way way, Target target, ConsumerRecord<byte[], byte[]> message,
                                 Optional<Origin> foreign, SourcePartition source) {
        if (way.area() == Way.Area.PUBLIC) {
            return foreign.map(origin -> TargetPartition.inTransit(origin, target.partitions()))
                    .orElse(source.number() % target.partitions());
        }
        return message.key() == null
                ? TargetPartition.ofOffset(foreign.map(Origin::offset).orElse(message.offset()), target.partitions())
                : TargetPartition.ofKey(message.key(), target.partitions());
    }

    private void send(Session by, SourcePartition source, Target target, ConsumerRecord<byte[], byte[]> message,
                      String topic, int to, long accepted) {
        Session.Message item = source.messages().add(message.offset());
        int bytes = Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
        item.sending(by, target, source.number(), to, bytes, accepted);
        // Without the time of the source: what waited long must not be deleted for its age when it arrives.
        ProducerRecord<byte[], byte[]> outgoing = new ProducerRecord<>(topic, to, message.key(), message.value(),
                                                                       message.headers());
        Future<RecordMetadata> sent = by.destination().send(outgoing, item);
        if (!by.isRemembered(topic, to, target.partitions(), nanoTime.getAsLong())) {
            await(sent);
            by.remember(topic, to, target.partitions(), nanoTime.getAsLong());
            steps.accept(Step.FIRST_ACKNOWLEDGED);
        }
        by.throwIfFailed();
        steps.accept(Step.MESSAGE_SENT);
    }

    private void await(Future<RecordMetadata> sent) {
        try {
            sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            lease.renew(nanoTime.getAsLong());
        } catch (ExecutionException failure) {
            throw new RouteException(StorageFailure.reason(settings.via(), failure.getCause()), failure);
        } catch (TimeoutException silence) {
            throw new RouteException(settings.via() + " does not acknowledge", silence);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private void writeDeadLetter(TopicPartition partition, SourcePartition source,
                                 ConsumerRecord<byte[], byte[]> message, String reason) {
        Origin origin = new Origin(settings.from(), source.number(), source.generation(), message.offset());
        if (!buried.contains(origin)) {
            steps.accept(Step.DEAD_LETTER_DECIDED);
            // Nothing after it is sent before it is kept: it is not there to be found after a crash.
            deadLetters.write(message, origin, reason);
            steps.accept(Step.DEAD_LETTER_WRITTEN);
            meters.deadLetters.increment();
            buried.removeIf(each -> each.partition() == source.number()
                    && each.offset() < source.messages().position());
            buried.add(origin);
        }
        source.messages().add(message.offset()).passed();
        refused.forget(partition, message.offset());
    }
}
