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
 * Where the rules of virtual servers stand in the switches.
 * <p>
 * A request is classified, gets its slot, and leaves the access switch for its member. At the member's switch it is
 * classified again and looked up in the connections that the switch tracks: known ones are delivered, the others are
 * handed on to the former members of their slot, and what nobody knows is a new connection. The tunnel id of a packet
 * is 0 where it arrives; a rule that sends a packet back to the first table marks it with another one there.
 */
public final class Pipeline {

    /** The table where every packet begins, shared with the rules of other applications. */
    static final int CLASSIFICATION = 0;

    /** Access switch: which member has the slot, which is the tunnel id. */
    public static final int SLOTS = 10;

    /** Member's switch: is the connection known here? */
    static final int CONNECTIONS = 11;

    /** Member's switch: who had the slot before? */
    static final int HAND_OVER = 12;

    /** Member's switch: a new connection. */
    static final int NEW_CONNECTIONS = 13;

    /** Member's switch: a reply whose connection has been looked up. */
    static final int REPLIES = 14;

    /** Edge: may the virtual IP be the source of what comes from this port? */
    static final int SOURCES = 15;

    /** Requests and replies of members: in the first table they tell themselves apart from each other. */
    static final int SERVICE_PRIORITY = 40_000;

    /** What else is sent to a virtual IP. */
    static final int OTHER_PRIORITY = 39_000;

    /** What else comes from a virtual IP. */
    static final int SOURCE_PRIORITY = 38_000;

    /** In tables of our own: what is told apart. */
    static final int MATCH_PRIORITY = 100;

    /** In tables of our own: what is left. */
    static final int DEFAULT_PRIORITY = 1;

    /** The tunnel id of a packet as it arrives. */
    static final long ARRIVED = 0;

    /** The tunnel id of a packet that has been found right and only has to be forwarded. */
    static final long APPROVED = 1;

    private Pipeline() {
    }
}
