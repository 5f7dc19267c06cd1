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

import com.google.common.collect.ImmutableSet;
import org.onlab.packet.ARP;
import org.onlab.packet.DHCP;
import org.onlab.packet.EthType;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPacket;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.UDP;
import org.onlab.packet.VlanId;
import org.onlab.packet.ipv6.IExtensionHeader;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onlab.packet.ndp.RouterAdvertisement;
import org.onlab.packet.ndp.RouterSolicitation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Reads frames for what they tell of hosts. Any frame of a station tells where it is; ARP (RFC 826), neighbour
 * discovery (RFC 4861) and DHCP (RFC 2131) also tell addresses.
 */
public final class HostEvidence {

    /**
     * RFC 4861, sections 6.1 and 7.1: a lower value means that the packet passed a router, so it was forged.
     */
    private static final byte NEIGHBOUR_DISCOVERY_HOP_LIMIT = (byte) 255;

    private HostEvidence() {
    }

    /**
     * Returns what a frame tells of its sender.
     *
     * @param frame frame
     * @param port  port that the frame came in by
     * @return sender; empty if the frame is no station's, such as LLDP or a frame with a group address for its source
     */
    public static Optional<HostSighting> sender(Ethernet frame, ConnectPoint port) {
        MacAddress mac = frame.getSourceMAC();
        boolean linkLayerProtocol = frame.getEtherType() == Ethernet.TYPE_LLDP
                || frame.getEtherType() == Ethernet.TYPE_BSN;
        if (linkLayerProtocol || !HostAddresses.isOfHost(mac)) {
            return Optional.empty();
        }
        ImmutableHostSighting.Builder sighting = ImmutableHostSighting.builder()
                .host(HostId.hostId(mac, outerVlan(frame)))
                .port(port);
        if (isDoubleTagged(frame)) {
            sighting.innerVlan(vlan(frame.getVlanID()))
                    .outerTpid(EthType.EtherType.lookup(frame.getQinQTPID()).ethType());
        }
        claims(frame).stream().filter(HostAddresses::isOfHost).forEach(sighting::addAddresses);
        return Optional.of(sighting.build());
    }

    /**
     * Returns the address that a DHCP server assigns in a frame.
     *
     * @param frame frame
     * @return lease; empty if the frame is not a DHCPACK with an address
     */
    public static Optional<AddressLease> lease(Ethernet frame) {
        return payload(frame, IPv4.class)
                .flatMap(ip -> payload(ip, UDP.class))
                .flatMap(udp -> payload(udp, DHCP.class))
                .filter(dhcp -> dhcp.getPacketType() == DHCP.MsgType.DHCPACK)
                .filter(dhcp -> dhcp.getClientHardwareAddress() != null
                        && dhcp.getClientHardwareAddress().length == MacAddress.MAC_ADDRESS_LENGTH)
                .flatMap(dhcp -> {
                    MacAddress client = MacAddress.valueOf(dhcp.getClientHardwareAddress());
                    IpAddress address = IpAddress.valueOf(dhcp.getYourIPAddress());
                    return HostAddresses.isOfHost(client) && HostAddresses.isOfHost(address)
                            ? Optional.of(AddressLease.of(HostId.hostId(client, outerVlan(frame)), address))
                            : Optional.empty();
                });
    }

    private static Set<IpAddress> claims(Ethernet frame) {
        return payload(frame, ARP.class).map(arp -> claims(arp, frame.getSourceMAC()))
                .or(() -> payload(frame, IPv6.class).map(HostEvidence::claims))
                .orElse(ImmutableSet.of());
    }

    // A station that names another's MAC address for the sender of an ARP message speaks for that other one, perhaps
    // without right.
    private static Set<IpAddress> claims(ARP arp, MacAddress sender) {
        boolean ownAddress = arp.getHardwareType() == ARP.HW_TYPE_ETHERNET
                && arp.getProtocolType() == ARP.PROTO_TYPE_IP
                && Arrays.equals(arp.getSenderHardwareAddress(), sender.toBytes())
                && arp.getSenderProtocolAddress().length == Ip4Address.BYTE_LENGTH;
        return ownAddress ? ImmutableSet.of(Ip4Address.valueOf(arp.getSenderProtocolAddress())) : ImmutableSet.of();
    }

    private static Set<IpAddress> claims(IPv6 packet) {
        IPacket upper = packet.getPayload();
        while (upper instanceof IExtensionHeader) {
            upper = upper.getPayload();
        }
        if (!(upper instanceof ICMP6) || packet.getHopLimit() != NEIGHBOUR_DISCOVERY_HOP_LIMIT) {
            return ImmutableSet.of();
        }
        IPacket message = upper.getPayload();
        IpAddress source = Ip6Address.valueOf(packet.getSourceAddress());
        if (message instanceof NeighborAdvertisement) {
            return ImmutableSet.of(source,
                                   Ip6Address.valueOf(((NeighborAdvertisement) message).getTargetAddress()));
        }
        // Of a solicitation its target is what another one has, or, while a station makes sure that no one else has it
        // (RFC 4862, section 5.4), what it does not have yet; its source is unspecified then.
        boolean ownSource = message instanceof NeighborSolicitation || message instanceof RouterSolicitation
                || message instanceof RouterAdvertisement;
        return ownSource ? ImmutableSet.of(source) : ImmutableSet.of();
    }

    private static boolean isDoubleTagged(Ethernet frame) {
        return frame.getQinQVID() != Ethernet.VLAN_UNTAGGED;
    }

    private static VlanId outerVlan(Ethernet frame) {
        return vlan(isDoubleTagged(frame) ? frame.getQinQVID() : frame.getVlanID());
    }

    // VLAN 0 only carries a priority (IEEE 802.1Q, section 9.6): the frame is in no VLAN.
    private static VlanId vlan(short id) {
        return id == Ethernet.VLAN_UNTAGGED || id == 0 ? VlanId.NONE : VlanId.vlanId(id);
    }

    private static <P extends IPacket> Optional<P> payload(IPacket packet, Class<P> type) {
        return Optional.ofNullable(packet.getPayload()).filter(type::isInstance).map(type::cast);
    }
}
