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
package org.roundtrip.tepath.impl;

import org.onlab.util.Tools;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.tepath.TePathEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The records of all paths: kept durably for all nodes, and in memory for reading at once. Every node hears of every
 * change, whichever node has made it.
 * <p>
 * Thread-safe. Methods that write wait for the durable store.
 */
final class PathStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PathStore.class);
    private static final String NAME = "roundtrip-tepath-paths";

    private final DurableMap<PathRecord> durable;
    private final Consumer<TePathEvent> events;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(Tools.groupedThreads("roundtrip/tepath", "store", log));
    private final ConcurrentNavigableMap<String, PathRecord> records = new ConcurrentSkipListMap<>();

    /**
     * Opens the store and reads what is in it.
     *
     * @param storage     where it is kept
     * @param application whose it is
     * @param events      takes what has changed
     */
    PathStore(StorageService storage, ApplicationId application, Consumer<TePathEvent> events) {
        this.durable = DurableMap.open(storage, application, NAME, PathRecord.class);
        this.events = events;
        durable.listen(executor, this::refresh);
        load();
    }

    /** Reads everything again. */
    synchronized void load() {
        Map<String, PathRecord> all = durable.all();
        records.keySet().retainAll(all.keySet());
        records.putAll(all);
    }

    List<PathRecord> all() {
        return List.copyOf(records.values());
    }

    Set<String> names() {
        return Collections.unmodifiableSet(records.keySet());
    }

    Optional<PathRecord> get(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Adds a record unless there is one of that name, and returns whether it did. */
    synchronized boolean add(PathRecord record) {
        if (!durable.putIfAbsent(record.name(), record)) {
            refresh(record.name());
            return false;
        }
        take(record.name(), Optional.of(record));
        return true;
    }

    /** Puts a record in the place of the one of the same name. */
    synchronized void put(PathRecord record) {
        durable.put(record.name(), record);
        take(record.name(), Optional.of(record));
    }

    synchronized void remove(String name) {
        durable.remove(name);
        take(name, Optional.empty());
    }

    /** Reads under the lock of the writers, so that what is read is never older than what is known. */
    private synchronized void refresh(String name) {
        take(name, durable.get(name));
    }

    private void take(String name, Optional<PathRecord> record) {
        Optional<PathRecord> before = Optional.ofNullable(
                record.isPresent() ? records.put(name, record.get()) : records.remove(name));
        if (!before.equals(record)) {
            TePathEvent.Type type = before.isEmpty() ? TePathEvent.Type.ADDED
                    : record.isPresent() ? TePathEvent.Type.CHANGED : TePathEvent.Type.REMOVED;
            events.accept(new TePathEvent(type, record.or(() -> before).orElseThrow().view()));
        }
    }

    @Override
    public void close() {
        durable.close();
        executor.shutdownNow();
    }
}
