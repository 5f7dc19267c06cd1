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
package org.roundtrip.base.store;

import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapAdapter;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageServiceAdapter;
import org.onosproject.store.service.Versioned;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A storage for tests that outlives those who use it: maps of one name are one map, so that a test can kill an
 * application and start it again. It can also stop working, as a store without a majority does.
 */
public final class InMemoryStorage extends StorageServiceAdapter {

    private final Map<String, ConsistentMap<?, ?>> maps = new ConcurrentHashMap<>();
    private volatile boolean working = true;

    /**
     * Makes every write fail until {@link #repair}.
     */
    public void breakDown() {
        working = false;
    }

    /**
     * Makes writes work again.
     */
    public void repair() {
        working = true;
    }

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            @SuppressWarnings("unchecked")
            public ConsistentMap<K, V> build() {
                return (ConsistentMap<K, V>) maps.computeIfAbsent(name(), name -> new InMemoryMap<K, V>(name));
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException();
            }
        };
    }

    private final class InMemoryMap<K, V> extends ConsistentMapAdapter<K, V> {

        private final String name;
        private final AtomicLong version = new AtomicLong();
        private final Map<K, Versioned<V>> entries = new ConcurrentHashMap<>();
        private final Map<MapEventListener<K, V>, Executor> listeners = new ConcurrentHashMap<>();

        private InMemoryMap(String name) {
            this.name = name;
        }

        @Override
        public Versioned<V> get(K key) {
            return entries.get(key);
        }

        @Override
        public Set<Map.Entry<K, Versioned<V>>> entrySet() {
            return entries.entrySet().stream().collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Versioned<V> put(K key, V value) {
            requireWorking();
            Versioned<V> next = new Versioned<>(value, version.incrementAndGet());
            return changed(key, next, entries.put(key, next));
        }

        @Override
        public Versioned<V> putIfAbsent(K key, V value) {
            requireWorking();
            Versioned<V> next = new Versioned<>(value, version.incrementAndGet());
            Versioned<V> previous = entries.putIfAbsent(key, next);
            return previous == null ? changed(key, next, null) : previous;
        }

        @Override
        public Versioned<V> remove(K key) {
            requireWorking();
            Versioned<V> previous = entries.remove(key);
            return previous == null ? null : changed(key, null, previous);
        }

        @Override
        public void addListener(MapEventListener<K, V> listener, Executor executor) {
            listeners.put(listener, executor);
        }

        @Override
        public void removeListener(MapEventListener<K, V> listener) {
            listeners.remove(listener);
        }

        private Versioned<V> changed(K key, Versioned<V> next, Versioned<V> previous) {
            MapEvent<K, V> event = new MapEvent<>(name, key, next, previous);
            listeners.forEach((listener, executor) -> executor.execute(() -> listener.event(event)));
            return previous;
        }

        private void requireWorking() {
            if (!working) {
                throw new StorageException.Unavailable();
            }
        }
    }
}
