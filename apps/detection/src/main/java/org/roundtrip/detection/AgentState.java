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
 * Whether an agent does its work.
 */
public enum AgentState {
    /** It has never been heard of. */
    WAITING,
    /** It is connected and reports. */
    CONNECTED,
    /** It is connected, and says that it is too slow to be believed. */
    STARVED,
    /** It is not connected, and its lease goes on: what it reported last counts. */
    SILENT,
    /** It was silent for longer than its lease: nothing is known of its members. */
    EXPIRED
}
