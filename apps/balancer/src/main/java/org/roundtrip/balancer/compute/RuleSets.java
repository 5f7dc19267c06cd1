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
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All rules of virtual servers, in sets that are published each under a key of its own. A key stays the same while its
 * set changes, so that a change touches only the rules that differ.
 */
public final class RuleSets {

    private final ApplicationId application;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public RuleSets(ApplicationId application) {
        this.application = application;
    }

    /**
     * Compiles the rules that all virtual servers share.
     *
     * @param network the network
     * @param vips    all virtual IP addresses
     * @return the sets by their keys, {@code switch/DEVICE}
     */
    public Map<String, List<FlowRule>> ofSwitches(NetworkView network, Collection<VipPlan> vips) {
        Map<String, List<FlowRule>> sets = new TreeMap<>();
        memberSwitches(vips.stream().flatMap(vip -> vip.servers().stream())).forEach(device -> {
            SwitchFacilities facilities = network.switches().get(device);
            if (facilities != null) {
                sets.put("switch/" + device, atMembers(device, facilities).defaults());
            }
        });
        return sets;
    }

    /**
     * Compiles the rules of a virtual server.
     *
     * @param network the network
     * @param plan    the virtual server
     * @return the sets by their keys, {@code server/NAME/KIND/DEVICE}
     */
    public Map<String, List<FlowRule>> ofServer(NetworkView network, ServerPlan plan) {
        String prefix = "server/" + plan.request().name();
        Map<String, List<FlowRule>> sets = new TreeMap<>();
        plan.request().accessSwitches().forEach(device -> {
            SwitchFacilities facilities = network.switches().get(device);
            if (facilities != null && facilities.slotGroups().isPresent()) {
                GroupId group = facilities.slotGroups().get().connection();
                AccessSwitchRules rules = new AccessSwitchRules(application, device, facilities.extensions(), group);
                sets.put(prefix + "/requests/" + device, rules.requests(plan));
                sets.put(prefix + "/slots/" + device, rules.slots(plan));
            }
        });
        memberSwitches(Stream.of(plan)).forEach(device -> {
            SwitchFacilities facilities = network.switches().get(device);
            if (facilities != null) {
                MemberSwitchRules rules = atMembers(device, facilities);
                List<FlowRule> members = new ArrayList<>();
                plan.places().values().stream().filter(place -> place.port().deviceId().equals(device))
                        .forEach(place -> members.addAll(rules.member(plan, place)));
                sets.put(prefix + "/members/" + device, members);
                sets.put(prefix + "/hand-over/" + device, rules.handOver(plan));
            }
        });
        return sets;
    }

    private MemberSwitchRules atMembers(DeviceId device, SwitchFacilities facilities) {
        return new MemberSwitchRules(application, device, facilities.extensions(), facilities.zone());
    }

    private static Set<DeviceId> memberSwitches(Stream<ServerPlan> plans) {
        return plans.flatMap(plan -> plan.places().values().stream()).map(place -> place.port().deviceId())
                .collect(Collectors.toSet());
    }
}
