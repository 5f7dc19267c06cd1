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

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.onlab.packet.ARP;
import org.onlab.packet.DHCP;
import org.onlab.packet.Data;
import org.onlab.packet.DeserializationException;
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
import org.onlab.packet.dhcp.DhcpOption;
import org.onlab.packet.ndp.NeighborAdvertisement;
import org.onlab.packet.ndp.NeighborSolicitation;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;
import org.roundtrip.openflow.packet.compute.Frames;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class HostEvidenceTest {

    private static final ConnectPoint PORT = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.valueOf("02:00:00:00:00:02");
    private static final Ip4Address IP = Ip4Address.valueOf("10.0.0.1");
    private static final Ip4Address OTHER_IP = Ip4Address.valueOf("10.0.0.2");
    private static final Ip6Address IP6 = Ip6Address.valueOf("2001:db8::1");
    private static final Ip6Address OTHER_IP6 = Ip6Address.valueOf("2001:db8::2");

    @Example
    void arpRequestTellsItsSender() {
        HostSighting sighting = sender(arp(MAC, MAC, IP));
        assertThat(sighting.host()).isEqualTo(HostId.hostId(MAC, VlanId.NONE));
        assertThat(sighting.port()).isEqualTo(PORT);
        assertThat(sighting.addresses()).containsExactly(IP);
    }

    @Example
    void arpReplyTellsItsSender() {
        Ethernet reply = ARP.buildArpReply(IP, MAC, arp(OTHER, OTHER, OTHER_IP));
        assertThat(sender(wire(reply)).addresses()).containsExactly(IP);
    }

    @Example
    void arpProbeTellsNoAddress() {
        assertThat(sender(arp(MAC, MAC, Ip4Address.ZERO)).addresses()).isEmpty();
    }

    @Example
    void arpInAnothersNameTellsNoAddress() {
        assertThat(sender(arp(MAC, OTHER, OTHER_IP)).addresses()).isEmpty();
    }

    @Example
    void addressesThatNoStationHasAreNotLearned() {
        for (String address : List.of("0.0.0.0", "0.1.2.3", "127.0.0.1", "169.254.3.4", "224.0.1.129", "240.0.0.1",
                                      "255.255.255.255", "::", "::1", "ff02::1")) {
            assertThat(HostAddresses.isOfHost(IpAddress.valueOf(address))).as(address).isFalse();
        }
        IpAddress mapped = IpAddress.valueOf(IpAddress.Version.INET6,
                                             new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1});
        assertThat(HostAddresses.isOfHost(mapped)).isFalse();
        for (String address : List.of("10.0.0.1", "192.168.1.1", "100.64.0.1", "fe80::1", "2001:db8::1", "fd00::1")) {
            assertThat(HostAddresses.isOfHost(IpAddress.valueOf(address))).as(address).isTrue();
        }
        assertThat(sender(arp(MAC, MAC, Ip4Address.valueOf("224.0.0.1"))).addresses()).isEmpty();
    }

    @Example
    void groupAddressAndControllerAreNoSenders() {
        for (MacAddress mac : List.of(MacAddress.BROADCAST, MacAddress.valueOf("01:00:5e:00:00:01"), MacAddress.ZERO,
                                      MacAddress.ONOS)) {
            assertThat(HostEvidence.sender(arp(mac, mac, IP), PORT)).as("%s", mac).isEmpty();
        }
    }

    @Example
    void lldpTellsNoHost() {
        Ethernet frame = arp(MAC, MAC, IP);
        frame.setEtherType(Ethernet.TYPE_LLDP);
        assertThat(HostEvidence.sender(frame, PORT)).isEmpty();
    }

    @Example
    void vlanIsPartOfTheHost() {
        Ethernet tagged = arp(MAC, MAC, IP);
        tagged.setVlanID((short) 7);
        assertThat(sender(wire(tagged)).host()).isEqualTo(HostId.hostId(MAC, VlanId.vlanId((short) 7)));
        tagged.setVlanID((short) 0);
        assertThat(sender(wire(tagged)).host()).isEqualTo(HostId.hostId(MAC, VlanId.NONE));
    }

    @Example
    void doubleTaggedHostIsInTheOuterVlan() {
        Ethernet tagged = arp(MAC, MAC, IP);
        tagged.setVlanID((short) 7);
        tagged.setQinQVID((short) 9);
        tagged.setQinQTPID(Ethernet.TYPE_QINQ);
        HostSighting sighting = sender(wire(tagged));
        assertThat(sighting.host().vlanId()).isEqualTo(VlanId.vlanId((short) 9));
        assertThat(sighting.innerVlan()).isEqualTo(VlanId.vlanId((short) 7));
        assertThat(sighting.outerTpid()).isEqualTo(EthType.EtherType.QINQ.ethType());
    }

    @Example
    void solicitationTellsItsSourceNotItsTarget() {
        Ethernet solicitation = NeighborSolicitation.buildNdpSolicit(
                OTHER_IP6, IP6, OTHER_IP6, MAC, OTHER, VlanId.NONE);
        assertThat(sender(wire(solicitation)).addresses()).containsExactly(IP6);
    }

    @Example
    void duplicateAddressDetectionTellsNoAddress() {
        Ethernet solicitation = NeighborSolicitation.buildNdpSolicit(
                IP6, Ip6Address.ZERO, Ip6Address.valueOf("ff02::1:ff00:1"), MAC,
                MacAddress.valueOf("33:33:ff:00:00:01"), VlanId.NONE);
        assertThat(sender(wire(solicitation)).addresses()).isEmpty();
    }

    @Example
    void advertisementTellsSourceAndTarget() {
        Ip6Address linkLocal = Ip6Address.valueOf("fe80::1");
        assertThat(sender(wire(advertisement(linkLocal, (byte) 255))).addresses())
                .containsExactlyInAnyOrder(linkLocal, IP6);
    }

    @Example
    void advertisementThatPassedARouterIsForged() {
        assertThat(sender(wire(advertisement(Ip6Address.valueOf("fe80::1"), (byte) 254))).addresses()).isEmpty();
    }

    @Example
    void ordinaryPacketTellsWhereItsSenderIsAndNoMore() {
        Ethernet packet = udp(5001, 5000, new Data(new byte[]{1}));
        assertThat(sender(wire(packet)).addresses()).isEmpty();
    }

    @Example
    void acknowledgedLeaseIsTheClients() {
        Ethernet packet = udp(UDP.DHCP_SERVER_PORT, UDP.DHCP_CLIENT_PORT, dhcp(DHCP.MsgType.DHCPACK));
        assertThat(HostEvidence.lease(wire(packet)))
                .contains(AddressLease.of(HostId.hostId(OTHER, VlanId.NONE), IpAddress.valueOf("10.0.0.9")));
    }

    @Example
    void offeredLeaseIsNotYet() {
        Ethernet packet = udp(UDP.DHCP_SERVER_PORT, UDP.DHCP_CLIENT_PORT, dhcp(DHCP.MsgType.DHCPOFFER));
        assertThat(HostEvidence.lease(wire(packet))).isEmpty();
    }

    @Property(tries = 2_000)
    void nonsenseDoesNoHarm(@ForAll @Size(min = 14, max = 120) byte[] bytes, @ForAll byte choice) {
        int[] types = {0x0800, 0x0806, 0x86dd, 0x8100};
        int type = types[Byte.toUnsignedInt(choice) % types.length];
        byte[] frame = bytes.clone();
        frame[12] = (byte) (type >> 8);
        frame[13] = (byte) type;
        assertThatCode(() -> Frames.parse(frame).ifPresent(parsed -> {
            HostEvidence.sender(parsed, PORT).ifPresent(sighting ->
                    assertThat(sighting.addresses()).allMatch(HostAddresses::isOfHost));
            HostEvidence.lease(parsed);
        })).doesNotThrowAnyException();
    }

    private static HostSighting sender(Ethernet frame) {
        return HostEvidence.sender(frame, PORT).orElseThrow();
    }

    private static Ethernet arp(MacAddress source, MacAddress sender, Ip4Address ip) {
        Ethernet frame = ARP.buildArpRequest(sender.toBytes(), ip.toOctets(), OTHER_IP.toOctets(),
                                             Ethernet.VLAN_UNTAGGED);
        frame.setSourceMACAddress(source);
        return wire(frame);
    }

    private static Ethernet advertisement(Ip6Address source, byte hopLimit) {
        ICMP6 icmp = new ICMP6().setIcmpType(ICMP6.NEIGHBOR_ADVERTISEMENT);
        icmp.setPayload(new NeighborAdvertisement().setTargetAddress(IP6.toOctets()));
        IPv6 packet = new IPv6().setSourceAddress(source.toOctets()).setDestinationAddress(OTHER_IP6.toOctets())
                .setNextHeader(IPv6.PROTOCOL_ICMP6).setHopLimit(hopLimit);
        packet.setPayload(icmp);
        return frame(packet, Ethernet.TYPE_IPV6);
    }

    private static DHCP dhcp(DHCP.MsgType type) {
        DHCP dhcp = new DHCP();
        dhcp.setOpCode(DHCP.OPCODE_REPLY);
        dhcp.setHardwareType(DHCP.HWTYPE_ETHERNET);
        dhcp.setHardwareAddressLength((byte) 6);
        dhcp.setClientHardwareAddress(OTHER.toBytes());
        dhcp.setYourIPAddress(Ip4Address.valueOf("10.0.0.9").toInt());
        dhcp.setOptions(List.of(
                new DhcpOption().setCode(DHCP.DHCPOptionCode.OptionCode_MessageType.getValue())
                        .setLength((byte) 1).setData(new byte[]{(byte) type.getValue()}),
                new DhcpOption().setCode(DHCP.DHCPOptionCode.OptionCode_END.getValue())));
        return dhcp;
    }

    private static Ethernet udp(int source, int destination, IPacket payload) {
        UDP datagram = new UDP().setSourcePort(source).setDestinationPort(destination);
        datagram.setPayload(payload);
        IPv4 packet = new IPv4().setSourceAddress(OTHER_IP.toInt()).setDestinationAddress(IP.toInt())
                .setProtocol(IPv4.PROTOCOL_UDP).setTtl((byte) 64);
        packet.setPayload(datagram);
        return frame(packet, Ethernet.TYPE_IPV4);
    }

    private static Ethernet frame(IPacket packet, short type) {
        Ethernet frame = new Ethernet();
        frame.setSourceMACAddress(MAC);
        frame.setDestinationMACAddress(OTHER);
        frame.setEtherType(type);
        frame.setPayload(packet);
        return frame;
    }

    private static Ethernet wire(Ethernet frame) {
        byte[] bytes = frame.serialize();
        try {
            return Ethernet.deserializer().deserialize(bytes, 0, bytes.length);
        } catch (DeserializationException e) {
            throw new AssertionError(e);
        }
    }
}
