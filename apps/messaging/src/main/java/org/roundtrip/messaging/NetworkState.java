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
package org.roundtrip.messaging;

/**
 * What the network does for a route. Messages may go on without it: what no te-path takes in, is left to other
 * forwarding.
 */
public enum NetworkState {
    /** None is asked for, or there is not enough configured for one. */
    NONE,
    /** It is on its way into the switches, or out of them to be made anew. */
    SETTING_UP,
    /** Connections of the route take te-paths, in both directions, with all that was asked for. */
    UP,
    /** They do, but something that was asked for is missing. */
    DEGRADED,
    /** They do not; it is tried again and again. */
    DOWN
}
