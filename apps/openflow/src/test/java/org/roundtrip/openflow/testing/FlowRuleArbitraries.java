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
package org.roundtrip.openflow.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Flow rules as an application may ask for them and Open vSwitch accepts them: every match has its prerequisites
 * (OpenFlow 1.3, section 7.2.3.8), every rewritten field is there. All are in canonical form.
 */
public final class FlowRuleArbitraries {

    /** The device of all rules. */
    public static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int SCTP = 132;

    private FlowRuleArbitraries() {
    }

    /**
     * Returns rules of all kinds of packet.
     *
     * @return the rules
     */
    public static Arbitrary<FlowRule> rules() {
        return Arbitraries.oneOf(ethernet(), mpls(), ip4(), ip6(), arp()).flatMap(FlowRuleArbitraries::rule);
    }

    /** What packets, and what can be done with these. */
    private static final class Packets {
        private final Arbitrary<List<Criterion>> match;
        private final List<Arbitrary<List<Instruction>>> actions;

        Packets(Arbitrary<List<Criterion>> match, List<Arbitrary<List<Instruction>>> actions) {
            this.match = match;
            this.actions = actions;
        }
    }

    private static Arbitrary<FlowRule> rule(Packets packets) {
        Arbitrary<List<Criterion>> match = concat(List.of(pipeline(), addresses(), packets.match));
        List<Arbitrary<? extends List<Instruction>>> actions = new ArrayList<>(packets.actions);
        actions.add(Arbitraries.just(List.of()));
        actions.add(link());
        return Combinators.combine(Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 65535),
                                   Arbitraries.shorts().greaterOrEqual((short) 1), timeout(), match,
                                   treatment(Arbitraries.oneOf(actions)))
                .as((table, priority, app, timeout, criteria, treatment) -> {
                    TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
                    criteria.forEach(selector::add);
                    FlowRule.Builder rule = DefaultFlowRule.builder().forDevice(DEVICE).forTable(table)
                            .withPriority(priority).fromApp(new DefaultApplicationId(app, "test"))
                            .withSelector(selector.build()).withTreatment(treatment.apply(table));
                    return timeout > 0 ? rule.withHardTimeout(timeout).build() : rule.makePermanent().build();
                });
    }

    private static Arbitrary<Integer> timeout() {
        return Arbitraries.integers().between(1000, 65535).optional(0.2).map(seconds -> seconds.orElse(0));
    }

    private static Arbitrary<Function<Integer, TrafficTreatment>> treatment(Arbitrary<List<Instruction>> rewrites) {
        // Either now or later, not both: a header that is gone by then can't be rewritten.
        Arbitrary<List<Instruction>> rewritten = concat(List.of(rewrites, outputs()));
        Arbitrary<Tuple2<List<Instruction>, List<Instruction>>> both = Arbitraries.oneOf(
                Combinators.combine(rewritten, outputs()).as(Tuple::of),
                Combinators.combine(outputs(), rewritten).as(Tuple::of));
        return Combinators.combine(both, Arbitraries.of(true, false), Arbitraries.longs().tuple2().optional(0.3),
                                   Arbitraries.integers().between(1, 230).optional(0.3))
                .as((actions, clear, metadata, hop) -> table -> {
                    TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
                    treatment.immediate();
                    actions.get1().forEach(treatment::add);
                    treatment.deferred();
                    actions.get2().forEach(treatment::add);
                    if (clear) {
                        treatment.wipeDeferred();
                    }
                    metadata.ifPresent(bits -> treatment.writeMetadata(bits.get1() & bits.get2(), bits.get2()));
                    hop.ifPresent(distance -> treatment.transition(table + distance));
                    return treatment.build();
                });
    }

    private static Arbitrary<List<Instruction>> outputs() {
        Arbitrary<PortNumber> ports = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 0xfeff).map(PortNumber::portNumber),
                Arbitraries.of(PortNumber.IN_PORT, PortNumber.NORMAL, PortNumber.FLOOD, PortNumber.ALL,
                               PortNumber.CONTROLLER, PortNumber.LOCAL));
        return concat(List.of(
                maybe(Arbitraries.longs().between(0, 100).map(queue -> Instructions.setQueue(queue, null))),
                maybe(ports.map(Instructions::createOutput))));
    }

    private static Arbitrary<List<Criterion>> pipeline() {
        return concat(List.of(
                maybe(Arbitraries.oneOf(Arbitraries.longs().between(1, 0xfeff).map(PortNumber::portNumber),
                                        Arbitraries.just(PortNumber.LOCAL)).map(Criteria::matchInPort)),
                maybe(Arbitraries.longs().map(Criteria::matchMetadata)),
                maybe(Arbitraries.longs().map(Criteria::matchTunnelId))));
    }

    private static Arbitrary<List<Criterion>> addresses() {
        return concat(List.of(
                maybe(Arbitraries.oneOf(mac().map(Criteria::matchEthDst),
                                        masked(mac(), Criteria::matchEthDstMasked))),
                maybe(Arbitraries.oneOf(mac().map(Criteria::matchEthSrc),
                                        masked(mac(), Criteria::matchEthSrcMasked)))));
    }

    private static Arbitrary<Criterion> masked(Arbitrary<MacAddress> addresses,
                                               BiFunction<MacAddress, MacAddress, Criterion> criterion) {
        return Combinators.combine(addresses, Arbitraries.longs().between(1, 0xffff_ffff_fffeL))
                .as((address, mask) -> criterion.apply(MacAddress.valueOf(address.toLong() & mask),
                                                       MacAddress.valueOf(mask)));
    }

    private static Arbitrary<List<Instruction>> link() {
        return concat(List.of(
                maybe(mac().map(Instructions::modL2Src)),
                maybe(mac().map(Instructions::modL2Dst)),
                maybe(Arbitraries.longs().map(Instructions::modTunnelId))));
    }

    private static Arbitrary<Packets> ethernet() {
        Arbitrary<List<Criterion>> tag = Arbitraries.oneOf(
                Arbitraries.of(VlanId.NONE).map(vlan -> List.of(Criteria.matchVlanId(vlan))),
                concat(List.of(
                        Arbitraries.oneOf(Arbitraries.just(VlanId.ANY), vlan())
                                .map(vlan -> List.of(Criteria.matchVlanId(vlan))),
                        maybe(Arbitraries.bytes().between((byte) 0, (byte) 7).map(Criteria::matchVlanPcp)))));
        Arbitrary<List<Criterion>> type = maybe(Arbitraries.of(0x88f7, 0x88cc, 0x8863, 0x0801)
                                                        .map(Criteria::matchEthType));
        Arbitrary<List<Instruction>> push = Combinators.combine(Arbitraries.of(0x8100, 0x88a8), vlan(),
                                                                Arbitraries.bytes().between((byte) 0, (byte) 7))
                .as((tpid, vlan, pcp) -> List.of(Instructions.pushVlan(new EthType(tpid)),
                                                 Instructions.modVlanId(vlan), Instructions.modVlanPcp(pcp)));
        Arbitrary<List<Instruction>> pop = Arbitraries.just(List.of(Instructions.popVlan()));
        return Arbitraries.of(new Packets(concat(List.of(type, tag)), List.of(push)),
                              new Packets(concat(List.of(type, vlan().map(v -> List.of(Criteria.matchVlanId(v))))),
                                          List.of(pop)),
                              new Packets(type, List.of(push)));
    }

    private static Arbitrary<Packets> mpls() {
        Arbitrary<List<Criterion>> match = concat(List.of(
                type(0x8847),
                maybe(label().map(Criteria::matchMplsLabel)),
                maybe(Arbitraries.bytes().between((byte) 0, (byte) 7).map(Criteria::matchMplsTc)),
                maybe(Arbitraries.of(true, false).map(Criteria::matchMplsBos))));
        Arbitrary<List<Instruction>> swap = label()
                .map(label -> List.of(Instructions.modMplsLabel(label), Instructions.decMplsTtl()));
        Arbitrary<List<Instruction>> pop = Arbitraries.of(0x0800, 0x86dd, 0x88f7, 0x8847)
                .map(type -> List.of(Instructions.popMpls(new EthType(type))));
        Arbitrary<List<Instruction>> push = label()
                .map(label -> List.of(Instructions.pushMpls(), Instructions.modMplsLabel(label)));
        return Arbitraries.just(new Packets(match, List.of(swap, pop, push)));
    }

    private static Arbitrary<Packets> ip4() {
        Arbitrary<List<Criterion>> header = concat(List.of(
                type(0x0800), differentiation(),
                maybe(prefix4().map(Criteria::matchIPSrc)), maybe(prefix4().map(Criteria::matchIPDst))));
        Arbitrary<List<Criterion>> icmp = concat(List.of(
                protocol(ICMP),
                maybe(Arbitraries.shorts().between((short) 0, (short) 255).map(Criteria::matchIcmpType)),
                maybe(Arbitraries.shorts().between((short) 0, (short) 255).map(Criteria::matchIcmpCode))));
        Arbitrary<List<Instruction>> rewrite = concat(List.of(
                maybe(address4().map(Instructions::modL3Src)), maybe(address4().map(Instructions::modL3Dst)),
                maybe(Arbitraries.bytes().between((byte) 0, (byte) 63).map(Instructions::modIpDscp)),
                maybe(Arbitraries.just(Instructions.decNwTtl()))));
        Arbitrary<List<Instruction>> push = label()
                .map(label -> List.of(Instructions.pushMpls(), Instructions.modMplsLabel(label)));
        return Arbitraries.oneOf(transport(header, rewrite),
                                 Arbitraries.just(new Packets(concat(List.of(header, icmp)), List.of(rewrite))),
                                 Arbitraries.just(new Packets(header, List.of(rewrite, push))));
    }

    private static Arbitrary<Packets> ip6() {
        Arbitrary<List<Criterion>> header = concat(List.of(
                type(0x86dd), differentiation(),
                maybe(prefix6().map(Criteria::matchIPv6Src)), maybe(prefix6().map(Criteria::matchIPv6Dst)),
                maybe(Arbitraries.integers().between(0, 0xfffff).map(Criteria::matchIPv6FlowLabel))));
        Arbitrary<List<Criterion>> icmp = concat(List.of(
                protocol(ICMPV6),
                maybe(Arbitraries.shorts().between((short) 0, (short) 255).map(Criteria::matchIcmpv6Type)),
                maybe(Arbitraries.shorts().between((short) 0, (short) 255).map(Criteria::matchIcmpv6Code))));
        Arbitrary<List<Criterion>> solicitation = concat(List.of(
                protocol(ICMPV6),
                Arbitraries.just(List.of(Criteria.matchIcmpv6Type((short) 135), Criteria.matchIcmpv6Code((short) 0))),
                maybe(address6().map(Criteria::matchIPv6NDTargetAddress)),
                maybe(mac().map(Criteria::matchIPv6NDSourceLinkLayerAddress))));
        Arbitrary<List<Criterion>> advertisement = concat(List.of(
                protocol(ICMPV6),
                Arbitraries.just(List.of(Criteria.matchIcmpv6Type((short) 136), Criteria.matchIcmpv6Code((short) 0))),
                maybe(address6().map(Criteria::matchIPv6NDTargetAddress)),
                maybe(mac().map(Criteria::matchIPv6NDTargetLinkLayerAddress))));
        Arbitrary<List<Instruction>> rewrite = concat(List.of(
                maybe(address6().map(Instructions::modL3IPv6Src)), maybe(address6().map(Instructions::modL3IPv6Dst)),
                maybe(Arbitraries.integers().between(0, 0xfffff).map(Instructions::modL3IPv6FlowLabel)),
                maybe(Arbitraries.just(Instructions.decNwTtl()))));
        return Arbitraries.oneOf(
                transport(header, rewrite),
                Arbitraries.just(new Packets(header, List.of(rewrite))),
                Arbitraries.of(icmp, solicitation, advertisement)
                        .map(message -> new Packets(concat(List.of(header, message)), List.of(rewrite))));
    }

    private static Arbitrary<Packets> arp() {
        Arbitrary<List<Criterion>> match = concat(List.of(
                type(0x0806),
                maybe(Arbitraries.integers().between(1, 255).map(Criteria::matchArpOp)),
                maybe(address4().map(Criteria::matchArpSpa)), maybe(address4().map(Criteria::matchArpTpa)),
                maybe(mac().map(Criteria::matchArpSha)), maybe(mac().map(Criteria::matchArpTha))));
        Arbitrary<List<Instruction>> answer = concat(List.of(
                maybe(Arbitraries.shorts().between((short) 1, (short) 255).map(Instructions::modL3ArpOp)),
                maybe(address4().map(Instructions::modArpSpa)), maybe(address4().map(Instructions::modArpTpa)),
                maybe(mac().map(Instructions::modArpSha)), maybe(mac().map(Instructions::modArpTha))));
        return Arbitraries.just(new Packets(match, List.of(answer)));
    }

    private static Arbitrary<Packets> transport(Arbitrary<List<Criterion>> header,
                                                Arbitrary<List<Instruction>> rewrite) {
        Packets tcp = new Packets(
                concat(List.of(header, protocol(TCP),
                               ports(Criteria::matchTcpSrc, Criteria::matchTcpSrcMasked),
                               ports(Criteria::matchTcpDst, Criteria::matchTcpDstMasked))),
                List.of(rewrite, concat(List.of(maybe(port().map(Instructions::modTcpSrc)),
                                                maybe(port().map(Instructions::modTcpDst))))));
        Packets udp = new Packets(
                concat(List.of(header, protocol(UDP),
                               ports(Criteria::matchUdpSrc, Criteria::matchUdpSrcMasked),
                               ports(Criteria::matchUdpDst, Criteria::matchUdpDstMasked))),
                List.of(rewrite, concat(List.of(maybe(port().map(Instructions::modUdpSrc)),
                                                maybe(port().map(Instructions::modUdpDst))))));
        Packets sctp = new Packets(
                concat(List.of(header, protocol(SCTP),
                               ports(Criteria::matchSctpSrc, Criteria::matchSctpSrcMasked),
                               ports(Criteria::matchSctpDst, Criteria::matchSctpDstMasked))),
                List.of(rewrite));
        return Arbitraries.of(tcp, udp, sctp);
    }

    private static Arbitrary<List<Criterion>> ports(Function<TpPort, Criterion> exact,
                                                    BiFunction<TpPort, TpPort, Criterion> masked) {
        return maybe(Arbitraries.oneOf(
                port().map(exact),
                Combinators.combine(port(), Arbitraries.integers().between(1, 0xfffe))
                        .as((port, mask) -> masked.apply(TpPort.tpPort(port.toInt() & mask), TpPort.tpPort(mask)))));
    }

    private static Arbitrary<List<Criterion>> differentiation() {
        return concat(List.of(
                maybe(Arbitraries.bytes().between((byte) 0, (byte) 63).map(Criteria::matchIPDscp)),
                maybe(Arbitraries.bytes().between((byte) 0, (byte) 3).map(Criteria::matchIPEcn))));
    }

    private static Arbitrary<List<Criterion>> type(int type) {
        return Arbitraries.just(List.of(Criteria.matchEthType(type)));
    }

    private static Arbitrary<List<Criterion>> protocol(int protocol) {
        return Arbitraries.just(List.of(Criteria.matchIPProtocol((short) protocol)));
    }

    private static Arbitrary<MacAddress> mac() {
        return Arbitraries.longs().between(0, 0xffff_ffff_ffffL).map(MacAddress::valueOf);
    }

    private static Arbitrary<VlanId> vlan() {
        return Arbitraries.shorts().between((short) 1, (short) 4094).map(VlanId::vlanId);
    }

    private static Arbitrary<MplsLabel> label() {
        return Arbitraries.integers().between(0, 0xfffff).map(MplsLabel::mplsLabel);
    }

    private static Arbitrary<TpPort> port() {
        return Arbitraries.integers().between(0, 65535).map(TpPort::tpPort);
    }

    private static Arbitrary<Ip4Address> address4() {
        return Arbitraries.integers().map(Ip4Address::valueOf);
    }

    private static Arbitrary<Ip6Address> address6() {
        return Arbitraries.bytes().array(byte[].class).ofSize(16).map(Ip6Address::valueOf);
    }

    private static Arbitrary<Ip4Prefix> prefix4() {
        return Combinators.combine(address4(), Arbitraries.integers().between(1, 32)).as(Ip4Prefix::valueOf);
    }

    private static Arbitrary<Ip6Prefix> prefix6() {
        return Combinators.combine(address6(), Arbitraries.integers().between(1, 128)).as(Ip6Prefix::valueOf);
    }

    private static <T> Arbitrary<List<T>> maybe(Arbitrary<? extends T> one) {
        return one.optional(0.5).map(value -> value.<List<T>>map(List::of).orElseGet(List::of));
    }

    private static <T> Arbitrary<List<T>> concat(List<Arbitrary<List<T>>> parts) {
        return Combinators.combine(parts).as(lists -> lists.stream().flatMap(List::stream)
                .collect(Collectors.toList()));
    }
}
