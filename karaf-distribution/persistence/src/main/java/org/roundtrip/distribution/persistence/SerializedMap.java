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

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.onosproject.store.service.Serializer;

/**
 * A map whose keys and values are kept in their serialized form.
 *
 * <p>Keys are the same when their serialized forms are. Neither keys nor values are null. A value taken from the map
 * is a copy; changing it does not change the map.
 *
 * <p>Thread-safe: readers never wait, writers take turns, and a remapping function runs exactly once, as in
 * {@link java.util.concurrent.ConcurrentHashMap}. Iterators see the map at one moment, and can remove.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class SerializedMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {

    private final MVMap<byte[], byte[]> bytes;
    private final Serializer serializer;
    private final Object writing = new Object();

    /**
     * Opens a map of a store, with the content it has.
     *
     * @param store the store
     * @param name the name of the map
     * @param serializer of its keys and values
     */
    SerializedMap(MVStore store, String name, Serializer serializer) {
        bytes = store.openMap(name, new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteOrder.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
        this.serializer = serializer;
    }

    @Override
    public int size() {
        return bytes.size();
    }

    @Override
    public boolean containsKey(Object key) {
        return bytes.containsKey(encode(key));
    }

    @Override
    public V get(Object key) {
        return decode(bytes.get(encode(key)));
    }

    @Override
    public V put(K key, V value) {
        byte[] k = encode(key);
        byte[] v = encode(value);
        synchronized (writing) {
            return decode(bytes.put(k, v));
        }
    }

    @Override
    public V remove(Object key) {
        byte[] k = encode(key);
        synchronized (writing) {
            return decode(bytes.remove(k));
        }
    }

    @Override
    public void clear() {
        synchronized (writing) {
            bytes.clear();
        }
    }

    @Override
    public V putIfAbsent(K key, V value) {
        synchronized (writing) {
            V present = get(key);
            if (present == null) {
                put(key, value);
            }
            return present;
        }
    }

    @Override
    public boolean remove(Object key, Object value) {
        synchronized (writing) {
            return Objects.equals(get(key), requireNonNull(value)) && remove(key) != null;
        }
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        synchronized (writing) {
            if (!Objects.equals(get(key), requireNonNull(oldValue))) {
                return false;
            }
            put(key, newValue);
            return true;
        }
    }

    @Override
    public V replace(K key, V value) {
        synchronized (writing) {
            return containsKey(key) ? put(key, value) : null;
        }
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        synchronized (writing) {
            entrySet().forEach(entry -> put(entry.getKey(), function.apply(entry.getKey(), entry.getValue())));
        }
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> mapping) {
        return compute(key, (k, present) -> present != null ? present : mapping.apply(k));
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> remapping) {
        return compute(key, (k, present) -> present != null ? remapping.apply(k, present) : null);
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> remapping) {
        requireNonNull(value);
        return compute(key, (k, present) -> present != null ? remapping.apply(present, value) : value);
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> remapping) {
        synchronized (writing) {
            V next = remapping.apply(key, get(key));
            if (next == null) {
                remove(key);
            } else {
                put(key, next);
            }
            return next;
        }
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new EntrySet();
    }

    private byte[] encode(Object value) {
        return serializer.encode(requireNonNull(value, "Neither keys nor values can be null"));
    }

    private <T> T decode(byte[] value) {
        return value == null ? null : serializer.decode(value);
    }

    private final class EntrySet extends AbstractSet<Entry<K, V>> {

        @Override
        public int size() {
            return SerializedMap.this.size();
        }

        @Override
        public Iterator<Entry<K, V>> iterator() {
            return new EntryIterator(bytes.entrySet().iterator());
        }
    }

    private final class EntryIterator implements Iterator<Entry<K, V>> {

        private final Iterator<Entry<byte[], byte[]>> serialized;
        private K last;

        private EntryIterator(Iterator<Entry<byte[], byte[]>> serialized) {
            this.serialized = serialized;
        }

        @Override
        public boolean hasNext() {
            return serialized.hasNext();
        }

        @Override
        public Entry<K, V> next() {
            Entry<byte[], byte[]> entry = serialized.next();
            last = decode(entry.getKey());
            return new WriteThroughEntry(last, decode(entry.getValue()));
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("No entry to remove: next was not called, or remove was called twice");
            }
            SerializedMap.this.remove(last);
            last = null;
        }
    }

    private final class WriteThroughEntry extends SimpleEntry<K, V> {

        private static final long serialVersionUID = 1L;

        private WriteThroughEntry(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
