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

import org.onlab.packet.ARP;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpAddress.Version;
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
import org.roundtrip.base.flow.IpInstructions;
import org.roundtrip.base.flow.SwitchRules;

import java.util.List;

/**
 * The rules of detection in a switch where an agent is attached.
 */
final class AgentSwitchRules {

    private static final Ip4Address SOURCE_IPV4 = ProbeAddresses.source(Version.INET).getIp4Address();
    private static final Ip6Address SOURCE_IPV6 = ProbeAddresses.source(Version.INET6).getIp6Address();

    private final SwitchRules rules;
    private final PortNumber agent;

    AgentSwitchRules(ApplicationId application, DeviceId device, PortNumber agent) {
        this.rules = new SwitchRules(application, device);
        this.agent = agent;
    }

    /** Compiles the rules that drop, and so count, what is no probe and no answer. */
    List<FlowRule> guards() {
        return List.of(
                drop(RulePurpose.FOREIGN_PROBE, DefaultTrafficSelector.builder().matchInPort(agent)),
                drop(RulePurpose.RESERVED, ip(SOURCE_IPV4).add(IpCriteria.source(SOURCE_IPV4))),
                drop(RulePurpose.RESERVED, ip(SOURCE_IPV4).add(IpCriteria.destination(SOURCE_IPV4))),
                drop(RulePurpose.RESERVED, arp().matchArpSpa(SOURCE_IPV4)),
                drop(RulePurpose.RESERVED, arp().matchArpTpa(SOURCE_IPV4)),
                drop(RulePurpose.RESERVED, ip(SOURCE_IPV6).add(IpCriteria.source(SOURCE_IPV6))),
                drop(RulePurpose.RESERVED, ip(SOURCE_IPV6).add(IpCriteria.destination(SOURCE_IPV6))),
                drop(RulePurpose.RESERVED, discovery(IcmpFields.NEIGHBOR_SOLICITATION)),
                drop(RulePurpose.RESERVED, discovery(IcmpFields.NEIGHBOR_ADVERTISEMENT)));
    }

    /**
     * Compiles the rules that let a member learn to which MAC address it answers, if it has to: it needs none of IPv4
     * where it answers by way of a router.
     */
    List<FlowRule> neighbours(PortNumber port, MacAddress mac, Version version) {
        TrafficSelector.Builder question = version == Version.INET
                ? arp().matchArpOp(ARP.OP_REQUEST).matchArpTpa(SOURCE_IPV4)
                : discovery(IcmpFields.NEIGHBOR_SOLICITATION);
        TrafficSelector.Builder answer = version == Version.INET
                ? arp().matchArpOp(ARP.OP_REPLY).matchArpSpa(SOURCE_IPV4)
                : discovery(IcmpFields.NEIGHBOR_ADVERTISEMENT);
        return List.of(
                rule(RulePurpose.NEIGHBOUR_QUESTION, question.matchInPort(port).matchEthSrc(mac),
                     DefaultTrafficTreatment.builder().setOutput(agent)),
                rule(RulePurpose.NEIGHBOUR_ANSWER, answer.matchInPort(agent).matchEthDst(mac),
                     DefaultTrafficTreatment.builder().setOutput(port)));
    }

    /** Compiles the rule that sends probes to the member. */
    FlowRule probe(ProbePath path) {
        Version version = path.address().version();
        return rule(RulePurpose.PROBE,
                    path.transport().matchProbe(version, path.port()).matchInPort(agent)
                            .add(IpCriteria.source(ProbeAddresses.source(version)))
                            .add(IpCriteria.destination(path.target())),
                    DefaultTrafficTreatment.builder().add(IpInstructions.setDestination(path.address()))
                            .setEthDst(path.mac()).setOutput(path.attachment().port()));
    }

    /** Compiles the rule that sends answers to the agent. */
    FlowRule answer(ProbePath path) {
        return fromMember(RulePurpose.ANSWER, path,
                          path.transport().matchAnswer(path.address().version(), path.port()));
    }

    /** Compiles the rule that sends ICMP errors to the agent, whose target says from which member they are. */
    FlowRule refusal(ProbePath path) {
        return fromMember(RulePurpose.REFUSAL, path, IcmpFields.of(path.address().version()).matchUnreachable());
    }

    /** A member may answer to the MAC address of its router, and from its own, whatever it was asked by. */
    private FlowRule fromMember(RulePurpose purpose, ProbePath path, TrafficSelector.Builder selector) {
        IpAddress source = ProbeAddresses.source(path.address().version());
        return rule(purpose,
                    selector.matchInPort(path.attachment().port()).matchEthSrc(path.mac())
                            .add(IpCriteria.source(path.address())).add(IpCriteria.destination(source)),
                    DefaultTrafficTreatment.builder().add(IpInstructions.setSource(path.target()))
                            .setEthDst(ProbeAddresses.AGENT_MAC).setOutput(agent));
    }

    private FlowRule drop(RulePurpose purpose, TrafficSelector.Builder selector) {
        return rule(purpose, selector, DefaultTrafficTreatment.builder().drop());
    }

    private FlowRule rule(RulePurpose purpose, TrafficSelector.Builder selector, TrafficTreatment.Builder treatment) {
        return rules.rule(RulePurpose.TABLE, purpose.priority(), selector.build(), treatment.build());
    }

    private static TrafficSelector.Builder ip(IpAddress address) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(address.version()));
    }

    private static TrafficSelector.Builder arp() {
        return DefaultTrafficSelector.builder().matchEthType(EthType.EtherType.ARP.ethType().toShort());
    }

    private static TrafficSelector.Builder discovery(int type) {
        return IcmpFields.IPV6.match(type).matchIPv6NDTargetAddress(SOURCE_IPV6);
    }
}
