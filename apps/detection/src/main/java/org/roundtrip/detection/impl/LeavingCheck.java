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

/**
 * A check that an agent was told not to make any more, until it has accepted that. Immutable.
 */
final class LeavingCheck {

    private final PlannedCheck check;
    private final AgentSession session;
    private final long revision;
    private final long deadline;

    /**
     * Creates one.
     *
     * @param check    what the agent was told to check
     * @param session  in which it was told so
     * @param revision what it accepts when it stops
     * @param deadline until when to wait for that, a monotonic time in nanoseconds
     */
    LeavingCheck(PlannedCheck check, AgentSession session, long revision, long deadline) {
        this.check = check;
        this.session = session;
        this.revision = revision;
        this.deadline = deadline;
    }

    PlannedCheck check() {
        return check;
    }

    /** Returns whether there is nothing to wait for, or no use in it: without rules no probe gets anywhere. */
    boolean isOver(AgentSession present, long now) {
        return session != present || session.hasAccepted(revision) || now - deadline >= 0;
    }
}
