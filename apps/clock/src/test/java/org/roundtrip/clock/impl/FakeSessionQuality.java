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

import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.MeasuredQuality;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What a test lets clients say. */
final class FakeSessionQuality implements SessionQuality {

    private final Map<String, ClockSession> observed = new ConcurrentHashMap<>();
    private final Map<String, MeasuredQuality> measured = new ConcurrentHashMap<>();
    private final Map<String, Map<ClockAlarmType, String>> alarms = new ConcurrentHashMap<>();
    private volatile Consumer<String> changed = name -> { };

    void measure(String session, MeasuredQuality quality) {
        measured.put(session, quality);
    }

    void alarm(String session, Map<ClockAlarmType, String> wrong) {
        alarms.put(session, wrong);
        changed.accept(session);
    }

    Set<String> observed() {
        return observed.keySet();
    }

    @Override
    public void watch(Consumer<String> watcher) {
        changed = watcher;
    }

    @Override
    public void observe(ClockSession session) {
        observed.put(session.request().name(), session);
    }

    @Override
    public void forget(String session) {
        observed.remove(session);
    }

    @Override
    public Optional<MeasuredQuality> measured(String session) {
        return Optional.ofNullable(measured.get(session));
    }

    @Override
    public Map<ClockAlarmType, String> alarms(String session) {
        return alarms.getOrDefault(session, Map.of());
    }
}
