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
package org.roundtrip.balancer.impl;

import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.compute.CompiledRules;
import org.roundtrip.balancer.compute.NetworkView;
import org.roundtrip.balancer.compute.Rollout;
import org.roundtrip.balancer.compute.RuleKey;
import org.roundtrip.balancer.compute.RuleSets;
import org.roundtrip.balancer.compute.ServerPlan;
import org.roundtrip.balancer.compute.VipPlan;
import org.roundtrip.base.flow.RuleSet;
import org.roundtrip.base.intent.PublicationState;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the rules that follow from plans into the switches. What is in a switch that is out of reach stays as it is
 * until the switch is back. Only for the thread of the loop.
 */
final class ServerRules {

    private static final Set<PublicationState> MOVING =
            EnumSet.of(PublicationState.PUBLISHING, PublicationState.WITHDRAWING);

    private final RuleSets compiler;
    private final PublishedRules rules;
    /** What was compiled last: most looks are about what has become of it. */
    private final Map<String, Compilation<ServerPlan>> compilations = new HashMap<>();
    private final Map<IpAddress, Compilation<VipPlan>> vipCompilations = new HashMap<>();
    private NetworkView network = NetworkView.builder().build();
    /** What the rules follow from that all virtual servers share. */
    private Object switchParts = List.of();
    private Map<String, RuleSet> switchRules = Map.of();

    ServerRules(RuleSets compiler, PublishedRules rules) {
        this.compiler = compiler;
        this.rules = rules;
    }

    /**
     * Takes note of the network. Switches that are back may have lost what they had.
     *
     * @param next the network as it is now
     */
    void follow(NetworkView next) {
        Set<DeviceId> back = next.switches().keySet().stream()
                .filter(device -> !network.switches().containsKey(device)).collect(Collectors.toSet());
        network = next;
        if (!back.isEmpty()) {
            rules.repair(key -> back.contains(RuleKey.device(key)));
        }
    }

    /**
     * Takes the rules that all virtual servers share to what they should be.
     *
     * @param vips the plans of all virtual IP addresses
     */
    void keepSwitches(Collection<VipPlan> vips) {
        Set<DeviceId> sending = rules.published("server/").keySet().stream().filter(RuleKey::isAtAccessSwitch)
                .map(RuleKey::device).collect(Collectors.toSet());
        Object parts = List.of(network, sending, devices(vips, plan -> plan.request().accessSwitches().stream()),
                               devices(vips, plan -> plan.places().values().stream()
                                       .map(place -> place.port().deviceId())));
        if (!parts.equals(switchParts)) {
            switchParts = parts;
            switchRules = RuleSet.of(compiler.ofSwitches(network, vips, sending));
        }
        keepAtOnce("switch/", switchRules);
    }

    private static Set<DeviceId> devices(Collection<VipPlan> vips, Function<ServerPlan, Stream<DeviceId>> devices) {
        return vips.stream().flatMap(vip -> vip.servers().stream()).flatMap(devices).collect(Collectors.toSet());
    }

    /**
     * Takes the rules of a virtual server one step nearer to what they should be.
     *
     * @param plan the virtual server
     */
    void keep(ServerPlan plan) {
        String prefix = prefix(plan.request().name());
        Map<String, RuleSet> published = rules.published(prefix);
        Map<String, RuleSet> wanted = withUnreachable(published, wanted(plan));
        rules.publish(Rollout.next(published, wanted, this::isOnTheWay));
    }

    /**
     * Takes the rules of a virtual IP address to what they should be.
     *
     * @param plan the virtual IP address
     */
    void keep(VipPlan plan) {
        keepAtOnce(prefix(plan.vip()), wanted(plan));
    }

    private Map<String, RuleSet> wanted(VipPlan plan) {
        Compilation<VipPlan> compilation = vipCompilations.get(plan.vip());
        if (compilation == null || !compilation.isOf(plan, network)) {
            compilation = new Compilation<>(plan, network, compiler.ofVip(
                    network, plan, compilation == null ? Map.of() : compilation.compiled));
            vipCompilations.put(plan.vip(), compilation);
        }
        return compilation.sets;
    }

    private void keepAtOnce(String prefix, Map<String, RuleSet> wanted) {
        Map<String, RuleSet> published = rules.published(prefix);
        rules.publish(Rollout.differences(published, withUnreachable(published, wanted)));
    }

    /** Withdraws the rules of a virtual server. */
    void withdraw(String server) {
        compilations.remove(server);
        rules.publish(Rollout.differences(rules.published(prefix(server)), Map.of()));
    }

