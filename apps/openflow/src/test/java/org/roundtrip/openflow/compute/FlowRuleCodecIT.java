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
package org.roundtrip.openflow.compute;

import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.driver.extensions.DefaultMoveExtensionTreatment;
import org.onosproject.driver.extensions.NiciraCt;
import org.onosproject.driver.extensions.NiciraCtClear;
import org.onosproject.driver.extensions.NiciraExtensionSelectorInterpreter;
import org.onosproject.driver.extensions.NiciraExtensionTreatmentInterpreter;
import org.onosproject.driver.extensions.NiciraLoad;
import org.onosproject.driver.extensions.NiciraMatchCtMark;
import org.onosproject.driver.extensions.NiciraMatchCtState;
import org.onosproject.driver.extensions.NiciraMatchCtZone;
import org.onosproject.driver.extensions.NiciraMoveTreatmentFactory;
import org.onosproject.driver.extensions.NiciraResubmitTable;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.onosproject.net.meter.MeterId;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorType;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.roundtrip.openflow.driver.DriverExtensions;
import org.roundtrip.openflow.testing.FlowRuleArbitraries;
import org.roundtrip.openflow.testing.OpenFlowSession;
import org.roundtrip.openflow.testing.OpenVswitch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.openflow.testing.FlowRuleArbitraries.DEVICE;

/**
 * Flow rules on the wire: what a real Open vSwitch reports is what was added.
 */
class FlowRuleCodecIT {

    @RegisterExtension
    static final OpenVswitch OPEN_VSWITCH = new OpenVswitch();

    private static final int RULES = 2000;

    private static OpenFlowSession session;
    private static FlowRuleCodec codec;

    @BeforeAll
    static void connect() {
        OPEN_VSWITCH.addBridge("br0", 1);
        session = OPEN_VSWITCH.connect("br0");
        codec = new FlowRuleCodec(session.factory(), DEVICE, DriverExtensions.of(
                new NiciraExtensionSelectorInterpreter(), new NiciraExtensionTreatmentInterpreter()));
    }

    @BeforeEach
    void clear() {
        assertThat(session.transact(List.of(session.factory().buildFlowDelete().setTableId(TableId.ALL)
                                                    .setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build())))
                .isEmpty();
    }

    @Test
    void generatedRulesComeBackAsTheyWere() {
        Map<FlowKey, FlowRule> rules = new HashMap<>();
        JqwikSession.run(() -> FlowRuleArbitraries.rules().sampleStream().limit(RULES)
                .forEach(rule -> rules.put(FlowRuleCodec.key(rule), rule)));

        assertThat(add(List.copyOf(rules.values()))).isEmpty();

        Map<FlowKey, FlowEntry> entries = entries(session);
        assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(rules.keySet());
        rules.forEach((key, rule) -> assertSame(entries.get(key), rule));
    }

    @Test
    void groupsAndMetersComeBack() {
        OFFactory factory = session.factory();
        assertThat(session.transact(List.of(
                factory.buildGroupAdd().setGroupType(OFGroupType.INDIRECT).setGroup(OFGroup.of(7)).setBuckets(List.of(
                        factory.buildBucket().setWatchPort(OFPort.ANY).setWatchGroup(OFGroup.ANY)
                                .setActions(List.of()).build())).build(),
                factory.buildMeterMod().setCommand(OFMeterModCommand.ADD).setMeterId(9)
                        .setFlags(Set.of(OFMeterFlags.KBPS))
                        .setMeters(List.of(factory.meterBands().buildDrop().setRate(1000).build())).build())))
                .isEmpty();

        assertRoundTrip(rule(DefaultTrafficSelector.emptySelector(), DefaultTrafficTreatment.builder()
                .meter(MeterId.meterId(9)).group(new GroupId(7)).build()));
    }

    @Test
    void extensionsComeBack() {
        TrafficSelector tracked = DefaultTrafficSelector.builder()
                .matchEthType((short) 0x0800)
                .extension(new NiciraMatchCtState(0x22L, 0x3fL), DEVICE)
                .extension(new NiciraMatchCtZone(7), DEVICE)
                .extension(new NiciraMatchCtMark(5L), DEVICE)
                .build();
        assertRoundTrip(rule(tracked, DefaultTrafficTreatment.builder()
                .extension(new NiciraResubmitTable(PortNumber.portNumber(0xfff8), (short) 9), DEVICE).build()));

        TrafficSelector ip = DefaultTrafficSelector.builder().matchEthType((short) 0x0800).build();
        long ctMark = 0x0001d604L;
        assertRoundTrip(rule(ip, DefaultTrafficTreatment.builder()
                .extension(new NiciraCt(1, 0, 7, (short) 3, 0, List.of(new NiciraLoad(31, ctMark, 4))), DEVICE)
                .build()));
        long register0 = 0x00010004L;
        assertRoundTrip(rule(ip, DefaultTrafficTreatment.builder()
                .extension(new NiciraCtClear(), DEVICE)
                .extension(new NiciraLoad(31, register0, 77), DEVICE)
                .setOutput(PortNumber.portNumber(1)).build()));
    }

