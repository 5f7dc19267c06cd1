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

import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.roundtrip.base.reconcile.ReconcileLoop;
import org.roundtrip.base.store.DurableMap;
import org.roundtrip.clock.compute.SessionHistory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The histories of all sessions: in memory for reading at once, and written behind, so that a thousand sessions that
 * fail together do not wait for a thousand writes. What was not written when the controller died is seen anew.
 * Thread-safe.
 */
final class HistoryStore implements AutoCloseable {

    private static final String NAME = "roundtrip-clock-histories";

    private final DurableMap<SessionHistory> durable;
    private final Map<String, SessionHistory> histories = new ConcurrentHashMap<>();
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
    private final ReconcileLoop writer = new ReconcileLoop("roundtrip/clock-histories", this::write);

    /**
     * Opens the store, which is empty before the first {@link #load}.
     *
     * @param storage     where it is kept
     * @param application whose it is
     */
    HistoryStore(StorageService storage, ApplicationId application) {
        durable = DurableMap.open(storage, application, NAME, SessionHistory.class);
    }

    /**
     * Begins to tell of changes.
     *
     * @param stale takes the names of sessions whose history any node has changed, on any thread
     */
    void listen(Consumer<String> stale) {
        durable.listen(Runnable::run, stale);
    }

    /** Reads everything again. */
    void load() {
        Map<String, SessionHistory> all = durable.all();
        histories.keySet().retainAll(all.keySet());
        histories.putAll(all);
    }

    /** Reads one history again, which another node has written. */
    void refresh(String session) {
        durable.get(session).ifPresentOrElse(history -> histories.put(session, history),
                                             () -> histories.remove(session));
    }

    SessionHistory get(String session) {
        return histories.getOrDefault(session, SessionHistory.NONE);
    }

    /** Takes note of a history without writing it: that is for another node to do. */
    void remember(String session, SessionHistory history) {
        histories.put(session, history);
    }

    /** Takes note of a history, and writes it soon. */
    void put(String session, SessionHistory history) {
        if (!history.equals(histories.put(session, history))) {
            unwritten.add(session);
            writer.trigger();
        }
    }

    /** Forgets a session, also durably soon. */
    void remove(String session) {
        if (histories.remove(session) != null) {
            unwritten.add(session);
            writer.trigger();
        }
    }

    /** Forgets the sessions that are not there any more, as after a crash between two removals. */
    void retain(Set<String> sessions) {
        Set.copyOf(histories.keySet()).stream().filter(name -> !sessions.contains(name)).forEach(this::remove);
    }

    /** Makes all states and alarms older or younger, because the clock of the controller was set. */
    void shift(Duration step) {
        histories.keySet().forEach(name -> put(name, get(name).shifted(step)));
    }

    private void write() {
        for (String session : Set.copyOf(unwritten)) {
            // Before it is read: what changes meanwhile is written once more.
            unwritten.remove(session);
            try {
                Optional.ofNullable(histories.get(session)).ifPresentOrElse(
                        history -> durable.put(session, history), () -> durable.remove(session));
            } catch (RuntimeException e) {
                unwritten.add(session);
                throw e;
            }
        }
    }

    /** Writes what is left, as far as the store answers. */
    @Override
    public void close() {
        durable.close();
        writer.close();
    }
}