    /** Withdraws the rules of a virtual IP address. */
    void withdraw(IpAddress vip) {
        vipCompilations.remove(vip);
        rules.publish(Rollout.differences(rules.published(prefix(vip)), Map.of()));
    }

    /**
     * Withdraws what was published before this node led and is not needed any more. What a switch has that is not ready
     * stays until it is.
     *
     * @param servers the names of all virtual servers
     * @param vips    all virtual IP addresses
     */
    void withdrawStrays(Set<String> servers, Set<IpAddress> vips) {
        Set<String> addresses = vips.stream().map(IpAddress::toString).collect(Collectors.toSet());
        rules.withdrawOthers(key -> RuleKey.server(key).filter(server -> !servers.contains(server)).isPresent()
                || RuleKey.vip(key).filter(vip -> !addresses.contains(vip)).isPresent()
                || isReachable(key));
    }

    /** Returns whether no switch that can be reached has rules of a virtual server any more. */
    boolean isGone(String server) {
        return rules.isGone(prefix(server), this::isReachable);
    }

    /** Returns whether no switch that can be reached has rules of a virtual IP address any more. */
    boolean isGone(IpAddress vip) {
        return rules.isGone(prefix(vip), this::isReachable);
    }

    /**
     * Returns whether an access switch has confirmed that it sends requests of a virtual server where they belong.
     *
     * @param plan   the virtual server
     * @param device the switch
     * @return true if so
     */
    boolean isConfirmed(ServerPlan plan, DeviceId device) {
        Map<String, RuleSet> published = rules.published(prefix(plan.request().name()));
        List<String> keys = wanted(plan).keySet().stream().filter(RuleKey::isAtAccessSwitch)
                .filter(key -> RuleKey.device(key).equals(device)).collect(Collectors.toList());
        return !keys.isEmpty() && rules.state("switch/" + device) == PublicationState.PUBLISHED
                && keys.stream().allMatch(
                        key -> published.containsKey(key) && rules.state(key) == PublicationState.PUBLISHED);
    }

    /**
     * Returns which switches have refused rules of a virtual server or could not be reached.
     *
     * @param server the name of the virtual server
     * @return the switches, in order
     */
    Collection<DeviceId> unconfirmed(String server) {
        return rules.published(prefix(server)).keySet().stream()
                .filter(key -> rules.state(key) == PublicationState.UNCONFIRMED).map(RuleKey::device)
                .collect(Collectors.toCollection(() -> new TreeSet<>(
                        Comparator.comparing(DeviceId::toString))));
    }

    private Map<String, RuleSet> wanted(ServerPlan plan) {
        Compilation<ServerPlan> compilation = compilations.get(plan.request().name());
        if (compilation == null || !compilation.isOf(plan, network)) {
            compilation = new Compilation<>(plan, network, compiler.ofServer(
                    network, plan, compilation == null ? Map.of() : compilation.compiled));
            compilations.put(plan.request().name(), compilation);
        }
        return compilation.sets;
    }

    private Map<String, RuleSet> withUnreachable(Map<String, RuleSet> published, Map<String, RuleSet> wanted) {
        Map<String, RuleSet> kept = new TreeMap<>(wanted);
        published.forEach((key, set) -> {
            if (!isReachable(key)) {
                kept.put(key, set);
            }
        });
        return kept;
    }

    private boolean isOnTheWay(String key) {
        return isReachable(key) && (MOVING.contains(rules.state(key))
                || MOVING.contains(rules.state("switch/" + RuleKey.device(key))));
    }

    private boolean isReachable(String key) {
        return network.switches().containsKey(RuleKey.device(key));
    }

    private static String prefix(String server) {
        return "server/" + server + "/";
    }

    private static String prefix(IpAddress vip) {
        return "vip/" + vip + "/";
    }

    /** What was compiled, and what from. */
    private static final class Compilation<P> {

        private final P plan;
        private final NetworkView network;
        private final Map<String, CompiledRules> compiled;
        private final Map<String, RuleSet> sets;

        private Compilation(P plan, NetworkView network, Map<String, CompiledRules> compiled) {
            this.plan = plan;
            this.network = network;
            this.compiled = compiled;
            this.sets = new TreeMap<>();
            compiled.forEach((key, rules) -> sets.put(key, rules.rules()));
        }

        private boolean isOf(P other, NetworkView seen) {
            return network == seen && plan.equals(other);
        }
    }
}
