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
import org.roundtrip.base.flow.IpInstructions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of a virtual server at a switch where members are attached. It sees both directions of their connections
 * and tracks them, by the address and port to which the client sends.
 */
public final class MemberSwitchRules {

    private static final int MARK_BITS = 32;

    private final PurposedRules rules;
    private final DeviceId device;
    private final SwitchExtensions extensions;
    private final int zone;

    /**
     * Creates a compiler for a switch.
     *
     * @param application whose rules they are
     * @param device      the switch
     * @param extensions  what it can do beyond OpenFlow
     * @param zone        where it tracks connections, 1 to 65535; switches that share a tracker need a zone each
     */
    public MemberSwitchRules(ApplicationId application, DeviceId device, SwitchExtensions extensions, int zone) {
        this.rules = new PurposedRules(application, device);
        this.device = device;
        this.extensions = extensions;
        this.zone = zone;
    }

    /**
     * Compiles the rules that are the same for all virtual servers: what follows when nothing more is known, and that a
     * packet from the controller which has been looked up goes back with the mark of its connection in its destination
     * address, see {@link MarkMac}.
     *
     * @return the rules
     */
    public List<FlowRule> defaults() {
        return List.of(
                rules.rule(RulePurpose.UNKNOWN, DefaultTrafficSelector.builder(),
                           DefaultTrafficTreatment.builder().transition(Pipeline.HAND_OVER)),
                rules.rule(RulePurpose.NOBODY_KNOWS, DefaultTrafficSelector.builder(),
                           DefaultTrafficTreatment.builder().transition(Pipeline.NEW_CONNECTIONS)),
                rules.rule(RulePurpose.PIN_PROBE,
                           DefaultTrafficSelector.builder().matchInPort(PortNumber.CONTROLLER),
                           DefaultTrafficTreatment.builder().setEthDst(MarkMac.UNKNOWN)
                                   .add(extensions.move(PacketField.CT_MARK, PacketField.ETH_DST, MARK_BITS))
                                   .setOutput(PortNumber.CONTROLLER)));
    }

    /**
     * Compiles the rules of the members that are attached to the switch.
     *
     * @param plan the virtual server
     * @return the rules of their requests and their replies
     */
    RuleRecipe members(ServerPlan plan) {
        RuleRecipe members = recipe(plan);
        plan.places().values().stream().filter(place -> place.port().deviceId().equals(device))
                .sorted(Comparator.comparing(MemberPlace::member))
                .forEach(place -> members.add(place, () -> member(plan, place)));
        return members;
    }

    private RuleRecipe recipe(ServerPlan plan) {
        return new RuleRecipe(List.of(device, extensions, zone, plan.number(), plan.service()));
    }

    private List<FlowRule> member(ServerPlan plan, MemberPlace place) {
        ServerFields fields = ServerFields.of(plan.request());
        List<FlowRule> member = new ArrayList<>();
        for (PortMask ports : plan.listeningPorts(place)) {
            member.add(request(plan, place, fields, ports));
            member.add(reply(plan, place, fields, ports));
        }
        member.add(rules.rule(RulePurpose.KNOWN, fields.match().add(extensions.matchMark(plan.mark(place))),
                              delivery(plan, place, fields, DefaultTrafficTreatment.builder())));
        member.add(rules.rule(RulePurpose.NEW,
                              fields.match().matchEthSrcMasked(SlotMac.ofAnySlot(plan.number()), SlotMac.anySlotMask())
                                      .matchTunnelId(place.number()),
                              delivery(plan, place, fields, DefaultTrafficTreatment.builder()
                                      .add(extensions.commit(zone, plan.mark(place))))));
        member.add(error(plan, place));
        return member;
    }

    /** An error quotes the reply as the client got it, and is about the connection that the switch looks up for it. */
    private FlowRule error(ServerPlan plan, MemberPlace place) {
        TrafficSelector.Builder selector = IcmpFields.of(plan.request().vip().version()).match()
                .add(extensions.matchMark(plan.mark(place)));
        return plan.translatedPort(place).isEmpty()
                ? rules.rule(RulePurpose.KNOWN_ERROR, selector, deliver(DefaultTrafficTreatment.builder(), place))
                : rules.rule(RulePurpose.TRANSLATED_ERROR, selector, DefaultTrafficTreatment.builder()
                        .setEthDst(MarkMac.of(plan.mark(place))).setOutput(PortNumber.CONTROLLER));
    }

