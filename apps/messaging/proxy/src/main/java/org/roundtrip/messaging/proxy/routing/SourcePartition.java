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

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.proxy.record.Origin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A partition of the public topic that this proxy carries: its writer. Used by the carrying thread alone.
 */
final class SourcePartition {

    private final int number;
    private final StartingPoint start;
    private final byte[] originPrefix;
    private final ContiguousPrefix<Session.Message> messages;
    private final Map<String, Target> targets = new HashMap<>();
    private final String dataCentre;
    private final long end;
    private long committed;

    /**
     * Creates a writer.
     *
     * @param number     the number of the partition
     * @param dataCentre the data centre that it is in
     * @param start      where to begin
     * @param end        the offset after the last message that another writer may have seen
     */
    SourcePartition(int number, String dataCentre, StartingPoint start, long end) {
        this.number = number;
        this.dataCentre = dataCentre;
        this.end = end;
        this.start = start;
        this.originPrefix = Origin.prefix(dataCentre, number, start.metadata().generation());
        this.messages = new ContiguousPrefix<>(start.position(), Session.Message::new);
        this.committed = start.position();
    }

    int number() {
        return number;
    }

    long generation() {
        return start.metadata().generation();
    }

    byte[] originPrefix() {
        return originPrefix;
    }

    ContiguousPrefix<Session.Message> messages() {
        return messages;
    }

    Optional<Target> target(String topic) {
        return Optional.ofNullable(targets.get(topic));
    }

    /** Returns what to look for in a topic, from where the last commit says that there may be something. */
    TailSearch search(String topic) {
        long[] from = start.metadata().targets().getOrDefault(topic, new long[0]);
        return new TailSearch(from);
    }

    /** Returns whether another writer can't have sent a message, nor those after it. */
    boolean isPast(long offset) {
        return offset >= end;
    }

    void open(String topic, TailSearch search, long[] ends) {
        long[] next = ends.clone();
        for (int i = 0; i < Math.min(search.from.length, next.length); i++) {
            next[i] = Math.min(search.from[i], next[i]);
        }
        targets.put(topic, new Target(next, search.found));
    }

    void advance() {
        messages.advance(Session.Message::tellTarget);
    }

    boolean isToCommit() {
        return messages.position() != committed;
    }

    void committed(long position) {
        committed = position;
    }

    /** Returns what to commit: up to where all has arrived, and where in the destination the rest may be. */
    OffsetAndMetadata commit() {
        CommitMetadata metadata = start.metadata();
        return new OffsetAndMetadata(messages.position(), new CommitMetadata(
                metadata.topicId(), metadata.generation(), metadata.via(), metadata.order(), places()).text());
    }

    private Map<String, long[]> places() {
        Map<String, long[]> places = new HashMap<>(start.metadata().targets());
        targets.forEach((topic, target) -> places.put(topic, target.next()));
        return places;
    }

    /** Returns the order of an operator that was carried out last, 0 if there was none. */
    long order() {
        return start.metadata().order();
    }

    /**
     * Returns what to commit to carry an order out, when nothing is on its way. What is sent again is new: it has a new
     * generation.
     *
     * @param order the order
     * @param found the offset of the first message that was stored since the time that it names
     * @param now   milliseconds since 1970-01-01T00:00Z
     * @return the position to go on from, which may be the one before
     */
    OffsetAndMetadata obeying(RouteOrder order, long found, long now) {
        CommitMetadata metadata = start.metadata();
        long before = messages.position();
        boolean isBack = order.move() == RouteOrder.Move.REWIND && found < before;
        long generation = isBack ? Math.max(now, metadata.generation() + 1) : metadata.generation();
        long position = order.move() == RouteOrder.Move.REWIND ? Math.min(before, found) : Math.max(before, found);
        return new OffsetAndMetadata(position, new CommitMetadata(
                metadata.topicId(), generation, metadata.via(), order.number(), isBack ? Map.of() : places()).text());
    }

    /** What of this partition a topic may hold already. */
    final class TailSearch implements Search {

        private final long[] from;
        private final Set<Origin> found = new HashSet<>();

        TailSearch(long[] from) {
            this.from = from;
        }

        @Override
        public long from(int partition, long end) {
            // Where nothing is known, nothing was sent: places are committed before the first message.
            return partition < from.length ? Math.min(from[partition], end) : end;
        }

        @Override
        public void found(Origin origin) {
            boolean isOurs = origin.dataCentre().equals(dataCentre);
            // Messages of another data centre are in transit here.
            if (!isOurs || origin.partition() == number && origin.generation() == generation()
                    && origin.offset() >= start.position()) {
                found.add(origin);
            }
        }
    }
}
