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
package org.roundtrip.clock.impl.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for negotiation to look at it. There is room for so much; what comes then is dropped and counted, so that
 * a flood costs neither memory nor the time of the threads that bring it. Thread-safe.
 */
final class Inbox {

    private final BlockingQueue<ReceivedFrame> frames;
    private final AtomicLong dropped = new AtomicLong();

    Inbox(int capacity) {
        frames = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Puts a frame in. Returns at once.
     *
     * @param frame the frame
     * @return whether there was room
     */
    boolean offer(ReceivedFrame frame) {
        boolean taken = frames.offer(frame);
        if (!taken) {
            dropped.incrementAndGet();
        }
        return taken;
    }

    /**
     * Takes frames out.
     *
     * @param most how many at most
     * @return those that came first, in order
     */
    List<ReceivedFrame> take(int most) {
        List<ReceivedFrame> taken = new ArrayList<>();
        frames.drainTo(taken, most);
        return taken;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /**
     * Returns how many frames found no room.
     *
     * @return the number since the start
     */
    long dropped() {
        return dropped.get();
    }
}
