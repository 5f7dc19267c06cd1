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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries out what an operator orders for a route, once in each partition, when nothing of it is on its way.
 * <p>
 * Used by the carrying thread alone.
 */
final class OperatorOrders {

    private static final Logger log = LoggerFactory.getLogger(OperatorOrders.class);

    private final CarrierSettings settings;
    private final SourcePartitions partitions;
    private final Clock clock;
    private final Duration timeout;
    private final java.util.function.Consumer<Step> steps;
    private final Supplier<Optional<RouteOrder>> order;
    private boolean isHolding;

    OperatorOrders(CarrierSettings settings, Supplier<Optional<RouteOrder>> order, SourcePartitions partitions,
                   Clock clock, Duration timeout, java.util.function.Consumer<Step> steps) {
        this.settings = settings;
        this.order = order;
        this.partitions = partitions;
        this.clock = clock;
        this.timeout = timeout;
        this.steps = steps;
    }

    /** Returns whether an order waits until nothing is on its way. */
    boolean isHolding() {
        return isHolding;
    }

    /** Lets all flow until it is looked at again. */
    void release() {
        isHolding = false;
    }

    /**
     * Carries the latest order out in all partitions that have not, or holds them until that is possible.
     *
     * @throws RuntimeException if that is not possible now
     */
    void obey(Consumer<byte[], byte[]> consumer) {
        release();
        order.get().ifPresent(given -> {
            Set<TopicPartition> moved = partitions.all();
            moved.removeIf(partition -> partitions.get(partition).orElseThrow().order() >= given.number());
            isHolding = partitions.isOnItsWay(moved);
            if (!moved.isEmpty() && !isHolding) {
                perform(consumer, given, moved);
            }
        });
    }

    private void perform(Consumer<byte[], byte[]> consumer, RouteOrder given, Set<TopicPartition> moved) {
        Map<TopicPartition, Long> times = new HashMap<>();
        moved.forEach(partition -> times.put(partition, given.since().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, timeout);
        Map<TopicPartition, Long> ends = consumer.endOffsets(moved, timeout);
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        moved.forEach(partition -> commits.put(partition, partitions.get(partition).orElseThrow().obeying(
                given, Optional.ofNullable(found.get(partition)).map(OffsetAndTimestamp::offset)
                        .orElse(ends.get(partition)), clock.millis())));
        consumer.commitSync(commits, timeout);
        steps.accept(Step.ORDER_COMMITTED);
        log.info("Route to {} has carried out order {}: {} to {}", settings.to(), given.number(), given.move(),
                 given.since());
        partitions.stop(moved);
        partitions.start(consumer);
    }
}
