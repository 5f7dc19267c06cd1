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

import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborDiscoveryOptions;

/**
 * Makes neighbour advertisements (RFC 4861, section 7.2.4).
 */
final class NeighbourAnswers {

    private static final byte HOP_LIMIT = (byte) 255;
    private static final byte SET = 1;
    private static final byte CLEAR = 0;
    private static final Ip6Address ALL_NODES = Ip6Address.valueOf("ff02::1");
    private static final MacAddress ALL_NODES_MAC = MacAddress.valueOf("33:33:00:00:00:01");

    private NeighbourAnswers() {
    }

    /**
     * Answers a solicitation in the name of the one who has the address.
     *
     * @param solicitation frame with a neighbour solicitation
     * @param asker        source address of the solicitation; unspecified if the asker wants to take the address
     * itself, to
     *                     whom the answer goes by way of all nodes, as it has no address yet
     * @param target       address asked for
     * @param owner        MAC address of the one who has it
     * @return frame with the advertisement
     */
    static Ethernet advertise(Ethernet solicitation, Ip6Address asker, Ip6Address target, MacAddress owner) {
        boolean duplicateAddressDetection = asker.isZero();
        NeighborAdvertisement advertisement = new NeighborAdvertisement()
                .setTargetAddress(target.toOctets())
                .setSolicitedFlag(duplicateAddressDetection ? CLEAR : SET)
                .setOverrideFlag(SET)
                .addOption(NeighborDiscoveryOptions.TYPE_TARGET_LL_ADDRESS, owner.toBytes());
        ICMP6 icmp = new ICMP6().setIcmpType(ICMP6.NEIGHBOR_ADVERTISEMENT);
        icmp.setPayload(advertisement);
        IPv6 packet = new IPv6()
                .setSourceAddress(target.toOctets())
                .setDestinationAddress((duplicateAddressDetection ? ALL_NODES : asker).toOctets())
                .setNextHeader(IPv6.PROTOCOL_ICMP6)
                .setHopLimit(HOP_LIMIT);
        packet.setPayload(icmp);
        Ethernet frame = new Ethernet();
        frame.setSourceMACAddress(owner);
        frame.setDestinationMACAddress(duplicateAddressDetection ? ALL_NODES_MAC : solicitation.getSourceMAC());
        frame.setEtherType(Ethernet.TYPE_IPV6);
        frame.setVlanID(solicitation.getVlanID());
        frame.setQinQVID(solicitation.getQinQVID());
        frame.setQinQTPID(solicitation.getQinQTPID());
        frame.setPayload(packet);
        return frame;
    }
}
