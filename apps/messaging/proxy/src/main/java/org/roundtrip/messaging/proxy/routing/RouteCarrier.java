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

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Carries the messages of one route: of a public topic, as one of the members of its consumer group, to another data
 * centre. It never ends by itself: after every failure it begins again from what is committed, after a pause that
 * grows.
 * <p>
 * One thread runs it; all other methods may be called by any thread.
 */
public final class RouteCarrier implements Runnable, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RouteCarrier.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CarrierSettings settings;
    private final RouteEnds ends;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final java.util.function.Consumer<Step> steps;
    private final RouteMeters meters = new RouteMeters();
    private final RefusedMessages refused;
    private final KnownWay ways;
    private final Lease lease;
    private final Pauses pauses;
    private final CarrierMonitor monitor;
    private final SourcePartitions partitions;
    private final OperatorOrders orders;
    private final MessageForwarder forwarder;

    private volatile boolean isClosing;
    private volatile boolean isPaused;
    private volatile Optional<RouteOrder> order = Optional.empty();
    private volatile Consumer<byte[], byte[]> current;

    private Optional<Session> session = Optional.empty();
    private long committedAt;

    /**
     * Creates a carrier.
     *
     * @param settings how it behaves
     * @param ends     opens what it works with
     * @param onward   tells where messages go
     * @param clock    the time of day
     * @param nanoTime a time that only goes forward
     * @param steps    is told each step before the next one
     */
    RouteCarrier(CarrierSettings settings, RouteEnds ends, Onward onward, Clock clock, LongSupplier nanoTime,
                 java.util.function.Consumer<Step> steps) {
        this.settings = settings;
        this.ends = ends;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.steps = steps;
        long now = nanoTime.getAsLong();
        this.committedAt = now;
        this.refused = new RefusedMessages(settings.topic());
        this.ways = new KnownWay(onward);
        this.lease = new Lease(settings.lease(), now);
        this.pauses = new Pauses(settings.shortestPause(), settings.longestPause(), now);
        this.monitor = new CarrierMonitor(settings, meters, new RouteBacklog(ends, meters, clock), clock,
                                          now);
        this.partitions = new SourcePartitions(settings, ends, () -> order, monitor, clock, KAFKA_TIMEOUT, steps);
        this.orders = new OperatorOrders(settings, () -> order, partitions, clock, KAFKA_TIMEOUT, steps);
        this.forwarder = new MessageForwarder(settings, ends.deadLetters(), ways, refused, meters, lease, clock,
                                              nanoTime, KAFKA_TIMEOUT, steps);
    }

    /**
     * Returns what it does.
     *
     * @return the latest report, at most a second old while it can poll
     */
    CarrierReport report() {
        return monitor.report();
    }

    /**
     * Holds it, or lets it go on. What is on its way arrives all the same.
     *
     * @param pause whether to hold it
     */
    public void setPaused(boolean pause) {
        isPaused = pause;
    }

    /**
     * Carries out an order of an operator, once in each partition, by whichever proxy has it: going back sends messages
     * again, as new ones (in a new generation); going forward leaves messages out.
     *
     * @param given the latest order for its route
     */
    public void follow(RouteOrder given) {
        order = Optional.of(given);
    }

    /** Forgets what the configuration said, when there is a new one. */
    public void configurationChanged() {
        ways.forget();
    }

    @Override
    public void run() {
        while (!isClosing) {
            try {
                carryFromSource();
            } catch (WakeupException | InterruptException expected) {
                log.debug("Route to {} is woken up", settings.to());
            } catch (KafkaException | RouteException | IllegalStateException failure) {
                pause(failure);
                awaitRetry();
            } finally {
                abandonSession();
                partitions.clear();
            }
        }
    }

    private void carryFromSource() {
        Consumer<byte[], byte[]> consumer = ends.openSource();
        try {
            current = consumer;
            carryFrom(consumer);
        } finally {
            current = null;
            // One that begins again is the same member; one that ends makes room for others.
            consumer.close(CloseOptions.timeout(settings.drain()).withGroupMembershipOperation(
                    isClosing ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                            : CloseOptions.GroupMembershipOperation.DEFAULT));
        }
    }

    /** Stops it after what is on its way has arrived, or after some seconds; the thread ends soon after. */
    @Override
    public void close() {
        isClosing = true;
        Optional.ofNullable(current).ifPresent(Consumer::wakeup);
    }

    private void awaitRetry() {
        for (long left = pauses.left(now()); !isClosing && left > 0; left = pauses.left(now())) {
            LockSupport.parkNanos(this, Math.min(left, ROOM_NANOS));
        }
    }

    private long now() {
        return nanoTime.getAsLong();
    }

    private void carryFrom(Consumer<byte[], byte[]> consumer) {
        // Made before it is subscribed to, so that the group sees all of its partitions at once.
        ends.sourceTopicId();
        lease.renew(now());
        consumer.subscribe(List.of(settings.topic()), new Assignment(consumer));
        try {
            while (!isClosing) {
                turn(consumer);
            }
        } catch (WakeupException closing) {
            log.debug("Route to {} closes", settings.to());
        }
        giveUp(consumer, partitions.all());
    }

    /** Does one round of everything. */
    private void turn(Consumer<byte[], byte[]> consumer) {
        session.flatMap(Session::failure).ifPresent(this::restart);
        if (pauses.isOver(now())) {
            attempt(() -> start(consumer));
        }
        letFlow(consumer, activity() == CarrierMonitor.Activity.CARRYING
                && session.map(Session::hasRoom).orElse(false));
        lease.renew(now());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        attempt(() -> carry(consumer, records));
        commitWhenDue(consumer);
        Optional<Destination> destination = session.map(Session::destination);
        monitor.observe(activity(), partitions, consumer, destination, now());
        if (monitor.isStuck(consumer, destination, now())) {
            // The topic may be gone: a producer waits for it for ever.
            restart(new RouteException(settings.via() + " does not acknowledge"));
        }
        if (monitor.state() == RouteState.RUNNING) {
            pauses.succeeded();
        }
    }

    private CarrierMonitor.Activity activity() {
        if (isPaused) {
            return CarrierMonitor.Activity.PAUSED;
        }
        boolean mayCarry = session.isPresent() && partitions.areAllStarted() && !orders.isHolding()
                && pauses.isOver(now());
        return mayCarry ? CarrierMonitor.Activity.CARRYING : CarrierMonitor.Activity.HELD;
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (WakeupException | InterruptException closing) {
            throw closing;
        } catch (KafkaException | RouteException failure) {
            restart(failure);
        }
    }

    /** Begins again from what is committed, in this group, after a pause; at once when it was one message's fault. */
    private void restart(Throwable failure) {
        abandonSession();
        partitions.stopAll();
        if (Session.isOfMessage(failure)) {
            log.info("Route to {} begins again without a message: {}", settings.to(), failure.getMessage());
        } else {
            pause(failure);
        }
    }

    private void pause(Throwable failure) {
        // What is wrong in the other data centre says so itself.
        String reason = failure instanceof RouteException ? failure.getMessage()
                : StorageFailure.reason(settings.from(), failure);
        long length = pauses.begin(now());
        log.warn("Route to {} waits {} ms: {}", settings.to(), length, reason);
        monitor.failed(reason);
    }

    private void abandonSession() {
        session.ifPresent(ended -> ended.destination().abandon());
        session = Optional.empty();
    }

    private void start(Consumer<byte[], byte[]> consumer) {
        orders.release();
        if (session.isEmpty()) {
            session = Optional.of(new Session(settings.via(), ends.openDestination(), settings.maximumInFlight(),
                                              meters, clock, refused));
        }
        partitions.start(consumer);
        orders.obey(consumer);
    }

    private void letFlow(Consumer<byte[], byte[]> consumer, boolean mayFlow) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        if (mayFlow) {
            held.removeAll(partitions.all());
        }
        Set<TopicPartition> alreadyHeld = consumer.paused();
        if (held.equals(alreadyHeld)) {
            return;
        }
        Set<TopicPartition> flowing = new HashSet<>(alreadyHeld);
        flowing.removeAll(held);
        consumer.resume(flowing);
        consumer.pause(held);
    }

    private void carry(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        boolean isFull = false;
        for (TopicPartition partition : records.partitions()) {
            Optional<SourcePartition> source = partitions.get(partition);
            if (source.isEmpty()) {
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> message : records.records(partition)) {
                Session by = session.orElseThrow();
                holdLease();
                isFull = isFull || !by.awaitRoom(ROOM_NANOS);
                if (isFull) {
                    by.throwIfFailed();
                    // It may take long: the rest is fetched again, so that the group sees that this one lives.
                    consumer.seek(partition, message.offset());
                    break;
                }
                forwarder.forward(consumer, by, partition, source.orElseThrow(), message);
            }
        }
    }

    /** What the process slept through it can't know: the rest of the messages may be another's. */
    private void holdLease() {
        long now = now();
        if (!lease.isHeld(now)) {
            throw new IllegalStateException("It stood still for longer than " + settings.lease().toSeconds()
                                                    + " s: another proxy may have its partitions");
        }
        lease.renew(now);
    }

    private void commitWhenDue(Consumer<byte[], byte[]> consumer) {
        long now = now();
        if (now - committedAt < settings.commitInterval().toNanos()) {
            return;
        }
        committedAt = now;
        Map<TopicPartition, OffsetAndMetadata> commits = partitions.commits(partitions.all());
        if (commits.isEmpty()) {
            return;
        }
        steps.accept(Step.BEFORE_COMMIT);
        consumer.commitAsync(commits, (offsets, failure) -> {
            if (failure != null) {
                // The next one holds all of it; if the partitions are another's, the group says so.
                log.debug("Route to {} could not commit: {}", settings.to(), failure.getMessage());
            } else {
                partitions.committed(offsets);
            }
        });
        steps.accept(Step.AFTER_COMMIT);
    }

    private void giveUp(Consumer<byte[], byte[]> consumer, Set<TopicPartition> given) {
        boolean isDrained = drain(given);
        Map<TopicPartition, OffsetAndMetadata> commits = partitions.commits(given);
        try {
            if (!commits.isEmpty()) {
                commitAtTheEnd(consumer, commits);
            }
        } catch (KafkaException failure) {
            log.warn("Route to {} gave partitions up without a commit: {}", settings.to(), failure.getMessage());
        }
        partitions.remove(given);
        refused.forget(given);
        if (!isDrained) {
            // What is still on its way would arrive beside what the next writer sends.
            restart(new RouteException(settings.via() + " did not acknowledge before partitions were given up"));
        }
    }

    private void commitAtTheEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> commits) {
        try {
            consumer.commitSync(commits, settings.drain());
        } catch (WakeupException closing) {
            // Closing has woken up this instead of a poll.
            consumer.commitSync(commits, settings.drain());
        }
    }

    private boolean drain(Set<TopicPartition> given) {
        long end = now() + settings.drain().toNanos();
        boolean isOnItsWay = partitions.isOnItsWay(given);
        while (isOnItsWay && now() < end && session.flatMap(Session::failure).isEmpty()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
            isOnItsWay = partitions.isOnItsWay(given);
        }
        return !isOnItsWay;
    }

    /** Follows what the consumer group assigns. Called by the carrying thread, while it polls. */
    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        Assignment(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            partitions.assign(assigned);
            // Nothing is taken until it is known from where on.
            assigned.forEach(partition -> consumer.seek(partition, 0));
            consumer.pause(assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            giveUp(consumer, new HashSet<>(revoked));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            partitions.remove(lost);
            refused.forget(lost);
            // They are another's already: what is on its way must not go on beside it.
            restart(new RouteException("The consumer group has given its partitions to another proxy"));
        }
    }
}
