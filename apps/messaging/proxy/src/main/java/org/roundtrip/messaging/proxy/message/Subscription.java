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

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.roundtrip.messaging.proxy.StorageFailure;
import org.roundtrip.messaging.proxy.message.compute.DeliveryWindow.Attempt;
import org.roundtrip.messaging.proxy.message.compute.WatermarkOverflowException;
import org.roundtrip.messaging.proxy.record.MalformedHeaderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An application that receives. It has a thread of its own, that takes records from the private area, delivers what may
 * be delivered, and commits what is settled. Whatever fails is tried again until it is closed. Thread-safe.
 */
public final class Subscription implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Subscription.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private final Parts parts;
    private final SubscriptionOptions options;
    private final DeliveryListener listener;
    private final Thread thread;
    private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final AtomicBoolean isPolling = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean isClosing;
    private volatile Map<String, SubscribedQueue> queues;
    private volatile boolean isToSubscribe;
    private volatile boolean isToRestart;
    private volatile Optional<Consumer<byte[], byte[]>> consumer = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();

    /** Only what is ours now. */
    private final Map<TopicPartition, PartitionDelivery> partitions = new LinkedHashMap<>();
    /**
     * What is acknowledged and perhaps not committed. It outlives our having the partition: if it is taken from us and
     * comes back before the commit, the application does not get it again.
     */
    private final Map<TopicPartition, NavigableSet<Long>> acknowledged = new HashMap<>();
    private boolean isCommitting;
    private volatile Map<String, Long> backlogs = Map.of();
    private long backlogsAt;

    /**
     * What a subscription is made of.
     *
     * @param name        names its thread
     * @param settings    those of the proxy
     * @param consumers   make a client
     * @param deadLetters take what is given up
     * @param metrics     count
     * @param clock       tells the time of the day
     * @param nanoTime    tells how time passes
     */
    record Parts(String name, MessageProxySettings settings,
                 Supplier<Consumer<byte[], byte[]>> consumers, DeadLetters deadLetters,
                 MessageMetrics metrics, Clock clock, LongSupplier nanoTime) {
    }

    Subscription(Parts parts, Collection<SubscribedQueue> queues, SubscriptionOptions options,
                 DeliveryListener listener) {
        this.parts = parts;
        this.options = options;
        this.listener = listener;
        this.queues = byTopic(queues);
        this.thread = new Thread(this::run, "roundtrip-receive-" + parts.name());
        this.thread.setDaemon(true);
    }

    private static Map<String, SubscribedQueue> byTopic(Collection<SubscribedQueue> queues) {
        return queues.stream().collect(Collectors.toUnmodifiableMap(SubscribedQueue::topic, Function.identity()));
    }

    void start() {
        thread.start();
    }

    /** Takes other queues from now on. */
    void subscribe(Collection<SubscribedQueue> changed) {
        Map<String, SubscribedQueue> now = byTopic(changed);
        if (!now.equals(queues)) {
            queues = now;
            isToSubscribe = true;
            wakeUp();
        }
    }

    /** Goes on with a new client: the storage server has another address. */
    void restart() {
        isToRestart = true;
        wakeUp();
    }

    /**
     * Returns what is wrong now.
     *
     * @return the last failure, or empty if it works
     */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Returns what waits in the partitions that it has.
     *
     * @return the number of messages by queue, about a second old
     */
    Map<String, Long> backlogs() {
        return backlogs;
    }

    private void count(Consumer<byte[], byte[]> mine) {
        long now = parts.nanoTime().getAsLong();
        if (now - backlogsAt < LONGEST_POLL.toNanos()) {
            return;
        }
        backlogsAt = now;
        Map<String, Long> counted = new HashMap<>();
        partitions.forEach((place, partition) -> counted.merge(
                partition.queue().name(), mine.currentLag(place).orElse(0) + partition.progress().open(), Long::sum));
        backlogs = Map.copyOf(counted);
    }

    /**
     * Ends it. What is not settled goes to who else receives for the application, or waits for it. Blocks until its
     * thread has ended, for some seconds at most, unless that thread itself calls it.
     */
    @Override
    public void close() {
        isClosing = true;
        wakeUp();
        if (Thread.currentThread() != thread) {
            try {
                closed.await(TIME_TO_CLOSE.toMillis() * 2, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether it has been told to end. */
    boolean isClosed() {
        return isClosing && closed.getCount() == 0;
    }

    private void wakeUp() {
        enqueue(() -> { });
    }

    private void enqueue(Runnable command) {
        commands.add(command);
        if (isPolling.get()) {
            consumer.ifPresent(Consumer::wakeup);
        }
    }

    private void run() {
        int failures = 0;
        while (!isClosing) {
            isToRestart = false;
            try {
                session();
                failures = 0;
            } catch (KafkaException | IllegalStateException e) {
                failures++;
                String reason = StorageFailure.reason(parts.settings().dataCentre(), e);
                trouble = Optional.of(reason);
                log.warn("{} begins anew: {}", thread.getName(), reason);
                pause(failures);
            } catch (InterruptedException e) {
                isClosing = true;
            }
        }
        closed.countDown();
    }

    private void pause(int failures) {
        long pause = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10));
        long until = parts.nanoTime().getAsLong()
                + Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)).toNanos();
        try {
            for (long left = until - parts.nanoTime().getAsLong(); left > 0 && !isClosing;
                    left = until - parts.nanoTime().getAsLong()) {
                Optional.ofNullable(commands.poll(left, TimeUnit.NANOSECONDS)).ifPresent(Runnable::run);
            }
        } catch (InterruptedException e) {
            isClosing = true;
        }
    }

    private void session() throws InterruptedException {
        Consumer<byte[], byte[]> mine = parts.consumers().get();
        consumer = Optional.of(mine);
        try {
            isToSubscribe = true;
            while (!isClosing && !isToRestart) {
                if (isToSubscribe) {
                    isToSubscribe = false;
                    mine.subscribe(queues.keySet(), new Rebalance(mine));
                }
                step(mine);
            }
            // What was settled until now counts.
            obey();
            uninterrupted(() -> commitNow(mine, Set.copyOf(partitions.keySet())));
        } finally {
            partitions.values().forEach(PartitionDelivery::giveUp);
            partitions.clear();
            isCommitting = false;
            consumer = Optional.empty();
            // Who comes back under our name is another: let the others have what was ours at once.
            uninterrupted(() -> mine.close(CloseOptions.timeout(TIME_TO_CLOSE).withGroupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.LEAVE_GROUP)));
        }
    }

    private void step(Consumer<byte[], byte[]> mine) {
        obey();
        deliver();
        commit(mine);
        holdBack(mine);
        count(mine);
        for (ConsumerRecord<byte[], byte[]> record : poll(mine)) {
            take(record);
        }
    }

    private void obey() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> mine) {
        isPolling.set(true);
        try {
            // Whoever has added a command before it could see that we poll has not woken us.
            Iterable<ConsumerRecord<byte[], byte[]>> records =
                    mine.poll(commands.isEmpty() ? untilNextDelivery() : Duration.ZERO);
            if (!partitions.isEmpty()) {
                trouble = Optional.empty();
            }
            return records;
        } catch (WakeupException e) {
            return List.of();
        } finally {
            isPolling.set(false);
        }
    }

    private Duration untilNextDelivery() {
        long now = parts.nanoTime().getAsLong();
        return partitions.values().stream()
                .flatMapToLong(partition -> partition.window().nextDue().stream())
                .mapToObj(due -> Duration.ofNanos(Math.max(0, due - now)))
                .filter(wait -> wait.compareTo(LONGEST_POLL) < 0)
                .min(Duration::compareTo).orElse(LONGEST_POLL);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition place = new TopicPartition(record.topic(), record.partition());
        PartitionDelivery partition = partitions.get(place);
        if (partition == null) {
            return;
        }
        String queue = partition.queue().name();
        ReceivedMessage message;
        try {
            message = MessageRecords.received(parts.settings().dataCentre(), queue, record);
        } catch (MalformedHeaderException e) {
            partition.progress().take(record.offset(), Optional.empty());
            bury(partition, record, "malformed: " + e.getMessage(), () -> partition.progress().settle(record.offset()));
            return;
        }
        if (!partition.progress().take(record.offset(), message.origin())) {
            parts.metrics().of(queue).duplicate();
        } else if (options.processed().contains(message.position())
                || acknowledged.getOrDefault(place, new TreeSet<>()).contains(record.offset())) {
            parts.metrics().of(queue).skipped();
            partition.progress().settle(record.offset());
        } else {
            partition.hold(new PartitionDelivery.Held(message, record));
        }
    }

    private void deliver() {
        int open = partitions.values().stream().mapToInt(partition -> partition.window().delivered()).sum();
        long now = parts.nanoTime().getAsLong();
        boolean isAnyDelivered = true;
        while (isAnyDelivered && open < options.window()) {
            // One of each partition at a time, so that none of them waits for the others.
            isAnyDelivered = false;
            for (PartitionDelivery partition : partitions.values()) {
                Optional<Attempt<PartitionDelivery.Held>> next =
                        open < options.window() ? partition.window().next(now) : Optional.empty();
                if (next.isPresent()) {
                    isAnyDelivered = true;
                    open++;
                    deliver(partition, next.get());
                }
            }
        }
    }

    private void deliver(PartitionDelivery partition, Attempt<PartitionDelivery.Held> attempt) {
        PartitionDelivery.Held held = attempt.message();
        ReceivedMessage message = held.message();
        MessageMetrics.OfQueue metrics = parts.metrics().of(partition.queue().name());
        if (message.expires().filter(time -> !parts.clock().instant().isBefore(time)).isPresent()) {
            giveUp(partition, held, "expired at " + message.expires().get());
            return;
        }
        if (attempt.attempt() == 1) {
            metrics.deliveredFirst(Duration.between(message.accepted(), parts.clock().instant()));
        } else {
            metrics.delivered();
        }
        AtomicBoolean isSettled = new AtomicBoolean();
        Delivery delivery = new Delivery(message, attempt.attempt(), partition.progress().position(), refusal -> {
            if (!isSettled.getAndSet(true)) {
                enqueue(() -> settle(partition, held, attempt.attempt(), refusal));
            }
        });
        try {
            listener.onDelivery(delivery);
        } catch (RuntimeException e) {
            log.warn("{}: a listener has failed", thread.getName(), e);
            delivery.refuse("the listener has failed: " + e);
        }
    }

    private void settle(PartitionDelivery partition, PartitionDelivery.Held held, int attempt,
                        Optional<String> refusal) {
        MessageMetrics.OfQueue metrics = parts.metrics().of(partition.queue().name());
        long offset = held.record().offset();
        if (refusal.isEmpty()) {
            // Also of a partition that was taken from us: it may come back.
            acknowledged.computeIfAbsent(new TopicPartition(held.record().topic(), held.record().partition()),
                                         place -> new TreeSet<>()).add(offset);
            metrics.acknowledged();
            partition.settle(held);
        } else if (partition.isOurs()) {
            metrics.refused();
            switch (partition.window().refuse(offset, parts.nanoTime().getAsLong())) {
                case IS_GIVEN_UP -> giveUp(partition, held,
                                           "refused " + attempt + " times, at last: " + refusal.get());
                case COMES_AGAIN, IS_UNKNOWN -> { }
                default -> throw new IllegalStateException();
            }
        }
    }

    private void giveUp(PartitionDelivery partition, PartitionDelivery.Held held, String reason) {
        bury(partition, held.record(), reason, () -> partition.settle(held));
    }

    private void bury(PartitionDelivery partition, ConsumerRecord<byte[], byte[]> record, String reason,
                      Runnable whenBuried) {
        parts.deadLetters().bury(partition.queue(), record, reason).whenComplete((stored, failure) -> enqueue(() -> {
            if (failure == null) {
                log.info("{}: {}-{} at {} is a dead letter: {}", thread.getName(), record.topic(), record.partition(),
                         record.offset(), reason);
                parts.metrics().of(partition.queue().name()).deadLetter();
                whenBuried.run();
            } else if (partition.isOurs()) {
                trouble = Optional.of("dead letters can't be stored: " + failure.getMessage());
                CompletableFuture.delayedExecutor(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> bury(partition, record, reason, whenBuried));
            }
        }));
    }

    private void commit(Consumer<byte[], byte[]> mine) {
        if (isCommitting) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> positions = positions(partitions.keySet());
        if (!positions.isEmpty()) {
            isCommitting = true;
            mine.commitAsync(positions, (offsets, failure) -> {
                isCommitting = false;
                if (failure == null) {
                    offsets.forEach(this::isCommitted);
                } else {
                    log.debug("{}: not committed", thread.getName(), failure);
                }
            });
        }
    }

    private void isCommitted(TopicPartition place, OffsetAndMetadata position) {
        Optional.ofNullable(partitions.get(place)).ifPresent(ours -> ours.isCommitted(position.offset()));
        Optional.ofNullable(acknowledged.get(place)).ifPresent(offsets -> offsets.headSet(position.offset()).clear());
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> places) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition place : places) {
            PartitionDelivery partition = partitions.get(place);
            try {
                if (partition != null && partition.isToCommit()) {
                    positions.put(place, partition.toCommit());
                }
            } catch (WatermarkOverflowException e) {
                trouble = Optional.of(place + ": " + e.getMessage());
                log.error("{} can't commit {}: {}", thread.getName(), place, e.getMessage());
            }
        }
        return positions;
    }

    private void commitNow(Consumer<byte[], byte[]> mine, Collection<TopicPartition> places) {
        Map<TopicPartition, OffsetAndMetadata> positions = positions(places);
        if (!positions.isEmpty()) {
            try {
                mine.commitSync(positions, TIME_TO_CLOSE);
                positions.forEach(this::isCommitted);
            } catch (WakeupException e) {
                throw e;
            } catch (KafkaException e) {
                log.warn("{}: what is settled could not be committed: {}", thread.getName(), e.toString());
            }
        }
    }

    /** Does what must not be disturbed by who wants the thread to look at its commands. */
    private static void uninterrupted(Runnable work) {
        try {
            work.run();
        } catch (WakeupException e) {
            // That was the wake-up; there is no other, as none comes while we do not poll.
            work.run();
        }
    }

    /** Takes no more of partitions of which enough is held, so that a slow application costs no memory. */
    private void holdBack(Consumer<byte[], byte[]> mine) {
        Set<TopicPartition> paused = mine.paused();
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        partitions.forEach((place, partition) -> {
            if (partition.isFull() && !paused.contains(place)) {
                full.add(place);
            } else if (partition.hasRoom() && paused.contains(place)) {
                free.add(place);
            }
        });
        mine.pause(full);
        mine.resume(free);
    }

    /** What happens when partitions come and go. Called while the thread polls. */
    private final class Rebalance implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> mine;

        Rebalance(Consumer<byte[], byte[]> mine) {
            this.mine = mine;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> places) {
            isPolling.set(false);
            uninterrupted(() -> begin(places));
            isPolling.set(true);
        }

        private void begin(Collection<TopicPartition> places) {
            if (places.isEmpty()) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> committed = mine.committed(Set.copyOf(places));
            long now = parts.nanoTime().getAsLong();
            for (TopicPartition place : places) {
                SubscribedQueue queue = queues.get(place.topic());
                OffsetAndMetadata position = committed.get(place);
                if (queue == null) {
                    continue;
                }
                if (position == null) {
                    partitions.put(place, PartitionDelivery.fresh(queue, parts.settings().redelivery(), now));
                } else {
                    // The watermarks are those of exactly this position.
                    mine.seek(place, position.offset());
                    partitions.put(place, PartitionDelivery.from(queue, position, parts.settings().redelivery(), now));
                }
            }
            log.info("{} has {}", thread.getName(), partitions.keySet());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> places) {
            isPolling.set(false);
            awaitAcknowledgements(places);
            uninterrupted(() -> commitNow(mine, places));
            onPartitionsLost(places);
            isPolling.set(true);
        }

        private void awaitAcknowledgements(Collection<TopicPartition> places) {
            long until = parts.nanoTime().getAsLong() + parts.settings().handOverTime().toNanos();
            try {
                for (long left = until - parts.nanoTime().getAsLong(); left > 0 && !isClosing && isAnyOpen(places);
                        left = until - parts.nanoTime().getAsLong()) {
                    Optional.ofNullable(commands.poll(left, TimeUnit.NANOSECONDS)).ifPresent(Runnable::run);
                }
            } catch (InterruptedException e) {
                isClosing = true;
            }
        }

        private boolean isAnyOpen(Collection<TopicPartition> places) {
            return places.stream().map(partitions::get)
                    .anyMatch(partition -> partition != null && partition.window().delivered() > 0);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> places) {
            for (TopicPartition place : places) {
                Optional.ofNullable(partitions.remove(place)).ifPresent(PartitionDelivery::giveUp);
            }
        }
    }
}
