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

import org.junit.jupiter.api.Test;
import org.onlab.packet.ARP;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.packet.ICMP6;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class AddressResolutionTest {

    private static final MacAddress ASKER = MacAddress.valueOf("02:00:00:00:00:01");
    private static final MacAddress OWNER = MacAddress.valueOf("02:00:00:00:00:02");
    private static final Ip4Address ASKER_IP = Ip4Address.valueOf("10.0.0.1");
    private static final Ip4Address OWNER_IP = Ip4Address.valueOf("10.0.0.2");
    private static final Ip6Address ASKER_IP6 = Ip6Address.valueOf("2001:db8::1");
    private static final Ip6Address OWNER_IP6 = Ip6Address.valueOf("2001:db8::2");
    private static final ConnectPoint HERE = Networks.port(1, 1);
    private static final ConnectPoint THERE = Networks.port(2, 1);
    private static final ConnectPoint ELSEWHERE = Networks.port(3, 1);

    private final Directory directory = new Directory();

    @Test
    void requestForAKnownAddressIsAnsweredToTheAsker() {
        Delivery delivery = decide(request(OWNER_IP, MacAddress.BROADCAST));
        assertThat(delivery.ports()).containsExactly(HERE);
        Ethernet reply = wire(delivery.frame());
        assertThat(reply.getDestinationMAC()).isEqualTo(ASKER);
        assertThat(reply.getSourceMAC()).isEqualTo(OWNER);
        ARP arp = (ARP) reply.getPayload();
        assertThat(arp.getOpCode()).isEqualTo(ARP.OP_REPLY);
        assertThat(arp.getSenderHardwareAddress()).isEqualTo(OWNER.toBytes());
        assertThat(arp.getSenderProtocolAddress()).isEqualTo(OWNER_IP.toOctets());
        assertThat(arp.getTargetHardwareAddress()).isEqualTo(ASKER.toBytes());
        assertThat(arp.getTargetProtocolAddress()).isEqualTo(ASKER_IP.toOctets());
    }

    @Test
    void requestForAnUnknownAddressGoesOutOfAllOtherEdgePorts() {
        Ethernet request = request(Ip4Address.valueOf("10.0.0.77"), MacAddress.BROADCAST);
        Delivery delivery = decide(request);
        assertThat(delivery.frame()).isSameAs(request);
        assertThat(delivery.ports()).containsExactlyInAnyOrder(THERE, ELSEWHERE);
    }

    @Test
    void requestToOneStationIsLeftToIt() {
        assertThat(decide(request(OWNER_IP, OWNER)).ports()).containsExactly(THERE);
    }

    @Test
    void announcementOfOnesOwnAddressIsToldToAll() {
        Ethernet announcement = ARP.buildArpRequest(OWNER.toBytes(), OWNER_IP.toOctets(), OWNER_IP.toOctets(),
                                                    Ethernet.VLAN_UNTAGGED);
        assertThat(AddressResolution.decide(wire(announcement), THERE, directory).ports())
                .containsExactlyInAnyOrder(HERE, ELSEWHERE);
    }

    @Test
    void takenAddressIsDefendedAgainstAProbe() {
        Ethernet probe = ARP.buildArpRequest(ASKER.toBytes(), Ip4Address.ZERO.toOctets(), OWNER_IP.toOctets(),
                                             Ethernet.VLAN_UNTAGGED);
        assertThat(decide(wire(probe)).ports()).containsExactly(HERE);
    }

    @Test
    void replyGoesToTheOneItIsFor() {
        Ethernet request = ARP.buildArpRequest(OWNER.toBytes(), OWNER_IP.toOctets(), ASKER_IP.toOctets(),
                                               Ethernet.VLAN_UNTAGGED);
        Ethernet reply = ARP.buildArpReply(ASKER_IP, ASKER, wire(request));
        assertThat(decide(wire(reply)).ports()).containsExactly(THERE);
    }

    @Test
    void answerToTheControllersProbeEndsHere() {
        assertThat(decide(request(OWNER_IP, MacAddress.ONOS)).ports()).isEmpty();
    }

    @Test
    void addressInAnotherVlanIsAnother() {
        Ethernet tagged = request(OWNER_IP, MacAddress.BROADCAST);
        tagged.setVlanID((short) 7);
        assertThat(decide(wire(tagged)).ports()).containsExactlyInAnyOrder(THERE, ELSEWHERE);
    }

    @Test
    void answerKeepsTheTagOfTheQuestion() {
        Ethernet tagged = request(OWNER_IP, MacAddress.BROADCAST);
        tagged.setVlanID((short) 0);
        assertThat(decide(wire(tagged)).frame().getVlanID()).isZero();
    }

    @Test
    void solicitationForAKnownAddressIsAnswered() {
        Delivery delivery = decide(solicitation(OWNER_IP6, ASKER_IP6));
        assertThat(delivery.ports()).containsExactly(HERE);
        Ethernet frame = wire(delivery.frame());
        assertThat(frame.getDestinationMAC()).isEqualTo(ASKER);
        IPv6 packet = (IPv6) frame.getPayload();
        assertThat(packet.getHopLimit()).isEqualTo((byte) 255);
        assertThat(packet.getDestinationAddress()).isEqualTo(ASKER_IP6.toOctets());
        NeighborAdvertisement advertisement = advertisement(frame);
        assertThat(advertisement.getTargetAddress()).isEqualTo(OWNER_IP6.toOctets());
        assertThat(advertisement.getSolicitedFlag()).isEqualTo((byte) 1);
        assertThat(advertisement.getOptions()).singleElement()
                .satisfies(option -> assertThat(option.data()).isEqualTo(OWNER.toBytes()));
    }

    @Test
    void takenAddressIsDefendedAgainstDuplicateAddressDetection() {
        Delivery delivery = decide(solicitation(OWNER_IP6, Ip6Address.ZERO));
        assertThat(delivery.ports()).containsExactly(HERE);
        Ethernet frame = wire(delivery.frame());
        assertThat(frame.getDestinationMAC()).isEqualTo(MacAddress.valueOf("33:33:00:00:00:01"));
        assertThat(((IPv6) frame.getPayload()).getDestinationAddress())
                .isEqualTo(Ip6Address.valueOf("ff02::1").toOctets());
        assertThat(advertisement(frame).getSolicitedFlag()).isZero();
    }

    @Test
    void solicitationThatPassedARouterIsNotAnswered() {
        Ethernet solicitation = solicitation(OWNER_IP6, ASKER_IP6);
        ((IPv6) solicitation.getPayload()).setHopLimit((byte) 64);
        assertThat(decide(wire(solicitation)).ports()).containsExactlyInAnyOrder(THERE, ELSEWHERE);
    }

    private Delivery decide(Ethernet message) {
        return AddressResolution.decide(message, HERE, directory);
    }

    private static NeighborAdvertisement advertisement(Ethernet frame) {
        ICMP6 icmp = (ICMP6) frame.getPayload().getPayload();
        assertThat(icmp.getIcmpType()).isEqualTo(ICMP6.NEIGHBOR_ADVERTISEMENT);
        return (NeighborAdvertisement) icmp.getPayload();
    }

    private static Ethernet request(Ip4Address target, MacAddress destination) {
        return wire(ARP.buildArpRequest(ASKER.toBytes(), ASKER_IP.toOctets(), MacAddress.ZERO.toBytes(),
                                        target.toOctets(), destination.toBytes(), Ethernet.VLAN_UNTAGGED));
    }

    private static Ethernet solicitation(Ip6Address target, Ip6Address source) {
        return wire(NeighborSolicitation.buildNdpSolicit(
                target, source, Ip6Address.valueOf(IPv6.getSolicitNodeAddress(target.toOctets())), ASKER,
                MacAddress.valueOf(IPv6.getMCastMacAddress(IPv6.getSolicitNodeAddress(target.toOctets()))),
                VlanId.NONE));
    }

    private static Ethernet wire(Ethernet frame) {
        byte[] bytes = frame.serialize();
        try {
            return Ethernet.deserializer().deserialize(bytes, 0, bytes.length);
        } catch (DeserializationException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Directory implements HostDirectory {

        private static final Map<IpAddress, HostId> OWNERS = Map.of(
                ASKER_IP, HostId.hostId(ASKER), ASKER_IP6, HostId.hostId(ASKER),
                OWNER_IP, HostId.hostId(OWNER), OWNER_IP6, HostId.hostId(OWNER));
        private static final Map<HostId, ConnectPoint> PORTS = Map.of(
                HostId.hostId(ASKER), HERE, HostId.hostId(OWNER), THERE);

        @Override
        public Optional<HostId> ownerOf(IpAddress address, VlanId vlan) {
            return Optional.ofNullable(OWNERS.get(address)).filter(host -> host.vlanId().equals(vlan));
        }

        @Override
        public Optional<ConnectPoint> portOf(HostId host) {
            return Optional.ofNullable(PORTS.get(host));
        }

        @Override
        public Set<ConnectPoint> edgePorts() {
            return Set.of(HERE, THERE, ELSEWHERE);
        }
    }
}
