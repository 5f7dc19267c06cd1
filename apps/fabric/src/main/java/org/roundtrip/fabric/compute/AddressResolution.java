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

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPacket;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.Optional;
import java.util.Set;

/**
 * What becomes of messages that stations find each other by: ARP, neighbour and router discovery, and DHCP.
 *
 * <p>A question to all for an address that is known is answered in its owner's name. Everything else goes on to the
 * station that it is for, or, when it is for many or for one not known, out of all edge ports. It never crosses a link,
 * so it can't go round.
 */
public final class AddressResolution {

    /** RFC 4861, section 7.1.1: a solicitation with any other hop limit is not to be answered. */
    private static final byte HOP_LIMIT = (byte) 255;

    private AddressResolution() {
    }

    /**
     * Decides on a message.
     *
     * @param message message
     * @param arrival port that it came in by
     * @param hosts   what is known of hosts
     * @return what is sent where
     */
    public static Delivery decide(Ethernet message, ConnectPoint arrival, HostDirectory hosts) {
        return answer(message, hosts)
                .map(frame -> Delivery.of(frame, ImmutableSet.of(arrival)))
                .orElseGet(() -> Delivery.of(message, onward(message, arrival, hosts)));
    }

    private static Optional<Ethernet> answer(Ethernet message, HostDirectory hosts) {
        // Who asks a station directly wants to know whether it is still there, which the station itself knows best.
        boolean toAll = message.getDestinationMAC().isBroadcast() || message.getDestinationMAC().isMulticast();
        IPacket payload = message.getPayload();
        if (toAll && payload instanceof ARP) {
            return answer(message, (ARP) payload, hosts);
        }
        if (toAll && payload instanceof IPv6) {
            return answer(message, (IPv6) payload, hosts);
        }
        return Optional.empty();
    }

    private static Optional<Ethernet> answer(Ethernet message, ARP request, HostDirectory hosts) {
        boolean forIpv4 = request.getOpCode() == ARP.OP_REQUEST
                && request.getTargetProtocolAddress().length == Ip4Address.BYTE_LENGTH;
        if (!forIpv4) {
            return Optional.empty();
        }
        Ip4Address target = Ip4Address.valueOf(request.getTargetProtocolAddress());
        return hosts.ownerOf(target, vlan(message))
                .filter(owner -> !owner.mac().equals(message.getSourceMAC()))
                .map(owner -> ARP.buildArpReply(target, owner.mac(), message));
    }

    private static Optional<Ethernet> answer(Ethernet message, IPv6 packet, HostDirectory hosts) {
        boolean solicitation = packet.getHopLimit() == HOP_LIMIT && packet.getPayload() instanceof ICMP6
                && packet.getPayload().getPayload() instanceof NeighborSolicitation;
        if (!solicitation) {
            return Optional.empty();
        }
        Ip6Address target = Ip6Address.valueOf(
                ((NeighborSolicitation) packet.getPayload().getPayload()).getTargetAddress());
        Ip6Address asker = Ip6Address.valueOf(packet.getSourceAddress());
        return hosts.ownerOf(target, vlan(message))
                .filter(owner -> !owner.mac().equals(message.getSourceMAC()))
                .map(owner -> NeighbourAnswers.advertise(message, asker, target, owner.mac()));
    }

    private static Set<ConnectPoint> onward(Ethernet message, ConnectPoint arrival, HostDirectory hosts) {
        MacAddress destination = message.getDestinationMAC();
        // Answers to probes that the controller sent end here.
        if (destination.isOnos()) {
            return ImmutableSet.of();
        }
        return hosts.portOf(HostId.hostId(destination, vlan(message)))
                .map(port -> Sets.difference(ImmutableSet.of(port), ImmutableSet.of(arrival)))
                .orElseGet(() -> Sets.difference(hosts.edgePorts(), ImmutableSet.of(arrival)))
                .immutableCopy();
    }

    private static VlanId vlan(Ethernet message) {
        short outer = message.getQinQVID() != Ethernet.VLAN_UNTAGGED ? message.getQinQVID() : message.getVlanID();
        // VLAN 0 only carries a priority (IEEE 802.1Q, section 9.6).
        return outer == Ethernet.VLAN_UNTAGGED || outer == 0 ? VlanId.NONE : VlanId.vlanId(outer);
    }
}
