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

import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.roundtrip.base.json.Json;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Named values that survive the death of the controller: a {@link ConsistentMap} whose values are kept as JSON.
 * <p>
 * JSON rather than serialised objects, so that what one release has written the next one reads, and a person too.
 * Methods block until the store has agreed: never call them from an ONOS event thread. Thread-safe.
 *
 * @param <V> what the values are
 */
public final class DurableMap<V> {

    private final ConsistentMap<String, String> map;
    private final Class<V> type;
    private Optional<MapEventListener<String, String>> listener = Optional.empty();

    private DurableMap(ConsistentMap<String, String> map, Class<V> type) {
        this.map = map;
        this.type = type;
    }

    /**
     * Opens a map, which is empty when it is opened for the first time.
     *
     * @param storage     where it is kept
     * @param application whose it is
     * @param name        its name in the whole cluster
     * @param type        what the values are
     * @param <V>         what the values are
     * @return the map
     */
    public static <V> DurableMap<V> open(StorageService storage, ApplicationId application, String name,
                                         Class<V> type) {
        return new DurableMap<>(storage.<String, String>consistentMapBuilder()
                                        .withName(name)
                                        .withApplicationId(application)
                                        .withSerializer(Serializer.using(KryoNamespaces.BASIC))
                                        .build(), type);
    }

    /**
     * Returns all values.
     *
     * @return the values by their names, ordered
     */
    public Map<String, V> all() {
        Map<String, V> values = new TreeMap<>();
        map.entrySet().forEach(entry -> values.put(entry.getKey(), Json.read(entry.getValue().value(), type)));
        return values;
    }

    /**
     * Returns the value with a name.
     *
     * @param name the name
     * @return the value, or empty
     */
    public Optional<V> get(String name) {
        return Optional.ofNullable(Versioned.valueOrNull(map.get(name))).map(json -> Json.read(json, type));
    }

    /**
     * Stores a value in the place of any other.
     *
     * @param name  its name
     * @param value the value
     */
    public void put(String name, V value) {
        map.put(name, Json.write(value));
    }

    /**
     * Stores a value unless there is one with that name.
     *
     * @param name  its name
     * @param value the value
     * @return whether it was stored
     */
    public boolean putIfAbsent(String name, V value) {
        return map.putIfAbsent(name, Json.write(value)) == null;
    }

    /**
     * Removes a value.
     *
     * @param name its name
     * @return the value that was removed, or empty
     */
    public Optional<V> remove(String name) {
        return Optional.ofNullable(Versioned.valueOrNull(map.remove(name))).map(json -> Json.read(json, type));
    }

    /**
     * Calls back on every change, whichever node made it. There is one listener at most: a second one takes the place
     * of the first.
     *
     * @param executor where to call back
     * @param changed  takes the name of what was added, changed or removed
     */
    public synchronized void listen(Executor executor, Consumer<String> changed) {
        close();
        MapEventListener<String, String> added = event -> changed.accept(event.key());
        map.addListener(added, executor);
        listener = Optional.of(added);
    }

    /**
     * Stops calling back. The values stay.
     */
    public synchronized void close() {
        listener.ifPresent(map::removeListener);
        listener = Optional.empty();
    }
}
