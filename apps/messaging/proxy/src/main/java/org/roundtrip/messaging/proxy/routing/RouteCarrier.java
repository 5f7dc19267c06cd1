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

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.roundtrip.base.Status;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.configuration.RouteState;
import org.roundtrip.messaging.proxy.record.Decimal;
import org.roundtrip.messaging.proxy.record.HeaderNames;
import org.roundtrip.messaging.proxy.record.Hops;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.roundtrip.messaging.proxy.record.Origin;
import org.roundtrip.messaging.proxy.record.RoutingInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] NO_BYTES = new byte[0];
    private static final String EMPTY_REASON = "It has no routing information";

    private final CarrierSettings settings;
    private final RouteEnds ends;
    private final Onward onward;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final java.util.function.Consumer<Step> steps;
    private final RouteMeters meters = new RouteMeters();
    private final ExponentialBackoff pauses;
    private final Map<TopicPartition, Map<Long, String>> refused = new ConcurrentHashMap<>();
    private final Map<TopicPartition, SourcePartition> partitions = new HashMap<>();
    private final Set<TopicPartition> unstarted = new HashSet<>();
    private final Lease lease;

    private volatile boolean isClosing;
    private volatile boolean isPaused;
    private volatile boolean isConfigurationNew;
    private volatile Optional<RouteOrder> order = Optional.empty();
    private volatile Status<RouteState> status;
    private volatile CarrierReport report;
    private volatile Consumer<byte[], byte[]> current;

    private Optional<Session> session = Optional.empty();
    /** Whether an order waits until nothing is on its way. */
    private boolean isHeldForOrder;
    private int failures;
    private long retryAt;
    private long committedAt;
    private long progressAt;
    private long carriedAtProgress;
    private long reportedAt;
    private long carriedAtReport;
    private Optional<Histogram> usedHistogram = Optional.empty();
    private byte[] knownRouting = NO_BYTES;
    private Optional<Way> knownWay = Optional.empty();

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
        this.onward = onward;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.steps = steps;
        this.pauses = new ExponentialBackoff(settings.shortestPause().toMillis(), 2,
                                             settings.longestPause().toMillis(), 0.2);
        this.lease = new Lease(settings.lease(), nanoTime.getAsLong());
        this.retryAt = nanoTime.getAsLong();
        this.committedAt = retryAt;
        this.progressAt = retryAt;
        this.reportedAt = retryAt;
        this.status = Status.of(RouteState.STARTING, "It looks for its partitions", clock.instant());
        this.report = newReport(List.of(), 0, 0, 0, 0, 0);
    }

    /**
     * Returns what it does.
     *
     * @return the latest report, at most a second old while it can poll
     */
    CarrierReport report() {
        return report;
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

    @Override
    public void run() {
        while (!isClosing) {
            try (Consumer<byte[], byte[]> consumer = ends.openSource()) {
                current = consumer;
                carryFrom(consumer);
            } catch (WakeupException | InterruptException expected) {
                log.debug("Route to {} is woken up", settings.to());
            } catch (KafkaException | RouteException | IllegalStateException failure) {
                wait(failure);
                awaitRetry();
            } finally {
                current = null;
                abandonSession();
                partitions.clear();
                unstarted.clear();
            }
        }
    }

    /** Stops it after what is on its way has arrived, or after some seconds; the thread ends soon after. */
    @Override
    public void close() {
        isClosing = true;
        Optional.ofNullable(current).ifPresent(Consumer::wakeup);
    }

    private void awaitRetry() {
        while (!isClosing && nanoTime.getAsLong() < retryAt) {
            LockSupport.parkNanos(this, Math.min(retryAt - nanoTime.getAsLong(), ROOM_NANOS));
        }
    }

    private void carryFrom(Consumer<byte[], byte[]> consumer) {
        // Made before it is subscribed to, so that the group sees all of its partitions at once.
        ends.sourceTopicId();
        lease.renew(nanoTime.getAsLong());
        consumer.subscribe(List.of(settings.topic()), new Assignment(consumer));
        try {
            while (!isClosing) {
                turn(consumer);
            }
        } catch (WakeupException closing) {
            log.debug("Route to {} closes", settings.to());
        }
        giveUp(consumer, new HashSet<>(partitions.keySet()));
    }

    /** Does one round of everything. */
    void turn(Consumer<byte[], byte[]> consumer) {
        session.flatMap(Session::failure).ifPresent(this::restart);
        if (nanoTime.getAsLong() >= retryAt) {
            attempt(() -> start(consumer));
            attempt(() -> obey(consumer));
        }
        boolean mayCarry = !isPaused && !isHeldForOrder && nanoTime.getAsLong() >= retryAt;
        letFlow(consumer, mayCarry && session.map(Session::hasRoom).orElse(false));
        lease.renew(nanoTime.getAsLong());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        attempt(() -> carry(consumer, records));
        commitWhenDue(consumer);
        describe(consumer, mayCarry);
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
        unstarted.addAll(partitions.keySet());
        partitions.clear();
        if (Session.isOfMessage(failure)) {
            log.info("Route to {} begins again without a message: {}", settings.to(), failure.getMessage());
        } else {
            wait(failure);
        }
    }

    private void wait(Throwable failure) {
        String reason = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
        long pause = pauses.backoff(failures++);
        retryAt = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(pause);
        meters.failures.increment();
        status = status.next(RouteState.WAITING, reason, clock.instant()).withError(reason);
        log.warn("Route to {} waits {} ms: {}", settings.to(), pause, reason);
        publish();
    }

    private void abandonSession() {
        session.ifPresent(ended -> ended.destination().abandon());
        session = Optional.empty();
    }

    private void start(Consumer<byte[], byte[]> consumer) {
        if (session.isEmpty()) {
            session = Optional.of(new Session(ends.openDestination(), settings.maximumInFlight(), meters, clock,
                                              this::refuse));
        }
        if (unstarted.isEmpty()) {
            return;
        }
        Set<TopicPartition> fresh = new HashSet<>(unstarted);
        Uuid topicId = ends.sourceTopicId();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(fresh, KAFKA_TIMEOUT);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(fresh, KAFKA_TIMEOUT);
        Map<TopicPartition, Long> lasts = consumer.endOffsets(fresh, KAFKA_TIMEOUT);
        Map<TopicPartition, SourcePartition> started = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        fresh.forEach(partition -> {
            StartingPoint point = StartingPoint.of(Optional.ofNullable(committed.get(partition)), topicId,
                                                   settings.via(), beginnings.get(partition), lasts.get(partition),
                                                   clock.millis());
            SourcePartition source = new SourcePartition(partition.partition(), settings.from(), point,
                                                         lasts.get(partition));
            started.put(partition, source);
            if (point.isNew()) {
                first.put(partition, source.commit());
            }
            if (point.lost() > 0) {
                meters.lost.add(point.lost());
                status = status.withError(point.lost() + " messages of " + partition
                                                  + " were deleted before they were carried");
            }
        });
        steps.accept(Step.STARTING_POINT_FOUND);
        if (!first.isEmpty()) {
            consumer.commitSync(first, KAFKA_TIMEOUT);
            steps.accept(Step.GENERATION_COMMITTED);
        }
        started.forEach((partition, source) -> consumer.seek(partition, source.messages().position()));
        partitions.putAll(started);
        unstarted.removeAll(fresh);
    }

    private void obey(Consumer<byte[], byte[]> consumer) {
        isHeldForOrder = false;
        if (session.isPresent() && unstarted.isEmpty()) {
            order.ifPresent(given -> {
                Set<TopicPartition> moved = new HashSet<>(partitions.keySet());
                moved.removeIf(partition -> partitions.get(partition).order() >= given.number());
                isHeldForOrder = isOnItsWay(moved);
                if (!moved.isEmpty() && !isHeldForOrder) {
                    perform(consumer, given, moved);
                }
            });
        }
    }

    private void perform(Consumer<byte[], byte[]> consumer, RouteOrder given, Set<TopicPartition> moved) {
        Map<TopicPartition, Long> times = new HashMap<>();
        moved.forEach(partition -> times.put(partition, given.since().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, KAFKA_TIMEOUT);
        Map<TopicPartition, Long> ends = consumer.endOffsets(moved, KAFKA_TIMEOUT);
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        moved.forEach(partition -> commits.put(partition, partitions.get(partition).obeying(
                given, Optional.ofNullable(found.get(partition)).map(OffsetAndTimestamp::offset)
                        .orElse(ends.get(partition)), clock.millis())));
        consumer.commitSync(commits, KAFKA_TIMEOUT);
        steps.accept(Step.ORDER_COMMITTED);
        log.info("Route to {} has carried out order {}: {} to {}", settings.to(), given.number(), given.move(),
                 given.since());
        unstarted.addAll(moved);
        moved.forEach(partitions::remove);
        start(consumer);
    }

    private void letFlow(Consumer<byte[], byte[]> consumer, boolean mayFlow) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        if (mayFlow) {
            held.removeAll(partitions.keySet());
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
        if (isConfigurationNew) {
            isConfigurationNew = false;
            knownWay = Optional.empty();
        }
        boolean isFull = false;
        for (TopicPartition partition : records.partitions()) {
            SourcePartition source = partitions.get(partition);
            if (source == null) {
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> message : records.records(partition)) {
                Session by = session.orElseThrow();
                holdLease();
                isFull = isFull || !by.awaitRoom(ROOM_NANOS);
                if (isFull) {
                    by.failure().ifPresent(failure -> {
                        throw new RouteException(String.valueOf(failure.getMessage()), failure);
                    });
                    // It may take long: the rest is fetched again, so that the group sees that this one lives.
                    consumer.seek(partition, message.offset());
                    break;
                }
                steps.accept(Step.MESSAGE_TAKEN);
                carry(consumer, by, partition, source, message);
            }
        }
    }

    private void carry(Consumer<byte[], byte[]> consumer, Session by, TopicPartition partition,
                       SourcePartition source, ConsumerRecord<byte[], byte[]> message) {
        Headers headers = message.headers();
        try {
            Optional<String> refusal = refusal(partition, message.offset());
            if (refusal.isPresent()) {
                throw new UndeliverableException(refusal.get());
            }
            Way way = way(headers);
            Target target = target(consumer, source, way);
            Header transit = headers.lastHeader(HeaderNames.ORIGIN);
            Optional<Origin> foreign = Optional.ofNullable(transit).map(header -> Origin.parse(header.value()));
            if (isThere(source, target, message.offset(), foreign)) {
                source.messages().add(message.offset()).passed();
                meters.skipped.increment();
                return;
            }
            checkExpiry(headers);
            int to = partition(way, target, message, foreign, source);
            long accepted = accepted(headers);
            addOnwardHeaders(headers, way, source, message.offset(), foreign);
            send(by, source, target, message, way.topic(), to, accepted);
        } catch (UndeliverableException | MalformedHeaderException reason) {
            writeDeadLetter(partition, source, message, reason.getMessage());
        }
    }

    /** What the process slept through it can't know: the rest of the messages may be another's. */
    private void holdLease() {
        long now = nanoTime.getAsLong();
        if (!lease.isHeld(now)) {
            throw new IllegalStateException("It stood still for longer than " + settings.lease().toSeconds()
                                                    + " s: another proxy may have its partitions");
        }
        lease.renew(now);
    }

    private Optional<String> refusal(TopicPartition partition, long offset) {
        return refused.isEmpty() ? Optional.empty()
                : Optional.ofNullable(refused.get(partition)).map(reasons -> reasons.get(offset));
    }

    private void refuse(int sourcePartition, long offset, String reason) {
        refused.computeIfAbsent(new TopicPartition(settings.topic(), sourcePartition), any -> new ConcurrentHashMap<>())
                .put(offset, reason);
    }

    private Way way(Headers headers) {
        Header routing = headers.lastHeader(HeaderNames.ROUTING);
        if (routing == null || routing.value() == null) {
            throw new UndeliverableException(EMPTY_REASON);
        }
        byte[] bytes = routing.value();
        // Nearly always the same as before: all messages of a queue carry the same.
        if (knownWay.isEmpty() || !Arrays.equals(bytes, knownRouting)) {
            knownWay = Optional.of(onward.way(RoutingInformation.parse(bytes)));
            knownRouting = bytes;
        }
        return knownWay.orElseThrow();
    }

    /** Forgets what the configuration said, when there is a new one. */
    public void configurationChanged() {
        isConfigurationNew = true;
    }

    private Target target(Consumer<byte[], byte[]> consumer, SourcePartition source, Way way) {
        return source.target(way.topic()).orElseGet(() -> {
            SourcePartition.TailSearch search = source.search(way.topic());
            long[] found = session.orElseThrow().destination().find(way.topic(), way.partitions(), search);
            lease.renew(nanoTime.getAsLong());
            steps.accept(Step.PLACE_FOUND);
            source.open(way.topic(), search, found);
            source.advance();
            // Before the first message, so that after a crash it is known from where on to look for it.
            consumer.commitSync(Map.of(new TopicPartition(settings.topic(), source.number()), source.commit()),
                                KAFKA_TIMEOUT);
            source.committed(source.messages().position());
            steps.accept(Step.PLACE_COMMITTED);
            return source.target(way.topic()).orElseThrow();
        });
    }

    private static boolean isThere(SourcePartition source, Target target, long offset, Optional<Origin> foreign) {
        if (target.isPassed() || source.isPast(offset)) {
            return false;
        }
        return target.meets(foreign.orElseGet(() -> Origin.parse(Decimal.append(source.originPrefix(), offset))));
    }

    private void checkExpiry(Headers headers) {
        Header expires = headers.lastHeader(HeaderNames.EXPIRES);
        if (expires != null && Decimal.parse(HeaderNames.EXPIRES, expires.value()) <= clock.millis()) {
            throw new UndeliverableException("It has expired");
        }
    }

    private static long accepted(Headers headers) {
        Header accepted = headers.lastHeader(HeaderNames.ACCEPTED);
        return accepted == null ? -1 : Decimal.parse(HeaderNames.ACCEPTED, accepted.value());
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

    private void addOnwardHeaders(Headers headers, Way way, SourcePartition source, long offset,
                                  Optional<Origin> foreign) {
        Header hops = headers.lastHeader(HeaderNames.HOPS);
        if (hops != null || way.area() == Way.Area.PUBLIC) {
            Hops left = hops == null ? Hops.NONE : Hops.parse(hops.value());
            if (!left.mayLeave(settings.from())) {
                throw new UndeliverableException("It goes round in a loop: it has left " + left + " and meets "
                                                         + settings.from());
            }
            headers.remove(HeaderNames.HOPS);
            if (way.area() == Way.Area.PUBLIC) {
                headers.add(HeaderNames.HOPS, left.with(settings.from()).bytes());
            }
        }
        if (way.area() == Way.Area.PRIVATE) {
            headers.remove(HeaderNames.ROUTING);
        }
        if (foreign.isEmpty()) {
            headers.add(new RecordHeader(HeaderNames.ORIGIN, Decimal.append(source.originPrefix(), offset)));
        }
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
        by.failure().ifPresent(failure -> {
            throw new RouteException(String.valueOf(failure.getMessage()), failure);
        });
        steps.accept(Step.MESSAGE_SENT);
    }

    private void await(Future<RecordMetadata> sent) {
        try {
            sent.get(KAFKA_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            lease.renew(nanoTime.getAsLong());
        } catch (ExecutionException failure) {
            throw new RouteException(String.valueOf(failure.getCause().getMessage()), failure);
        } catch (TimeoutException silence) {
            throw new RouteException(settings.via() + " does not acknowledge", silence);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private void writeDeadLetter(TopicPartition partition, SourcePartition source,
                                 ConsumerRecord<byte[], byte[]> message, String reason) {
        steps.accept(Step.DEAD_LETTER_DECIDED);
        Origin origin = new Origin(settings.from(), source.number(), source.generation(), message.offset());
        // Nothing after it is sent before it is kept: it is not there to be found after a crash.
        ends.deadLetters().write(message, origin, reason);
        steps.accept(Step.DEAD_LETTER_WRITTEN);
        source.messages().add(message.offset()).passed();
        meters.deadLetters.increment();
        Map<Long, String> reasons = refused.get(partition);
        if (reasons != null) {
            reasons.remove(message.offset());
            if (reasons.isEmpty()) {
                refused.remove(partition);
            }
        }
    }

    private void commitWhenDue(Consumer<byte[], byte[]> consumer) {
        long now = nanoTime.getAsLong();
        if (now - committedAt < settings.commitInterval().toNanos()) {
            return;
        }
        committedAt = now;
        Map<TopicPartition, OffsetAndMetadata> commits = commits(partitions.keySet());
        if (commits.isEmpty()) {
            return;
        }
        steps.accept(Step.BEFORE_COMMIT);
        consumer.commitAsync(commits, (offsets, failure) -> {
            if (failure != null) {
                // The next one holds all of it; if the partitions are another's, the group says so.
                log.debug("Route to {} could not commit: {}", settings.to(), failure.getMessage());
            } else {
                offsets.forEach((partition, offset) -> Optional.ofNullable(partitions.get(partition))
                        .ifPresent(source -> source.committed(offset.offset())));
            }
        });
        steps.accept(Step.AFTER_COMMIT);
    }

    private Map<TopicPartition, OffsetAndMetadata> commits(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        of.forEach(partition -> Optional.ofNullable(partitions.get(partition)).ifPresent(source -> {
            source.advance();
            if (source.isToCommit()) {
                commits.put(partition, source.commit());
            }
        }));
        return commits;
    }

    private void giveUp(Consumer<byte[], byte[]> consumer, Set<TopicPartition> given) {
        boolean isDrained = drain(given);
        Map<TopicPartition, OffsetAndMetadata> commits = commits(given);
        try {
            if (!commits.isEmpty()) {
                commitAtTheEnd(consumer, commits);
            }
        } catch (KafkaException failure) {
            log.warn("Route to {} gave partitions up without a commit: {}", settings.to(), failure.getMessage());
        }
        given.forEach(partitions::remove);
        given.forEach(refused::remove);
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
        long end = nanoTime.getAsLong() + settings.drain().toNanos();
        boolean isOnItsWay = isOnItsWay(given);
        while (isOnItsWay && nanoTime.getAsLong() < end && session.flatMap(Session::failure).isEmpty()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
            isOnItsWay = isOnItsWay(given);
        }
        return !isOnItsWay;
    }

    private boolean isOnItsWay(Set<TopicPartition> given) {
        boolean isOnItsWay = false;
        for (TopicPartition partition : given) {
            SourcePartition source = partitions.get(partition);
            if (source != null) {
                source.advance();
                isOnItsWay = isOnItsWay || source.messages().size() > 0;
            }
        }
        return isOnItsWay;
    }

    private void describe(Consumer<byte[], byte[]> consumer, boolean mayCarry) {
        long now = nanoTime.getAsLong();
        if (now - reportedAt < REPORT_NANOS && status.state() != RouteState.STARTING && mayCarry) {
            return;
        }
        partitions.values().forEach(SourcePartition::advance);
        long carried = meters.carried.sum() + meters.skipped.sum();
        boolean isIdle = partitions.values().stream().allMatch(source -> source.messages().size() == 0);
        if (carried != carriedAtProgress || isIdle) {
            carriedAtProgress = carried;
            progressAt = now;
        }
        if (isPaused) {
            status = status.next(RouteState.PAUSED, "An operator holds it", clock.instant());
        } else if (now - progressAt > settings.silence().toNanos()) {
            status = status.next(RouteState.WAITING, settings.via() + " does not acknowledge", clock.instant());
        } else if (mayCarry && session.isPresent() && unstarted.isEmpty()) {
            failures = 0;
            status = status.next(RouteState.RUNNING, partitions.isEmpty() ? "Other proxies carry its partitions"
                    : "It carries what there is", clock.instant());
        }
        if (now - reportedAt >= REPORT_NANOS) {
            measure(consumer, now);
        }
        publish();
    }

    private void measure(Consumer<byte[], byte[]> consumer, long now) {
        Histogram latencies = meters.latencies(usedHistogram.orElse(null));
        usedHistogram = Optional.of(latencies);
        long carried = meters.carried.sum();
        double rate = (carried - carriedAtReport) / ((now - reportedAt) / 1e9);
        carriedAtReport = carried;
        reportedAt = now;
        long backlog = 0;
        for (Map.Entry<TopicPartition, SourcePartition> each : partitions.entrySet()) {
            backlog += consumer.currentLag(each.getKey()).orElse(0) + each.getValue().messages().size();
        }
        long oldest = partitions.values().stream().flatMap(source -> source.messages().first().stream())
                .filter(message -> message.accepted() >= 0)
                .mapToLong(message -> Math.max(0, clock.millis() - message.accepted())).max().orElse(0);
        boolean any = latencies.getTotalCount() > 0;
        report = newReport(numbers(), backlog, oldest, rate, any ? latencies.getValueAtPercentile(50) : 0,
                           any ? latencies.getValueAtPercentile(99) : 0);
    }

    private List<Integer> numbers() {
        return partitions.keySet().stream().map(TopicPartition::partition).sorted().toList();
    }

    private OptionalLong carriedOut() {
        return partitions.values().stream().mapToLong(SourcePartition::order).min().stream()
                .filter(number -> number > 0).findFirst();
    }

    private void publish() {
        CarrierReport last = report;
        report = newReport(numbers(), last.backlogMessages(), last.oldestMillis(), last.messagesPerSecond(),
                           last.latencyP50Millis(), last.latencyP99Millis());
    }

    private CarrierReport newReport(List<Integer> numbers, long backlog, long oldest, double rate, long p50, long p99) {
        long carried = meters.carried.sum();
        long bytes = meters.carriedBytes.sum();
        return new CarrierReport(settings.from(), settings.to(), settings.via(), status, carriedOut(), numbers, backlog,
                               carried == 0 ? 0 : backlog * (bytes / carried), oldest, carried, bytes, rate, p50, p99,
                               meters.skipped.sum(), meters.deadLetters.sum(), meters.lost.sum(),
                               meters.failures.sum());
    }

    /** Follows what the consumer group assigns. Called by the carrying thread, while it polls. */
    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        Assignment(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            unstarted.addAll(assigned);
            // Nothing is taken until it is known from where on.
            assigned.forEach(partition -> consumer.seek(partition, 0));
            consumer.pause(assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            giveUp(consumer, new HashSet<>(revoked));
            unstarted.removeAll(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            lost.forEach(partitions::remove);
            lost.forEach(refused::remove);
            unstarted.removeAll(lost);
            // They are another's already: what is on its way must not go on beside it.
            restart(new RouteException("The consumer group has given its partitions to another proxy"));
        }
    }
}
