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
 * A priority queue of numbered states: a 4-ary heap (D. B. Johnson, Priority queues with update and finding minimum
 * spanning trees, 1975) in two arrays, which grow and are kept. A state whose key has fallen is added again; who takes
 * it out must leave the older entry aside. Adding and taking out are O(log n). Not thread-safe.
 */
final class PairSearchQueue {

    private static final int FAN = 4;

    private long[] keys = new long[256];
    private int[] states = new int[256];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the least key. The queue must not be empty. */
    long firstKey() {
        return keys[0];
    }

    /** Takes out a state that has the least key. The queue must not be empty. */
    int take() {
        int first = states[0];
        size--;
        if (size > 0) {
            sink(keys[size], states[size]);
        }
        return first;
    }

    void add(long key, int state) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            states = Arrays.copyOf(states, 2 * size);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / FAN;
            if (keys[parent] <= key) {
                break;
            }
            keys[hole] = keys[parent];
            states[hole] = states[parent];
            hole = parent;
        }
        keys[hole] = key;
        states[hole] = state;
    }

    private void sink(long key, int state) {
        int hole = 0;
        for (int first = 1; first < size; first = FAN * hole + 1) {
            int least = first;
            for (int child = first + 1, end = Math.min(first + FAN, size); child < end; child++) {
                if (keys[child] < keys[least]) {
                    least = child;
                }
            }
            if (keys[least] >= key) {
                break;
            }
            keys[hole] = keys[least];
            states[hole] = states[least];
            hole = least;
        }
        keys[hole] = key;
        states[hole] = state;
    }
}
