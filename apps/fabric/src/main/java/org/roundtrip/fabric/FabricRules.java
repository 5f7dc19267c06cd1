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

import org.onosproject.net.packet.PacketPriority;

/**
 * What the fabric puts into switches: rules in table 0, with priorities below those of every other application. Whoever
 * wants frames of some kind to go another way adds rules with a higher priority.
 *
 * <p>The one exception are ARP and neighbour discovery messages to a single known host, by which stations make sure
 * that one another are still there: their rules are just above those that take such messages to the controller. They go
 * to the host directly, with a copy to the controller, so that hosts keep each other when the controller is away.
 */
public final class FabricRules {

    /**
     * Table of all rules.
     */
    public static final int TABLE = 0;

    /**
     * ARP and neighbour discovery messages to the MAC address of a host that sends with a VLAN tag: as other frames to
     * it, with a copy to the controller.
     */
    public static final int TAGGED_NEIGHBOUR_PRIORITY = PacketPriority.CONTROL.priorityValue() + 2;

    /**
     * ARP and neighbour discovery messages to the MAC address of a host: as other frames to it, with a copy to the
     * controller.
     */
    public static final int NEIGHBOUR_PRIORITY = PacketPriority.CONTROL.priorityValue() + 1;

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
