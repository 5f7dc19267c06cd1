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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The sessions as others see them, which costs no waiting. Reading is thread-safe; one thread publishes.
 */
final class PublishedSessions {

    private final Consumer<ClockSessionEvent> events;
    private volatile Map<String, ClockSession> sessions = Map.of();

    PublishedSessions(Consumer<ClockSessionEvent> events) {
        this.events = events;
    }

    Optional<ClockSession> get(String name) {
        return Optional.ofNullable(sessions.get(name));
    }

    List<ClockSession> all() {
        return List.copyOf(sessions.values());
    }

    /**
     * Puts sessions in the place of those before, and tells what has changed.
     *
     * @param next all sessions that there are, by name
     */
    void publish(Map<String, ClockSession> next) {
        Map<String, ClockSession> previous = sessions;
        sessions = Collections.unmodifiableMap(new TreeMap<>(next));
        List<ClockSessionEvent> changes = new ArrayList<>();
        next.forEach((name, session) -> {
            if (!previous.containsKey(name)) {
                changes.add(new ClockSessionEvent(ClockSessionEvent.Type.ADDED, session));
            } else if (!previous.get(name).equals(session)) {
                changes.add(new ClockSessionEvent(ClockSessionEvent.Type.CHANGED, session));
            }
        });
        previous.forEach((name, session) -> {
            if (!next.containsKey(name)) {
                changes.add(new ClockSessionEvent(ClockSessionEvent.Type.REMOVED, session));
            }
        });
        changes.forEach(events);
    }
}
