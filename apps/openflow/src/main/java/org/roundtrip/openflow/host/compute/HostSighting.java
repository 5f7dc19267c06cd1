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
package org.roundtrip.openflow.host.compute;

import org.immutables.value.Value;
import org.onlab.packet.EthType;
import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.Set;

/**
 * A station that was seen to send a frame.
 */
@Value.Immutable
public interface HostSighting {

    /**
     * Returns the station: its MAC address and the (outer) VLAN it sends in.
     *
     * @return host identifier
     */
    HostId host();

    /**
     * Returns the inner VLAN of a double-tagged frame.
     *
     * @return inner VLAN, {@link VlanId#NONE} if the frame has none
     */
    @Value.Default
    default VlanId innerVlan() {
        return VlanId.NONE;
    }

    /**
     * Returns the tag protocol identifier of the outer tag of a double-tagged frame.
     *
     * @return identifier, {@link EthType.EtherType#UNKNOWN} if the frame is not double-tagged
     */
    @Value.Default
    default EthType outerTpid() {
        return EthType.EtherType.UNKNOWN.ethType();
    }

    /**
     * Returns where the frame entered the network.
     *
     * @return port
     */
    ConnectPoint port();

    /**
     * Returns the addresses that the station claims in the frame.
     *
     * @return addresses that a host can have; often none
     */
    Set<IpAddress> addresses();
}
