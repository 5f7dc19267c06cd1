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

import org.roundtrip.messaging.proxy.record.Origin;

import java.util.HashSet;
import java.util.Set;

/**
 * What one source partition knows of one topic of the destination. Used by the carrying thread alone.
 */
final class Target {

    private final long[] next;
    private final Set<Origin> found;

    /**
     * Creates a target.
     *
     * @param next  for each partition the offset from which on there may be messages that are not committed
     * @param found which of those were there already
     */
    Target(long[] next, Set<Origin> found) {
        this.next = next.clone();
        this.found = new HashSet<>(found);
    }

    /** Returns how many partitions the topic has. */
    int partitions() {
        return next.length;
    }

    /** Returns whether all that was there already has been met. */
    boolean isPassed() {
        return found.isEmpty();
    }

    /** Returns whether a message was there already, the first time that it is asked for. */
    boolean meets(Origin origin) {
        return found.remove(origin);
    }

    /** Takes up that all before an offset is committed. */
    void arrived(int partition, long offset) {
        next[partition] = Math.max(next[partition], offset + 1);
    }

    /** Returns for each partition the offset from which on there may be messages that are not committed. */
    long[] next() {
        return next.clone();
    }
}
