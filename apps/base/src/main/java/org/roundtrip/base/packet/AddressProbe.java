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
package org.roundtrip.base.packet;

import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onlab.packet.ndp.NeighborSolicitation;

/**
 * Asks who has an address, so that ONOS learns it from the answer.
 */
public final class AddressProbe {

    private AddressProbe() {
    }

    /**
     * Returns a frame that asks everybody for an address: an ARP probe (RFC 5227, section 1.1), which comes from no
     * address so that no cache learns it, or a neighbour solicitation (RFC 4861, section 4.3).
     *
     * @param address the address, unicast
     * @return the frame
     */
    public static byte[] of(IpAddress address) {
        MacAddress self = MacAddress.ONOS;
        if (address.isIp4()) {
            return ARP.buildArpRequest(self.toBytes(), Ip4Address.ZERO.toOctets(), address.toOctets(),
                                       VlanId.NONE.toShort()).serialize();
        }
        byte[] group = IPv6.getSolicitNodeAddress(address.toOctets());
        Ethernet solicitation = NeighborSolicitation.buildNdpSolicit(
                address.getIp6Address(), Ip6Address.valueOf(IPv6.getLinkLocalAddress(self.toBytes())),
                Ip6Address.valueOf(group), self, MacAddress.valueOf(IPv6.getMCastMacAddress(group)), VlanId.NONE);
        return solicitation.serialize();
    }
}
