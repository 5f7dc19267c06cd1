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
package org.roundtrip.detection.compute;

import org.roundtrip.base.Status;
import org.roundtrip.detection.AgentState;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Works out how an agent fares.
 */
public final class AgentStatus {

    private AgentStatus() {
    }

    /**
     * Returns the status of an agent.
     *
     * @param liveness what is known of it
     * @param before   its status before, or empty if it is new
     * @param now      a monotonic time
     * @param time     the same as time of the day
     * @return the status
     */
    public static Status<AgentState> of(AgentLiveness liveness, Optional<Status<AgentState>> before, Duration now,
                                        Instant time) {
        AgentState state = state(liveness, now);
        String reason = reason(liveness, state, now);
        return before.map(last -> last.next(state, reason, time)).orElseGet(() -> Status.of(state, reason, time));
    }

    private static AgentState state(AgentLiveness liveness, Duration now) {
        if (liveness.heard().isEmpty()) {
            return AgentState.WAITING;
        }
        if (liveness.isConnected()) {
            return liveness.starved().isPresent() ? AgentState.STARVED : AgentState.CONNECTED;
        }
        return liveness.doubt(now).isPresent() ? AgentState.EXPIRED : AgentState.SILENT;
    }

    private static String reason(AgentLiveness liveness, AgentState state, Duration now) {
        switch (state) {
            case WAITING:
                return "it has not connected yet";
            case CONNECTED:
                return "connected";
            case STARVED:
                return "it lacks processor time, and says so: it gives no verdicts";
            case SILENT:
                return "not connected: its last results count for " + TimeInWords.of(liveness.lease())
                        + " after it was heard of last";
            default:
                return liveness.doubt(now).orElseThrow();
        }
    }
}
