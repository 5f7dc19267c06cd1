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
 * What waits in a topic for who takes it from there.
 *
 * @param messages how many, at least 0
 * @param bytes    their size as it is stored, estimated; at least 0
 */
public record Backlog(long messages, long bytes) {

    /** Nothing. */
    public static final Backlog NONE = new Backlog(0, 0);

    /**
     * Estimates it for one partition: its messages are as large as all that are stored on the average.
     *
     * @param begin    the offset of the first message that is stored
     * @param end      the offset after the last
     * @param position the offset of the next to be taken, or less than begin if none ever was
     * @param size     how large all that are stored are, in bytes
     * @return what waits
     */
    public static Backlog of(long begin, long end, long position, long size) {
        long stored = end - begin;
        long waiting = Math.max(0, end - Math.max(begin, position));
        return stored <= 0 || waiting == 0 ? NONE
                : new Backlog(waiting, (long) Math.ceil((double) size * waiting / stored));
    }

    /**
     * Adds them.
     *
     * @param other what waits elsewhere
     * @return what waits in both
     */
    public Backlog plus(Backlog other) {
        return new Backlog(messages + other.messages, bytes + other.bytes);
    }
}
