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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Which messages of one partition may be delivered now. Of each key one at a time, the oldest: so what is refused holds
 * back its key and nothing else, and no application ever sees a later message of a key before an earlier one is
 * settled. Messages without a key wait for none.
 * <p>
 * Times are nanoseconds of any clock that never goes back. Each step is O(log n) of what is held. Not thread-safe.
 *
 * @param <M> the messages
 */
public final class DeliveryWindow<M> {

    private final RedeliverySchedule schedule;
    private final Map<Object, Deque<Held<M>>> lines = new HashMap<>();
    private final Map<Long, Held<M>> byOffset = new HashMap<>();
    private final PriorityQueue<Held<M>> ready = new PriorityQueue<>(Comparator.comparingLong(held -> held.offset));
    private final PriorityQueue<Held<M>> paused;
    private int delivered;

    /**
     * Creates one that holds nothing.
     *
     * @param schedule when messages that are refused come again
     * @param origin   a time of the clock not after any that will be named
     */
    public DeliveryWindow(RedeliverySchedule schedule, long origin) {
        this.schedule = schedule;
        // Differences, as System.nanoTime may overflow.
        this.paused = new PriorityQueue<>(Comparator.<Held<M>>comparingLong(held -> held.due - origin)
                                                  .thenComparing(held -> held.offset));
    }

    private static final class Held<M> {
        private final long offset;
        private final Object line;
        private final M message;
        private int attempt;
        private long due;
        private boolean isDelivered;

        Held(long offset, Object line, M message) {
            this.offset = offset;
            this.line = line;
            this.message = message;
        }
    }

    /**
     * A message to deliver.
     *
     * @param offset  its offset
     * @param message the message
     * @param attempt 1 for the first
     * @param <M>     the message
     */
    public record Attempt<M>(long offset, M message, int attempt) {
    }

    /** What becomes of a message that was refused. */
    public enum Refused {
        /** It comes again. */
        COMES_AGAIN,
        /** It has come as often as it may: whoever asks has to bury it, and to settle it then. */
        IS_GIVEN_UP,
        /** It is not delivered now. */
        IS_UNKNOWN
    }

    /**
     * Holds one more message.
     *
     * @param offset  its offset, higher than all before
     * @param key     its key, equal for equal keys, or empty for none
     * @param message the message
     */
    public void add(long offset, Optional<?> key, M message) {
        // An object of its own equals nobody: a line of one.
        Object line = key.isPresent() ? key.get() : new Object();
        Held<M> held = new Held<>(offset, line, message);
        byOffset.put(offset, held);
        Deque<Held<M>> queue = lines.computeIfAbsent(line, unused -> new ArrayDeque<>(1));
        queue.add(held);
        if (queue.size() == 1) {
            ready.add(held);
        }
    }

    /**
     * Takes the next message to deliver: of those that may be, the oldest.
     *
     * @param now the time
     * @return the message, or empty if none may be delivered now
     */
    public Optional<Attempt<M>> next(long now) {
        for (Held<M> due = paused.peek(); due != null && due.due - now <= 0; due = paused.peek()) {
            ready.add(paused.remove());
        }
        Held<M> held = ready.poll();
        if (held == null) {
            return Optional.empty();
        }
        held.attempt++;
        held.isDelivered = true;
        delivered++;
        return Optional.of(new Attempt<>(held.offset, held.message, held.attempt));
    }

    /**
     * Settles a message, whatever became of it: the next of its key may be delivered.
     *
     * @param offset its offset
     * @return whether it was delivered and not settled
     */
    public boolean settle(long offset) {
        Held<M> held = byOffset.get(offset);
        if (held == null || !held.isDelivered) {
            return false;
        }
        byOffset.remove(offset);
        delivered--;
        Deque<Held<M>> line = lines.get(held.line);
        line.remove();
        if (line.isEmpty()) {
            lines.remove(held.line);
        } else {
            ready.add(line.element());
        }
        return true;
    }

    /**
     * Refuses a message.
     *
     * @param offset its offset
     * @param now    the time
     * @return what becomes of it
     */
    public Refused refuse(long offset, long now) {
        Held<M> held = byOffset.get(offset);
        if (held == null || !held.isDelivered) {
            return Refused.IS_UNKNOWN;
        }
        if (schedule.isLast(held.attempt)) {
            return Refused.IS_GIVEN_UP;
        }
        pause(held, now, schedule.pauseAfter(held.attempt));
        return Refused.COMES_AGAIN;
    }

    private void pause(Held<M> held, long now, Duration pause) {
        held.isDelivered = false;
        delivered--;
        held.due = now + pause.toNanos();
        paused.add(held);
    }

    /**
     * Returns when a pause ends.
     *
     * @return the time of the first that does, or empty if there is none
     */
    public OptionalLong nextDue() {
        return paused.isEmpty() ? OptionalLong.empty() : OptionalLong.of(paused.element().due);
    }

    /**
     * Returns how many messages are delivered and not settled.
     *
     * @return a number, at least 0
     */
    public int delivered() {
        return delivered;
    }

    /**
     * Returns how many messages are held, delivered ones among them.
     *
     * @return a number, at least 0
     */
    public int held() {
        return byOffset.size();
    }
}
