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

package org.roundtrip.distribution.persistence;

import java.util.AbstractSet;
import java.util.Iterator;

/**
 * The keys of a map, each with itself as its value. Thread-safe as that map.
 *
 * @param <E> type of the elements
 */
final class SerializedSet<E> extends AbstractSet<E> {

    private final SerializedMap<E, E> elements;

    SerializedSet(SerializedMap<E, E> elements) {
        this.elements = elements;
    }

    @Override
    public boolean add(E element) {
        return elements.putIfAbsent(element, element) == null;
    }

    @Override
    public boolean remove(Object element) {
        return elements.remove(element) != null;
    }

    @Override
    public boolean contains(Object element) {
        return elements.containsKey(element);
    }

    @Override
    public Iterator<E> iterator() {
        return elements.keySet().iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public void clear() {
        elements.clear();
    }
}
