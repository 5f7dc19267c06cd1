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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.compute.Placement;
import org.roundtrip.tepath.compute.Reservation;
import org.roundtrip.tepath.compute.Reservations;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records of all paths as the loop works on them, and what they hold: neither changes without the other. Changes
 * become durable, and visible to users, when they are {@linkplain #flush flushed}, many at a time.
 * <p>
 * Only for the thread of the reconcile loop.
 */
final class PathLedger {

    private final PathStore store;
    private final Map<String, PathRecord> records = new TreeMap<>();
    private final Map<String, PathRecord> unsaved = new LinkedHashMap<>();
    private final Reservations reservations = new Reservations();
    private final Map<ConnectPoint, Set<String>> ends = new HashMap<>();

    /**
     * Takes over all records.
     *
     * @param store where they are kept
     */
    PathLedger(PathStore store) {
        this.store = store;
        store.all().forEach(this::take);
    }

    /** Returns what all paths hold. */
    Reservations reservations() {
        return reservations;
    }

    /** Returns all records, ordered by name; must not be changed meanwhile. */
    Collection<PathRecord> all() {
        return records.values();
    }

    Optional<PathRecord> get(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Adds a record durably unless there is one of that name, and returns whether it did. */
    boolean add(PathRecord record) {
        if (!store.add(record)) {
            store.get(record.name()).ifPresent(this::take);
            return false;
        }
        take(record);
        return true;
    }

    /** Puts a record in the place of the one of the same name, to be saved later. */
    void put(PathRecord record) {
        if (!record.equals(records.get(record.name()))) {
            take(record);
            unsaved.put(record.name(), record);
        }
    }

    /** Saves what has been put; what can't be saved now stays for the next time. */
    void flush() {
        for (PathRecord record : List.copyOf(unsaved.values())) {
            store.put(record);
            unsaved.remove(record.name());
        }
    }

    /** Removes a record durably. */
    void remove(PathRecord record) {
        store.remove(record.name());
        unsaved.remove(record.name());
        forget(record);
        records.remove(record.name());
    }

    /** Runs something that may reserve other things for a path, of which nothing remains. */
    <T> T trying(String name, Supplier<T> trial) {
        try {
            return trial.get();
        } finally {
            get(name).ifPresentOrElse(record -> reservations.put(record.reservation()),
                                      () -> reservations.remove(name));
        }
    }

    /** Keeps the labels of a path that is gone from being given to others. */
    void keepLabels(String holder, PathRecord gone) {
        reservations.put(Reservation.of(holder, TePathRequest.LEAST_PRIORITY, gone.placements().stream()
                .map(Placement::withoutBandwidth).collect(Collectors.toUnmodifiableList())));
    }

    /** Gives the labels of a path that is gone to others. */
    void releaseLabels(String holder) {
        reservations.remove(holder);
    }

    /** Returns the other paths that take traffic in at one of the ends of a path. */
    List<PathRecord> atTheEndsOf(TePathRequest request) {
        return Stream.of(request.source(), request.destination())
                .flatMap(end -> ends.getOrDefault(end, Set.of()).stream()).distinct()
                .filter(name -> !name.equals(request.name())).map(records::get)
                .collect(Collectors.toUnmodifiableList());
    }

    private void take(PathRecord record) {
        forget(record);
        records.put(record.name(), record);
        reservations.put(record.reservation());
        ends.computeIfAbsent(record.request().source(), port -> new TreeSet<>()).add(record.name());
        ends.computeIfAbsent(record.request().destination(), port -> new TreeSet<>()).add(record.name());
    }

    private void forget(PathRecord record) {
        reservations.remove(record.name());
        leave(record.request().source(), record.name());
        leave(record.request().destination(), record.name());
    }

    private void leave(ConnectPoint end, String name) {
        ends.computeIfPresent(end, (same, names) -> {
            names.remove(name);
            return names.isEmpty() ? null : names;
        });
    }
}
