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

import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onosproject.net.HostId;

/**
 * Makes frames that a station answers if it is there.
 */
public final class HostProbes {

    private HostProbes() {
    }

    /**
     * Asks a station for one of its addresses: an ARP probe (RFC 5227, section 1.1: from no address, so that no cache
     * learns it) or a neighbour solicitation (RFC 4861, section 7.3, as in neighbour unreachability detection). It is
     * sent to the station alone.
     *
     * @param host    station
     * @param address address that it is thought to have
     * @return frame to be sent out of the station's port
     */
    public static Ethernet probe(HostId host, IpAddress address) {
        if (address.isIp4()) {
            return ARP.buildArpRequest(MacAddress.ONOS.toBytes(), Ip4Address.ZERO.toOctets(), MacAddress.ZERO.toBytes(),
                                       address.toOctets(), host.mac().toBytes(), host.vlanId().toShort());
        }
        return NeighborSolicitation.buildNdpSolicit(
                address.getIp6Address(), Ip6Address.valueOf(IPv6.getLinkLocalAddress(MacAddress.ONOS.toBytes())),
                address.getIp6Address(), MacAddress.ONOS, host.mac(), host.vlanId());
    }
}
