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
package org.roundtrip.balancer.compute;

import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPacket;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborDiscoveryOptions;
import org.onlab.packet.ndp.NeighborSolicitation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A message by which neighbours find each other: ARP (RFC 826) or neighbour discovery (RFC 4861). Not thread-safe, as
 * the frame that it reads is not.
 */
public final class NeighbourMessage {

    /** RFC 4861, section 7.1: a message with any other hop limit has come through a router, and means nothing. */
    private static final byte HOP_LIMIT = (byte) 255;
    private static final Ip6Address ALL_NODES = Ip6Address.valueOf("ff02::1");
    private static final MacAddress ALL_NODES_MAC = MacAddress.valueOf("33:33:00:00:00:01");

    private final Ethernet frame;
    private final Optional<IpAddress> question;
    private final Set<IpAddress> claims;

    private NeighbourMessage(Ethernet frame, Optional<IpAddress> question, Set<IpAddress> claims) {
        this.frame = frame;
        this.question = question;
        this.claims = claims;
    }

    /**
     * Reads a message.
     *
     * @param frame a frame
     * @return the message; empty if the frame is anything else
     */
    public static Optional<NeighbourMessage> of(Ethernet frame) {
        IPacket payload = frame.getPayload();
        if (payload instanceof ARP) {
            return of(frame, (ARP) payload);
        }
        boolean isIcmp = payload instanceof IPv6 && payload.getPayload() instanceof ICMP6
                && ((IPv6) payload).getHopLimit() == HOP_LIMIT;
        return isIcmp ? of(frame, (IPv6) payload, payload.getPayload().getPayload()) : Optional.empty();
    }

    private static Optional<NeighbourMessage> of(Ethernet frame, ARP arp) {
        boolean isIpv4 = arp.getProtocolType() == ARP.PROTO_TYPE_IP
                && arp.getSenderProtocolAddress().length == Ip4Address.BYTE_LENGTH
                && arp.getTargetProtocolAddress().length == Ip4Address.BYTE_LENGTH;
        if (!isIpv4) {
            return Optional.empty();
        }
        IpAddress target = Ip4Address.valueOf(arp.getTargetProtocolAddress());
        return Optional.of(new NeighbourMessage(
                frame, arp.getOpCode() == ARP.OP_REQUEST ? Optional.of(target) : Optional.empty(),
                Set.of(Ip4Address.valueOf(arp.getSenderProtocolAddress()))));
    }

    private static Optional<NeighbourMessage> of(Ethernet frame, IPv6 packet, IPacket message) {
        if (message instanceof NeighborSolicitation) {
            return Optional.of(new NeighbourMessage(
                    frame, Optional.of(Ip6Address.valueOf(((NeighborSolicitation) message).getTargetAddress())),
                    Set.of(Ip6Address.valueOf(packet.getSourceAddress()))));
        }
        return message instanceof NeighborAdvertisement
                ? Optional.of(new NeighbourMessage(frame, Optional.empty(), Set.of(
                        Ip6Address.valueOf(((NeighborAdvertisement) message).getTargetAddress()))))
                : Optional.empty();
    }

    /**
     * Returns whose hardware address is asked for.
     *
     * @return an address, or empty if the message asks for nobody
     */
    public Optional<IpAddress> question() {
        return question;
    }

    /**
     * Returns whether the message says that its sender has an address.
     *
     * @param address the address
     * @return true if it does
     */
    public boolean claims(IpAddress address) {
        return claims.contains(address);
    }

    /**
     * Answers the question in the name of a virtual IP address. Who only wants to know whether the address is taken
     * (RFC 4862, section 5.4) has none yet, so the answer goes to all.
     *
     * @return the frame to be sent back
     * @throws IllegalStateException if the message asks for nobody
     */
    public Ethernet answer() {
        IpAddress vip = question.orElseThrow(() -> new IllegalStateException("nobody is asked for"));
        MacAddress mac = VipMac.of(vip);
        return vip.isIp4() ? ARP.buildArpReply(vip.getIp4Address(), mac, frame)
                : advertisement(vip.getIp6Address(), mac);
    }

    private Ethernet advertisement(Ip6Address vip, MacAddress mac) {
        byte[] asker = ((IPv6) frame.getPayload()).getSourceAddress();
        boolean isDetection = Arrays.equals(asker, Ip6Address.ZERO.toOctets());
        NeighborAdvertisement advertisement = new NeighborAdvertisement()
                .setTargetAddress(vip.toOctets())
                .setSolicitedFlag((byte) (isDetection ? 0 : 1))
                .setOverrideFlag((byte) 1)
                .addOption(NeighborDiscoveryOptions.TYPE_TARGET_LL_ADDRESS, mac.toBytes());
        ICMP6 icmp = new ICMP6().setIcmpType(ICMP6.NEIGHBOR_ADVERTISEMENT);
        icmp.setPayload(advertisement);
        IPv6 packet = new IPv6()
                .setSourceAddress(vip.toOctets())
                .setDestinationAddress(isDetection ? ALL_NODES.toOctets() : asker)
                .setNextHeader(IPv6.PROTOCOL_ICMP6)
                .setHopLimit(HOP_LIMIT);
        packet.setPayload(icmp);
        Ethernet answer = new Ethernet();
        answer.setSourceMACAddress(mac);
        answer.setDestinationMACAddress(isDetection ? ALL_NODES_MAC : frame.getSourceMAC());
        answer.setEtherType(Ethernet.TYPE_IPV6);
        answer.setVlanID(frame.getVlanID());
        answer.setPayload(packet);
        return answer;
    }
}