    /** ONOS itself would take each of these copies for another one. */
    @Test
    void copiedBitsComeBack() {
        TrafficSelector udp = DefaultTrafficSelector.builder().matchEthType((short) 0x0800)
                .matchIPProtocol((byte) 17).build();
        long tunnelId = 0x0001_2008;
        assertRoundTrip(rule(udp, DefaultTrafficTreatment.builder()
                .extension(copy(0x0000_1602, 0, tunnelId, 0, 4), DEVICE)
                .extension(copy(0x0000_0e04, 0, tunnelId, 0, 8), DEVICE)
                .extension(copy(tunnelId, 0, 0x0000_0406, 0, 8), DEVICE)
                .extension(copy(0x0001_d604, 8, 0x0000_0206, 16, 24), DEVICE)
                .extension(new NiciraLoad(4 << 6 | 3, tunnelId, 11), DEVICE)
                .setOutput(PortNumber.IN_PORT).build()));
        assertRoundTrip(rule(DefaultTrafficSelector.builder().matchEthType((short) 0x86dd).build(),
                             DefaultTrafficTreatment.builder()
                                     .extension(copy(0x0001_2610, 0, tunnelId, 0, 8), DEVICE)
                                     .transition(10).build()));
    }

    @Test
    void answersToArpComeBack() {
        assertRoundTrip(rule(
                DefaultTrafficSelector.builder().matchEthType((short) 0x0806).matchArpOp(1)
                        .matchArpTpa(Ip4Address.valueOf("192.0.2.1")).build(),
                DefaultTrafficTreatment.builder()
                        .extension(NiciraMoveTreatmentFactory.createNiciraMovEthSrcToDst(), DEVICE)
                        .extension(NiciraMoveTreatmentFactory.createNiciraMovArpShaToTha(), DEVICE)
                        .extension(NiciraMoveTreatmentFactory.createNiciraMovArpSpaToTpa(), DEVICE)
                        .setEthSrc(MacAddress.valueOf("0e:04:c0:00:02:01"))
                        .setArpOp((short) 2).setArpSha(MacAddress.valueOf("0e:04:c0:00:02:01"))
                        .setArpSpa(Ip4Address.valueOf("192.0.2.1"))
                        .setOutput(PortNumber.IN_PORT).build()));
    }

    /** Marks from half of their range on are negative to ONOS, and so must they be who wants to find them again. */
    @Test
    void marksAndMaskedAddressesComeBack() {
        for (long mark : List.of(1L, 0x7fff_0001L, (long) (int) 0x8000_0001L, (long) (int) 0xffff_ffffL)) {
            assertRoundTrip(rule(DefaultTrafficSelector.builder().matchEthType((short) 0x0800)
                                         .matchEthSrcMasked(MacAddress.valueOf("06:80:01:00:00:00"),
                                                            MacAddress.valueOf("ff:ff:ff:00:00:00"))
                                         .matchTunnelId(1)
                                         .extension(new NiciraMatchCtMark(mark), DEVICE).build(),
                                 DefaultTrafficTreatment.builder()
                                         .extension(new NiciraLoad(15, 0x0000_0002L, 0), DEVICE)
                                         .extension(new NiciraCt(1, 0, 7, (short) 0xff, 0, List.of(
                                                 new NiciraLoad(31, 0x0001_d604L, mark & 0xffff_ffffL))), DEVICE)
                                         .extension(new NiciraResubmitTable((short) 0), DEVICE).build()));
        }
    }

    private static ExtensionTreatment copy(long from, int fromBit, long to, int toBit, int bits) {
        return new DefaultMoveExtensionTreatment(fromBit, toBit, bits, (int) from, (int) to,
                                                 ExtensionTreatmentTypes.NICIRA_MOV_ETH_SRC_TO_DST.type());
    }

    /** A packet is looked up once more for each tunnel id, and each lookup leaves it as it was. */
    @Test
    void copiesOfAPacketComeBack() {
        NiciraResubmitTable resubmit = new NiciraResubmitTable((short) 0);
        for (EthType payload : List.of(EthType.EtherType.IPV4.ethType(), EthType.EtherType.IPV6.ethType(),
                                       new EthType(0x88f7))) {
            assertRoundTrip(rule(copied(payload, 0), DefaultTrafficTreatment.builder()
                    .setTunnelId(1).extension(resubmit, DEVICE).setTunnelId(2).extension(resubmit, DEVICE).build()));
            assertRoundTrip(rule(copied(payload, 2), DefaultTrafficTreatment.builder()
                    .pushMpls().setMpls(MplsLabel.mplsLabel(100_001)).setOutput(PortNumber.portNumber(1))
                    .popMpls(payload).build()));
        }
    }

