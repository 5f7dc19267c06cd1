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
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.base.flow.SwitchRules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of a virtual server at a switch where members are attached. It sees both directions of their connections
 * and tracks them, by the address and port to which the client sends.
 */
public final class MemberSwitchRules {

    private final SwitchRules rules;
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
        this.rules = new SwitchRules(application, device);
        this.device = device;
        this.extensions = extensions;
        this.zone = zone;
    }

    /**
     * Compiles the rules that are the same for all virtual servers: what follows when nothing more is known.
     *
     * @return the rules
     */
    public List<FlowRule> defaults() {
        return List.of(
                rule(Pipeline.CONNECTIONS, Pipeline.DEFAULT_PRIORITY, DefaultTrafficSelector.builder(),
                     DefaultTrafficTreatment.builder().transition(Pipeline.HAND_OVER)),
                rule(Pipeline.HAND_OVER, Pipeline.DEFAULT_PRIORITY, DefaultTrafficSelector.builder(),
                     DefaultTrafficTreatment.builder().transition(Pipeline.NEW_CONNECTIONS)),
                rule(Pipeline.REPLIES, Pipeline.DEFAULT_PRIORITY, DefaultTrafficSelector.builder(),
                     DefaultTrafficTreatment.builder().setTunnelId(Pipeline.APPROVED)
                             .add(extensions.forgetInPort()).add(extensions.resubmit(Pipeline.CLASSIFICATION))));
    }

    /**
     * Compiles the rules of a member that is attached to the switch.
     *
     * @param plan  the virtual server
     * @param place the member
     * @return the rules of its requests and its replies
     */
    public List<FlowRule> member(ServerPlan plan, MemberPlace place) {
        ServerFields fields = ServerFields.of(plan.request());
        List<FlowRule> rules = new ArrayList<>();
        for (PortMask ports : plan.listeningPorts(place)) {
            rules.add(request(plan, place, fields, ports));
            rules.add(reply(plan, place, fields, ports));
        }
        TrafficSelector.Builder known = fields.match();
        known.add(extensions.matchMark(plan.mark(place)));
        rules.add(rule(Pipeline.CONNECTIONS, Pipeline.MATCH_PRIORITY, known,
                       delivery(plan, place, fields, DefaultTrafficTreatment.builder())));
        rules.add(rule(Pipeline.NEW_CONNECTIONS, Pipeline.MATCH_PRIORITY,
                       fields.match().matchEthSrcMasked(SlotMac.ofAnySlot(plan.number()), SlotMac.anySlotMask())
                               .matchEthDst(place.mac()),
                       delivery(plan, place, fields, DefaultTrafficTreatment.builder()
                               .add(extensions.commit(zone, plan.mark(place))))));
        return rules;
    }

    private FlowRule request(ServerPlan plan, MemberPlace place, ServerFields fields, PortMask ports) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        fields.setDestination(treatment, plan.request().vip());
        plan.translatedPort(place).ifPresent(port -> fields.setDestinationPort(treatment, port));
        TrafficSelector.Builder selector = fields.match()
                .matchEthSrcMasked(SlotMac.ofAnySlot(plan.number()), SlotMac.anySlotMask())
                .add(IpCriteria.destination(place.member().address()));
        return rule(Pipeline.CLASSIFICATION, Pipeline.SERVICE_PRIORITY, fields.matchDestinationPort(selector, ports),
                    treatment.add(extensions.track(zone, Pipeline.CONNECTIONS)));
    }

    private FlowRule reply(ServerPlan plan, MemberPlace place, ServerFields fields, PortMask ports) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
        plan.translatedPort(place).ifPresent(port -> fields.setSourcePort(treatment, port));
        TrafficSelector.Builder selector = fields.match().matchInPort(place.port().port())
                .matchEthSrc(place.mac()).matchTunnelId(Pipeline.ARRIVED)
                .add(IpCriteria.source(plan.request().vip()));
        return rule(Pipeline.CLASSIFICATION, Pipeline.SERVICE_PRIORITY, fields.matchSourcePort(selector, ports),
                    treatment.add(extensions.track(zone, Pipeline.REPLIES)));
    }

    /** A request may be for another member of the same switch than the one that knows its connection. */
    private TrafficTreatment.Builder delivery(ServerPlan plan, MemberPlace place, ServerFields fields,
                                              TrafficTreatment.Builder treatment) {
        treatment.setEthDst(place.mac());
        plan.translatedPort(place).ifPresent(port -> fields.setDestinationPort(treatment, place.member().port()));
        return treatment.add(extensions.forgetInPort()).setOutput(place.port().port());
    }

    /**
     * Compiles the rules that hand requests of unknown connections on to former members.
     *
     * @param plan the virtual server
     * @return a rule for each slot and member at this switch behind which there is another one
     */
    public List<FlowRule> handOver(ServerPlan plan) {
        return IntStream.range(0, SlotTable.SLOTS).boxed().flatMap(slot -> handOver(plan, slot))
                .collect(Collectors.toUnmodifiableList());
    }

    private Stream<FlowRule> handOver(ServerPlan plan, int slot) {
        List<MemberPlace> chain = plan.chain(slot);
        boolean isTaken = plan.owner(slot).isPresent();
        if (isTaken && chain.size() == 1) {
            return Stream.empty();
        }
        return IntStream.range(0, chain.size()).filter(hop -> chain.get(hop).port().deviceId().equals(device))
                .mapToObj(hop -> handOver(plan, slot, hop, next(chain, hop, isTaken)));
    }

    private static Optional<MemberPlace> next(List<MemberPlace> chain, int hop, boolean isTaken) {
        return hop + 1 < chain.size() ? Optional.of(chain.get(hop + 1))
                : isTaken ? Optional.of(chain.get(0)) : Optional.empty();
    }

    /** What nobody knows is for the member that has the slot now, or, if nobody has it, for nobody. */
    private FlowRule handOver(ServerPlan plan, int slot, int hop, Optional<MemberPlace> next) {
        ServerFields fields = ServerFields.of(plan.request());
        TrafficSelector.Builder selector = fields.match().matchEthSrc(SlotMac.of(plan.number(), hop, slot));
        return rule(Pipeline.HAND_OVER, Pipeline.MATCH_PRIORITY, selector, next.map(place -> {
            int nextHop = place.equals(plan.chain(slot).get(0)) ? SlotMac.LAST_HOP : hop + 1;
            return Redirection.to(place, plan, nextHop, slot)
                    .add(extensions.forgetInPort()).add(extensions.resubmit(Pipeline.CLASSIFICATION));
        }).orElseGet(() -> DefaultTrafficTreatment.builder().drop()));
    }

    private FlowRule rule(int table, int priority, TrafficSelector.Builder selector,
                          TrafficTreatment.Builder treatment) {
        return rules.rule(table, priority, selector.build(), treatment.build());
    }
}
