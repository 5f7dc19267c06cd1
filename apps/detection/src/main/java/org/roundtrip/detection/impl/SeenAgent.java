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
package org.roundtrip.detection.impl;

import org.roundtrip.base.Status;
import org.roundtrip.detection.AgentState;

import java.util.Optional;

/**
 * What has been seen of an agent. Immutable.
 */
final class SeenAgent {

    /** An agent that never was connected. */
    static final SeenAgent NEVER = new SeenAgent(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<Status<AgentState>> status;
    private final Optional<String> software;
    private final Optional<Long> lateness;

    private SeenAgent(Optional<Status<AgentState>> status, Optional<String> software, Optional<Long> lateness) {
        this.status = status;
        this.software = software;
        this.lateness = lateness;
    }

    SeenAgent in(Status<AgentState> next, Optional<AgentSession> session) {
        return new SeenAgent(Optional.of(next), session.map(open -> open.hello().software()).or(() -> software),
                             lateness);
    }

    SeenAgent late(long microseconds) {
        return new SeenAgent(status, software, Optional.of(microseconds));
    }

    Optional<Status<AgentState>> status() {
        return status;
    }

    Optional<String> software() {
        return software;
    }

    Optional<Long> lateness() {
        return lateness;
    }
}
