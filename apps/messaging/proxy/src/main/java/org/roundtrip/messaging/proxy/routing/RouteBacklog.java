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
import org.apache.kafka.common.TopicPartition;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Measures what waits to be carried. While messages flow, what the consumer knows anyway is enough. When partitions are
 * held, as while the destination can't be reached, nothing is fetched from them: then the storage server is asked how
 * much there is, and to show the first message of each partition, once for as long as it is the first.
 * <p>
 * Used by the carrying thread alone.
 */
final class RouteBacklog {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final RouteEnds ends;
    private final RouteMeters meters;
    private final Clock clock;
    /** Of partitions from which nothing is on its way. */
    private final Map<TopicPartition, FirstMessage> firsts = new HashMap<>();

    RouteBacklog(RouteEnds ends, RouteMeters meters, Clock clock) {
        this.ends = ends;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Measures it while messages flow. Nobody is asked.
     *
     * @param partitions of which partitions
     * @param consumer   knows how much waits
     * @return what waits
     */
    WaitingMessages whileFlowing(SourcePartitions partitions, Consumer<byte[], byte[]> consumer) {
        firsts.clear();
        return waiting(partitions.backlog(consumer), partitions.oldest());
    }

    /**
     * Measures it while partitions are held.
     *
     * @param partitions of which partitions
     * @param consumer   asks how much there is
     * @return what waits
     * @throws RuntimeException if the storage server does not say
     */
    WaitingMessages whileHeld(SourcePartitions partitions, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> waiting = new HashMap<>(partitions.positions());
        Map<TopicPartition, Long> lasts = consumer.endOffsets(waiting.keySet(), TIMEOUT);
        waiting.entrySet().removeIf(each -> lasts.get(each.getKey()) <= each.getValue());
        lookAtFirsts(waiting, partitions);
        long messages = waiting.entrySet().stream().mapToLong(each -> lasts.get(each.getKey()) - each.getValue()).sum();
        return waiting(messages, LongStream.concat(
                partitions.oldest().stream(),
                firsts.values().stream().mapToLong(FirstMessage::accepted).filter(time -> time >= 0)).min());
    }

    private void lookAtFirsts(Map<TopicPartition, Long> waiting, SourcePartitions partitions) {
        Map<TopicPartition, Long> unknown = new HashMap<>(waiting);
        unknown.keySet().removeIf(partition -> partitions.isOnItsWay(Set.of(partition)));
        firsts.entrySet().removeIf(each -> !unknown.containsKey(each.getKey())
                || each.getValue().offset() < unknown.get(each.getKey()));
        unknown.keySet().removeAll(firsts.keySet());
        if (!unknown.isEmpty()) {
            firsts.putAll(ends.firstMessages(unknown, TIMEOUT));
        }
    }

    private WaitingMessages waiting(long messages, OptionalLong oldest) {
        return new WaitingMessages(messages, Math.round(messages * meanBytes()),
                                   oldest.isPresent() ? Math.max(0, clock.millis() - oldest.getAsLong()) : 0);
    }

    /** By what was carried, or else by what waits first. */
    private double meanBytes() {
        long carried = meters.carried.sum();
        OptionalDouble first = firsts.values().stream().mapToInt(FirstMessage::bytes).average();
        return carried > 0 ? (double) meters.carriedBytes.sum() / carried : first.orElse(0);
    }
}
