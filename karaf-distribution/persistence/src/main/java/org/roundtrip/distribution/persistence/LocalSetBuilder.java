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

import java.util.Set;
import org.h2.mvstore.MVStore;
import org.onosproject.persistence.PersistentSetBuilder;
import org.onosproject.store.service.Serializer;

/**
 * Opens a set of a store.
 *
 * @param <E> type of the elements
 */
final class LocalSetBuilder<E> implements PersistentSetBuilder<E> {

    private static final String PREFIX = "set:";

    private final MVStore store;
    private String name;
    private Serializer serializer;

    LocalSetBuilder(MVStore store) {
        this.store = store;
    }

    @Override
    public PersistentSetBuilder<E> withName(String newName) {
        name = requireNonNull(newName, "name");
        return this;
    }

    @Override
    public PersistentSetBuilder<E> withSerializer(Serializer newSerializer) {
        serializer = requireNonNull(newSerializer, "serializer");
        return this;
    }

    @Override
    public Set<E> build() {
        checkState(name != null, "A persistent set needs a name: withName");
        checkState(serializer != null, "Persistent set %s needs a serializer: withSerializer", name);
        return new SerializedSet<>(new SerializedMap<>(store, PREFIX + name, serializer));
    }
}
