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
package org.roundtrip.detection.compute;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.ARP;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onlab.packet.IPv6;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpAddress.Version;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.roundtrip.base.flow.SwitchRules;
import org.roundtrip.openflow.compute.FlowRuleCodec;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.testing.Frames;
import org.roundtrip.openflow.testing.HostPorts;
import org.roundtrip.openflow.testing.OpenFlowSession;
import org.roundtrip.openflow.testing.OpenVswitch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of probes in a real Open vSwitch that has the rules of detection above those of another application,
 * which deliver what clients and members send to each other and give all else to a link.
 */
class DataPlaneIT {

    @RegisterExtension
    static final OpenVswitch SWITCH = new OpenVswitch();

    @RegisterExtension
    static final HostPorts PORTS = new HostPorts(SWITCH);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
    private static final ApplicationId DETECTION = new DefaultApplicationId(7, "org.roundtrip.detection");
    private static final ApplicationId OTHERS = new DefaultApplicationId(8, "org.roundtrip.others");
    private static final int OTHERS_PRIORITY = 43_000;

    private static final ConnectPoint MEMBER = point(1);
    private static final ConnectPoint NEIGHBOUR = point(2);
    private static final ConnectPoint CLIENT = point(3);
    private static final ConnectPoint LINK = point(4);
    private static final ConnectPoint AGENT = point(9);

    private static final MacAddress MEMBER_MAC = MacAddress.valueOf("00:00:00:00:02:01");
    private static final MacAddress NEIGHBOUR_MAC = MacAddress.valueOf("00:00:00:00:02:02");
    private static final MacAddress CLIENT_MAC = MacAddress.valueOf("00:00:00:00:01:01");
    private static final MacAddress ROUTER_MAC = MacAddress.valueOf("00:00:00:00:09:09");
    private static final IpAddress CLIENT_ADDRESS = IpAddress.valueOf("203.0.113.1");
    private static final IpAddress MEMBER_ADDRESS = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress MEMBER_ADDRESS6 = IpAddress.valueOf("fe80::200:ff:fe00:201");
    private static final int AGENT_PORT = 40_000;

    private static OpenFlowSession session;
    private static FlowRuleCodec codec;

    @BeforeAll
    static void attach() {
        SWITCH.addBridge("s1", 1);
        session = SWITCH.connect("s1");
        codec = new FlowRuleCodec(session.factory(), DEVICE, DriverExtensions.of(
                new NiciraExtensionSelectorInterpreter(), new NiciraExtensionTreatmentInterpreter()));
        Stream.of(MEMBER, NEIGHBOUR, CLIENT, LINK, AGENT).forEach(port -> PORTS.attach("s1", port));
    }

    @BeforeEach
    void clear() {
        assertThat(session.transact(List.of(session.factory().buildFlowDelete().setTableId(TableId.ALL)
                .setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build()))).isEmpty();
        PORTS.forget();
    }

