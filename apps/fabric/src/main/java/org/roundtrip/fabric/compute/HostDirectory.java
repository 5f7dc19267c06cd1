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

import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.Optional;
import java.util.Set;

/**
 * What is known of hosts at one moment.
 */
public interface HostDirectory {

    /**
     * Returns the host that has an address.
     *
     * @param address address
     * @param vlan    VLAN that it is asked for in
     * @return host, the first in order if several claim the address
     */
    Optional<HostId> ownerOf(IpAddress address, VlanId vlan);

    /**
     * Returns where a host is.
     *
     * @param host host
     * @return port that it is reached by, if it is known
     */
    Optional<ConnectPoint> portOf(HostId host);

    /**
     * Returns the ports with no switch behind them.
     *
     * @return ports
     */
    Set<ConnectPoint> edgePorts();
}
