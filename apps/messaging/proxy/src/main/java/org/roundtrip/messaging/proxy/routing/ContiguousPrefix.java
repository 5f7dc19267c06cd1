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

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The messages of one source partition that are on their way, in order, and up to where all of them have arrived: what
 * may be committed.
 * <p>
 * One thread adds and advances; any thread may say of an item that it is done. Items are used again, so that carrying a
 * message makes no garbage here. All operations take constant time per item.
 *
 * @param <T> what is known of a message on its way
 */
final class ContiguousPrefix<T extends ContiguousPrefix.Item> {

    private final Supplier<T> newItem;
    private final Item head;
    private Item last;
    private Item spare;
    private long position;
    private int size;

    /**
     * Creates an empty prefix.
     *
     * @param start   the first offset that has not arrived
     * @param newItem makes an item
     */
    ContiguousPrefix(long start, Supplier<T> newItem) {
        this.position = start;
        this.newItem = newItem;
        this.head = newItem.get();
        this.last = head;
    }

    /**
     * Adds a message.
     *
     * @param offset its offset, above all that were added before; offsets may be missing
     * @return its item, not done
     */
    T add(long offset) {
        if (offset < position || last != head && offset <= last.offset) {
            throw new IllegalArgumentException("Offset " + offset + " after " + Math.max(position, last.offset));
        }
        T item = take();
        Item added = item;
        added.offset = offset;
        added.next = null;
        added.done = false;
        last.next = added;
        last = added;
        size++;
        return item;
    }

    @SuppressWarnings("unchecked") // All spare items were made by newItem.
    private T take() {
        if (spare == null) {
            return newItem.get();
        }
        T item = (T) spare;
        spare = spare.next;
        return item;
    }

    /**
     * Forgets the messages at the beginning that are done.
     *
     * @param arrived is told each of them, in order; it must not keep them
     */
    @SuppressWarnings("unchecked") // All items were made by newItem.
    void advance(Consumer<? super T> arrived) {
        for (Item first = head.next; first != null && first.done; first = head.next) {
            arrived.accept((T) first);
            position = first.offset + 1;
            head.next = first.next;
            if (first == last) {
                last = head;
            }
            first.next = spare;
            spare = first;
            size--;
        }
    }

    /**
     * Returns the first message that is kept.
     *
     * @return it, or empty if there is none
     */
    @SuppressWarnings("unchecked") // All items were made by newItem.
    Optional<T> first() {
        return Optional.ofNullable((T) head.next);
    }

    /**
     * Returns up to where all have arrived.
     *
     * @return the first offset that may not have arrived
     */
    long position() {
        return position;
    }

    /**
     * Returns how many messages are kept: those on their way, and those behind them.
     *
     * @return not negative
     */
    int size() {
        return size;
    }

    /** A message on its way. */
    static class Item {

        private Item next;
        private long offset;
        private volatile boolean done;

        /**
         * Returns its offset in the source partition.
         *
         * @return the offset
         */
        final long offset() {
            return offset;
        }

        /** Says that it has arrived. What the thread wrote into the item before is seen by the one that advances. */
        final void done() {
            done = true;
        }
    }
}
