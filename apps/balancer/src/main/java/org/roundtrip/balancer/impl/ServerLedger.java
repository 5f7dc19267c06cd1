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
package org.roundtrip.balancer.impl;

import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.roundtrip.balancer.compute.VirtualServerRecord;
import org.roundtrip.base.store.DurableMap;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The records of all virtual servers: kept durably, and in memory with what finds the virtual servers that an event is
 * about without looking at all of them. Only for the thread of the loop; methods that write wait for the durable store.
 */
final class ServerLedger implements AutoCloseable {

    private static final String NAME = "roundtrip-balancer-servers";
    private static final int NUMBERS = 1 << 16;

    private final DurableMap<VirtualServerRecord> durable;
    private final Map<String, VirtualServerRecord> records = new TreeMap<>();
    /** The names of virtual servers by what they depend on: their own address, those of members, switches. */
    private final Map<Object, Set<String>> dependents = new HashMap<>();
    private final BitSet numbers = new BitSet(NUMBERS);
    private int lastNumber = NUMBERS - 1;

    /**
     * Opens the ledger, which is empty before the first {@link #load}.
     *
     * @param storage     where it is kept
     * @param application whose it is
     */
    ServerLedger(StorageService storage, ApplicationId application) {
        durable = DurableMap.open(storage, application, NAME, VirtualServerRecord.class);
    }

    /**
     * Begins to tell of changes.
     *
     * @param stale takes the names of records that any node has changed, on any thread
     */
    void listen(Consumer<String> stale) {
        durable.listen(Runnable::run, stale);
    }

    /** Reads everything again. */
    void load() {
        Map<String, VirtualServerRecord> all = durable.all();
        Set.copyOf(records.keySet()).stream().filter(name -> !all.containsKey(name)).forEach(
                name -> take(name, Optional.empty()));
        all.forEach((name, record) -> take(name, Optional.of(record)));
    }

    /** Reads one record again. */
    void refresh(String name) {
        take(name, durable.get(name));
    }

    /** Returns all records, ordered by their names. */
    Collection<VirtualServerRecord> all() {
        return Collections.unmodifiableCollection(records.values());
    }

    /** Returns the names of all records. */
    Set<String> names() {
        return Set.copyOf(records.keySet());
    }

    Optional<VirtualServerRecord> get(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Puts a record in the place of any of the same name. */
    void put(VirtualServerRecord record) {
        String name = record.request().name();
        durable.put(name, record);
        take(name, Optional.of(record));
    }

    void remove(String name) {
        durable.remove(name);
        take(name, Optional.empty());
    }

    /**
     * Returns a number for a new virtual server. Numbers go round, so that what is left in a switch of one that is gone
     * is not soon taken for another.
     *
     * @return the number, or empty if all are in use
     */
    Optional<Integer> freeNumber() {
        if (numbers.cardinality() == NUMBERS) {
            return Optional.empty();
        }
        int next = numbers.nextClearBit((lastNumber + 1) % NUMBERS);
        return Optional.of(next < NUMBERS ? next : numbers.nextClearBit(0));
    }

    /**
     * Returns the virtual servers that depend on something.
     *
     * @param key an address or a switch
     * @return the names of the virtual servers
     */
    Set<String> dependents(Object key) {
        return Set.copyOf(dependents.getOrDefault(key, Set.of()));
    }

    private static Set<Object> keys(VirtualServerRecord record) {
        Set<Object> keys = new HashSet<>(record.request().accessSwitches());
        keys.add(record.request().vip());
        record.members().forEach(member -> {
            keys.add(member.member().address());
            member.place().ifPresent(place -> keys.add(place.port().deviceId()));
        });
        return keys;
    }

    private void take(String name, Optional<VirtualServerRecord> record) {
        Optional<VirtualServerRecord> before = get(name);
        if (before.equals(record)) {
            return;
        }
        before.ifPresent(gone -> {
            numbers.clear(gone.number());
            keys(gone).forEach(key -> dependents.computeIfPresent(key, (same, names) -> {
                names.remove(name);
                return names.isEmpty() ? null : names;
            }));
        });
        record.ifPresentOrElse(present -> {
            records.put(name, present);
            numbers.set(present.number());
            lastNumber = before.isPresent() ? lastNumber : present.number();
            keys(present).forEach(key -> dependents.computeIfAbsent(key, none -> new HashSet<>()).add(name));
        }, () -> records.remove(name));
    }

    @Override
    public void close() {
        durable.close();
    }
}
