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
package org.roundtrip.fabric;

/**
 * What the fabric puts into switches: rules in table 0, with priorities below those of every other application. Whoever
 * wants frames of some kind to go another way adds rules with a higher priority.
 */
public final class FabricRules {

    /**
     * Table of all rules.
     */
    public static final int TABLE = 0;

    /**
     * Frames to the MAC address of a host that sends with a VLAN tag: out of the port on the shortest path to it.
     */
    public static final int TAGGED_UNICAST_PRIORITY = 120;

    /**
     * Frames to the MAC address of a host: out of the port on the shortest path to it.
     */
    public static final int UNICAST_PRIORITY = 110;

    /**
     * Frames to the addresses 01:80:c2:00:00:00 to 0f: dropped, as by every bridge (IEEE 802.1Q, section 8.6.3).
     */
    public static final int RESERVED_ADDRESS_PRIORITY = 60;

    /**
     * Frames to group addresses, broadcast among them: along the spanning tree and out of edge ports; what comes in by
     * a port that is not on the tree is dropped.
     */
    public static final int BROADCAST_PRIORITY = 50;

    private FabricRules() {
    }
}
