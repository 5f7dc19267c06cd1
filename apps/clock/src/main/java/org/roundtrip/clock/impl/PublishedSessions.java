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

import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionEvent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The sessions as others see them, which costs no waiting. Reading is thread-safe; one thread publishes.
 */
final class PublishedSessions {

    private final Consumer<ClockSessionEvent> events;
    private final Map<String, ClockSession> sessions = new ConcurrentSkipListMap<>();

    PublishedSessions(Consumer<ClockSessionEvent> events) {
        this.events = events;
    }

    Optional<ClockSession> get(String name) {
        return Optional.ofNullable(sessions.get(name));
    }

    List<ClockSession> all() {
        return List.copyOf(sessions.values());
    }

    Set<String> names() {
        return Set.copyOf(sessions.keySet());
    }

    /** Puts a session in the place of any of its name, and tells if it is another. */
    void put(ClockSession session) {
        ClockSession before = sessions.put(session.request().name(), session);
        if (before == null) {
            events.accept(new ClockSessionEvent(ClockSessionEvent.Type.ADDED, session));
        } else if (!before.equals(session)) {
            events.accept(new ClockSessionEvent(ClockSessionEvent.Type.CHANGED, session));
        }
    }

    /** Takes a session away, and tells if it was there. */
    void remove(String name) {
        Optional.ofNullable(sessions.remove(name)).ifPresent(
                session -> events.accept(new ClockSessionEvent(ClockSessionEvent.Type.REMOVED, session)));
    }
}
