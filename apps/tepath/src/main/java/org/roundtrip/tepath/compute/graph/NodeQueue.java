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
 * A priority queue of nodes by key: a 4-ary heap (Johnson, 1975), whose entries stay when a node gets a smaller key and
 * are skipped by the user when they surface. With few arcs at a node that is faster than to move entries, and four
 * children share a cache line.
 * <p>
 * Takes O(log n) to add and to remove. Grows and never shrinks, so that a queue in use for a while allocates nothing.
 * Not thread-safe.
 */
final class NodeQueue {

    private long[] keys = new long[256];
    private int[] nodes = new int[256];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Returns the smallest key; the queue must not be empty. */
    long firstKey() {
        return keys[0];
    }

    /** Returns a node of the smallest key; the queue must not be empty. */
    int firstNode() {
        return nodes[0];
    }

    void add(long key, int node) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        long[] heapKeys = keys;
        int[] heapNodes = nodes;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >> 2;
            if (heapKeys[parent] <= key) {
                break;
            }
            heapKeys[at] = heapKeys[parent];
            heapNodes[at] = heapNodes[parent];
            at = parent;
        }
        heapKeys[at] = key;
        heapNodes[at] = node;
    }

    /** Removes the entry that {@link #firstKey} and {@link #firstNode} show; the queue must not be empty. */
    void removeFirst() {
        long[] heapKeys = keys;
        int[] heapNodes = nodes;
        int last = --size;
        long key = heapKeys[last];
        int at = 0;
        while (true) {
            int child = 4 * at + 1;
            if (child >= last) {
                break;
            }
            int least = child;
            long leastKey = heapKeys[child];
            int end = Math.min(child + 4, last);
            for (int other = child + 1; other < end; other++) {
                if (heapKeys[other] < leastKey) {
                    leastKey = heapKeys[other];
                    least = other;
                }
            }
            if (leastKey >= key) {
                break;
            }
            heapKeys[at] = leastKey;
            heapNodes[at] = heapNodes[least];
            at = least;
        }
        heapKeys[at] = key;
        heapNodes[at] = heapNodes[last];
    }
}
