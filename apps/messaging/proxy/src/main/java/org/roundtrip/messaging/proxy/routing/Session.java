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

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.roundtrip.messaging.proxy.StorageFailure;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One writer's time with a destination: from its opening to its first failure.
 */
final class Session {

    /** Brokers forget a producer that was silent for a day (producer.id.expiration.ms); this is well before. */
    private static final long REMEMBERED_NANOS = TimeUnit.HOURS.toNanos(1);

    private final String name;
    private final Destination destination;
    private final LongSupplier maximumInFlight;
    private final RouteMeters meters;
    private final Clock clock;
    private final Refusals refusals;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Map<String, long[]> remembered = new HashMap<>();
    private volatile Thread waiting;

    /** Is told of messages that the destination refuses to take. */
    @FunctionalInterface
    interface Refusals {
        void refused(int sourcePartition, long offset, String reason);
    }

    Session(String name, Destination destination, LongSupplier maximumInFlight, RouteMeters meters, Clock clock,
            Refusals refusals) {
        this.name = name;
        this.destination = destination;
        this.maximumInFlight = maximumInFlight;
        this.meters = meters;
        this.clock = clock;
        this.refusals = refusals;
    }

    Destination destination() {
        return destination;
    }

    /** Returns why nothing more can be sent, or empty if it can. */
    Optional<RouteException> failure() {
        return Optional.ofNullable(failure.get()).map(reason -> new RouteException(StorageFailure.reason(name, reason),
                                                                                   reason));
    }

    /** Ends the turn of the carrying thread if nothing more can be sent. */
    void throwIfFailed() {
        failure().ifPresent(reason -> {
            throw reason;
        });
    }

    boolean hasRoom() {
        return inFlight.get() < maximumInFlight.getAsLong();
    }

    /**
     * Waits until there is room for more.
     *
     * @param nanos how long at most
     * @return whether there is
     */
    boolean awaitRoom(long nanos) {
        if (hasRoom()) {
            return true;
        }
        long end = System.nanoTime() + nanos;
        waiting = Thread.currentThread();
        try {
            // Half, so that it is worth going on.
            while (inFlight.get() > maximumInFlight.getAsLong() / 2 && failure.get() == null
                    && System.nanoTime() < end) {
                LockSupport.parkNanos(this, end - System.nanoTime());
            }
        } finally {
            waiting = null;
        }
        return hasRoom() && failure.get() == null;
    }

    /**
     * Returns whether the broker holds the next message into a partition against the ones before. Until one was
     * acknowledged it takes any sequence number, so that a second message could overtake a first one that failed.
     */
    boolean isRemembered(String topic, int partition, int partitions, long now) {
        long[] times = remembered.get(topic);
        return times != null && times.length == partitions && times[partition] != 0
                && now - times[partition] < REMEMBERED_NANOS;
    }

    void remember(String topic, int partition, int partitions, long now) {
        long[] times = remembered.get(topic);
        if (times == null || times.length != partitions) {
            times = new long[partitions];
            remembered.put(topic, times);
        }
        times[partition] = now == 0 ? 1 : now;
    }

    private void sent(int bytes) {
        inFlight.addAndGet(bytes);
    }

    private void acknowledged(int bytes, long accepted) {
        meters.carried(bytes, accepted < 0 ? 0 : clock.millis() - accepted);
        long left = inFlight.addAndGet(-bytes);
        Thread thread = waiting;
        if (thread != null && left <= maximumInFlight.getAsLong() / 2) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the session; called from a callback, nothing after what failed is sent. */
    void fail(Throwable reason) {
        failure.compareAndSet(null, reason);
        destination.abandon();
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns whether a failure is the fault of one message, which would fail again. */
    static boolean isOfMessage(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException
                || failure.getCause() != null && isOfMessage(failure.getCause());
    }

    /** A message on its way. */
    static final class Message extends ContiguousPrefix.Item implements Callback {

        private Session session;
        private Target target;
        private int sourcePartition;
        private int targetPartition;
        private int bytes;
        private long accepted;
        private long targetOffset;

        /** Prepares a message that is sent. */
        void sending(Session by, Target to, int from, int partition, int size, long acceptedAt) {
            session = by;
            target = to;
            sourcePartition = from;
            targetPartition = partition;
            bytes = size;
            accepted = acceptedAt;
            by.sent(size);
        }

        /** Prepares a message that is not sent. */
        void passed() {
            target = null;
            done();
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception exception) {
            if (exception == null) {
                targetOffset = metadata.hasOffset() ? metadata.offset() : -1;
                session.acknowledged(bytes, accepted);
                done();
                return;
            }
            // The others of its batch fail too, but for a reason that is not theirs; they get another chance.
            if (isOfMessage(exception)) {
                session.refusals.refused(sourcePartition, offset(), "The destination refuses it: "
                        + exception.getMessage());
            }
            session.fail(exception);
        }

        /** Returns when it was accepted, in milliseconds since 1970-01-01T00:00Z, or -1 if that is not known. */
        long accepted() {
            return accepted;
        }

        /** Tells its target that it has arrived, when all before it have. */
        void tellTarget() {
            if (target != null) {
                target.arrived(targetPartition, targetOffset);
            }
        }
    }
}
