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
import org.apache.kafka.common.Uuid;

import java.util.Map;
import java.util.Optional;

/**
 * Where a writer begins in a source partition.
 * <p>
 * A new generation begins where offsets no longer mean what they meant: the topic was made anew, or nothing was ever
 * committed. It is the time, so that it goes up even when all that was committed is lost. When messages take another
 * way from now on, the generation stays, so that what had arrived on the former way and was not committed is known for
 * what it is; therefore none may take the new way before all have left the former one.
 * <p>
 * Immutable and thread-safe.
 *
 * @param position  the first offset to take
 * @param metadata  what is to be committed with it
 * @param isNew     whether it must be committed before anything is sent: two writers must not begin two generations
 * @param lost      how many messages were deleted before they were carried
 * @param former    the data centre that the way led through first until now, if it led elsewhere
 */
record StartingPoint(long position, CommitMetadata metadata, boolean isNew, long lost, Optional<String> former) {

    /**
     * Returns the same on the new way at once, though messages may be under way on the former one: they arrive too,
     * as those of an older generation.
     *
     * @param now milliseconds since 1970-01-01T00:00Z
     * @return the starting point
     */
    StartingPoint withoutFormer(long now) {
        return new StartingPoint(position, new CommitMetadata(
                metadata.topicId(), Math.max(now, metadata.generation() + 1), metadata.via(), metadata.order(),
                Map.of()), true, lost, Optional.empty());
    }

    /**
     * Returns where to begin.
     *
     * @param committed what the consumer group has committed, or empty
     * @param topicId   which topic it is now
     * @param via       to which data centre messages are sent now
     * @param beginning the first offset that the partition has
     * @param end       the offset after its last one
     * @param now       milliseconds since 1970-01-01T00:00Z
     * @return the starting point
     */
    static StartingPoint of(Optional<OffsetAndMetadata> committed, Uuid topicId, String via, long beginning, long end,
                            long now) {
        Optional<CommitMetadata> known = committed.map(OffsetAndMetadata::metadata).flatMap(CommitMetadata::parse);
        if (known.isEmpty()) {
            // What another program committed is a position all the same, such as one that an operator has set.
            long position = committed.map(OffsetAndMetadata::offset).filter(offset -> offset >= beginning
                    && offset <= end).orElse(beginning);
            return new StartingPoint(position, new CommitMetadata(topicId, now, via, 0, Map.of()), true, 0,
                                     Optional.empty());
        }
        CommitMetadata metadata = known.get();
        long generation = Math.max(now, metadata.generation() + 1);
        long offset = committed.orElseThrow().offset();
        if (!metadata.topicId().equals(topicId) || offset > end) {
            return new StartingPoint(beginning, new CommitMetadata(
                    topicId, generation, via, metadata.order(), Map.of()), true, 0, Optional.empty());
        }
        long position = Math.max(offset, beginning);
        if (!metadata.via().equals(via)) {
            return new StartingPoint(position, new CommitMetadata(
                    topicId, metadata.generation(), via, metadata.order(), Map.of()), true, position - offset,
                                     Optional.of(metadata.via()));
        }
        return new StartingPoint(position, metadata, false, position - offset, Optional.empty());
    }
}
