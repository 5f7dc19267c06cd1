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

import org.onosproject.net.DeviceId;
import org.roundtrip.clock.compute.ClockSessionRecord;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes note of what is published. */
final class FakeSessionRules implements SessionRules {

    /** What was said to have changed, in the order of the calls. */
    final List<Set<String>> changes = new CopyOnWriteArrayList<>();
    private final Map<String, String> defects = new ConcurrentHashMap<>();
    private volatile Map<String, ClockSessionRecord> sessions = Map.of();
    private volatile Consumer<String> changed = name -> { };

    void fail(String session, String defect) {
        defects.put(session, defect);
        changed.accept(session);
    }

    Map<String, ClockSessionRecord> sessions() {
        return sessions;
    }

    @Override
    public void watch(Consumer<String> watcher) {
        changed = watcher;
    }

    @Override
    public boolean canCopy(DeviceId device) {
        return false;
    }

    @Override
    public void publish(Map<String, ClockSessionRecord> all, Set<String> different) {
        sessions = new TreeMap<>(all);
        changes.add(new TreeSet<>(different));
    }

    @Override
    public Optional<String> defect(String session) {
        return Optional.ofNullable(defects.get(session));
    }

    @Override
    public long droppedPackets(String session) {
        return 3;
    }
}
