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
package org.roundtrip.balancer;

/**
 * Whether a member gets new connections, and if not, why.
 */
public enum MemberCondition {
    /** It gets new connections. */
    SERVING,
    /** It gets new connections although it looks unusable, because too few of its fellows look better. */
    PANIC,
    /** The network does not know where it is attached. */
    WAITING_FOR_HOST,
    /** The port where it is attached is down. */
    PORT_DOWN,
    /** Detection has found it down. */
    DOWN,
    /**
     * It is probed and nothing is known of it: it keeps the slots that it has if it was well when something was known
     * of it last, and gets none otherwise.
     */
    UNKNOWN,
    /** The operator lets it keep the connections that it has. */
    DRAINING,
    /** The operator has taken it out. */
    DISABLED
}
