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

import org.junit.jupiter.api.Test;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.DropCounter;
import org.roundtrip.balancer.DropReason;
import org.roundtrip.balancer.MemberStatistics;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerStatistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class StatisticsComputationTest {

    private static final ServerPlan PLAN = TracedNetwork.plan(
            TracedNetwork.request().build(), TracedNetwork.member(3), TracedNetwork.member(1));

    @Test
    void countersAreSummedByWhatRulesAreFor() {
        VirtualServerStatistics statistics = statistics(PLAN, TracedNetwork.rules(TracedNetwork.vip(PLAN)), 1);

        assertThat(statistics.connections()).isEqualTo(2);
        assertThat(statistics.requestPackets()).isEqualTo(1);
        assertThat(statistics.requestBytes()).isEqualTo(100);
        assertThat(statistics.replyPackets()).isEqualTo(2);
        assertThat(statistics.replyBytes()).isEqualTo(200);
        // Each slot is asked for at member 3 by member 1's switch, and given back by member 3's.
        assertThat(statistics.handedOnPackets()).isEqualTo(2L * SlotTable.SLOTS);
        assertThat(statistics.members()).containsExactly(
                member(1, SlotTable.SLOTS), member(3, 0));
    }

    @Test
    void everyReasonHasACounter() {
        VirtualServerStatistics statistics = statistics(PLAN, TracedNetwork.rules(TracedNetwork.vip(PLAN)), 1);

        assertThat(statistics.drops()).extracting(DropCounter::reason).containsExactly(DropReason.values());
        // One switch has no access switch to be: three lead to it. Two rules of each of four switches drop claims.
        assertThat(drops(statistics, DropReason.NO_ACCESS_SWITCH)).isZero();
        assertThat(drops(statistics, DropReason.FOREIGN_CLAIM)).isEqualTo(8);
        assertThat(drops(statistics, DropReason.SPOOFED_SOURCE)).isEqualTo(4);
        assertThat(drops(statistics, DropReason.PORT_NOT_SERVED)).isEqualTo(1);
        assertThat(drops(statistics, DropReason.LATER_FRAGMENT)).isEqualTo(1);
        assertThat(drops(statistics, DropReason.NO_MEMBER)).isEqualTo(1);
    }

    @Test
    void whatASwitchDoesNotHaveCountsNothing() {
        List<FlowRule> atMembers = TracedNetwork.rules(TracedNetwork.vip(PLAN)).stream()
                .filter(rule -> !rule.deviceId().equals(TracedNetwork.device(2))).collect(Collectors.toList());

        VirtualServerStatistics statistics = statistics(PLAN, atMembers, 7);

        assertThat(statistics.requestPackets()).isZero();
        assertThat(drops(statistics, DropReason.NO_MEMBER)).isZero();
        assertThat(statistics.connections()).isEqualTo(14);
        assertThat(statistics(PLAN, List.of(), 7).members()).extracting(MemberStatistics::requestPackets)
                .containsExactly(0L, 0L);
    }

    @Test
    void otherVirtualServersOfTheAddressCountForThemselvesOnly() {
        ServerPlan other = ServerPlan.builder().from(TracedNetwork.plan(
                VirtualServerRequest.builder().from(TracedNetwork.request().build()).name("other")
                        .ports(List.of(PortRange.of(443, 443))).build(), TracedNetwork.member(2))).number(9).build();
        VipPlan vip = TracedNetwork.vip(PLAN, other);
        List<FlowRule> rules = new ArrayList<>(TracedNetwork.rules(vip));

        VirtualServerStatistics statistics = new StatisticsComputation(
                TracedNetwork.APPLICATION, TracedNetwork.counters(rules, rule -> 1))
                .of(TracedNetwork.network(), vip, other);

        assertThat(statistics.requestPackets()).isEqualTo(1);
        assertThat(statistics.handedOnPackets()).isZero();
        assertThat(statistics.members()).containsExactly(member(2, SlotTable.SLOTS));
        assertThat(drops(statistics, DropReason.SPOOFED_SOURCE)).isEqualTo(4);
        assertThat(drops(statistics, DropReason.NO_MEMBER)).isEqualTo(1);
    }

    @Test
    void membersWhoseSwitchIsAwayHaveNoRules() {
        NetworkView without = NetworkView.builder().from(TracedNetwork.network())
                .switches(TracedNetwork.network().switches().entrySet().stream()
                                  .filter(entry -> !entry.getKey().equals(TracedNetwork.device(4)))
                                  .collect(Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue())))
                .build();

        VirtualServerStatistics statistics = new StatisticsComputation(
                TracedNetwork.APPLICATION, rule -> Optional.empty())
                .of(without, TracedNetwork.vip(PLAN), PLAN);

        assertThat(statistics.members()).extracting(MemberStatistics::member)
                .containsExactly(TracedNetwork.member(1));
    }

    private static VirtualServerStatistics statistics(ServerPlan plan, List<FlowRule> rules, long packets) {
        return new StatisticsComputation(TracedNetwork.APPLICATION, TracedNetwork.counters(rules, rule -> packets))
                .of(TracedNetwork.network(), TracedNetwork.vip(plan), plan);
    }

    private static long drops(VirtualServerStatistics statistics, DropReason reason) {
        return statistics.drops().stream().filter(counter -> counter.reason() == reason)
                .mapToLong(DropCounter::packets).sum();
    }

    private static MemberStatistics member(int n, int slots) {
        return MemberStatistics.builder().member(TracedNetwork.member(n)).slots(slots).connections(1)
                .requestPackets(2).requestBytes(200).replyPackets(1).replyBytes(100).build();
    }
}
