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
package org.roundtrip.messaging.proxy.message.compute;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an application that comes back has processed already, though nobody was told. Immutable.
 */
public final class ProcessedPositions {

    /** Nothing that is not committed. */
    public static final ProcessedPositions NONE = new ProcessedPositions(List.of(), List.of());

    private final Set<Position> exact;
    private final Map<Partition, Long> through;

    private record Partition(String queue, int number) {
        Partition(Position position) {
            this(position.queue(), position.partition());
        }
    }

    /**
     * Creates it.
     *
     * @param exact   these have been processed
     * @param through these and all before them in their partitions
     */
    public ProcessedPositions(Collection<Position> exact, Collection<Position> through) {
        this.exact = Set.copyOf(exact);
        this.through = through.stream().collect(Collectors.toUnmodifiableMap(Partition::new, Position::offset,
                                                                             Math::max));
    }

    /**
     * Returns whether a message has been processed.
     *
     * @param position its place
     * @return true if it was named
     */
    public boolean contains(Position position) {
        return exact.contains(position)
                || through.getOrDefault(new Partition(position), -1L) >= position.offset();
    }
}