    private FlowRule request(ServerPlan plan, MemberPlace place, ServerFields fields, PortMask ports) {
        // Members may share an interface: once the port is restored, only this says whose the request is.
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder().setTunnelId(place.number());
        treatment.add(IpInstructions.setDestination(plan.request().vip()));
        plan.translatedPort(place).ifPresent(port -> fields.setDestinationPort(treatment, port));
        TrafficSelector.Builder selector = fields.match()
                .matchEthSrcMasked(SlotMac.ofAnySlot(plan.number()), SlotMac.anySlotMask())
                .add(IpCriteria.destination(place.member().address()));
        return rules.rule(RulePurpose.RESTORATION, fields.matchDestinationPort(selector, ports),
                          treatment.add(extensions.track(zone, Pipeline.CONNECTIONS)));
    }

    /** Nothing depends on what is known of the connection: it only has to stay known. */
    private FlowRule reply(ServerPlan plan, MemberPlace place, ServerFields fields, PortMask ports) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        plan.translatedPort(place).ifPresent(port -> fields.setSourcePort(treatment, port));
        TrafficSelector.Builder selector = fields.match().matchInPort(place.port().port())
                .matchEthSrc(place.mac()).matchTunnelId(Pipeline.ARRIVED)
                .add(IpCriteria.source(plan.request().vip()));
        return rules.rule(RulePurpose.REPLY, fields.matchSourcePort(selector, ports),
                          approved(treatment.add(extensions.track(zone))));
    }

    /** A request may be for another member of the same switch than the one that knows its connection. */
    private TrafficTreatment.Builder delivery(ServerPlan plan, MemberPlace place, ServerFields fields,
                                              TrafficTreatment.Builder treatment) {
        plan.translatedPort(place).ifPresent(port -> fields.setDestinationPort(treatment, place.member().port()));
        return deliver(treatment, place);
    }

    private TrafficTreatment.Builder deliver(TrafficTreatment.Builder treatment, MemberPlace place) {
        return treatment.setEthDst(place.mac()).add(extensions.forgetInPort()).setOutput(place.port().port());
    }

    private TrafficTreatment.Builder approved(TrafficTreatment.Builder treatment) {
        return treatment.setTunnelId(Pipeline.APPROVED).add(extensions.forgetInPort())
                .add(extensions.resubmit(Pipeline.CLASSIFICATION));
    }

    /**
     * Compiles the rules that hand requests of unknown connections on to former members.
     *
     * @param plan the virtual server
     * @return a rule for each slot and member at this switch behind which there is another one
     */
    RuleRecipe handOver(ServerPlan plan) {
        RuleRecipe handOver = recipe(plan);
        IntStream.range(0, SlotTable.SLOTS).forEach(slot -> {
            List<MemberPlace> chain = plan.chain(slot);
            boolean isTaken = plan.owner(slot).isPresent();
            if (!isTaken || chain.size() > 1) {
                handOver.add(List.of(slot, isTaken, chain), () -> handOver(plan, slot, chain, isTaken));
            }
        });
        return handOver;
    }

    private List<FlowRule> handOver(ServerPlan plan, int slot, List<MemberPlace> chain, boolean isTaken) {
        return IntStream.range(0, chain.size()).filter(hop -> chain.get(hop).port().deviceId().equals(device))
                .mapToObj(hop -> handOver(plan, slot, hop, next(chain, hop, isTaken)))
                .collect(Collectors.toUnmodifiableList());
    }

    private static Optional<MemberPlace> next(List<MemberPlace> chain, int hop, boolean isTaken) {
        return hop + 1 < chain.size() ? Optional.of(chain.get(hop + 1))
                : isTaken ? Optional.of(chain.get(0)) : Optional.empty();
    }

    /** What nobody knows is for the member that has the slot now, or, if nobody has it, for nobody. */
    private FlowRule handOver(ServerPlan plan, int slot, int hop, Optional<MemberPlace> next) {
        ServerFields fields = ServerFields.of(plan.request());
        TrafficSelector.Builder selector = fields.match().matchEthSrc(SlotMac.of(plan.number(), hop, slot));
        return next.map(place -> {
            int nextHop = place.equals(plan.chain(slot).get(0)) ? SlotMac.LAST_HOP : hop + 1;
            return rules.rule(RulePurpose.HAND_OVER, selector,
                              approved(Redirection.to(place, plan, nextHop, slot)));
        }).orElseGet(() -> rules.rule(RulePurpose.NO_SUCCESSOR, selector, DefaultTrafficTreatment.builder().drop()));
    }

    /**
     * Compiles the rules of the members of a virtual IP address that are attached to the switch, beyond those of its
     * virtual servers: what else they may send from it, and what else is sent to it.
     *
     * @param plan the virtual IP address
     * @return the rules
     */
    RuleRecipe others(VipPlan plan) {
        RuleRecipe others = new RuleRecipe(List.of(device, extensions, zone, plan.vip()));
        Set<MacAddress> interfaces = new HashSet<>();
        for (MemberPlace place : plan.placesAt(device)) {
            others.add(place, () -> List.of(restoredEcho(plan, place), restoredError(plan, place)));
            // A virtual network interface may have several addresses.
            if (interfaces.add(place.mac())) {
                boolean isTranslated = plan.isTranslated(place);
                others.add(List.of(place.mac(), place, isTranslated), () -> sources(plan, place, isTranslated));
            }
        }
        return others;
    }

    private List<FlowRule> sources(VipPlan plan, MemberPlace place, boolean isTranslated) {
        List<FlowRule> sources = new ArrayList<>();
        sources.add(question(plan, place));
        sources.add(rules.rule(RulePurpose.MEMBER_SOURCE, from(place, source(plan)),
                               approved(DefaultTrafficTreatment.builder().add(extensions.track(zone)))));
        if (isTranslated) {
            errors(plan, place).forEach(sources::add);
        }
        return sources;
    }

    private FlowRule restoredEcho(VipPlan plan, MemberPlace place) {
        return rules.rule(RulePurpose.ECHO_RESTORATION, toMember(plan, place, icmp(plan).matchEchoRequest()),
                          deliver(DefaultTrafficTreatment.builder().add(IpInstructions.setDestination(plan.vip())),
                                  place));
    }

    private FlowRule restoredError(VipPlan plan, MemberPlace place) {
        return rules.rule(RulePurpose.ERROR_RESTORATION, toMember(plan, place, icmp(plan).match()),
                          DefaultTrafficTreatment.builder().add(IpInstructions.setDestination(plan.vip()))
                                  .add(extensions.track(zone, Pipeline.CONNECTIONS)));
    }

    private static TrafficSelector.Builder toMember(VipPlan plan, MemberPlace place,
                                                    TrafficSelector.Builder selector) {
        return selector.matchEthSrc(VipMac.of(plan.vip())).add(IpCriteria.destination(place.member().address()));
    }

    /** Neighbours would take the member for the owner of the VIP. */
    private FlowRule question(VipPlan plan, MemberPlace place) {
        IpAddress member = place.member().address();
        return plan.vip().isIp4()
                ? rules.rule(RulePurpose.MEMBER_QUESTION,
                             from(place, DefaultTrafficSelector.builder()
                                     .matchEthType(EthType.EtherType.ARP.ethType().toShort())
                                     .matchArpOp(ARP.OP_REQUEST).matchArpSpa(plan.vip().getIp4Address())),
                             DefaultTrafficTreatment.builder().setArpSpa(member)
                                     .add(extensions.resubmit(Pipeline.CLASSIFICATION)))
                : rules.rule(RulePurpose.MEMBER_QUESTION,
                             from(place, IcmpFields.IPV6.match(IcmpFields.NEIGHBOR_SOLICITATION)
                                     .add(IpCriteria.source(plan.vip()))),
                             DefaultTrafficTreatment.builder().add(IpInstructions.setSource(member))
                                     .add(extensions.resubmit(Pipeline.CLASSIFICATION)));
    }

    private Stream<FlowRule> errors(VipPlan plan, MemberPlace place) {
        return icmp(plan).matchErrors().map(error -> rules.rule(
                RulePurpose.MEMBER_ERROR, from(place, error.add(IpCriteria.source(plan.vip()))),
                DefaultTrafficTreatment.builder().setOutput(PortNumber.CONTROLLER)));
    }

    private static TrafficSelector.Builder from(MemberPlace place, TrafficSelector.Builder selector) {
        return selector.matchInPort(place.port().port()).matchEthSrc(place.mac());
    }

    private static TrafficSelector.Builder source(VipPlan plan) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(plan.vip().version()))
                .add(IpCriteria.source(plan.vip()));
    }

    private static IcmpFields icmp(VipPlan plan) {
        return IcmpFields.of(plan.vip().version());
    }
}