    private static TrafficSelector copied(EthType payload, long tunnelId) {
        return DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).matchTunnelId(tunnelId)
                .matchEthType(payload.toShort()).build();
    }

    @Test
    void errorsNameTheMessageThatCausedThem() {
        FlowRule good = rule(DefaultTrafficSelector.emptySelector(), DefaultTrafficTreatment.emptyTreatment());
        FlowRule noSuchGroup = rule(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build(),
                                    DefaultTrafficTreatment.builder().group(new GroupId(4711)).build());
        FlowRule noPrerequisite = rule(DefaultTrafficSelector.builder().add(Criteria.matchIPProtocol((short) 6))
                                               .build(), DefaultTrafficTreatment.emptyTreatment());
        FlowRule noExtensionHeaders = rule(DefaultTrafficSelector.builder().matchEthType((short) 0x86dd)
                                                   .matchIPv6ExthdrFlags((short) 1).build(),
                                           DefaultTrafficTreatment.emptyTreatment());
        FlowRule noCopying = rule(DefaultTrafficSelector.builder().matchEthType((short) 0x8847).build(),
                                  DefaultTrafficTreatment.builder().copyTtlIn().build());
        List<OFFlowAdd> messages = Stream.of(good, noSuchGroup, noPrerequisite, noExtensionHeaders, noCopying)
                .map(codec::add).collect(Collectors.toList());

        List<OFErrorMsg> errors = session.transact(messages);

        assertThat(errors).extracting(OFErrorMsg::getXid).containsExactlyInAnyOrder(
                messages.get(1).getXid(), messages.get(2).getXid(), messages.get(3).getXid(),
                messages.get(4).getXid());
        assertThat(errors).extracting(OFErrorMsg::getErrType)
                .contains(OFErrorType.BAD_ACTION, OFErrorType.BAD_MATCH);
        assertThat(entries(session)).hasSize(1);
    }

    @Test
    void deletingSparesAnEntryOfAnotherCookie() {
        TrafficSelector selector = DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(3)).build();
        FlowRule first = rule(selector, DefaultTrafficTreatment.emptyTreatment());
        FlowRule second = DefaultFlowRule.builder().forDevice(DEVICE).withPriority(first.priority()).makePermanent()
                .withSelector(selector).fromApp(new DefaultApplicationId(2, "other")).build();
        assertThat(add(List.of(first, second))).isEmpty();

        assertThat(session.transact(List.of(codec.delete(first)))).isEmpty();
        assertThat(entries(session)).hasSize(1);

        assertThat(session.transact(List.of(codec.delete(second)))).isEmpty();
        assertThat(entries(session)).isEmpty();
    }

    @Test
    void addingAgainKeepsTheCounters() {
        OPEN_VSWITCH.addBridge("br1", 2);
        OPEN_VSWITCH.addPort("br1", "p1", 1);
        OpenFlowSession counting = OPEN_VSWITCH.connect("br1");
        FlowRule rule = rule(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build(),
                             DefaultTrafficTreatment.builder().setOutput(PortNumber.LOCAL).build());
        assertThat(counting.transact(List.of(codec.add(rule)))).isEmpty();
        OPEN_VSWITCH.appctl("netdev-dummy/receive", "p1", "in_port(1),eth(src=50:54:00:00:00:05,"
                + "dst=50:54:00:00:00:07),eth_type(0x1234)");
        OPEN_VSWITCH.appctl("revalidator/purge");
        assertThat(entries(counting).values()).extracting(FlowEntry::packets).containsExactly(1L);

        assertThat(counting.transact(List.of(codec.add(rule)))).isEmpty();

        assertThat(entries(counting).values()).extracting(FlowEntry::packets).containsExactly(1L);
    }

    private static List<OFErrorMsg> add(List<FlowRule> rules) {
        return session.transact(rules.stream().map(codec::add).collect(Collectors.toList()));
    }

    private static void assertRoundTrip(FlowRule rule) {
        assertThat(add(List.of(rule))).isEmpty();
        assertSame(entries(session).get(FlowRuleCodec.key(codec.canonical(rule))), rule);
    }

    private static void assertSame(FlowEntry entry, FlowRule rule) {
        assertThat(entry).as("%s", rule).isNotNull();
        assertThat(entry.exactMatch(rule)).as("switch has %s, ONOS wants %s", entry, rule).isTrue();
        assertThat(entry.treatment().clearedDeferred()).isEqualTo(rule.treatment().clearedDeferred());
        assertThat(entry.treatment().meters()).isEqualTo(rule.treatment().meters());
        assertThat(entry.hardTimeout()).isEqualTo(rule.hardTimeout());
        assertThat(entry.appId()).isEqualTo(rule.appId());
    }

    private static Map<FlowKey, FlowEntry> entries(OpenFlowSession from) {
        return from.statistics(from.factory().buildFlowStatsRequest().setTableId(TableId.ALL)
                                       .setMatch(from.factory().matchWildcardAll())
                                       .setOutPort(OFPort.ANY).setOutGroup(OFGroup.ANY).build()).stream()
                .map(OFFlowStatsReply::getEntries).flatMap(List::stream).map(codec::decode)
                .collect(Collectors.toMap(FlowRuleCodec::key, Function.identity()));
    }

    private static FlowRule rule(TrafficSelector selector, TrafficTreatment treatment) {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(100).makePermanent()
                .fromApp(new DefaultApplicationId(1, "test")).withSelector(selector).withTreatment(treatment).build();
    }
}
