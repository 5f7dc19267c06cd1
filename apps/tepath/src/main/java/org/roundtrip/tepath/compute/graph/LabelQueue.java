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
 * A priority queue of labels by key, and of equal keys by their arcs in lexicographical order: a binary heap. Takes
 * O(log n) to add and to remove, times the length of the paths while keys are equal. Not thread-safe.
 */
final class LabelQueue {

    private final PathLabels labels;
    private long[] keys = new long[256];
    private int[] entries = new int[256];
    private int size;

    LabelQueue(PathLabels labels) {
        this.labels = labels;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    void add(long key, int label) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        int at = size++;
        while (at > 0 && isBefore(key, label, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        keys[at] = key;
        entries[at] = label;
    }

    /** Removes the first label and returns it; the queue must not be empty. */
    int removeFirst() {
        final int first = entries[0];
        size--;
        int at = 0;
        int child = firstOf(1);
        while (child < size && !isBefore(keys[size], entries[size], child)) {
            move(child, at);
            at = child;
            child = firstOf(2 * at + 1);
        }
        move(size, at);
        return first;
    }

    private int firstOf(int child) {
        return child + 1 < size && isBefore(keys[child + 1], entries[child + 1], child) ? child + 1 : child;
    }

    private boolean isBefore(long key, int label, int other) {
        return key < keys[other] || (key == keys[other] && labels.compareArcs(label, entries[other]) < 0);
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        entries[to] = entries[from];
    }
}
