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
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.DropCounter;
import org.roundtrip.balancer.DropReason;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberStatistics;
import org.roundtrip.balancer.VirtualServerStatistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Says what virtual servers have carried, by the counters of their rules. What a switch does not have counts nothing.
 */
public final class StatisticsComputation {

    private static final Set<RulePurpose> DELIVERY =
            EnumSet.of(RulePurpose.KNOWN, RulePurpose.NEW);

    private final ApplicationId application;
    private final Function<FlowRule, Optional<FlowEntry>> entries;

    /**
     * Creates a computation.
     *
     * @param application whose rules they are
     * @param entries     says what a switch has of a rule
     */
    public StatisticsComputation(ApplicationId application, Function<FlowRule, Optional<FlowEntry>> entries) {
        this.application = application;
        this.entries = entries;
    }

    /**
     * Sums counters. O(<i>r</i>) for the <i>r</i> rules of the virtual IP address.
     *
     * @param network the network
     * @param vip     the virtual IP address
     * @param plan    one of its virtual servers
     * @return what that has carried
     */
    public VirtualServerStatistics of(NetworkView network, VipPlan vip, ServerPlan plan) {
        List<FlowRule> rules = new TracedRules(application).of(network, vip).stream()
                .filter(rule -> rule.server().filter(name -> !name.equals(plan.request().name())).isEmpty())
                .map(TracedRule::installed).collect(Collectors.toList());
        List<MemberStatistics> members = members(network, plan);
        return VirtualServerStatistics.builder()
                .connections(sum(members, MemberStatistics::connections))
                .requestPackets(sum(rules, EnumSet.of(RulePurpose.REQUEST), FlowEntry::packets))
                .requestBytes(sum(rules, EnumSet.of(RulePurpose.REQUEST), FlowEntry::bytes))
                .replyPackets(sum(members, MemberStatistics::replyPackets))
                .replyBytes(sum(members, MemberStatistics::replyBytes))
                .handedOnPackets(sum(rules, EnumSet.of(RulePurpose.HAND_OVER), FlowEntry::packets))
                .drops(Arrays.stream(DropReason.values()).map(reason -> DropCounter.builder().reason(reason)
                                .packets(sum(rules, dropping(reason), FlowEntry::packets)).build())
                               .collect(Collectors.toList()))
                .members(members).build();
    }

    private static Set<RulePurpose> dropping(DropReason reason) {
        return Arrays.stream(RulePurpose.values())
                .filter(purpose -> purpose.dropReason().filter(reason::equals).isPresent())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RulePurpose.class)));
    }

    private List<MemberStatistics> members(NetworkView network, ServerPlan plan) {
        Map<MemberId, Integer> slots = plan.table().counts();
        return new TreeMap<>(plan.places()).values().stream()
                .flatMap(place -> Optional.ofNullable(network.switches().get(place.port().deviceId())).stream()
                        .map(facilities -> member(plan, place, facilities,
                                                  slots.getOrDefault(place.member(), 0))))
                .collect(Collectors.toList());
    }

    private MemberStatistics member(ServerPlan plan, MemberPlace place, SwitchFacilities facilities, int slots) {
        ServerPlan alone = ServerPlan.builder().from(plan).places(Map.of(place.member(), place)).build();
        List<FlowRule> rules = new MemberSwitchRules(application, place.port().deviceId(), facilities.extensions(),
                                                     facilities.zone()).members(alone).rules();
        return MemberStatistics.builder().member(place.member()).slots(slots)
                .connections(sum(rules, EnumSet.of(RulePurpose.NEW), FlowEntry::packets))
                .requestPackets(sum(rules, DELIVERY, FlowEntry::packets))
                .requestBytes(sum(rules, DELIVERY, FlowEntry::bytes))
                .replyPackets(sum(rules, EnumSet.of(RulePurpose.REPLY), FlowEntry::packets))
                .replyBytes(sum(rules, EnumSet.of(RulePurpose.REPLY), FlowEntry::bytes)).build();
    }

    private static long sum(Collection<MemberStatistics> members, ToLongFunction<MemberStatistics> counter) {
        return members.stream().mapToLong(counter).sum();
    }

    private long sum(Collection<FlowRule> rules, Set<RulePurpose> purposes, ToLongFunction<FlowEntry> counter) {
        return rules.stream().filter(rule -> purposes.contains(RulePurpose.of(rule)))
                .flatMap(rule -> entries.apply(rule).stream()).mapToLong(counter).sum();
    }
}
