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
package org.roundtrip.fabric.compute;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;

import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The network that frames are forwarded through.
 */
@Value.Immutable
public interface Network {

    /**
     * Returns the switches that are connected.
     *
     * @return switches
     */
    Set<DeviceId> switches();

    /**
     * Returns the links, each direction for itself.
     *
     * @return links between connected switches
     */
    Set<LinkKey> links();

    /**
     * Returns the ports with no other switch behind them.
     *
     * @return ports of connected switches, none of them on a link
     */
    Set<ConnectPoint> edgePorts();

    /**
     * Checks that links and ports are of switches of the network, and that no edge port is on a link.
     */
    @Value.Check
    default void check() {
        for (LinkKey link : links()) {
            checkArgument(switches().contains(link.src().deviceId()) && switches().contains(link.dst().deviceId()),
                          "links: %s leads to or from a switch that is not in the network", link);
            checkArgument(!edgePorts().contains(link.src()) && !edgePorts().contains(link.dst()),
                          "edgePorts: %s is on a port that is said to be an edge", link);
        }
        for (ConnectPoint port : edgePorts()) {
            checkArgument(switches().contains(port.deviceId()),
                          "edgePorts: the switch of %s is not in the network", port);
        }
    }
}