    @Test
    void rulesComeBackAsTheyWere() {
        List<ProbePath> paths = new ArrayList<>();
        for (Version version : Version.values()) {
            for (ProbeTransport transport : ProbeTransport.values()) {
                paths.add(path(1, vip(version, 1), transport));
                paths.add(path(2, vip(version, 2), transport));
            }
        }
        List<FlowRule> rules = install(paths.toArray(ProbePath[]::new));

        Map<FlowRule, FlowEntry> entries = new HashMap<>();
        entries().forEach(entry -> entries.put(entry, entry));
        assertThat(entries).hasSize(rules.size());
        assertThat(rules).allSatisfy(rule -> assertThat(entries.get(rule).exactMatch(rule))
                .as("switch has %s, wanted %s", entries.get(rule), rule).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void probesReachTheMemberAndItsAnswersTheAgent(ProbeTransport transport) {
        for (Version version : Version.values()) {
            clear();
            IpAddress vip = vip(version, 1);
            install(path(1, vip, transport));
            PORTS.send(AGENT, probe(transport, target(version, 1)));
            byte[] probe = received(MEMBER);
            assertAddresses(probe, ProbeAddresses.AGENT_MAC, MEMBER_MAC, ProbeAddresses.source(version), vip);
            assertThat(Arrays.copyOfRange(probe, 14 + header(version), probe.length)).as("ports and data").startsWith(
                    Arrays.copyOf(payload(probe(transport, vip)), transport == ProbeTransport.ICMP ? 2 : 4));

            PORTS.send(MEMBER, answer(transport, MEMBER_MAC, vip, AGENT_PORT));
            byte[] answer = received(AGENT);
            assertAddresses(answer, MEMBER_MAC, ProbeAddresses.AGENT_MAC, target(version, 1),
                            ProbeAddresses.source(version));
            assertNothingLeaked();
        }
    }

    @Test
    void servicesOnOneBackendAreToldApart() {
        for (Version version : Version.values()) {
            clear();
            install(path(1, vip(version, 1), ProbeTransport.TCP), path(2, vip(version, 2), ProbeTransport.TCP));
            for (int service = 1; service <= 2; service++) {
                PORTS.send(AGENT, probe(ProbeTransport.TCP, target(version, service)));
                assertAddresses(received(MEMBER), ProbeAddresses.AGENT_MAC, MEMBER_MAC,
                                ProbeAddresses.source(version), vip(version, service));
                PORTS.send(MEMBER, answer(ProbeTransport.TCP, MEMBER_MAC, vip(version, service), AGENT_PORT));
                assertAddresses(received(AGENT), MEMBER_MAC, ProbeAddresses.AGENT_MAC, target(version, service),
                                ProbeAddresses.source(version));
            }
            assertNothingLeaked();
        }
    }

    @Test
    void refusalsReachTheAgentFromTheTarget() {
        for (Version version : Version.values()) {
            clear();
            IpAddress vip = vip(version, 1);
            install(path(1, vip, ProbeTransport.UDP));
            PORTS.send(MEMBER, Frames.icmp(
                    MEMBER_MAC, ROUTER_MAC, vip, ProbeAddresses.source(version), version == Version.INET ? 3 : 1,
                    version == Version.INET ? 3 : 4, Frames.quote(0, probe(ProbeTransport.UDP, vip))));
            assertAddresses(received(AGENT), MEMBER_MAC, ProbeAddresses.AGENT_MAC, target(version, 1),
                            ProbeAddresses.source(version));
            assertNothingLeaked();
        }
    }

    @Test
    void membersLearnWhereToAnswer() {
        install(path(1, vip(Version.INET, 1), ProbeTransport.TCP), path(1, vip(Version.INET6, 1), ProbeTransport.TCP));
        IpAddress source = ProbeAddresses.source(Version.INET);
        IpAddress source6 = ProbeAddresses.source(Version.INET6);

        assertPasses(MEMBER, Frames.arp(ARP.OP_REQUEST, MEMBER_MAC, MacAddress.BROADCAST,
                                        MEMBER_ADDRESS.getIp4Address(), source.getIp4Address()), AGENT);
        assertPasses(AGENT, Frames.arp(ARP.OP_REPLY, ProbeAddresses.AGENT_MAC, MEMBER_MAC, source.getIp4Address(),
                                       MEMBER_ADDRESS.getIp4Address()), MEMBER);
        assertPasses(MEMBER, Frames.solicitation(MEMBER_MAC, MEMBER_ADDRESS6, source6.getIp6Address()), AGENT);
        Ethernet advertisement = Frames.advertisement(ProbeAddresses.AGENT_MAC, source6, source6.getIp6Address());
        advertisement.setDestinationMACAddress(MEMBER_MAC);
        assertPasses(AGENT, advertisement, MEMBER);
        assertNothingLeaked();
    }

    @Test
    void whatNoCheckAsksForDoesNotLeaveTheAgent() {
        install(path(1, vip(Version.INET, 1), ProbeTransport.TCP), path(1, vip(Version.INET6, 1), ProbeTransport.UDP));
        IpAddress target = target(Version.INET, 1);
        List<Ethernet> frames = new ArrayList<>(List.of(
                // Another protocol, port, target, source, and no target at all.
                probe(ProbeTransport.UDP, target), probe(ProbeTransport.ICMP, target),
                Frames.tcp(ProbeAddresses.AGENT_MAC, ProbeAddresses.GATEWAY_MAC, source(target), AGENT_PORT, target, 81,
                           Frames.SYN),
                probe(ProbeTransport.TCP, target(Version.INET, 2)), probe(ProbeTransport.TCP, target(Version.INET6, 1)),
                Frames.tcp(ProbeAddresses.AGENT_MAC, ProbeAddresses.GATEWAY_MAC, CLIENT_ADDRESS, AGENT_PORT, target,
                           8080, Frames.SYN),
                Frames.tcp(ProbeAddresses.AGENT_MAC, MEMBER_MAC, source(target), AGENT_PORT, vip(Version.INET, 1), 8080,
                           Frames.SYN),
                // To members and others that have asked for nothing.
                Frames.arp(ARP.OP_REQUEST, ProbeAddresses.AGENT_MAC, MacAddress.BROADCAST,
                           source(target).getIp4Address(), MEMBER_ADDRESS.getIp4Address()),
                Frames.arp(ARP.OP_REPLY, ProbeAddresses.AGENT_MAC, NEIGHBOUR_MAC, source(target).getIp4Address(),
                           MEMBER_ADDRESS.getIp4Address()),
                Frames.arp(ARP.OP_REPLY, ProbeAddresses.AGENT_MAC, MEMBER_MAC, CLIENT_ADDRESS.getIp4Address(),
                           MEMBER_ADDRESS.getIp4Address()),
                Frames.solicitation(ProbeAddresses.AGENT_MAC, ProbeAddresses.source(Version.INET6),
                                    MEMBER_ADDRESS6.getIp6Address())));

        assertDropped(RulePurpose.FOREIGN_PROBE, AGENT, frames);
    }

    @Test
    void nobodyElseUsesTheReservedAddresses() {
        IpAddress vip = vip(Version.INET, 1);
        IpAddress vip6 = vip(Version.INET6, 1);
        install(path(1, vip, ProbeTransport.TCP), path(1, vip6, ProbeTransport.TCP));
        IpAddress source = source(vip);
        IpAddress source6 = source(vip6);
        List<Ethernet> frames = List.of(
                // As if they came from an agent.
                Frames.tcp(CLIENT_MAC, MEMBER_MAC, source, AGENT_PORT, vip, 8080, Frames.SYN),
                Frames.tcp(CLIENT_MAC, MEMBER_MAC, source6, AGENT_PORT, vip6, 8080, Frames.SYN),
                Frames.arp(ARP.OP_REPLY, CLIENT_MAC, MEMBER_MAC, source.getIp4Address(),
                           MEMBER_ADDRESS.getIp4Address()),
                Frames.advertisement(CLIENT_MAC, MEMBER_ADDRESS6, source6.getIp6Address()),
                // As if they came from a member.
                answer(ProbeTransport.TCP, MEMBER_MAC, vip, AGENT_PORT),
                answer(ProbeTransport.TCP, MEMBER_MAC, vip6, AGENT_PORT),
                Frames.arp(ARP.OP_REQUEST, MEMBER_MAC, MacAddress.BROADCAST, MEMBER_ADDRESS.getIp4Address(),
                           source.getIp4Address()),
                Frames.solicitation(MEMBER_MAC, MEMBER_ADDRESS6, source6.getIp6Address()));

        assertDropped(RulePurpose.RESERVED, NEIGHBOUR, frames);
    }

    @Test
    void membersReachNothingElseOfTheAgent() {
        for (Version version : Version.values()) {
            clear();
            IpAddress vip = vip(version, 1);
            IpAddress source = source(vip);
            IpAddress own = version == Version.INET ? MEMBER_ADDRESS : MEMBER_ADDRESS6;
            install(path(1, vip, ProbeTransport.TCP));
            assertDropped(RulePurpose.RESERVED, MEMBER, List.of(
                    // Another port of the member, protocol, source, interface, and a service on the agent's host.
                    Frames.tcp(MEMBER_MAC, ROUTER_MAC, vip, 81, source, AGENT_PORT, Frames.SYN),
                    answer(ProbeTransport.UDP, MEMBER_MAC, vip, AGENT_PORT),
                    answer(ProbeTransport.ICMP, MEMBER_MAC, vip, AGENT_PORT),
                    answer(ProbeTransport.TCP, MEMBER_MAC, vip(version, 2), AGENT_PORT),
                    Frames.tcp(MEMBER_MAC, ROUTER_MAC, own, 8080, source, AGENT_PORT, Frames.SYN),
                    answer(ProbeTransport.TCP, NEIGHBOUR_MAC, vip, AGENT_PORT),
                    answer(ProbeTransport.TCP, MEMBER_MAC, vip, 22),
                    answer(ProbeTransport.TCP, MEMBER_MAC, vip, 32_767)));
        }
    }

    @Test
    void trafficOfClientsIsLeftAlone() {
        IpAddress vip = vip(Version.INET, 1);
        install(path(1, vip, ProbeTransport.TCP));

        assertPasses(CLIENT, Frames.tcp(CLIENT_MAC, MEMBER_MAC, CLIENT_ADDRESS, AGENT_PORT, vip, 8080, Frames.SYN),
                     MEMBER);
        assertPasses(MEMBER, Frames.tcp(MEMBER_MAC, CLIENT_MAC, vip, 8080, CLIENT_ADDRESS, AGENT_PORT,
                                        Frames.SYN | Frames.ACK), CLIENT);
        // Even where somebody has a target's address, as hosts without another one may.
        IpAddress target = target(Version.INET, 1);
        assertPasses(CLIENT, Frames.tcp(CLIENT_MAC, MEMBER_MAC, target, 5000, vip, 8080, Frames.SYN), MEMBER);
        assertPasses(MEMBER, Frames.tcp(MEMBER_MAC, CLIENT_MAC, vip, 8080, target, 5000, Frames.ACK), CLIENT);
        assertThat(packets(RulePurpose.RESERVED)).isZero();
        assertNothingLeaked();
    }

    @Test
    void aWithdrawnCheckLeavesNoWay() {
        install(path(1, vip(Version.INET, 1), ProbeTransport.TCP));
        clear();
        install();
        assertDropped(RulePurpose.FOREIGN_PROBE, AGENT, List.of(probe(ProbeTransport.TCP, target(Version.INET, 1))));
        assertDropped(RulePurpose.RESERVED, MEMBER,
                      List.of(answer(ProbeTransport.TCP, MEMBER_MAC, vip(Version.INET, 1), AGENT_PORT)));
    }

    private static void assertPasses(ConnectPoint from, Ethernet frame, ConnectPoint to) {
        PORTS.send(from, frame);
        assertThat(PORTS.receive(to, 1).get(0)).isEqualTo(frame.serialize());
    }

    private static void assertDropped(RulePurpose purpose, ConnectPoint from, List<Ethernet> frames) {
        for (int sent = 1; sent <= frames.size(); sent++) {
            long expected = sent;
            Ethernet frame = frames.get(sent - 1);
            PORTS.send(from, frame);
            Awaitility.await(frame + " is dropped").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> assertThat(packets(purpose)).isEqualTo(expected));
        }
        assertNothingLeaked();
    }

    /** After what is dropped, or was received, everything that was sent has been forwarded. */
    private static void assertNothingLeaked() {
        assertThat(List.of(MEMBER, NEIGHBOUR, CLIENT, LINK, AGENT))
                .allSatisfy(port -> assertThat(PORTS.unexpected(port)).as("frames at %s", port).isZero());
    }

    private static byte[] received(ConnectPoint port) {
        byte[] octets = PORTS.receive(port, 1).get(0);
        if (octets[12] == 0x08) {
            assertThat(Frames.headerChecksum(octets)).isZero();
        }
        assertThat(Frames.payloadChecksum(octets)).isZero();
        return octets;
    }

    private static void assertAddresses(byte[] octets, MacAddress from, MacAddress to, IpAddress source,
                                        IpAddress destination) {
        Ethernet frame = Frames.read(octets);
        assertThat(frame.getSourceMAC()).isEqualTo(from);
        assertThat(frame.getDestinationMAC()).isEqualTo(to);
        if (source.isIp4()) {
            IPv4 ip = (IPv4) frame.getPayload();
            assertThat(IpAddress.valueOf(ip.getSourceAddress())).isEqualTo(source);
            assertThat(IpAddress.valueOf(ip.getDestinationAddress())).isEqualTo(destination);
            assertThat(ip.getTtl()).isEqualTo(Frames.TTL);
        } else {
            IPv6 ip = (IPv6) frame.getPayload();
            assertThat(ip.getSourceAddress()).isEqualTo(source.toOctets());
            assertThat(ip.getDestinationAddress()).isEqualTo(destination.toOctets());
            assertThat(ip.getHopLimit()).isEqualTo(Frames.TTL);
        }
    }

    private static Ethernet probe(ProbeTransport transport, IpAddress destination) {
        return packet(transport, ProbeAddresses.AGENT_MAC, ProbeAddresses.GATEWAY_MAC, source(destination), AGENT_PORT,
                      destination, 8080, 8, 128);
    }

    /** A member answers to its router, which it takes for the way to the agent. */
    private static Ethernet answer(ProbeTransport transport, MacAddress mac, IpAddress vip, int agentPort) {
        return packet(transport, mac, ROUTER_MAC, vip, 8080, source(vip), agentPort, 0, 129);
    }

    private static Ethernet packet(ProbeTransport transport, MacAddress from, MacAddress to, IpAddress source,
                                   int sourcePort, IpAddress destination, int destinationPort, int icmp, int icmp6) {
        switch (transport) {
            case TCP:
                return Frames.tcp(from, to, source, sourcePort, destination, destinationPort, Frames.SYN);
            case UDP:
                return Frames.udp(from, to, source, sourcePort, destination, destinationPort, "are you there");
            default:
                return Frames.icmp(from, to, source, destination, source.isIp4() ? icmp : icmp6, 0,
                                   new byte[]{1, 2, 0, 1, 'p', 'i', 'n', 'g'});
        }
    }

    private static byte[] payload(Ethernet frame) {
        byte[] octets = frame.serialize();
        return Arrays.copyOfRange(octets, 14 + header(octets[12] == 0x08 ? Version.INET : Version.INET6),
                                  octets.length);
    }

    private static int header(Version version) {
        return version == Version.INET ? 20 : 40;
    }

    private static IpAddress source(IpAddress other) {
        return ProbeAddresses.source(other.version());
    }

    private static IpAddress target(Version version, int number) {
        return ProbeAddresses.target(version, number);
    }

    private static IpAddress vip(Version version, int number) {
        return IpAddress.valueOf((version == Version.INET ? "198.51.100." : "2001:db8:1::") + number);
    }

    private static ProbePath path(int target, IpAddress vip, ProbeTransport transport) {
        return ProbePath.builder().target(target(vip.version(), target)).address(vip).mac(MEMBER_MAC)
                .attachment(MEMBER).transport(transport).port(transport == ProbeTransport.ICMP ? 0 : 8080).build();
    }

    private static ConnectPoint point(int port) {
        return new ConnectPoint(DEVICE, PortNumber.portNumber(port));
    }

    private static List<FlowRule> install(ProbePath... paths) {
        List<FlowRule> rules = new ArrayList<>(others());
        new DetectionRules(DETECTION).compile(Map.of(DEVICE, AGENT.port()), List.of(paths)).values().stream()
                .flatMap(Collection::stream).forEach(rules::add);
        List<OFMessage> messages = new ArrayList<>();
        rules.forEach(rule -> messages.add(codec.add(rule)));
        assertThat(session.transact(messages)).isEmpty();
        return rules;
    }

    private static List<FlowRule> others() {
        return List.of(other(OTHERS_PRIORITY, to(MEMBER_MAC), MEMBER), other(OTHERS_PRIORITY, to(CLIENT_MAC), CLIENT),
                       other(OTHERS_PRIORITY - 1, DefaultTrafficSelector.builder(), LINK));
    }

    private static TrafficSelector.Builder to(MacAddress mac) {
        return DefaultTrafficSelector.builder().matchEthDst(mac);
    }

    private static FlowRule other(int priority, TrafficSelector.Builder selector, ConnectPoint port) {
        return new SwitchRules(OTHERS, DEVICE).rule(RulePurpose.TABLE, priority, selector.build(),
                                                    DefaultTrafficTreatment.builder().setOutput(port.port()).build());
    }

    private static List<FlowEntry> entries() {
        return session.statistics(session.factory().buildFlowStatsRequest().setTableId(TableId.ALL)
                                          .setMatch(session.factory().matchWildcardAll())
                                          .setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build()).stream()
                .map(OFFlowStatsReply::getEntries).flatMap(List::stream).map(codec::decode)
                .map(FlowEntry.class::cast).toList();
    }

    private static long packets(RulePurpose purpose) {
        SWITCH.appctl("revalidator/purge");
        return entries().stream().filter(entry -> entry.appId() == DETECTION.id())
                .filter(entry -> RulePurpose.of(entry) == purpose).mapToLong(FlowEntry::packets).sum();
    }
}
