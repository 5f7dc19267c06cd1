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

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.base.flow.IcmpFields;
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.base.flow.IpInstructions;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of a virtual server at a switch that acts as its load balancer. The switch has no state of connections: any
 * other access switch has the same rules and takes over.
 */
public final class AccessSwitchRules {

    /** What stands for the protocol in later fragments of IPv6 (RFC 8200, section 4.5), whose ports nobody knows. */
    private static final byte FRAGMENT_HEADER = 44;

    private final PurposedRules rules;
    private final DeviceId device;
    private final SwitchExtensions extensions;

    /**
     * Creates a compiler for a switch.
     *
     * @param application whose rules they are
     * @param device      the switch
     * @param extensions  what it can do beyond OpenFlow
     */
    public AccessSwitchRules(ApplicationId application, DeviceId device, SwitchExtensions extensions) {
        this.rules = new PurposedRules(application, device);
        this.device = device;
        this.extensions = extensions;
    }

    /**
     * Compiles the rules that all virtual servers share: those that find slots.
     *
     * @return the rules
     */
    public List<FlowRule> defaults() {
        return SlotChoice.halves(rules);
    }

    /**
     * Compiles the rules that give requests a slot. They stay as they are while members come and go.
     *
     * @param plan the virtual server
     * @return one rule for each mask of its ports, and one for requests whose slot is nobody's
     */
    RuleRecipe requests(ServerPlan plan) {
        return recipe(plan).add(RulePurpose.REQUEST, () -> toSlots(plan));
    }

    private RuleRecipe recipe(ServerPlan plan) {
        return new RuleRecipe(List.of(device, extensions, plan.number(), plan.service()));
    }

    private List<FlowRule> toSlots(ServerPlan plan) {
        ServerFields fields = ServerFields.of(plan.request());
        List<FlowRule> requests = plan.servedPorts().stream().map(ports -> rules.rule(
                        RulePurpose.REQUEST,
                        fields.matchDestinationPort(
                                fields.match().add(IpCriteria.destination(plan.request().vip())), ports),
                        SlotChoice.treatment(plan, extensions)))
                .collect(Collectors.toList());
        requests.add(rules.rule(RulePurpose.NO_MEMBER,
                                fields.match().matchEthSrc(SlotMac.ofAnySlot(plan.number())), drop()));
        return requests;
    }

    /**
     * Compiles the rules that send requests to the members of their slots. A change of the table changes only the rules
     * of the slots that move.
     *
     * @param plan the virtual server
     * @return a rule for each slot that somebody has or had who can be reached
     */
    RuleRecipe slots(ServerPlan plan) {
        RuleRecipe slots = recipe(plan);
        IntStream.range(0, SlotTable.SLOTS).forEach(slot -> plan.chain(slot).stream().findFirst().ifPresent(
                place -> slots.add(List.of(slot, place), () -> List.of(slot(plan, slot, place)))));
        return slots;
    }

    private FlowRule slot(ServerPlan plan, int slot, MemberPlace place) {
        ServerFields fields = ServerFields.of(plan.request());
        return rules.rule(
                RulePurpose.SLOT, fields.match().matchTunnelId(SlotChoice.tunnelId(slot))
                        .matchEthSrc(SlotMac.ofAnySlot(plan.number())),
                approved(Redirection.to(place, plan, SlotMac.FIRST_HOP, slot)));
    }

    /**
     * Compiles the rules for what else is sent to a virtual IP address.
     *
     * @param plan the virtual IP address
     * @return the rules
     */
    RuleRecipe others(VipPlan plan) {
        Collection<MemberPlace> reporters = plan.onePlaceOfEachSwitch();
        Set<TransportProtocol> protocols = plan.servers().stream().map(server -> server.request().protocol())
                .collect(Collectors.toCollection(TreeSet::new));
        return new RuleRecipe(List.of(device, extensions, plan.vip()))
                .add(List.of(RulePurpose.ECHO, plan.firstThatServes()), () -> List.of(echo(plan)))
                .add(List.of(RulePurpose.ERROR, List.copyOf(reporters)), () -> errors(plan, reporters))
                .add(List.of(RulePurpose.LATER_FRAGMENT, protocols), () -> laterFragments(plan, protocols))
                .add(RulePurpose.NOT_SERVED, () -> List.of(
                        rules.rule(RulePurpose.NOT_SERVED, matchVip(plan), drop())));
    }

    private FlowRule echo(VipPlan plan) {
        TrafficSelector.Builder request = IcmpFields.of(plan.vip().version()).matchEchoRequest()
                .add(IpCriteria.destination(plan.vip()));
        return plan.firstThatServes().map(place -> rules.rule(
                RulePurpose.ECHO, request, toMember(DefaultTrafficTreatment.builder(), plan, place)))
                .orElseGet(() -> rules.rule(RulePurpose.ECHO_TO_NOBODY, request, drop()));
    }

    private List<FlowRule> errors(VipPlan plan, Collection<MemberPlace> reporters) {
        return reporters.isEmpty() ? List.of() : IcmpFields.of(plan.vip().version()).matchErrors()
                .map(error -> rules.rule(RulePurpose.ERROR, error.add(IpCriteria.destination(plan.vip())),
                                         toEach(plan, reporters)))
                .collect(Collectors.toUnmodifiableList());
    }

    /** Only the switch that tracks the connection can tell whose it is, and an error does not say its slot. */
    private TrafficTreatment.Builder toEach(VipPlan plan, Collection<MemberPlace> places) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        places.forEach(place -> toMember(treatment, plan, place));
        return treatment;
    }

    private TrafficTreatment.Builder toMember(TrafficTreatment.Builder treatment, VipPlan plan, MemberPlace place) {
        return approved(treatment.setEthSrc(VipMac.of(plan.vip())).setEthDst(place.mac())
                                .add(IpInstructions.setDestination(place.member().address())));
    }

    /** In the mode that OpenFlow asks for, Open vSwitch shows the ports of fragments, even of the first one, as 0. */
    private List<FlowRule> laterFragments(VipPlan plan, Set<TransportProtocol> protocols) {
        Stream<TrafficSelector.Builder> fragments = plan.vip().isIp6()
                ? Stream.of(matchVip(plan).matchIPProtocol(FRAGMENT_HEADER))
                : protocols.stream().map(protocol -> ServerFields.of(plan.vip().version(), protocol))
                        .map(fields -> fields.matchDestinationPort(
                                fields.match().add(IpCriteria.destination(plan.vip())), PortMask.NONE));
        return fragments.map(fragment -> rules.rule(RulePurpose.LATER_FRAGMENT, fragment, drop()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static TrafficSelector.Builder matchVip(VipPlan plan) {
        return DefaultTrafficSelector.builder().add(IpCriteria.version(plan.vip().version()))
                .add(IpCriteria.destination(plan.vip()));
    }

    /** Who sent a request has been asked before, and it may leave where it came in. */
    private TrafficTreatment.Builder approved(TrafficTreatment.Builder treatment) {
        return treatment.setTunnelId(Pipeline.APPROVED).add(extensions.forgetInPort())
                .add(extensions.resubmit(Pipeline.CLASSIFICATION));
    }

    private static TrafficTreatment.Builder drop() {
        return DefaultTrafficTreatment.builder().drop();
    }
}
