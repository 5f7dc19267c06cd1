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
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.roundtrip.balancer.Affinity;
import org.roundtrip.base.flow.IpCriteria;
import org.roundtrip.base.flow.SwitchRules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules of a virtual server at a switch that acts as its load balancer. The switch has no state of connections: any
 * other access switch has the same rules and takes over.
 */
public final class AccessSwitchRules {

    private final SwitchRules rules;
    private final SwitchExtensions extensions;
    private final GroupId slotGroup;

    /**
     * Creates a compiler for a switch.
     *
     * @param application whose rules they are
     * @param device      the switch
     * @param extensions  what it can do beyond OpenFlow
     * @param slotGroup   its SELECT group whose bucket <i>i</i> makes the tunnel id <i>i</i> and goes on in
     *                    {@link Pipeline#SLOTS}
     */
    public AccessSwitchRules(ApplicationId application, DeviceId device, SwitchExtensions extensions,
                             GroupId slotGroup) {
        this.rules = new SwitchRules(application, device);
        this.extensions = extensions;
        this.slotGroup = slotGroup;
    }

    /**
     * Compiles the rules that give requests a slot. They stay as they are while members come and go.
     *
     * @param plan the virtual server
     * @return one rule for each mask of its ports, and one for requests whose slot is nobody's
     */
    public List<FlowRule> requests(ServerPlan plan) {
        ServerFields fields = ServerFields.of(plan.request());
        List<FlowRule> requests = plan.servedPorts().stream().map(ports -> rule(
                        Pipeline.CLASSIFICATION, Pipeline.SERVICE_PRIORITY,
                        fields.matchDestinationPort(
                                fields.match().add(IpCriteria.destination(plan.request().vip())), ports),
                        toSlot(plan)))
                .collect(Collectors.toList());
        requests.add(rule(Pipeline.SLOTS, Pipeline.DEFAULT_PRIORITY,
                          fields.match().matchEthSrc(SlotMac.ofAnySlot(plan.number())),
                          DefaultTrafficTreatment.builder().drop()));
        return requests;
    }

    private TrafficTreatment.Builder toSlot(ServerPlan plan) {
        TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder()
                .setEthSrc(SlotMac.ofAnySlot(plan.number()));
        return plan.request().affinity() == Affinity.CONNECTION ? treatment.group(slotGroup)
                : treatment.add(extensions.moveClientToTunnelId(plan.request().vip().isIp6()))
                        .transition(Pipeline.SLOTS);
    }

    /**
     * Compiles the rules that send requests to the members of their slots. A change of the table changes only the rules
     * of the slots that move.
     *
     * @param plan the virtual server
     * @return a rule for each slot that somebody has or had who can be reached
     */
    public List<FlowRule> slots(ServerPlan plan) {
        return IntStream.range(0, SlotTable.SLOTS).boxed().flatMap(slot -> slot(plan, slot).stream())
                .collect(Collectors.toUnmodifiableList());
    }

    private Optional<FlowRule> slot(ServerPlan plan, int slot) {
        ServerFields fields = ServerFields.of(plan.request());
        return plan.chain(slot).stream().findFirst().map(place -> rule(
                Pipeline.SLOTS, Pipeline.MATCH_PRIORITY,
                fields.match().matchTunnelId(slot).matchEthSrc(SlotMac.ofAnySlot(plan.number())),
                Redirection.to(place, plan, SlotMac.FIRST_HOP, slot).setTunnelId(Pipeline.ARRIVED)
                        .add(extensions.forgetInPort()).add(extensions.resubmit(Pipeline.CLASSIFICATION))));
    }

    private FlowRule rule(int table, int priority, TrafficSelector.Builder selector,
                          TrafficTreatment.Builder treatment) {
        return rules.rule(table, priority, selector.build(), treatment.build());
    }
}
