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
package org.roundtrip.detection;

/**
 * What can be wrong with detection itself, or with a member beyond being down.
 */
public enum DetectionAlarmType {
    /** An agent was connected and is not any more. */
    AGENT_SILENT,
    /** An agent lacks processor time. */
    AGENT_STARVED,
    /** An agent reports about members that are not its own: it is broken, or somebody has its secret. */
    FOREIGN_RESULTS,
    /** Somebody was refused who wanted to connect as an agent. */
    AGENT_REFUSED,
    /** A member goes down again and again, and is held down for that reason. */
    MEMBER_FLAPPING
}
