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
package org.roundtrip.balancer.compute;

/**
 * How the way of a packet ends, as far as it can be told.
 */
public enum TraceEnd {
    /** It leaves the network by a port. */
    LEFT,
    /** A rule drops it. */
    DROPPED,
    /** No rule of the switch matches it, and nothing says where its station is. */
    NO_RULE,
    /** It goes to the controller. */
    CONTROLLER,
    /** It goes round and round. */
    LOOP
}
