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

import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
     * @param former  switches that are no access switches any more, and still have rules that send requests to members
     * @return the sets by their keys, {@code switch/DEVICE}
     */
    public Map<String, List<FlowRule>> ofSwitches(NetworkView network, Collection<VipPlan> vips, Set<DeviceId> former) {
        if (vips.isEmpty()) {
            return Map.of();
        }
        Set<DeviceId> memberSwitches = memberSwitches(vips.stream().flatMap(vip -> vip.servers().stream()));
        Set<DeviceId> accessSwitches = vips.stream().flatMap(vip -> vip.servers().stream())
                .flatMap(server -> server.request().accessSwitches().stream()).collect(Collectors.toSet());
        accessSwitches.addAll(former);
        Map<DeviceId, SortedSet<PortNumber>> linkPorts = linkPorts(network);
        Map<String, List<FlowRule>> sets = new TreeMap<>();
        network.switches().forEach((device, facilities) -> {
            List<FlowRule> rules = new ArrayList<>(atEverySwitch(device, facilities).links(
                    linkPorts.getOrDefault(device, Collections.emptySortedSet())));
            if (accessSwitches.contains(device)) {
                rules.addAll(atAccess(device, facilities).defaults());
            }
            if (memberSwitches.contains(device)) {
                rules.addAll(atMembers(device, facilities).defaults());
            }
            sets.put("switch/" + device, rules);
        });
        return sets;
    }

    /**
     * Compiles the rules of a virtual IP address beyond those of its virtual servers.
     *
     * @param network the network
     * @param plan    the virtual IP address
     * @return the sets by their keys, {@code vip/ADDRESS/KIND/DEVICE}
     */
    public Map<String, List<FlowRule>> ofVip(NetworkView network, VipPlan plan) {
        return rules(recipes(network, plan));
    }

    /**
     * Compiles the rules of a virtual IP address beyond those of its virtual servers.
     *
     * @param network the network
     * @param plan    the virtual IP address
     * @param before  what was compiled for it before; may be empty
     * @return the sets that have any rules, by their keys
     */
    public Map<String, CompiledRules> ofVip(NetworkView network, VipPlan plan, Map<String, CompiledRules> before) {
        return CompiledRules.of(recipes(network, plan), before);
    }

    private Map<String, RuleRecipe> recipes(NetworkView network, VipPlan plan) {
        IpAddress vip = plan.vip();
        String prefix = "vip/" + vip;
        Anycast ways = Anycast.of(usable(network), plan.readyAccessSwitches());
        Set<DeviceId> memberSwitches = memberSwitches(plan.servers().stream());
        Map<String, RuleRecipe> sets = new TreeMap<>();
        network.switches().forEach((device, facilities) -> {
            VipSwitchRules rules = atEverySwitch(device, facilities);
            sets.put(prefix + "/neighbours/" + device, rules.neighbours(vip));
            sets.put(prefix + "/sources/" + device, rules.sources(vip));
            if (!plan.readyAccessSwitches().contains(device)) {
                sets.put(prefix + "/anycast/" + device, rules.anycast(vip, ways.port(device)));
            } else {
                sets.put(prefix + "/others/" + device, atAccess(device, facilities).others(plan));
            }
            if (memberSwitches.contains(device)) {
                sets.put(prefix + "/members/" + device, atMembers(device, facilities).others(plan));
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
        return rules(recipes(network, plan));
    }

    /**
     * Compiles the rules of a virtual server.
     *
     * @param network the network
     * @param plan    the virtual server
     * @param before  what was compiled for it before; may be empty
     * @return the sets that have any rules, by their keys
     */
    public Map<String, CompiledRules> ofServer(NetworkView network, ServerPlan plan,
                                               Map<String, CompiledRules> before) {
        return CompiledRules.of(recipes(network, plan), before);
    }

    private static Map<String, List<FlowRule>> rules(Map<String, RuleRecipe> recipes) {
        Map<String, List<FlowRule>> rules = new TreeMap<>();
        recipes.forEach((key, recipe) -> rules.put(key, recipe.rules()));
        return rules;
    }

    private Map<String, RuleRecipe> recipes(NetworkView network, ServerPlan plan) {
        String prefix = "server/" + plan.request().name();
        Map<String, RuleRecipe> sets = new TreeMap<>();
        plan.request().accessSwitches().forEach(device -> {
            SwitchFacilities facilities = network.switches().get(device);
            if (facilities != null) {
                AccessSwitchRules rules = atAccess(device, facilities);
                sets.put(prefix + "/requests/" + device, rules.requests(plan));
                sets.put(prefix + "/slots/" + device, rules.slots(plan));
            }
        });
        memberSwitches(Stream.of(plan)).forEach(device -> {
            SwitchFacilities facilities = network.switches().get(device);
            if (facilities != null) {
                MemberSwitchRules rules = atMembers(device, facilities);
                sets.put(prefix + "/members/" + device, rules.members(plan));
                sets.put(prefix + "/hand-over/" + device, rules.handOver(plan));
            }
        });
        return sets;
    }

    private VipSwitchRules atEverySwitch(DeviceId device, SwitchFacilities facilities) {
        return new VipSwitchRules(application, device, facilities.extensions());
    }

    private AccessSwitchRules atAccess(DeviceId device, SwitchFacilities facilities) {
        return new AccessSwitchRules(application, device, facilities.extensions());
    }

    private MemberSwitchRules atMembers(DeviceId device, SwitchFacilities facilities) {
        return new MemberSwitchRules(application, device, facilities.extensions(), facilities.zone());
    }

    private static Set<DeviceId> memberSwitches(Stream<ServerPlan> plans) {
        return plans.flatMap(plan -> plan.places().values().stream()).map(place -> place.port().deviceId())
                .collect(Collectors.toSet());
    }

    /** A switch without our rules would not forward to a MAC address that is nobody's. */
    private static List<SwitchLink> usable(NetworkView network) {
        return network.links().stream().filter(link -> network.switches().containsKey(link.source().deviceId()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static Map<DeviceId, SortedSet<PortNumber>> linkPorts(NetworkView network) {
        return network.links().stream().map(SwitchLink::destination).collect(Collectors.groupingBy(
                ConnectPoint::deviceId, Collectors.mapping(ConnectPoint::port, Collectors.toCollection(
                        () -> new TreeSet<>(Comparator.comparing(PortNumber::toLong))))));
    }
}
