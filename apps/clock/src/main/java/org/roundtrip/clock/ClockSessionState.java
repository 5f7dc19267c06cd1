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
package org.roundtrip.clock;

/**
 * What a clock session is doing.
 */
public enum ClockSessionState {
    /**
     * It has no te-path and never was up: none is granted, or the old one is still going. One is asked for until it is
     * granted.
     */
    WAITING,
    /** Its te-path is being put into the switches for the first time; PTP of the pair is held back at the edge. */
    INSTALLING,
    /** PTP of the pair goes through its te-path, both directions over the same links. */
    UP,
    /** It could be up, but a better server serves the client; PTP of the pair is held back at the edge. */
    STANDBY,
    /**
     * It was up and can't carry PTP now, the reason says why; PTP of the pair is held back and the client keeps its
     * time alone. That is so too while its way is being changed, or its te-path replaced.
     */
    HOLDOVER,
    /**
     * Its te-path is down, the reason says why, and no client is without time for that: it never was up, or another
     * server serves the client. PTP of the pair is held back at the edge.
     */
    DOWN,
    /** It is being taken out of the switches. */
    REMOVING
}
