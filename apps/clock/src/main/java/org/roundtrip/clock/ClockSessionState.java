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
 * What a session is doing.
 */
public enum ClockSessionState {
    /** It has no te-path: it was lost, or a clock has moved. One is asked for until it is granted. */
    WAITING,
    /** Its te-path is being put into the switches; PTP of the pair is held back at the edge. */
    INSTALLING,
    /** PTP of the pair goes through its te-path, both directions over the same links. */
    UP,
    /** Its te-path is down, the reason says why; PTP of the pair is held back at the edge. */
    DOWN,
    /** It is being taken out of the switches. */
    REMOVING
}
