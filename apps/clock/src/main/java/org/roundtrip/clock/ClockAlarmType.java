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
 * What can be wrong with a clock session although it is served, or the reason why it is not.
 */
public enum ClockAlarmType {
    /** The client keeps its time alone. */
    HOLDOVER,
    /** The links of the way are known to delay the two directions differently, by more than the threshold. */
    ASYMMETRIC,
    /** There is no standby way, or it shares links with the active one. */
    UNPROTECTED,
    /** No te-path was granted. */
    REFUSED,
    /** What the client measures does not fit what the links of its way predict. */
    MEASUREMENT,
    /** Reports of the client have stopped. */
    SILENT
}
