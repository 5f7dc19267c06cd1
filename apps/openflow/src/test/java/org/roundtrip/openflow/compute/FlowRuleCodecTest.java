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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.StatTriggerField;
import org.onosproject.net.flow.StatTriggerFlag;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.pi.model.PiTableId;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowRemovedReason;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U64;
import org.roundtrip.openflow.testing.FlowRuleArbitraries;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roundtrip.openflow.testing.FlowRuleArbitraries.DEVICE;

class FlowRuleCodecTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
    private static final FlowRuleCodec CODEC = new FlowRuleCodec(FACTORY, DEVICE, ExtensionCodec.NONE);

    @Provide
    Arbitrary<FlowRule> rules() {
        return FlowRuleArbitraries.rules();
    }

    @Property(tries = 2000)
    void whatIsDecodedIsWhatWasEncoded(@ForAll("rules") FlowRule rule) throws OFParseError {
        FlowEntry entry = CODEC.decode(stats(onTheWire(CODEC.add(rule))));

        assertThat(entry.exactMatch(rule)).as("%s from %s", entry, rule).isTrue();
        assertThat(entry.treatment().clearedDeferred()).isEqualTo(rule.treatment().clearedDeferred());
        assertThat(entry.treatment().meters()).isEqualTo(rule.treatment().meters());
        assertThat(entry.hardTimeout()).isEqualTo(rule.hardTimeout());
        assertThat(entry.isPermanent()).isEqualTo(rule.isPermanent());
        assertThat(entry.appId()).isEqualTo(rule.appId());
        assertThat(entry.state()).isEqualTo(FlowEntry.FlowEntryState.ADDED);
    }

    @Property(tries = 500)
    void aCanonicalRuleIsItsOwnCanonicalForm(@ForAll("rules") FlowRule rule) {
        FlowRule canonical = CODEC.canonical(rule);

        assertThat(canonical.exactMatch(rule)).isTrue();
        assertThat(FlowRuleCodec.key(canonical)).isEqualTo(FlowRuleCodec.key(rule))
                .hasSameHashCodeAs(FlowRuleCodec.key(rule));
    }

    @Property(tries = 500)
    void removalFindsExactlyTheEntry(@ForAll("rules") FlowRule rule) {
        var add = CODEC.add(rule);
        var delete = CODEC.delete(rule);

        assertThat(delete.getMatch()).isEqualTo(add.getMatch());
        assertThat(delete.getPriority()).isEqualTo(add.getPriority());
        assertThat(delete.getTableId()).isEqualTo(add.getTableId());
        assertThat(delete.getCookie()).isEqualTo(add.getCookie());
        assertThat(delete.getCookieMask()).isEqualTo(U64.of(-1));
        assertThat(delete.getOutPort()).isEqualTo(OFPort.ANY);
        assertThat(delete.getXid()).isNotEqualTo(add.getXid());
    }

    @Test
    void addingDoesNotResetCountersAndAsksForTheRemovalMessage() {
        assertThat(CODEC.add(rule(List.of(), List.of())).getFlags()).containsExactly(OFFlowModFlags.SEND_FLOW_REM);
    }

    @Test
    void criteriaThatMeanTheSameHaveOneForm() {
        FlowRule rule = rule(List.of(
                Criteria.matchEthDstMasked(MacAddress.valueOf("00:00:00:00:00:01"), MacAddress.EXACT_MASK),
                Criteria.matchEthSrcMasked(MacAddress.valueOf("01:02:03:04:05:06"), MacAddress.ZERO),
                Criteria.matchEthType(EthType.EtherType.IPV4.ethType()),
                Criteria.matchIPSrc(IpPrefix.valueOf("0.0.0.0/0")),
                Criteria.matchIPDst(IpPrefix.valueOf("10.1.2.3/8")),
                Criteria.matchIPProtocol((short) 6),
                Criteria.matchTcpSrcMasked(TpPort.tpPort(0x1234), TpPort.tpPort(0xff00)),
                Criteria.matchTcpDstMasked(TpPort.tpPort(80), TpPort.tpPort(0xffff))), List.of());

        assertThat(CODEC.canonical(rule).selector()).isEqualTo(DefaultTrafficSelector.builder()
                .matchEthDst(MacAddress.valueOf("00:00:00:00:00:01"))
                .matchEthType((short) 0x0800)
                .matchIPDst(IpPrefix.valueOf("10.0.0.0/8"))
                .matchIPProtocol((byte) 6)
                .matchTcpSrcMasked(TpPort.tpPort(0x1200), TpPort.tpPort(0xff00))
                .matchTcpDst(TpPort.tpPort(80))
                .build());
    }

    @Test
    void noActionBesideATransitionIsNothing() {
        FlowRule rule = rule(DefaultTrafficTreatment.builder().drop().transition(7).build());

        assertThat(CODEC.canonical(rule).treatment())
                .isEqualTo(DefaultTrafficTreatment.builder().transition(7).build());
    }

    @Test
    void droppingIsHavingNoInstructions() {
        FlowRule rule = rule(DefaultTrafficTreatment.builder().drop().build());

        assertThat(CODEC.add(rule).getInstructions()).isEmpty();
        assertThat(CODEC.canonical(rule).treatment()).isEqualTo(DefaultTrafficTreatment.emptyTreatment());
    }

    @Test
    void idleTimeoutStaysWithOnos() {
        FlowRule rule = DefaultFlowRule.builder().forDevice(DEVICE).withPriority(1).makeTemporary(10)
                .fromApp(new DefaultApplicationId(1, "test")).build();

        assertThat(CODEC.add(rule).getIdleTimeout()).isZero();
    }

    @Test
    void fieldsThatOpenVswitchLacksButOpenFlowHasAreEncoded() throws OFParseError {
        FlowRule rule = rule(List.of(Criteria.matchEthType(0x86dd), Criteria.matchIPv6ExthdrFlags(5)),
                             List.of(Instructions.copyTtlIn(), Instructions.copyTtlOut(),
                                     Instructions.modMplsBos(true)));

        assertThat(CODEC.decode(stats(onTheWire(CODEC.add(rule)))).exactMatch(rule)).isTrue();
    }

    static Stream<Criterion> criteriaWithoutCounterpart() {
        return Stream.of(
                Criteria.matchInPhyPort(PortNumber.portNumber(1)),
                Criteria.matchInnerVlanId(VlanId.vlanId((short) 5)),
                Criteria.matchInnerVlanPcp((byte) 1),
                Criteria.matchTcpFlags(2),
                Criteria.matchPbbIsid(3),
                Criteria.dummy(),
                Criteria.matchInPort(PortNumber.portNumber(1L << 32)),
                Criteria.matchArpOp(1 << 16),
                Criteria.matchIPSrc(IpPrefix.valueOf("2001:db8::/32")),
                Criteria.matchIPv6Dst(IpPrefix.valueOf("10.0.0.0/8")));
    }

    @ParameterizedTest
    @MethodSource("criteriaWithoutCounterpart")
    void criterionWithoutCounterpartIsNamed(Criterion criterion) {
        assertThatThrownBy(() -> CODEC.add(rule(List.of(criterion), List.of())))
                .isInstanceOfSatisfying(RuleEncodingException.class, e -> assertThat(e.element()).isNotBlank());
        assertThatThrownBy(() -> CODEC.delete(rule(List.of(criterion), List.of())))
                .isInstanceOf(RuleEncodingException.class);
    }

    static Stream<Instruction> instructionsWithoutCounterpart() {
        return Stream.of(
                Instructions.truncate(64),
                Instructions.setQueue(1, PortNumber.portNumber(2)),
                Instructions.setQueue(-1, null),
                Instructions.setQueue(1L << 32, null),
                Instructions.modVlanId(VlanId.ANY),
                Instructions.modVlanId(VlanId.NONE),
                Instructions.modIpDscp((byte) 64),
                Instructions.modIpDscp((byte) -1),
                Instructions.modL3Src(Ip6Address.valueOf("::1")),
                Instructions.modL3IPv6Dst(Ip4Address.valueOf("10.0.0.1")),
                Instructions.modArpSpa(Ip6Address.valueOf("::1")),
                Instructions.createOutput(PortNumber.portNumber(1L << 33)),
                Instructions.transition(255),
                Instructions.transition(-1),
                Instructions.statTrigger(Map.of(StatTriggerField.PACKET_COUNT, 5L), StatTriggerFlag.PERIODIC));
    }

    @ParameterizedTest
    @MethodSource("instructionsWithoutCounterpart")
    void instructionWithoutCounterpartIsNamed(Instruction instruction) {
        assertThatThrownBy(() -> CODEC.add(rule(List.of(), List.of(instruction))))
                .isInstanceOfSatisfying(RuleEncodingException.class, e -> assertThat(e.element()).isNotBlank());
    }

    @Test
    void noActionBesideActionsIsAContradiction() {
        assertThatThrownBy(() -> CODEC.add(rule(DefaultTrafficTreatment.builder().drop()
                                                        .setOutput(PortNumber.portNumber(1)).build())))
                .isInstanceOf(RuleEncodingException.class).hasMessageContaining("NOACTION");
    }

    @Test
    void twoCriteriaOfOneFieldAreAContradiction() {
        FlowRule rule = rule(List.of(
                Criteria.matchEthDst(MacAddress.valueOf(1)),
                Criteria.matchEthDstMasked(MacAddress.valueOf(2), MacAddress.valueOf(3))), List.of());

        assertThatThrownBy(() -> CODEC.add(rule)).isInstanceOf(RuleEncodingException.class)
                .hasMessageContaining("ETH_DST");
    }

    @Test
    void twoMetersAreTooMany() {
        assertThatThrownBy(() -> CODEC.add(rule(DefaultTrafficTreatment.builder().meter(MeterId.meterId(1))
                                                        .meter(MeterId.meterId(2)).build())))
                .isInstanceOf(RuleEncodingException.class);
    }

    @Test
    void tablesBeyondOpenFlowAreNamed() {
        assertThatThrownBy(() -> CODEC.add(builder().forTable(255).build()))
                .isInstanceOf(RuleEncodingException.class).hasMessageContaining("255");
        assertThatThrownBy(() -> CODEC.add(builder().forTable(PiTableId.of("ingress.acl")).build()))
                .isInstanceOf(RuleEncodingException.class).hasMessageContaining("ingress.acl");
    }

    @Test
    void hardTimeoutBeyondOpenFlowIsNamed() {
        assertThatThrownBy(() -> CODEC.add(builder().withHardTimeout(65536).build()))
                .isInstanceOf(RuleEncodingException.class).hasMessageContaining("65536");
    }

    @Test
    void whatOnosHasNoWordsForIsNotDecoded() {
        OFFlowStatsEntry gap = entry(FACTORY.buildMatch()
                .setMasked(MatchField.IPV4_SRC, IPv4Address.of("10.0.0.1"), IPv4Address.of("255.0.0.255")).build());
        assertThatThrownBy(() -> CODEC.decode(gap)).isInstanceOf(RuleDecodingException.class);

        OFFlowStatsEntry register = entry(FACTORY.buildMatch()
                .setMasked(MatchField.METADATA, org.projectfloodlight.openflow.types.OFMetadata.ofRaw(1),
                           org.projectfloodlight.openflow.types.OFMetadata.ofRaw(3)).build());
        assertThatThrownBy(() -> CODEC.decode(register)).isInstanceOf(RuleDecodingException.class);

        OFFlowStatsEntry flags = entry(FACTORY.buildMatch()
                .setExact(MatchField.REG0, org.projectfloodlight.openflow.types.U32.of(1)).build());
        assertThatThrownBy(() -> CODEC.decode(flags)).isInstanceOf(RuleDecodingException.class)
                .hasMessageContaining("reg0");
    }

    @Test
    void removalMessageTellsReasonAndCounters() {
        FlowEntry entry = CODEC.decode(FACTORY.buildFlowRemoved()
                .setTableId(TableId.of(3)).setPriority(9).setCookie(U64.of(0x0001_0000_0000_0002L))
                .setReason(OFFlowRemovedReason.HARD_TIMEOUT).setHardTimeout(5)
                .setDurationSec(5).setDurationNsec(1).setPacketCount(U64.of(7)).setByteCount(U64.of(700))
                .setMatch(FACTORY.buildMatch().setExact(MatchField.TCP_DST, TransportPort.of(80)).build())
                .build());

        assertThat(entry.reason()).isEqualTo(FlowRule.FlowRemoveReason.HARD_TIMEOUT);
        assertThat(entry.packets()).isEqualTo(7);
        assertThat(entry.bytes()).isEqualTo(700);
        assertThat(entry.tableId()).isEqualTo(3);
        assertThat(entry.id().value()).isEqualTo(0x0001_0000_0000_0002L);
        assertThat(entry.selector().criteria()).containsExactly(Criteria.matchTcpDst(TpPort.tpPort(80)));
    }

    private static FlowRule.Builder builder() {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(1).makePermanent()
                .fromApp(new DefaultApplicationId(1, "test"));
    }

    private static FlowRule rule(List<Criterion> criteria, List<Instruction> instructions) {
        var selector = DefaultTrafficSelector.builder();
        criteria.forEach(selector::add);
        var treatment = DefaultTrafficTreatment.builder();
        instructions.forEach(treatment::add);
        return builder().withSelector(selector.build()).withTreatment(treatment.build()).build();
    }

    private static FlowRule rule(TrafficTreatment treatment) {
        return builder().withTreatment(treatment).build();
    }

    private static OFFlowAdd onTheWire(OFFlowAdd message) throws OFParseError {
        ByteBuf buffer = Unpooled.buffer();
        message.writeTo(buffer);
        return (OFFlowAdd) OFFactories.getGenericReader().readFrom(buffer);
    }

    private static OFFlowStatsEntry stats(OFFlowAdd message) {
        return FACTORY.buildFlowStatsEntry().setTableId(message.getTableId()).setPriority(message.getPriority())
                .setCookie(message.getCookie()).setHardTimeout(message.getHardTimeout())
                .setMatch(message.getMatch()).setInstructions(message.getInstructions())
                .setPacketCount(U64.of(1)).setByteCount(U64.of(64)).build();
    }

    private static OFFlowStatsEntry entry(org.projectfloodlight.openflow.protocol.match.Match match) {
        return FACTORY.buildFlowStatsEntry().setTableId(TableId.of(0)).setMatch(match).setInstructions(List.of())
                .build();
    }
}
