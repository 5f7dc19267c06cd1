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
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles the rules of virtual servers so that packets can be traced through them.
 */
public final class TracedRules {

    private final RuleSets rules;

    /**
     * Creates a compiler.
     *
     * @param application whose rules they are
     */
    public TracedRules(ApplicationId application) {
        rules = new RuleSets(application);
    }

    /**
     * Compiles the rules of a virtual IP address and its virtual servers.
     *
     * @param network the network
     * @param vip     the virtual IP address
     * @return the rules of all switches
     */
    public List<TracedRule> of(NetworkView network, VipPlan vip) {
        NetworkView described = described(network);
        List<TracedRule> traced = new ArrayList<>(
                pairs(rules.ofSwitches(described, List.of(vip), Set.of()),
                      rules.ofSwitches(network, List.of(vip), Set.of()), Optional.empty()));
        traced.addAll(pairs(rules.ofVip(described, vip), rules.ofVip(network, vip), Optional.empty()));
        vip.servers().forEach(server -> traced.addAll(
                pairs(rules.ofServer(described, server), rules.ofServer(network, server),
                      Optional.of(server.request().name()))));
        return traced;
    }

    private static List<TracedRule> pairs(Map<String, List<FlowRule>> described,
                                          Map<String, List<FlowRule>> installed, Optional<String> server) {
        List<TracedRule> traced = new ArrayList<>();
        described.forEach((key, rules) -> {
            for (int i = 0; i < rules.size(); i++) {
                traced.add(TracedRule.builder().described(rules.get(i)).installed(installed.get(key).get(i))
                                   .purpose(RulePurpose.of(rules.get(i))).server(server).build());
            }
        });
        return traced;
    }

    /**
     * Takes rules of other applications, which forward what virtual servers leave to them.
     *
     * @param rules the rules
     * @return the rules
     */
    public static List<TracedRule> ofOthers(Collection<? extends FlowRule> rules) {
        List<TracedRule> traced = new ArrayList<>();
        rules.forEach(rule -> traced.add(
                TracedRule.builder().described(rule).installed(rule).build()));
        return traced;
    }

    private static NetworkView described(NetworkView network) {
        Map<DeviceId, SwitchFacilities> switches = new HashMap<>();
        network.switches().forEach((device, facilities) -> switches.put(
                device, SwitchFacilities.builder().from(facilities).extensions(new DescribedExtensions(device))
                        .build()));
        return NetworkView.builder().from(network).switches(switches).build();
    }
}
