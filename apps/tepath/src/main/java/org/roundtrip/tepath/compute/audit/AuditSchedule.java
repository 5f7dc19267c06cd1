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
package org.roundtrip.tepath.compute.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says when which path is to be audited in the background: each once within a period, all evenly spread over it, and
 * never two at once. When there are more than fit into the period at the shortest interval between two, it takes
 * longer, and the one that has waited the longest comes first.
 * <p>
 * Not thread-safe. Each method takes time logarithmic in the number of paths, but {@link #retain} linear.
 */
public final class AuditSchedule {

    private final Duration period;
    private final Duration interval;
    private final Map<String, Turn> turns = new HashMap<>();
    private final NavigableSet<Turn> order = new TreeSet<>(
            Comparator.comparing((Turn turn) -> turn.due).thenComparing(turn -> turn.path));
    private Instant earliest = Instant.MIN;

    /**
     * Creates a schedule of nothing.
     *
     * @param period   within which each path is audited once
     * @param interval the shortest time between the beginnings of two audits
     */
    public AuditSchedule(Duration period, Duration interval) {
        this.period = period;
        this.interval = interval;
    }

    /**
     * Has exactly these paths audited. Those that are new begin somewhere within the period, so that paths that come
     * together, as after a restart, are not audited together.
     *
     * @param paths their names
     * @param now   the time
     */
    public void retain(Collection<String> paths, Instant now) {
        Set<String> names = Set.copyOf(paths);
        Set.copyOf(turns.keySet()).stream().filter(name -> !names.contains(name)).forEach(this::remove);
        names.stream().filter(name -> !turns.containsKey(name)).forEach(name -> put(name, now.plus(share(name))));
    }

    /**
     * Has a path audited soon, as after it has changed.
     *
     * @param path its name
     * @param due  when
     */
    public void hasten(String path, Instant due) {
        Turn turn = turns.get(path);
        if (turn == null || due.isBefore(turn.due)) {
            put(path, due);
        }
    }

    /**
     * Returns when the next path is due.
     *
     * @return the time, which may have passed, or empty if there is no path
     */
    public Optional<Instant> next() {
        return order.isEmpty() ? Optional.empty()
                : Optional.of(order.first().due.isBefore(earliest) ? earliest : order.first().due);
    }

    /**
     * Takes the path that is due, if one is. It is due again after a period.
     *
     * @param now the time
     * @return its name
     */
    public Optional<String> take(Instant now) {
        if (next().filter(due -> !due.isAfter(now)).isEmpty()) {
            return Optional.empty();
        }
        String path = order.first().path;
        put(path, now.plus(period));
        earliest = now.plus(interval);
        return Optional.of(path);
    }

    private void put(String path, Instant due) {
        remove(path);
        Turn turn = new Turn(path, due);
        turns.put(path, turn);
        order.add(turn);
    }

    private void remove(String path) {
        Turn turn = turns.remove(path);
        if (turn != null) {
            order.remove(turn);
        }
    }

    /** Returns a share of the period that follows from the name, and differs from name to name. */
    private Duration share(String path) {
        // Hashes of similar strings are similar: multiply by the golden ratio, and take the upper bits (Knuth).
        long fraction = (path.hashCode() * 0x9E3779B1) >>> 16;
        return period.multipliedBy(fraction).dividedBy(1 << 16);
    }

    private static final class Turn {

        private final String path;
        private final Instant due;

        private Turn(String path, Instant due) {
            this.path = path;
            this.due = due;
        }
    }
}
