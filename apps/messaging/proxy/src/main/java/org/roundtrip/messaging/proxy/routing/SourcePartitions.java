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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.roundtrip.messaging.configuration.RouteOrder;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The partitions of the public topic that the consumer group has given to this proxy: first it is found out where to
 * begin in them, then they are carried. Used by the carrying thread alone.
 */
final class SourcePartitions {

    private final CarrierSettings settings;
    private final RouteEnds ends;
    private final Supplier<Optional<RouteOrder>> order;
    private final CarrierMonitor monitor;
    private final Clock clock;
    private final Duration timeout;
    private final java.util.function.Consumer<Step> steps;
    private final Map<TopicPartition, SourcePartition> started = new HashMap<>();
    private final Set<TopicPartition> unstarted = new HashSet<>();
    /** Where those stand that are to be started again. */
    private final Map<TopicPartition, Long> stopped = new HashMap<>();

    SourcePartitions(CarrierSettings settings, RouteEnds ends, Supplier<Optional<RouteOrder>> order,
                     CarrierMonitor monitor, Clock clock, Duration timeout,
                     java.util.function.Consumer<Step> steps) {
        this.settings = settings;
        this.ends = ends;
        this.order = order;
        this.monitor = monitor;
        this.clock = clock;
        this.timeout = timeout;
        this.steps = steps;
    }

    /** Takes partitions, to be started. */
    void assign(Collection<TopicPartition> assigned) {
        unstarted.addAll(assigned);
    }

    /** Has partitions started again. */
    void stop(Collection<TopicPartition> again) {
        again.forEach(this::remember);
        again.forEach(started::remove);
        unstarted.addAll(again);
    }

    /** Has all partitions started again. */
    void stopAll() {
        stop(all());
    }

    private void remember(TopicPartition partition) {
        get(partition).ifPresent(source -> {
            source.advance();
            stopped.put(partition, source.messages().position());
        });
    }

    /** Gives partitions up. */
    void remove(Collection<TopicPartition> removed) {
        removed.forEach(started::remove);
        unstarted.removeAll(removed);
        stopped.keySet().removeAll(removed);
    }

    /** Gives all partitions up. */
    void clear() {
        started.clear();
        unstarted.clear();
        stopped.clear();
    }

    /** Returns whether none has to be started. */
    boolean areAllStarted() {
        return unstarted.isEmpty();
    }

    /** Returns those that are carried, at this moment. */
    Set<TopicPartition> all() {
        return new HashSet<>(started.keySet());
    }

    Optional<SourcePartition> get(TopicPartition partition) {
        return Optional.ofNullable(started.get(partition));
    }

    /** Returns the numbers of those that are carried, in order. */
    List<Integer> numbers() {
        return started.keySet().stream().map(TopicPartition::partition).sorted().toList();
    }

    /**
     * Finds out where to begin in those that are not started, and starts them.
     *
     * @throws RuntimeException if that is not possible now
     */
    void start(Consumer<byte[], byte[]> consumer) {
        if (unstarted.isEmpty()) {
            return;
        }
        Set<TopicPartition> fresh = new HashSet<>(unstarted);
        Uuid topicId = ends.sourceTopicId();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(fresh, timeout);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(fresh, timeout);
        Map<TopicPartition, Long> lasts = consumer.endOffsets(fresh, timeout);
        Map<TopicPartition, SourcePartition> beginning = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        Set<String> former = new HashSet<>();
        fresh.forEach(partition -> {
            StartingPoint found = StartingPoint.of(Optional.ofNullable(committed.get(partition)), topicId,
                                                   settings.via(), beginnings.get(partition), lasts.get(partition),
                                                   clock.millis());
            // Whoever orders something then does not want to wait for what can't arrive.
            boolean isToWait = order.get().filter(given -> given.number() > found.metadata().order()).isEmpty();
            StartingPoint point = found.former().isEmpty() || isToWait ? found : found.withoutFormer(clock.millis());
            SourcePartition source = new SourcePartition(partition.partition(), settings.from(), point,
                                                         lasts.get(partition));
            beginning.put(partition, source);
            if (point.isNew()) {
                first.put(partition, source.commit());
            }
            point.former().ifPresent(former::add);
            if (point.lost() > 0) {
                monitor.lost(partition, point.lost());
            }
        });
        former.forEach(ends::requireEmptyWay);
        steps.accept(Step.STARTING_POINT_FOUND);
        if (!first.isEmpty()) {
            consumer.commitSync(first, timeout);
            steps.accept(Step.GENERATION_COMMITTED);
        }
        beginning.forEach((partition, source) -> consumer.seek(partition, source.messages().position()));
        started.putAll(beginning);
        unstarted.removeAll(fresh);
        stopped.keySet().removeAll(fresh);
    }

    /** Returns what there is to commit of partitions. */
    Map<TopicPartition, OffsetAndMetadata> commits(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        of.forEach(partition -> get(partition).ifPresent(source -> {
            source.advance();
            if (source.isToCommit()) {
                commits.put(partition, source.commit());
            }
        }));
        return commits;
    }

    /** Takes up that something is committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> get(partition).ifPresent(source -> source.committed(offset.offset())));
    }

    /** Returns whether messages of any of these partitions have not arrived. */
    boolean isOnItsWay(Collection<TopicPartition> of) {
        boolean isOnItsWay = false;
        for (TopicPartition partition : of) {
            SourcePartition source = started.get(partition);
            if (source != null) {
                source.advance();
                isOnItsWay = isOnItsWay || source.messages().size() > 0;
            }
        }
        return isOnItsWay;
    }

    /** Returns the number of the order of an operator that all of them have carried out, if there was one. */
    OptionalLong order() {
        return started.values().stream().mapToLong(SourcePartition::order).min().stream()
                .filter(number -> number > 0).findFirst();
    }

    /**
     * Returns where partitions stand: before that offset all has arrived. Of those that were never started it is not
     * known.
     */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>(stopped);
        started.forEach((partition, source) -> {
            source.advance();
            positions.put(partition, source.messages().position());
        });
        return positions;
    }

    /** Returns how many messages wait, those on their way included. */
    long backlog(Consumer<byte[], byte[]> consumer) {
        long backlog = 0;
        for (Map.Entry<TopicPartition, SourcePartition> each : started.entrySet()) {
            backlog += consumer.currentLag(each.getKey()).orElse(0) + each.getValue().messages().size();
        }
        return backlog;
    }

    /** Returns whether it is known that nothing waits. */
    boolean isAllCarried(Consumer<byte[], byte[]> consumer) {
        return started.entrySet().stream().allMatch(each -> each.getValue().messages().size() == 0
                && consumer.currentLag(each.getKey()).orElse(1) == 0);
    }

    /** Returns when the message was accepted that has been on its way for the longest time, if any is. */
    OptionalLong oldest() {
        return started.values().stream().flatMap(source -> source.messages().first().stream())
                .mapToLong(Session.Message::accepted).filter(accepted -> accepted >= 0).min();
    }
}
