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

/**
 * A place in the private area: applications store those of what they have processed.
 *
 * @param queue     the queue
 * @param partition the partition of its topic, at least 0
 * @param offset    the offset in the partition, at least 0
 */
public record Position(String queue, int partition, long offset) {

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Position {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("A position has no negative numbers: " + queue + ":" + partition + ":"
                                                       + offset);
        }
    }
}
