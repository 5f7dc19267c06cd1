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

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.flow.RuleSet;

import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The members 0 to 5 are at the switches 1 to 3, of which the first two are access switches as well. */
class CompiledRulesTest {

    private static final RuleSets RULES = new RuleSets(new DefaultApplicationId(7, "org.roundtrip.balancer"));
    private static final Instant LATER = Instant.parse("2026-01-15T12:00:00Z");
    private static final NetworkView NETWORK = network(1);

    /** Each step gives each member a weight; one of 0 takes away its slots, and an odd step moves it as well. */
    @Property(tries = 30)
    void whatIsCompiledStepByStepIsWhatIsCompiledAtOnce(
            @ForAll @Size(min = 1, max = 6) List<@Size(6) List<@IntRange(max = 2) Integer>> steps) {
        Map<String, CompiledRules> server = Map.of();
        Map<String, CompiledRules> vip = Map.of();
        ServerPlan plan = plan(SlotTable.EMPTY, SlotHistory.EMPTY, 0);
        for (int step = 0; step < steps.size(); step++) {
            plan = next(plan, steps.get(step), step);
            VipPlan vipPlan = VipPlan.builder().addServers(plan).addReadyAccessSwitches(device(1 + step % 2)).build();

            server = RULES.ofServer(NETWORK, plan, server);
            vip = RULES.ofVip(NETWORK, vipPlan, vip);

            assertThat(sets(server)).isEqualTo(RuleSet.of(RULES.ofServer(NETWORK, plan)));
            assertThat(sets(vip)).isEqualTo(RuleSet.of(RULES.ofVip(NETWORK, vipPlan)));
        }
    }

    @Example
    void whatHasNotChangedIsTheSameObject() {
        ServerPlan plan = next(plan(SlotTable.EMPTY, SlotHistory.EMPTY, 0), List.of(1, 1, 1, 1, 1, 0), 0);
        ServerPlan after = next(plan, List.of(1, 1, 1, 1, 1, 1), 0);
        Map<String, CompiledRules> compiled = RULES.ofServer(NETWORK, plan, Map.of());
        String requests = "server/web/requests/" + device(1);
        String slots = "server/web/slots/" + device(1);

        Map<String, CompiledRules> now = RULES.ofServer(NETWORK, after, compiled);

        assertThat(now.get(requests).rules()).isSameAs(compiled.get(requests).rules());
        Set<FlowRule> before = Collections.newSetFromMap(new IdentityHashMap<>());
        before.addAll(compiled.get(slots).rules());
        assertThat(now.get(slots).rules().stream().filter(rule -> !before.contains(rule)))
                .hasSize(plan.table().difference(after.table()).size());
    }

    @Example
    void anotherZoneOfASwitchChangesTheRulesOfItsMembers() {
        ServerPlan plan = next(plan(SlotTable.EMPTY, SlotHistory.EMPTY, 0), List.of(1, 1, 1, 1, 1, 0), 0);
        Map<String, CompiledRules> before = RULES.ofServer(NETWORK, plan, Map.of());

        assertThat(sets(RULES.ofServer(network(9), plan, before)))
                .isEqualTo(RuleSet.of(RULES.ofServer(network(9), plan)))
                .isNotEqualTo(sets(before));
    }

    @Example
    void anotherRequestChangesItsRules() {
        ServerPlan plan = next(plan(SlotTable.EMPTY, SlotHistory.EMPTY, 0), List.of(1, 1, 1, 1, 1, 0), 0);
        ServerPlan after = ServerPlan.builder().from(plan).request(VirtualServerRequest.builder().from(plan.request())
                                                                           .addPorts(PortRange.of(90, 91)).build())
                .build();

        assertThat(sets(RULES.ofServer(NETWORK, after, RULES.ofServer(NETWORK, plan, Map.of()))))
                .isEqualTo(RuleSet.of(RULES.ofServer(NETWORK, after)));
    }

    private static Map<String, RuleSet> sets(Map<String, CompiledRules> compiled) {
        return compiled.entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().rules(), (one, other) -> one, TreeMap::new));
    }

    private static ServerPlan next(ServerPlan before, List<Integer> weights, int step) {
        SortedMap<MemberId, Integer> shares = new TreeMap<>();
        for (int n = 0; n < weights.size(); n++) {
            shares.put(member(n), weights.get(n));
        }
        SlotTable table = before.table().next(shares);
        return plan(table, before.history().next(before.table(), table, LATER), step % 2);
    }

    private static ServerPlan plan(SlotTable table, SlotHistory history, int shift) {
        ServerPlan.Builder plan = ServerPlan.builder().number(3).table(table).history(history)
                .request(VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf("198.51.100.1"))
                                 .addPorts(PortRange.of(80, 80)).addAccessSwitches(device(1), device(2)).build());
        for (int n = 0; n < 6; n++) {
            plan.putPlaces(member(n), MemberPlace.builder().member(member(n)).number(n + 1)
                    .mac(MacAddress.valueOf(n + 1))
                    .port(ConnectPoint.deviceConnectPoint(device(1 + (n + shift) % 3) + "/" + (n + 1))).build());
        }
        return plan.build();
    }

    private static NetworkView network(int firstZone) {
        NetworkView.Builder network = NetworkView.builder();
        for (int n = 1; n <= 3; n++) {
            network.putSwitches(device(n), SwitchFacilities.builder().extensions(new NamedExtensions(device(n)))
                    .zone(firstZone + n).build());
        }
        return network.build();
    }

    private static MemberId member(int n) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + (n + 1)), 0);
    }

    private static DeviceId device(int n) {
        return DeviceId.deviceId("of:000000000000000" + n);
    }
}
