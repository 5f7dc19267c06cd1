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
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.base.flow.IcmpFields;
import org.roundtrip.base.flow.IpCriteria;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules that every switch has for a virtual IP address: who may say that it has it, who may send from it, and where
 * the nearest access switch is.
 */
final class VipSwitchRules {

    private static final int MAC_BITS = 48;
    private static final int IPV4_BITS = 32;

    private final PurposedRules rules;
    private final DeviceId device;
    private final SwitchExtensions extensions;

    VipSwitchRules(ApplicationId application, DeviceId device, SwitchExtensions extensions) {
        this.rules = new PurposedRules(application, device);
        this.device = device;
        this.extensions = extensions;
    }

    /** Compiles the rules by which neighbours learn the address of the load balancer, and no other one. */
    RuleRecipe neighbours(IpAddress vip) {
        return recipe(vip).add(RulePurpose.QUESTION, () -> vip.isIp4() ? arp(vip.getIp4Address())
                : neighborDiscovery(vip.getIp6Address()));
    }

    private RuleRecipe recipe(IpAddress vip) {
        return new RuleRecipe(List.of(device, extensions, vip));
    }

    private List<FlowRule> arp(Ip4Address vip) {
        return List.of(
                rules.rule(RulePurpose.ANNOUNCEMENT, arp().matchArpSpa(vip).matchArpTpa(vip), drop()),
                rules.rule(RulePurpose.CLAIM, arp().matchArpSpa(vip), drop()),
                rules.rule(RulePurpose.QUESTION, arp().matchArpOp(ARP.OP_REQUEST).matchArpTpa(vip), arpReply(vip)));
    }

    /** The controller gets a copy, from which it learns where the client is: who asks for nobody else is not known. */
    private TrafficTreatment.Builder arpReply(Ip4Address vip) {
        MacAddress mac = VipMac.of(vip);
        return DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER)
                .add(extensions.move(PacketField.ETH_SRC, PacketField.ETH_DST, MAC_BITS)).setEthSrc(mac)
                .setArpOp(ARP.OP_REPLY)
                .add(extensions.move(PacketField.ARP_SHA, PacketField.ARP_THA, MAC_BITS)).setArpSha(mac)
                .add(extensions.move(PacketField.ARP_SPA, PacketField.ARP_TPA, IPV4_BITS)).setArpSpa(vip)
                .setOutput(PortNumber.IN_PORT);
    }

    /** Open vSwitch can't make an advertisement of a solicitation as ONOS knows it, so the controller answers. */
    private List<FlowRule> neighborDiscovery(Ip6Address vip) {
        return List.of(
                rules.rule(RulePurpose.CLAIM, IcmpFields.IPV6.match(IcmpFields.NEIGHBOR_ADVERTISEMENT)
                        .matchIPv6NDTargetAddress(vip), drop()),
                rules.rule(RulePurpose.QUESTION, IcmpFields.IPV6.match(IcmpFields.NEIGHBOR_SOLICITATION)
                        .matchIPv6NDTargetAddress(vip),
                           DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER)));
    }

    /** Compiles the rules that let packets from the VIP pass only if a rule in {@link Pipeline#SOURCES} approves. */
    RuleRecipe sources(IpAddress vip) {
        return recipe(vip).add(RulePurpose.SOURCE, () -> List.of(
                rules.rule(RulePurpose.SOURCE, from(vip).matchTunnelId(Pipeline.ARRIVED),
                           DefaultTrafficTreatment.builder().transition(Pipeline.SOURCES)),
                rules.rule(RulePurpose.SPOOFED_SOURCE, from(vip), drop())));
    }

    /** Compiles the rules that approve what other switches or the controller let pass, whatever VIP it comes from. */
    List<FlowRule> links(Collection<PortNumber> ports) {
        return Stream.concat(ports.stream(), Stream.of(PortNumber.CONTROLLER)).map(port -> rules.rule(
                RulePurpose.LINK_SOURCE, DefaultTrafficSelector.builder().matchInPort(port),
                DefaultTrafficTreatment.builder().setTunnelId(Pipeline.APPROVED)
                        .add(extensions.resubmit(Pipeline.CLASSIFICATION)))).collect(Collectors.toUnmodifiableList());
    }

    /** Compiles the rule that leads to the nearest access switch, if there is a way. */
    RuleRecipe anycast(IpAddress vip, Optional<PortNumber> port) {
        TrafficSelector.Builder toVip = DefaultTrafficSelector.builder().matchEthDst(VipMac.of(vip));
        return recipe(vip).add(port, () -> List.of(
                port.map(next -> rules.rule(
                        RulePurpose.ANYCAST, toVip, DefaultTrafficTreatment.builder().setOutput(next)))
                        .orElseGet(() -> rules.rule(RulePurpose.NO_ACCESS, toVip, drop()))));
    }

    private static TrafficSelector.Builder arp() {
        return DefaultTrafficSelector.builder().matchEthType(EthType.EtherType.ARP.ethType().toShort());
    }

    private static TrafficSelector.Builder from(IpAddress vip) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(vip.version())).add(IpCriteria.source(vip));
    }

    private static TrafficTreatment.Builder drop() {
        return DefaultTrafficTreatment.builder().drop();
    }
}
