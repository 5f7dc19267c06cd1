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
 * Where the rules of virtual servers stand in the switches, and what packets are marked with on their way from one to
 * another. {@link RulePurpose} lists the rules.
 * <p>
 * A request is classified, gets its slot, and leaves the access switch for its member. At the member's switch it is
 * classified again and looked up in the connections that the switch tracks: known ones are delivered, the others are
 * handed on to the former members of their slot, and what nobody knows is a new connection. The tunnel id of a packet
 * is 0 where it arrives; a rule that sends a packet back to the first table marks it with another one there.
 */
public final class Pipeline {

    /** The table where every packet begins, shared with the rules of other applications. */
    public static final int CLASSIFICATION = 0;

    /** Access switch: which member has the slot, which is in the tunnel id. */
    public static final int SLOTS = 10;

    /** Member's switch: is the connection known here? */
    public static final int CONNECTIONS = 11;

    /** Member's switch: who had the slot before? */
    public static final int HAND_OVER = 12;

    /** Member's switch: a new connection. */
    public static final int NEW_CONNECTIONS = 13;

    /** Edge: may the virtual IP be the source of what comes from this port? */
    public static final int SOURCES = 14;

    /** Access switch: half of a slot, see {@link SlotChoice}. */
    public static final int SLOT_HALVES = 15;

    /** In tables of our own: what is told apart. */
    public static final int MATCH_PRIORITY = 100;

    /** In tables of our own: what is left. */
    public static final int DEFAULT_PRIORITY = 1;

    /** The tunnel id of a packet as it arrives. */
    public static final long ARRIVED = 0;

    /** The tunnel id of a packet that has been found right and only has to be forwarded. */
    public static final long APPROVED = 1;

    private Pipeline() {
    }
}
