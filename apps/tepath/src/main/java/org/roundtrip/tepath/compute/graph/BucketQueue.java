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
package org.roundtrip.tepath.compute.graph;

import java.util.Arrays;

/**
 * A queue of nodes by key, where keys are rounded down to multiples of a power of two and no key is less than the
 * first one by then, or more than a step beyond it: a ring of buckets (Dial 1969), each first in, first out, with a
 * bit for each that is not empty. Takes O(1) to add, and to remove O(1) too unless buckets are empty: then 64 at a
 * time.
 * <p>
 * Nodes whose keys round to the same come out in any order. A search for shortest paths stays label-setting as long as
 * that is no more than its lightest step (Dinic 1978); where steps differ by more than the ring has buckets, it must
 * be ready to correct labels, which first in, first out keeps at O(n m).
 * <p>
 * Grows and never shrinks. Not thread-safe.
 */
final class BucketQueue {

    private static final int BUCKETS = 1024;
    private static final int WORDS = BUCKETS / Long.SIZE;

    /** The last entry of each bucket, whose next one is the first. */
    private final int[] lasts = new int[BUCKETS];
    private final long[] occupied = new long[WORDS];
    private int[] nodes = new int[256];
    private int[] nexts = new int[256];
    private int entries;
    private int size;
    private int shift;
    private long first;

    /**
     * Returns the shift for a search.
     *
     * @param lightest the least that a key grows by in a step, 1 or more
     * @param longest  the most
     * @return the power of two to round to
     */
    static int shift(long lightest, long longest) {
        int exact = Long.SIZE - 1 - Long.numberOfLeadingZeros(lightest);
        int fitting = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(longest / (BUCKETS - 2)));
        return Math.max(exact, fitting);
    }

    /** Removes everything. */
    void restart(int newShift) {
        Arrays.fill(occupied, 0);
        entries = 0;
        size = 0;
        shift = newShift;
        first = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the smallest key, rounded down; the queue must not be empty. */
    long firstKey() {
        return first << shift;
    }

    void add(long key, int node) {
        if (entries == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * entries);
            nexts = Arrays.copyOf(nexts, 2 * entries);
        }
        int entry = entries++;
        nodes[entry] = node;
        long bucket = key >> shift;
        int slot = (int) bucket & BUCKETS - 1;
        long word = occupied[slot / Long.SIZE];
        long bit = 1L << slot;
        if ((word & bit) == 0) {
            occupied[slot / Long.SIZE] = word | bit;
            nexts[entry] = entry;
        } else {
            int last = lasts[slot];
            nexts[entry] = nexts[last];
            nexts[last] = entry;
        }
        lasts[slot] = entry;
        if (size == 0 || bucket < first) {
            first = bucket;
        }
        size++;
    }

    /** Removes a node of the smallest rounded key and returns it; the queue must not be empty. */
    int removeFirst() {
        int slot = (int) first & BUCKETS - 1;
        int last = lasts[slot];
        int entry = nexts[last];
        size--;
        if (entry == last) {
            occupied[slot / Long.SIZE] &= ~(1L << slot);
            if (size > 0) {
                findFirst(slot);
            }
        } else {
            nexts[last] = nexts[entry];
        }
        return nodes[entry];
    }

    private void findFirst(int slot) {
        int at = slot / Long.SIZE;
        long later = occupied[at] >>> slot;
        if (later != 0) {
            first += Long.numberOfTrailingZeros(later);
            return;
        }
        first &= -Long.SIZE;
        do {
            at = (at + 1) % WORDS;
            first += Long.SIZE;
        } while (occupied[at] == 0);
        first += Long.numberOfTrailingZeros(occupied[at]);
    }
}
