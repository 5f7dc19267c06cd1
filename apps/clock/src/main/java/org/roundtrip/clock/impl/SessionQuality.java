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
import java.util.function.Consumer;

/**
 * What clients say of their time, held against what is predicted. It knows the sessions from {@link #observe} and
 * {@link #forget} and needs no service for them, so that neither waits for the other to start. Thread-safe; no method
 * blocks.
 */
public interface SessionQuality {

    /**
     * Says who wants to know when the {@linkplain #alarms alarms} of a session may have changed.
     *
     * @param changed takes the name of the session, on any thread, and does not block
     */
    void watch(Consumer<String> changed);

    /**
     * Takes note of a session that is new or has changed: where its clocks are, what its way predicts, which thresholds
     * it has.
     *
     * @param session the session, without what this interface says of it
     */
    void observe(ClockSession session);

    /**
     * Takes note that a session is gone.
     *
     * @param session its name
     */
    void forget(String session);

    /**
     * Returns what a client measures.
     *
     * @param session the name of its session
     * @return the figures, or empty if it has not reported
     */
    Optional<MeasuredQuality> measured(String session);

    /**
     * Returns what is wrong with what a client measures. Since when is for the caller to remember.
     *
     * @param session the name of its session
     * @return {@link ClockAlarmType#MEASUREMENT} and {@link ClockAlarmType#SILENT}, if so, with the reason in words
     */
    Map<ClockAlarmType, String> alarms(String session);
}
