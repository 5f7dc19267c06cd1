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
package org.roundtrip.balancer.impl;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TCP;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.Affinity;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.compute.ConnectionFacts;
import org.roundtrip.balancer.compute.MarkMac;
import org.roundtrip.balancer.compute.MemberPlace;
import org.roundtrip.balancer.compute.PacketTracer;
import org.roundtrip.balancer.compute.RulePurpose;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.SlotHistory;
import org.roundtrip.balancer.compute.SlotTable;
import org.roundtrip.balancer.compute.TracedPacket;
import org.roundtrip.balancer.compute.TracedRules;
import org.roundtrip.balancer.compute.VipMac;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.openflow.testing.Frames;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of each kind of packet in a real Open vSwitch that has the rules of virtual servers. The client and the
 * access switch are at 1, another client is at 2, the members 1 and 2 are at 3 and the member 3 is at 4.
 */
class DataPlaneIT {

    @RegisterExtension
    static final EmulatedNetwork NETWORK = new EmulatedNetwork();

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final IpAddress VIP = IpAddress.valueOf("198.51.100.1");
    private static final IpAddress VIP6 = IpAddress.valueOf("2001:db8:1::1");
    private static final MacAddress CLIENT_MAC = MacAddress.valueOf("00:00:00:00:01:01");
    private static final MacAddress OTHER_MAC = MacAddress.valueOf("00:00:00:00:01:02");
    private static final IpAddress CLIENT = IpAddress.valueOf("203.0.113.1");
    private static final IpAddress CLIENT6 = IpAddress.valueOf("2001:db8:3::1");
    private static final IpAddress OTHER = IpAddress.valueOf("203.0.113.2");

    private static ConnectPoint client;
    private static ConnectPoint other;
    private static final Map<Integer, ConnectPoint> MEMBERS = new TreeMap<>();

    @BeforeAll
    static void attach() {
        client = NETWORK.attach(1, 1, CLIENT_MAC);
        other = NETWORK.attach(2, 11, OTHER_MAC);
        MEMBERS.put(1, NETWORK.attach(3, 1, mac(1)));
        MEMBERS.put(2, NETWORK.attach(3, 2, mac(2)));
        MEMBERS.put(3, NETWORK.attach(4, 1, mac(3)));
    }

    @BeforeEach
    void clear() {
        NETWORK.clear();
    }

    @Test
    void rulesComeBackAsTheyWere() {
        VipPlan four = vip(server(1, VIP, TransportProtocol.TCP, 0, 1, 2, 3), translated(2, VIP, 81, 8080, 1, 3),
                           server(3, VIP, TransportProtocol.UDP, 0, 1, 3), server(4, VIP, TransportProtocol.SCTP, 0, 2),
                           byClient(5, VIP, 82, 1, 2));
        VipPlan six = vip(server(6, VIP6, TransportProtocol.TCP, 0, 1, 3), translated(7, VIP6, 81, 8080, 2),
                          byClient(8, VIP6, 82, 3));
        List<FlowRule> rules = NETWORK.compile(four, six);
        NETWORK.install(four, six);

        Map<FlowRule, FlowEntry> entries = new HashMap<>();
        IntStream.rangeClosed(1, 4).mapToObj(EmulatedNetwork::device)
                .flatMap(device -> NETWORK.entries(device).stream()).forEach(entry -> entries.put(entry, entry));
        assertThat(entries).hasSameSizeAs(rules);
        assertThat(rules).allSatisfy(rule -> assertThat(entries.get(rule).exactMatch(rule))
                .as("switch has %s, wanted %s", entries.get(rule), rule).isTrue());
    }

