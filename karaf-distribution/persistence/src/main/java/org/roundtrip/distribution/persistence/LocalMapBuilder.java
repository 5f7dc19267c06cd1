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

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.h2.mvstore.MVStore;
import org.onosproject.persistence.PersistentMapBuilder;
import org.onosproject.store.service.Serializer;

/**
 * Opens a map of a store.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class LocalMapBuilder<K, V> implements PersistentMapBuilder<K, V> {

    private static final String PREFIX = "map:";

    private final MVStore store;
    private String name;
    private Serializer serializer;

    LocalMapBuilder(MVStore store) {
        this.store = store;
    }

    @Override
    public PersistentMapBuilder<K, V> withName(String newName) {
        name = requireNonNull(newName, "name");
        return this;
    }

    @Override
    public PersistentMapBuilder<K, V> withSerializer(Serializer newSerializer) {
        serializer = requireNonNull(newSerializer, "serializer");
        return this;
    }

    @Override
    public Map<K, V> build() {
        checkState(name != null, "A persistent map needs a name: withName");
        checkState(serializer != null, "Persistent map %s needs a serializer: withSerializer", name);
        return new SerializedMap<>(store, PREFIX + name, serializer);
    }
}
