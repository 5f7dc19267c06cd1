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

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has to be looked at, because something may have happened to it. Events add to it from any thread; one thread
 * takes.
 */
final class PendingWork {

    private final Set<String> staleRecords = ConcurrentHashMap.newKeySet();
    private final Set<String> staleHistories = ConcurrentHashMap.newKeySet();
    private final Set<Object> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    /** Says that the record of a session has been written, by whichever node. */
    void recordWritten(String session) {
        staleRecords.add(session);
        sessions.add(session);
    }

    /** Says that the history of a session has been written, by whichever node. */
    void historyWritten(String session) {
        staleHistories.add(session);
    }

    /** Says that something may have happened to a session. */
    void touchSession(String session) {
        sessions.add(session);
    }

    /** Says that something may have happened to what sessions depend on. */
    void touchDependents(Object key) {
        touched.add(key);
    }

    Set<String> takeRecords() {
        return take(staleRecords);
    }

    Set<String> takeHistories() {
        return take(staleHistories);
    }

    Set<Object> takeKeys() {
        return take(touched);
    }

    Set<String> takeSessions() {
        return take(sessions);
    }

    private static <T> Set<T> take(Set<T> pending) {
        Set<T> taken = new HashSet<>(pending);
        pending.removeAll(taken);
        return taken;
    }
}
