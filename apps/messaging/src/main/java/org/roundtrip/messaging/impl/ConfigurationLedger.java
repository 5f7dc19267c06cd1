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
package org.roundtrip.messaging.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.messaging.compute.ConfigurationRecord;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The versions of the configuration: kept durably, and in memory for reading at once. A version never changes, and no
 * other can take its number. Methods that read are thread-safe; one thread writes, and waits for the durable store.
 */
final class ConfigurationLedger implements AutoCloseable {

    private static final String VERSIONS = "roundtrip-messaging-versions";

    private final DurableMap<ConfigurationRecord> durable;
    private final int kept;
    private final NavigableMap<Long, ConfigurationRecord> versions = new ConcurrentSkipListMap<>();
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private boolean loaded;

    /**
     * Opens the ledger, which is empty before the first {@link #refresh}.
     *
     * @param storage     where it is kept
     * @param application whose it is
     * @param kept        how many versions are kept
     */
    ConfigurationLedger(StorageService storage, ApplicationId application, int kept) {
        this.kept = kept;
        durable = DurableMap.open(storage, application, VERSIONS, ConfigurationRecord.class);
    }

    /**
     * Begins to tell of changes.
     *
     * @param changed run on any thread when any node has written
     */
    void listen(Runnable changed) {
        durable.listen(Runnable::run, name -> {
            stale.add(name);
            changed.run();
        });
    }

    /** Reads what is new. Of what was written before this is called, nothing is missed. */
    void refresh() {
        if (!loaded) {
            durable.all().forEach((name, record) -> versions.put(record.audit().version(), record));
            loaded = true;
        }
        for (String name = stale.peek(); name != null; name = stale.peek()) {
            refresh(name);
            stale.remove();
        }
        // Another node may have written what no event has told yet.
        for (Optional<ConfigurationRecord> next = next(); next.isPresent(); next = next()) {
            versions.put(next.get().audit().version(), next.get());
        }
    }

    private void refresh(String name) {
        durable.get(name).ifPresentOrElse(record -> versions.put(record.audit().version(), record),
                                          () -> versions.remove(Long.parseLong(name)));
    }

    private Optional<ConfigurationRecord> next() {
        return durable.get(name(present().map(record -> record.audit().version()).orElse(0L) + 1));
    }

    /** Names are as long as the longest, so that their order is that of the versions. */
    private static String name(long version) {
        return String.format(Locale.ROOT, "%019d", version);
    }

    /** Returns the present version, or empty if there is none yet. */
    Optional<ConfigurationRecord> present() {
        return Optional.ofNullable(versions.lastEntry()).map(Map.Entry::getValue);
    }

    Optional<ConfigurationRecord> version(long version) {
        return Optional.ofNullable(versions.get(version));
    }

    /** Returns the versions that are kept, the oldest first. */
    Collection<ConfigurationRecord> versions() {
        return List.copyOf(versions.values());
    }

    /**
     * Adds the version after the present one, and forgets those that are too many.
     *
     * @return false if another node has added one with that number
     */
    boolean add(ConfigurationRecord record) {
        long version = record.audit().version();
        if (!durable.putIfAbsent(name(version), record)) {
            return false;
        }
        versions.put(version, record);
        List.copyOf(versions.headMap(version - kept, true).keySet()).forEach(old -> {
            durable.remove(name(old));
            versions.remove(old);
        });
        return true;
    }

    @Override
    public void close() {
        durable.close();
    }
}
