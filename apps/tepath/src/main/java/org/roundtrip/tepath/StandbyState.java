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
package org.roundtrip.tepath;

/**
 * How the protection of a path fares.
 */
public enum StandbyState {
    /** The standby way stands, confirmed by every switch: a failure of the active way costs milliseconds. */
    READY,
    /** The standby way is being put into the switches. */
    INSTALLING,
    /** There is no standby way; the reason says why. It is looked for again whenever the network changes. */
    UNPROTECTED
}
