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
package org.roundtrip.clock.compute;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets under keys to which several sessions contribute: an element is in a set as long as a session needs it there.
 * Changing the part of one session takes time proportional to the size of that part, however many others there are.
 * Not thread-safe.
 *
 * @param <E> what is in the sets
 */
public final class SharedSets<E> {

    private final Map<String, Map<String, Set<E>>> parts = new HashMap<>();
    private final Map<String, Multiset<E>> sets = new HashMap<>();
    private final Map<String, Set<String>> sessions = new HashMap<>();

    /**
     * Puts the part of a session in the place of the one before.
     *
     * @param session the name of the session
     * @param needed  what it needs under which key; nothing if it is gone
     * @return the keys whose sets have changed
     */
    public Set<String> put(String session, Map<String, Set<E>> needed) {
        Map<String, Set<E>> part = new HashMap<>(needed);
        part.values().removeIf(Set::isEmpty);
        Map<String, Set<E>> before = parts.getOrDefault(session, Map.of());
        Set<String> changed = new TreeSet<>();
        part.forEach((key, elements) -> elements.forEach(element -> {
            if (sets.computeIfAbsent(key, k -> HashMultiset.create()).add(element, 1) == 0) {
                changed.add(key);
            }
            sessions.computeIfAbsent(key, k -> new HashSet<>()).add(session);
        }));
        before.forEach((key, elements) -> elements.forEach(element -> {
            if (sets.get(key).remove(element, 1) == 1) {
                changed.add(key);
            }
        }));
        before.keySet().forEach(key -> forget(key, session, part));
        if (part.isEmpty()) {
            parts.remove(session);
        } else {
            parts.put(session, Map.copyOf(part));
        }
        return changed;
    }

    private void forget(String key, String session, Map<String, Set<E>> part) {
        if (sets.get(key).isEmpty()) {
            sets.remove(key);
        }
        if (!part.containsKey(key)) {
            sessions.get(key).remove(session);
            if (sessions.get(key).isEmpty()) {
                sessions.remove(key);
            }
        }
    }

    /**
     * Returns a set.
     *
     * @param key its key
     * @return what is in it; nothing if no session needs anything there
     */
    public Set<E> get(String key) {
        return sets.containsKey(key) ? Set.copyOf(sets.get(key).elementSet()) : Set.of();
    }

    /**
     * Returns the part of a session.
     *
     * @param session the name of the session
     * @return what it needs under which key
     */
    public Map<String, Set<E>> part(String session) {
        return parts.getOrDefault(session, Map.of());
    }

    /**
     * Returns who contributes to a set.
     *
     * @param key its key
     * @return the names of the sessions
     */
    public Set<String> sessions(String key) {
        return Set.copyOf(sessions.getOrDefault(key, Set.of()));
    }

    /**
     * Returns who contributes to any set.
     *
     * @return the names of the sessions
     */
    public Set<String> sessions() {
        return Set.copyOf(parts.keySet());
    }

    /**
     * Returns whether there is anything under a key.
     *
     * @param key the key
     * @return false if no session needs anything there
     */
    public boolean contains(String key) {
        return sets.containsKey(key);
    }
}
