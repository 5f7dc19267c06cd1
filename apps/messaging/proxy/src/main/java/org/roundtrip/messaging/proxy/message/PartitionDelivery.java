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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.roundtrip.messaging.proxy.message.compute.DeliveryWindow;
import org.roundtrip.messaging.proxy.message.compute.PartitionProgress;
import org.roundtrip.messaging.proxy.message.compute.RedeliverySchedule;
import org.roundtrip.messaging.proxy.message.compute.Watermarks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the private area while it is ours. Belongs to the thread of its subscription.
 */
final class PartitionDelivery {

    private static final Logger log = LoggerFactory.getLogger(PartitionDelivery.class);
    /** What Kafka allows by itself. */
    private static final int METADATA_LIMIT = 4096;
    private static final int MOST_HELD = 1_000;
    private static final long MOST_HELD_BYTES = 8L << 20;

    private final SubscribedQueue queue;
    private final PartitionProgress progress;
    private final DeliveryWindow<Held> window;
    private long committed;
    private long heldBytes;
    private boolean isOurs = true;

    /** A message and the record that it is. */
    record Held(ReceivedMessage message, ConsumerRecord<byte[], byte[]> record) {
        int size() {
            return Math.max(0, record.serializedValueSize()) + Math.max(0, record.serializedKeySize());
        }
    }

    private PartitionDelivery(SubscribedQueue queue, PartitionProgress progress, RedeliverySchedule schedule,
                              long now) {
        this.queue = queue;
        this.progress = progress;
        this.window = new DeliveryWindow<>(schedule, now);
        this.committed = progress.position();
    }

    /** Begins a partition that nobody has taken from. */
    static PartitionDelivery fresh(SubscribedQueue queue, RedeliverySchedule schedule, long now) {
        return new PartitionDelivery(queue, new PartitionProgress(0, new Watermarks()), schedule, now);
    }

    /** Goes on from what was committed. */
    static PartitionDelivery from(SubscribedQueue queue, OffsetAndMetadata position, RedeliverySchedule schedule,
                                  long now) {
        return new PartitionDelivery(queue, new PartitionProgress(position.offset(), watermarks(queue, position)),
                                     schedule, now);
    }

    private static Watermarks watermarks(SubscribedQueue queue, OffsetAndMetadata position) {
        try {
            return Watermarks.decode(position.metadata());
        } catch (IllegalArgumentException e) {
            log.error("Somebody else has set the position of {} to {}: what was sent twice will not be noticed now. {}",
                      queue.topic(), position.offset(), e.getMessage());
            return new Watermarks();
        }
    }

    SubscribedQueue queue() {
        return queue;
    }

    PartitionProgress progress() {
        return progress;
    }

    DeliveryWindow<Held> window() {
        return window;
    }

    void hold(Held held) {
        heldBytes += held.size();
        window.add(held.record().offset(), held.message().key(), held);
    }

    /** Settles a message that is held; returns whether it was. */
    boolean settle(Held held) {
        boolean isSettled = window.settle(held.record().offset());
        if (isSettled) {
            heldBytes -= held.size();
            progress.settle(held.record().offset());
        }
        return isSettled;
    }

    boolean isFull() {
        return window.held() >= MOST_HELD || heldBytes >= MOST_HELD_BYTES;
    }

    boolean hasRoom() {
        return window.held() <= MOST_HELD / 2 && heldBytes <= MOST_HELD_BYTES / 2;
    }

    boolean isToCommit() {
        return progress.position() != committed;
    }

    OffsetAndMetadata toCommit() {
        return new OffsetAndMetadata(progress.position(), progress.metadata(METADATA_LIMIT));
    }

    void isCommitted(long position) {
        committed = position;
    }

    boolean isOurs() {
        return isOurs;
    }

    void giveUp() {
        isOurs = false;
    }
}
