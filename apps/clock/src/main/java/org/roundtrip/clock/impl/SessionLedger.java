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
package org.roundtrip.clock.impl;

import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Host;
import org.onosproject.net.HostLocation;
import org.onosproject.store.service.StorageService;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.compute.ClockSessionRecord;
import org.roundtrip.clock.compute.ServerSelection;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records of all sessions: kept durably, and in memory with what finds the sessions that an event is about without
 * looking at all of them. Only for the thread of the loop; methods that write wait for the durable store.
 */
final class SessionLedger implements AutoCloseable {

    private static final String NAME = "roundtrip-clock-sessions";

    private final DurableMap<ClockSessionRecord> durable;
    private final Map<String, ClockSessionRecord> records = new TreeMap<>();
    /** The names of sessions by what they depend on: a host, an address, a port, a switch, a client. */
    private final Map<Object, Set<String>> dependents = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    /**
     * Opens the ledger, which is empty before the first {@link #load}.
     *
     * @param storage     where it is kept
     * @param application whose it is
     */
    SessionLedger(StorageService storage, ApplicationId application) {
        durable = DurableMap.open(storage, application, NAME, ClockSessionRecord.class);
    }

    /**
     * Begins to tell of changes.
     *
     * @param stale takes the names of records that any node has changed, on any thread
     */
    void listen(Consumer<String> stale) {
        durable.listen(Runnable::run, stale);
    }

    /** Reads everything again, and takes all of it to have changed. */
    void load() {
        Map<String, ClockSessionRecord> all = durable.all();
        Set.copyOf(records.keySet()).stream().filter(name -> !all.containsKey(name)).forEach(
                name -> take(name, Optional.empty()));
        all.forEach((name, record) -> take(name, Optional.of(record)));
        changed.addAll(all.keySet());
    }

    /** Reads one record again. */
    void refresh(String name) {
        take(name, durable.get(name));
    }

    /** Returns all records by their names, in order; they change with the ledger. */
    Map<String, ClockSessionRecord> all() {
        return Collections.unmodifiableMap(records);
    }

    Optional<ClockSessionRecord> get(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Puts a record in the place of any of the same name. */
    void put(ClockSessionRecord record) {
        String name = record.request().name();
        durable.put(name, record);
        take(name, Optional.of(record));
    }

    void remove(String name) {
        durable.remove(name);
        take(name, Optional.empty());
    }

    /** Returns the names of the records that are new, different or gone since this was asked last. */
    Set<String> takeChanged() {
        Set<String> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    /**
     * Returns the sessions that depend on something.
     *
     * @param key a {@link ClockReference}, a port, a switch, or a {@linkplain ServerSelection#group group}
     * @return the names of the sessions
     */
    Set<String> dependents(Object key) {
        return Set.copyOf(dependents.getOrDefault(key, Set.of()));
    }

    /** Returns the sessions among which there is a choice, this one included if it is recorded. */
    List<ClockSessionRecord> group(ClockSessionRecord session) {
        return dependents(ServerSelection.group(session)).stream().sorted().map(records::get)
                .collect(Collectors.toUnmodifiableList());
    }

    /** Returns the other sessions that have an end at one of the ports of a session. */
    List<ClockSessionRecord> atPortsOf(ClockSessionRecord session) {
        return Stream.of(session.server().connectPoint(), session.client().connectPoint())
                .flatMap(port -> dependents(port).stream()).distinct().sorted()
                .filter(name -> !name.equals(session.request().name())).map(records::get)
                .collect(Collectors.toUnmodifiableList());
    }

    /** Returns what sessions depend on that have to do with a host, as it is or was. */
    static Collection<Object> keys(Host host) {
        Set<Object> keys = new HashSet<>(Set.of(ClockReference.of(host.id())));
        for (IpAddress address : host.ipAddresses()) {
            keys.add(ClockReference.of(address));
        }
        for (HostLocation location : host.locations()) {
            keys.add(new ConnectPoint(location.deviceId(), location.port()));
        }
        return keys;
    }

    private static Set<Object> keys(ClockSessionRecord session) {
        Set<Object> keys = new HashSet<>(Set.of(ServerSelection.group(session), session.request().server(),
                                                session.request().client()));
        for (ClockEndpoint end : List.of(session.server(), session.client())) {
            end.host().map(ClockReference::of).ifPresent(keys::add);
            end.ip().map(ClockReference::of).ifPresent(keys::add);
            keys.add(end.connectPoint());
            keys.add(end.connectPoint().deviceId());
        }
        return keys;
    }

    private void take(String name, Optional<ClockSessionRecord> record) {
        Optional<ClockSessionRecord> before = get(name);
        if (before.equals(record)) {
            return;
        }
        changed.add(name);
        before.ifPresent(gone -> keys(gone).forEach(key -> dependents.computeIfPresent(key, (same, names) -> {
            names.remove(name);
            return names.isEmpty() ? null : names;
        })));
        record.ifPresentOrElse(present -> {
            records.put(name, present);
            keys(present).forEach(key -> dependents.computeIfAbsent(key, none -> new HashSet<>()).add(name));
        }, () -> records.remove(name));
    }

    @Override
    public void close() {
        durable.close();
    }
}
