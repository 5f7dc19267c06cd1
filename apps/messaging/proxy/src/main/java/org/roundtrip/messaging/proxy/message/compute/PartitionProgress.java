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

import org.roundtrip.messaging.proxy.record.Origin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far one partition of the private area has got: what has been taken from it, what of that is settled, and what
 * may be committed. Only what is settled without a gap is committed, with the watermarks as they were there, so that
 * who goes on from that position drops and delivers the same.
 * <p>
 * Not thread-safe.
 */
public final class PartitionProgress {

    private final Watermarks taken;
    private final Watermarks settled;
    private final Deque<Taken> open = new ArrayDeque<>();
    private final Map<Long, Taken> byOffset = new HashMap<>();
    private long position;

    /**
     * Begins at a committed position.
     *
     * @param position   the offset of the next record
     * @param watermarks those committed with it
     */
    public PartitionProgress(long position, Watermarks watermarks) {
        this.position = position;
        this.taken = watermarks.copy();
        this.settled = watermarks.copy();
    }

    private static final class Taken {
        private final long offset;
        private final Optional<Origin> origin;
        private boolean isSettled;

        Taken(long offset, Optional<Origin> origin) {
            this.offset = offset;
            this.origin = origin;
        }
    }

    /**
     * Takes the next record.
     *
     * @param offset its offset, higher than that of all before; offsets may be missing
     * @param origin where it is from, or empty if it was accepted here
     * @return false if it was taken before, and is settled therefore
     */
    public boolean take(long offset, Optional<Origin> origin) {
        Taken record = new Taken(offset, origin);
        open.add(record);
        byOffset.put(offset, record);
        boolean isNew = origin.map(taken::raise).orElse(true);
        if (!isNew) {
            settle(offset);
        }
        return isNew;
    }

    /**
     * Settles a record: it need not be delivered again. Amortised O(1).
     *
     * @param offset its offset; ignored if it is not open
     */
    public void settle(long offset) {
        Taken record = byOffset.get(offset);
        if (record == null) {
            return;
        }
        record.isSettled = true;
        for (Taken first = open.peek(); first != null && first.isSettled; first = open.peek()) {
            open.remove();
            byOffset.remove(first.offset);
            first.origin.ifPresent(settled::raise);
            position = first.offset + 1;
        }
    }

    /**
     * Returns up to where everything is settled.
     *
     * @return the offset after the last record of the settled beginning
     */
    public long position() {
        return position;
    }

    /**
     * Returns the watermarks at {@link #position()}.
     *
     * @param limit how long they may be, in bytes
     * @return text for {@link Watermarks#decode}
     * @throws WatermarkOverflowException if they are longer
     */
    public String metadata(int limit) {
        return settled.encode(limit);
    }

    /**
     * Returns how many records are taken and not committable.
     *
     * @return a number, at least 0
     */
    public int open() {
        return open.size();
    }
}