    @Test
    void requestsGoToTheMemberAndRepliesStraightToTheClient() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 1, 2, 3)));

        for (int port = 5000; port < 5040; port++) {
            NETWORK.send(client, request(port, Frames.SYN));
            ConnectPoint point = NETWORK.receiver(MEMBERS.values());
            byte[] octets = NETWORK.receive(point);
            assertRight(octets);
            Ethernet frame = Frames.read(octets);
            IPv4 ip = (IPv4) frame.getPayload();
            assertThat(frame.getDestinationMAC()).isEqualTo(mac(number(point)));
            assertThat(ip.getSourceAddress()).isEqualTo(CLIENT.getIp4Address().toInt());
            assertThat(ip.getDestinationAddress()).isEqualTo(VIP.getIp4Address().toInt());
            assertThat(ip.getTtl()).isEqualTo(Frames.TTL);
            assertThat(((TCP) ip.getPayload()).getDestinationPort()).isEqualTo(80);

            Ethernet reply = Frames.tcp(mac(number(point)), CLIENT_MAC, VIP, 80, CLIENT, port,
                                        Frames.SYN | Frames.ACK);
            NETWORK.send(point, reply);
            assertThat(NETWORK.receive(client)).isEqualTo(reply.serialize());
        }
    }

    @Test
    void portsAreTranslatedThereAndBack() {
        for (IpAddress vip : List.of(VIP, VIP6)) {
            NETWORK.clear();
            IpAddress from = vip.isIp4() ? CLIENT : CLIENT6;
            NETWORK.install(vip(translated(2, vip, 80, 8080, 3)));
            NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(vip), from, 5000, vip, 80, Frames.SYN));
            byte[] octets = NETWORK.receive(MEMBERS.get(3));
            assertRight(octets);
            TCP tcp = tcp(octets);
            assertThat(tcp.getDestinationPort()).isEqualTo(8080);

            NETWORK.send(MEMBERS.get(3), Frames.tcp(mac(3), CLIENT_MAC, vip, 8080, from, 5000,
                                                    Frames.SYN | Frames.ACK));
            octets = NETWORK.receive(client);
            assertRight(octets);
            assertThat(tcp(octets).getSourcePort()).isEqualTo(80);
        }
    }

    @Test
    void connectionsStayThroughChanges() {
        Change first = new Change(1, 2);
        Change second = first.then(1, 2, 3);
        Change third = second.then(2, 3);
        Change fourth = third.then(1);
        Map<Integer, ConnectPoint> owners = new HashMap<>();
        int port = 6000;
        for (Change change : List.of(first, second, third, fourth)) {
            NETWORK.install(vip(change.plan));
            owners.forEach((known, owner) -> {
                NETWORK.send(client, request(known, Frames.ACK));
                assertThat(Frames.read(NETWORK.receive(owner)).getDestinationMAC()).isEqualTo(mac(number(owner)));
            });
            for (int end = port + 20; port < end; port++) {
                NETWORK.send(client, request(port, Frames.SYN));
                ConnectPoint owner = NETWORK.receiver(MEMBERS.values());
                NETWORK.receive(owner);
                assertThat(change.members).contains(number(owner));
                owners.put(port, owner);
            }
        }
        assertThat(new HashSet<>(owners.values())).hasSize(3);
        MEMBERS.values().forEach(member -> assertThat(NETWORK.unexpected(member)).isZero());
    }

    @Test
    void whereNobodyServesRequestsAreDroppedAndCounted() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0)));
        NETWORK.send(client, request(5000, Frames.SYN));
        NETWORK.awaitPackets(RulePurpose.NO_MEMBER, 1);
        NETWORK.send(client, echo(VIP, CLIENT));
        NETWORK.awaitPackets(RulePurpose.ECHO_TO_NOBODY, 1);
    }

    @Test
    void otherPortsAndProtocolsAreDroppedAndCounted() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 1)));
        NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(VIP), CLIENT, 5000, VIP, 81, Frames.SYN),
                     Frames.udp(CLIENT_MAC, VipMac.of(VIP), CLIENT, 5000, VIP, 80, "?"));
        NETWORK.awaitPackets(RulePurpose.NOT_SERVED, 2);
    }

    @Test
    void switchesLeadToTheNearestAccessSwitch() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 3)));
        NETWORK.send(other, Frames.tcp(OTHER_MAC, VipMac.of(VIP), OTHER, 5000, VIP, 80, Frames.SYN));
        assertRight(NETWORK.receive(MEMBERS.get(3)));

        VipPlan unready = VipPlan.builder().addServers(server(1, VIP, TransportProtocol.TCP, 0, 3)).build();
        NETWORK.install(unready);
        NETWORK.send(other, Frames.tcp(OTHER_MAC, VipMac.of(VIP), OTHER, 5000, VIP, 80, Frames.ACK));
        NETWORK.awaitPackets(RulePurpose.NO_ACCESS, 1);
    }

    @Test
    void clientsAndMembersMayBeAtTheAccessSwitch() {
        ServerPlan plan = ServerPlan.builder().from(server(1, VIP, TransportProtocol.TCP, 0, 1))
                .request(request(VIP, TransportProtocol.TCP, 80, 0, EmulatedNetwork.device(3), 1)).build();
        NETWORK.install(VipPlan.builder().addServers(plan).addReadyAccessSwitches(EmulatedNetwork.device(3)).build());
        MacAddress neighbour = mac(2);
        IpAddress address = address(2, VIP);
        NETWORK.send(MEMBERS.get(2), Frames.tcp(neighbour, VipMac.of(VIP), address, 5000, VIP, 80, Frames.SYN));
        assertRight(NETWORK.receive(MEMBERS.get(1)));
        NETWORK.send(MEMBERS.get(1), Frames.tcp(mac(1), neighbour, VIP, 80, address, 5000, Frames.SYN | Frames.ACK));
        assertRight(NETWORK.receive(MEMBERS.get(2)));
    }

    @Test
    void aMemberMayBeItsOwnClient() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 1)));
        IpAddress own = address(1, VIP);
        NETWORK.send(MEMBERS.get(1), Frames.tcp(mac(1), VipMac.of(VIP), own, 5000, VIP, 80, Frames.SYN));
        assertRight(NETWORK.receive(MEMBERS.get(1)));
        NETWORK.send(MEMBERS.get(1), Frames.tcp(mac(1), mac(1), VIP, 80, own, 5000, Frames.SYN | Frames.ACK));
        assertThat(tcp(NETWORK.receive(MEMBERS.get(1))).getSourcePort()).isEqualTo(80);
    }

    @Test
    void ipv6IsAsIpv4() {
        NETWORK.install(vip(server(1, VIP6, TransportProtocol.TCP, 0, 3)));
        NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(VIP6), CLIENT6, 5000, VIP6, 80, Frames.SYN));
        byte[] octets = NETWORK.receive(MEMBERS.get(3));
        assertRight(octets);
        assertThat(((IPv6) Frames.read(octets).getPayload()).getDestinationAddress()).isEqualTo(VIP6.toOctets());
        assertThat(((IPv6) Frames.read(octets).getPayload()).getHopLimit()).isEqualTo(Frames.TTL);
        Ethernet reply = Frames.tcp(mac(3), CLIENT_MAC, VIP6, 80, CLIENT6, 5000, Frames.SYN | Frames.ACK);
        NETWORK.send(MEMBERS.get(3), reply);
        assertThat(NETWORK.receive(client)).isEqualTo(reply.serialize());
        NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(VIP6), CLIENT6, 5000, VIP6, 81, Frames.SYN));
        NETWORK.awaitPackets(RulePurpose.NOT_SERVED, 1);
    }

    @Test
    void switchesAnswerArpForTheVipWhereverItIsAsked() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 3)));
        NETWORK.send(other, Frames.arp(1, OTHER_MAC, MacAddress.BROADCAST, OTHER.getIp4Address(),
                                       VIP.getIp4Address()));

        Ethernet frame = Frames.read(NETWORK.receive(other));
        ARP answer = (ARP) frame.getPayload();
        assertThat(frame.getSourceMAC()).isEqualTo(VipMac.of(VIP));
        assertThat(frame.getDestinationMAC()).isEqualTo(OTHER_MAC);
        assertThat(answer.getOpCode()).isEqualTo(ARP.OP_REPLY);
        assertThat(answer.getSenderHardwareAddress()).isEqualTo(VipMac.of(VIP).toBytes());
        assertThat(answer.getSenderProtocolAddress()).isEqualTo(VIP.toOctets());
        assertThat(answer.getTargetHardwareAddress()).isEqualTo(OTHER_MAC.toBytes());
        assertThat(answer.getTargetProtocolAddress()).isEqualTo(OTHER.toOctets());
        // From the copy the controller learns where the client is.
        EmulatedNetwork.PacketIn copy = NETWORK.packetIn(packet -> packet.frame().getEtherType() == Ethernet.TYPE_ARP);
        assertThat(new ConnectPoint(copy.device(), copy.port())).isEqualTo(other);
        assertThat(((ARP) copy.frame().getPayload()).getOpCode()).isEqualTo(ARP.OP_REQUEST);
    }

    @Test
    void nobodyElseClaimsTheVip() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 3)), vip(server(2, VIP6, TransportProtocol.TCP, 0,
                                                                                    3)));
        NETWORK.send(MEMBERS.get(3), Frames.arp(2, mac(3), CLIENT_MAC, VIP.getIp4Address(), CLIENT.getIp4Address()));
        NETWORK.awaitPackets(RulePurpose.CLAIM, 1);
        NETWORK.send(MEMBERS.get(3), Frames.arp(1, mac(3), MacAddress.BROADCAST, VIP.getIp4Address(),
                                                VIP.getIp4Address()));
        NETWORK.awaitPackets(RulePurpose.ANNOUNCEMENT, 1);
        NETWORK.send(client, Frames.arp(1, CLIENT_MAC, MacAddress.BROADCAST, VIP.getIp4Address(),
                                        CLIENT.getIp4Address()));
        NETWORK.awaitPackets(RulePurpose.CLAIM, 2);
        NETWORK.send(MEMBERS.get(3), Frames.advertisement(mac(3), VIP6, VIP6.getIp6Address()));
        NETWORK.awaitPackets(RulePurpose.CLAIM, 3);
    }

    @Test
    void membersAskForNeighboursByTheirOwnAddress() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 3)), vip(server(2, VIP6, TransportProtocol.TCP, 0,
                                                                                    3)));
        // Sent to the client's address, so that the fabric of this test forwards it.
        NETWORK.send(MEMBERS.get(3), Frames.arp(1, mac(3), CLIENT_MAC, VIP.getIp4Address(), CLIENT.getIp4Address()));
        ARP question = (ARP) Frames.read(NETWORK.receive(client)).getPayload();
        assertThat(question.getSenderProtocolAddress()).isEqualTo(address(3, VIP).toOctets());
        assertThat(question.getSenderHardwareAddress()).isEqualTo(mac(3).toBytes());

        Ethernet solicitation = Frames.solicitation(mac(3), VIP6, CLIENT6.getIp6Address());
        NETWORK.send(MEMBERS.get(3), Frames.copy(solicitation.setDestinationMACAddress(CLIENT_MAC)));
        byte[] octets = NETWORK.receive(client);
        assertThat(((IPv6) Frames.read(octets).getPayload()).getSourceAddress()).isEqualTo(address(3, VIP6).toOctets());
        assertThat(Frames.payloadChecksum(octets)).isEqualTo(Frames.payloadChecksum(
                Frames.solicitation(mac(3), address(3, VIP6), CLIENT6.getIp6Address()).serialize()));
    }

    @Test
    void solicitationsOfTheVipGoToTheController() {
        NETWORK.install(vip(server(2, VIP6, TransportProtocol.TCP, 0, 3)));
        NETWORK.send(other, Frames.solicitation(OTHER_MAC, CLIENT6, VIP6.getIp6Address()));
        EmulatedNetwork.PacketIn copy = NETWORK.packetIn(packet -> packet.frame().getEtherType() == Ethernet.TYPE_IPV6);
        assertThat(new ConnectPoint(copy.device(), copy.port())).isEqualTo(other);
    }

    @Test
    void onlyMembersMayUseTheVip() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.TCP, 0, 3)));
        NETWORK.send(other, Frames.tcp(OTHER_MAC, CLIENT_MAC, VIP, 80, CLIENT, 5000, Frames.ACK));
        NETWORK.awaitPackets(RulePurpose.SPOOFED_SOURCE, 1);
        // At the member's switch, and from the member's port by another address.
        NETWORK.send(MEMBERS.get(2), Frames.udp(mac(2), CLIENT_MAC, VIP, 80, CLIENT, 5000, "x"));
        NETWORK.send(MEMBERS.get(3), Frames.tcp(mac(2), CLIENT_MAC, VIP, 80, CLIENT, 5000, Frames.ACK));
        NETWORK.awaitPackets(RulePurpose.SPOOFED_SOURCE, 3);
        // And as a client of another virtual server, at its access switch.
        NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(VIP), VIP, 5000, VIP, 80, Frames.SYN));
        NETWORK.awaitPackets(RulePurpose.SPOOFED_SOURCE, 4);

        Ethernet datagram = Frames.udp(mac(3), CLIENT_MAC, VIP, 4000, CLIENT, 5000, "y");
        NETWORK.send(MEMBERS.get(3), datagram);
        assertThat(NETWORK.receive(client)).isEqualTo(datagram.serialize());
    }

    @Test
    void echoIsAnsweredByTheFirstMemberThatServes() {
        for (IpAddress vip : List.of(VIP, VIP6)) {
            NETWORK.clear();
            IpAddress from = vip.isIp4() ? CLIENT : CLIENT6;
            NETWORK.install(vip(server(1, vip, TransportProtocol.TCP, 0, 2, 3)));
            NETWORK.send(client, echo(vip, from));
            byte[] octets = NETWORK.receive(MEMBERS.get(2));
            assertRight(octets);
            assertThat(Frames.read(octets).getDestinationMAC()).isEqualTo(mac(2));
            Ethernet reply = Frames.icmp(mac(2), CLIENT_MAC, vip, from, vip.isIp4() ? 0 : 129, 0,
                                         new byte[]{1, 2, 0, 1, 'p', 'i', 'n', 'g'});
            NETWORK.send(MEMBERS.get(2), reply);
            assertThat(NETWORK.receive(client)).isEqualTo(reply.serialize());
        }
    }

    @Test
    void errorsReachTheMemberThatHasTheConnection() {
        for (IpAddress vip : List.of(VIP, VIP6)) {
            NETWORK.clear();
            IpAddress from = vip.isIp4() ? CLIENT : CLIENT6;
            NETWORK.install(vip(server(1, vip, TransportProtocol.TCP, 0, 1, 2, 3)));
            for (int port = 5000; port < 5012; port++) {
                NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(vip), from, port, vip, 80, Frames.SYN));
                ConnectPoint owner = NETWORK.receiver(MEMBERS.values());
                NETWORK.receive(owner);
                Ethernet reply = Frames.tcp(mac(number(owner)), CLIENT_MAC, vip, 80, from, port, Frames.ACK);
                NETWORK.send(owner, reply);
                NETWORK.receive(client);

                NETWORK.send(client, tooBig(vip, from, reply));
                byte[] octets = NETWORK.receive(owner);
                assertRight(octets);
                assertThat(Frames.read(octets).getPayload().serialize())
                        .isEqualTo(tooBig(vip, from, reply).getPayload().serialize());
            }
            // Of a connection that nobody has.
            NETWORK.send(client, tooBig(vip, from, Frames.tcp(mac(1), CLIENT_MAC, vip, 80, from, 999, Frames.ACK)));
            NETWORK.send(client, echo(vip, from));
            NETWORK.receive(MEMBERS.get(1));
            MEMBERS.values().forEach(member -> assertThat(NETWORK.unexpected(member)).isZero());
        }
    }

    @Test
    void errorsThatQuoteTranslatedPortsGoToTheController() {
        for (IpAddress vip : List.of(VIP, VIP6)) {
            NETWORK.clear();
            IpAddress from = vip.isIp4() ? CLIENT : CLIENT6;
            NETWORK.install(vip(translated(0x102, vip, 80, 8080, 1, 3)));
            NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(vip), from, 5000, vip, 80, Frames.SYN));
            ConnectPoint owner = NETWORK.receiver(MEMBERS.values());
            NETWORK.receive(owner);

            NETWORK.send(client, tooBig(vip, from, Frames.tcp(mac(1), CLIENT_MAC, vip, 80, from, 5000, Frames.ACK)));
            EmulatedNetwork.PacketIn error =
                    NETWORK.packetIn(packet -> MarkMac.isKnown(packet.frame().getDestinationMAC()));
            assertThat(error.device()).isEqualTo(owner.deviceId());
            assertThat(MarkMac.server(error.frame().getDestinationMAC())).isEqualTo(0x102);
            assertThat(MarkMac.member(error.frame().getDestinationMAC())).isEqualTo(number(owner));

            NETWORK.send(owner, Frames.icmp(
                    mac(number(owner)), CLIENT_MAC, vip, from, vip.isIp4() ? 3 : 1, vip.isIp4() ? 3 : 4,
                    Frames.quote(0, Frames.tcp(CLIENT_MAC, mac(1), from, 5000, vip, 8080, Frames.SYN))));
            EmulatedNetwork.PacketIn own = NETWORK.packetIn(
                    packet -> packet.frame().getSourceMAC().equals(mac(number(owner))));
            assertThat(new ConnectPoint(own.device(), own.port())).isEqualTo(owner);
            assertThat(NETWORK.unexpected(client)).isZero();
        }
    }

    @Test
    void laterFragmentsOfRequestsAreDroppedAndThoseOfRepliesPass() {
        NETWORK.install(vip(server(1, VIP, TransportProtocol.UDP, 0, 3)));
        NETWORK.send(client, Frames.fragments(Frames.udp(CLIENT_MAC, VipMac.of(VIP), CLIENT, 5000, VIP, 80,
                                                         "a question that is long"), 16).get(1));
        NETWORK.awaitPackets(RulePurpose.LATER_FRAGMENT, 1);

        NETWORK.send(client, Frames.udp(CLIENT_MAC, VipMac.of(VIP), CLIENT, 5000, VIP, 80, "a question"));
        assertRight(NETWORK.receive(MEMBERS.get(3)));
        // Open vSwitch takes no fragments under 1,200 octets but the last one.
        List<Ethernet> answer = Frames.fragments(Frames.udp(mac(3), CLIENT_MAC, VIP, 80, CLIENT, 5000,
                                                            "an answer ".repeat(200)), 1480);
        NETWORK.send(MEMBERS.get(3), answer.toArray(Ethernet[]::new));
        assertThat(NETWORK.receive(client, 2)).containsExactlyInAnyOrder(answer.get(0).serialize(),
                                                                         answer.get(1).serialize());
    }

    @Test
    void sctpIsPlacedByItsClient() {
        assertThat(owners(server(1, VIP, TransportProtocol.SCTP, 0, 1, 2, 3),
                          port -> Frames.sctp(CLIENT_MAC, VipMac.of(VIP), CLIENT, port, VIP, 80))).hasSize(1);
    }

    @Test
    void tcpIsPlacedByItsClientPorts() {
        assertThat(owners(server(1, VIP, TransportProtocol.TCP, 0, 1, 2, 3), port -> request(port, Frames.SYN)))
                .hasSize(3);
    }

    @Test
    void udpIsPlacedByItsClientPorts() {
        assertThat(owners(server(1, VIP, TransportProtocol.UDP, 0, 1, 2, 3),
                          port -> Frames.udp(CLIENT_MAC, VipMac.of(VIP), CLIENT, port, VIP, 80, "?"))).hasSize(3);
    }

    @Test
    void ipv6IsPlacedByItsClientPorts() {
        assertThat(owners(server(1, VIP6, TransportProtocol.TCP, 0, 1, 2, 3), port -> Frames.tcp(
                CLIENT_MAC, VipMac.of(VIP6), CLIENT6, port, VIP6, 80, Frames.SYN))).hasSize(3);
    }

    @Test
    void theConnectionsOfAClientGoToOneMemberIfSoWanted() {
        assertThat(owners(byClient(1, VIP, 80, 1, 2, 3), port -> request(port, Frames.SYN))).hasSize(1);
    }

    /** Sends packets of connections, and compares the slot of each with the one that is said of it. */
    private static Set<ConnectPoint> owners(ServerPlan server, IntFunction<Ethernet> packets) {
        NETWORK.install(vip(server));
        PacketTracer tracer = new PacketTracer(
                new TracedRules(EmulatedNetwork.APPLICATION).of(NETWORK.view(), vip(server)), NETWORK.view().links(),
                Map.of());
        IpAddress vip = server.request().vip();
        Set<ConnectPoint> owners = new HashSet<>();
        for (int port = 5000; port < 5024; port++) {
            int slot = tracer.follow(EmulatedNetwork.device(1), TracedPacket.builder()
                    .source(vip.isIp4() ? CLIENT : CLIENT6).destination(vip).ethDestination(VipMac.of(vip))
                    .protocol(server.request().protocol()).sourcePort(port).destinationPort(80).build(),
                                     ConnectionFacts.NOTHING).slot().orElseThrow();
            Ethernet packet = packets.apply(port);
            NETWORK.send(client, packet);
            ConnectPoint owner = NETWORK.receiver(MEMBERS.values());
            assertThat(slot(NETWORK.receive(owner))).isEqualTo(slot);
            // The same again: whatever is known by now, it stays there.
            NETWORK.send(client, packet);
            assertThat(slot(NETWORK.receive(owner))).isEqualTo(slot);
            owners.add(owner);
        }
        return owners;
    }

    private static int slot(byte[] frame) {
        return Byte.toUnsignedInt(Frames.read(frame).getSourceMAC().toBytes()[MacAddress.MAC_ADDRESS_LENGTH - 1]);
    }

    @Test
    void membersSwitchesTellWhoseAConnectionIs() {
        for (IpAddress vip : List.of(VIP, VIP6)) {
            NETWORK.clear();
            IpAddress from = vip.isIp4() ? CLIENT : CLIENT6;
            NETWORK.install(vip(server(0x102, vip, TransportProtocol.TCP, 0, 2)));
            NETWORK.send(client, Frames.tcp(CLIENT_MAC, VipMac.of(vip), from, 5000, vip, 80, Frames.SYN));
            NETWORK.receive(MEMBERS.get(2));

            MacAddress mark = pin(vip, from, 5000);
            assertThat(MarkMac.server(mark)).isEqualTo(0x102);
            assertThat(MarkMac.member(mark)).isEqualTo(2);
            assertThat(MarkMac.isKnown(pin(vip, from, 5001))).isFalse();
            assertThat(NETWORK.unexpected(MEMBERS.get(2))).isZero();
        }
    }

    private static MacAddress pin(IpAddress vip, IpAddress from, int port) {
        Ethernet probe = Frames.icmp(
                VipMac.of(vip), mac(2), from, address(2, vip), vip.isIp4() ? 3 : 1, 0,
                Frames.quote(0, Frames.tcp(mac(2), CLIENT_MAC, vip, 80, from, port, Frames.ACK)));
        NETWORK.packetOut(MEMBERS.get(2).deviceId(), probe);
        EmulatedNetwork.PacketIn answer = NETWORK.packetIn(packet -> packet.port().equals(PortNumber.CONTROLLER)
                && packet.device().equals(MEMBERS.get(2).deviceId()));
        NETWORK.forgetPacketIns();
        return answer.frame().getDestinationMAC();
    }

    private static Ethernet tooBig(IpAddress vip, IpAddress from, Ethernet packet) {
        return Frames.icmp(CLIENT_MAC, VipMac.of(vip), from, vip, vip.isIp4() ? 3 : 2, vip.isIp4() ? 4 : 0,
                           Frames.quote(1280, packet));
    }

    private static Ethernet request(int port, int flags) {
        return Frames.tcp(CLIENT_MAC, VipMac.of(VIP), CLIENT, port, VIP, 80, flags);
    }

    private static Ethernet echo(IpAddress vip, IpAddress from) {
        return Frames.icmp(CLIENT_MAC, VipMac.of(vip), from, vip, vip.isIp4() ? 8 : 128, 0,
                           new byte[]{1, 2, 0, 1, 'p', 'i', 'n', 'g'});
    }

    private static void assertRight(byte[] octets) {
        if (octets[12] == 0x08) {
            assertThat(Frames.headerChecksum(octets)).isZero();
        }
        assertThat(Frames.payloadChecksum(octets)).isZero();
    }

    private static TCP tcp(byte[] octets) {
        return (TCP) Frames.read(octets).getPayload().getPayload();
    }

    private static int number(ConnectPoint point) {
        return MEMBERS.entrySet().stream().filter(member -> member.getValue().equals(point)).findFirst().orElseThrow()
                .getKey();
    }

    /** A virtual server whose members change, and what its slots were before. */
    private static final class Change {

        private final List<Integer> members;
        private final ServerPlan plan;

        Change(Integer... members) {
            this(server(1, VIP, TransportProtocol.TCP, 0, 1, 2, 3), SlotTable.EMPTY, SlotHistory.EMPTY, members);
        }

        private Change(ServerPlan places, SlotTable before, SlotHistory history, Integer... members) {
            this.members = List.of(members);
            SlotTable table = before.next(weights(VIP, 0, members));
            this.plan = ServerPlan.builder().from(places).table(table).history(history.next(before, table, LATER))
                    .build();
        }

        Change then(Integer... now) {
            return new Change(plan, plan.table(), plan.history(), now);
        }
    }

    private static VipPlan vip(ServerPlan... servers) {
        return VipPlan.builder().addServers(servers).addReadyAccessSwitches(EmulatedNetwork.device(1)).build();
    }

    private static ServerPlan server(int number, IpAddress vip, TransportProtocol protocol, int port,
                                     Integer... members) {
        return plan(number, request(vip, protocol, 80, port, EmulatedNetwork.device(1), members), members);
    }

    private static ServerPlan translated(int number, IpAddress vip, int from, int port, Integer... members) {
        return plan(number, request(vip, TransportProtocol.TCP, from, port, EmulatedNetwork.device(1), members),
                    members);
    }

    private static ServerPlan byClient(int number, IpAddress vip, int port, Integer... members) {
        return plan(number, VirtualServerRequest.builder()
                .from(request(vip, TransportProtocol.TCP, port, 0, EmulatedNetwork.device(1), members))
                .affinity(Affinity.CLIENT_ADDRESS).build(), members);
    }

    private static ServerPlan plan(int number, VirtualServerRequest request, Integer... members) {
        ServerPlan.Builder plan = ServerPlan.builder().number(number)
                .request(VirtualServerRequest.builder().from(request).name("server-" + number).build())
                .history(SlotHistory.EMPTY);
        int port = request.members().stream().findFirst().map(Member::port).orElse(0);
        for (int member : members) {
            MemberId id = MemberId.of(address(member, request.vip()), port);
            plan.putPlaces(id, MemberPlace.builder().member(id).number(member).mac(mac(member))
                    .port(MEMBERS.get(member)).build());
        }
        return plan.table(SlotTable.EMPTY.next(weights(request.vip(), port, members))).build();
    }

    private static SortedMap<MemberId, Integer> weights(IpAddress vip, int port, Integer... members) {
        SortedMap<MemberId, Integer> weights = new TreeMap<>();
        for (int member : members) {
            weights.put(MemberId.of(address(member, vip), port), 1);
        }
        return weights;
    }

    private static VirtualServerRequest request(IpAddress vip, TransportProtocol protocol, int from, int port,
                                                DeviceId access, Integer... members) {
        VirtualServerRequest.Builder request = VirtualServerRequest.builder().name("web").vip(vip).protocol(protocol)
                .addPorts(PortRange.of(from, from)).addAccessSwitches(access);
        for (int member : members) {
            request.addMembers(Member.builder().address(address(member, vip)).port(port).build());
        }
        return request.build();
    }

    private static MacAddress mac(int member) {
        return MacAddress.valueOf(0x200 + member);
    }

    private static IpAddress address(int member, IpAddress vip) {
        return IpAddress.valueOf((vip.isIp4() ? "192.0.2." : "2001:db8:2::") + member);
    }
}
