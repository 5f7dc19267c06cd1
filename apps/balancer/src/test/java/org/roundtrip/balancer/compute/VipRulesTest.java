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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules that a virtual IP address has beyond its virtual servers, and those that all share: the access switch 1,
 * the switch 2 between, and the switch 3 where the members are, in a line.
 */
class VipRulesTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "rules");
    private static final RuleSets RULES = new RuleSets(new DefaultApplicationId(7, "org.roundtrip.balancer"));

    @ParameterizedTest
    @ValueSource(strings = {"vip", "vip-ipv6", "vip-translated", "vip-nobody", "vip-no-access", "shared"})
    void rulesAreAsInTheFile(String name) throws IOException {
        assertThat(RuleListing.of(rules(name))).isEqualTo(Files.readString(GOLDEN.resolve(name + ".txt")));
    }

    @Test
    void withoutVirtualServersThereAreNoRules() {
        assertThat(RULES.ofSwitches(network(), List.of(), Set.of())).isEmpty();
    }

    @Test
    void membersThatShareAnInterfaceHaveEachRuleOnce() {
        ServerPlan one = server("198.51.100.1", 0, 1, 2);
        ServerPlan shared = ServerPlan.builder().from(one).places(one.places().entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, place -> MemberPlace.builder().from(place.getValue())
                        .mac(MacAddress.valueOf(1)).port(port(1)).build()))).build();
        List<FlowRule> rules = flat(RULES.ofVip(network(), vip(shared)));
        rules.addAll(flat(RULES.ofServer(network(), shared)));

        assertThat(rules).doesNotHaveDuplicates();
    }

    private static List<FlowRule> rules(String name) {
        switch (name) {
            case "vip":
                return flat(RULES.ofVip(network(), vip(server("198.51.100.1", 0, 1, 2))));
            case "vip-ipv6":
                return flat(RULES.ofVip(network(), vip(server("2001:db8:1::1", 0, 1))));
            case "vip-translated":
                return flat(RULES.ofVip(network(), vip(server("198.51.100.1", 8080, 1))));
            case "vip-nobody":
                return flat(RULES.ofVip(network(), vip(server("198.51.100.1", 0))));
            case "vip-no-access":
                return flat(RULES.ofVip(network(), VipPlan.builder().addServers(server("198.51.100.1", 0)).build()));
            case "shared":
                return flat(RULES.ofSwitches(network(), List.of(vip(server("198.51.100.1", 0, 1))), Set.of(device(3))));
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static List<FlowRule> flat(Map<String, List<FlowRule>> sets) {
        return sets.values().stream().flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
    }

    private static NetworkView network() {
        NetworkView.Builder network = NetworkView.builder();
        for (int n = 1; n <= 3; n++) {
            network.putSwitches(device(n), SwitchFacilities.builder().extensions(new NamedExtensions(device(n)))
                    .zone(n).build());
        }
        for (int n = 1; n <= 2; n++) {
            ConnectPoint left = ConnectPoint.deviceConnectPoint(device(n) + "/12");
            ConnectPoint right = ConnectPoint.deviceConnectPoint(device(n + 1) + "/11");
            network.addLinks(SwitchLink.of(left, right), SwitchLink.of(right, left));
        }
        return network.build();
    }

    private static VipPlan vip(ServerPlan... servers) {
        return VipPlan.builder().addServers(servers).addReadyAccessSwitches(device(1)).build();
    }

    private static ServerPlan server(String vip, int port, int... members) {
        VirtualServerRequest.Builder request = VirtualServerRequest.builder().name("web")
                .vip(IpAddress.valueOf(vip)).protocol(TransportProtocol.TCP).addPorts(PortRange.of(80, 80))
                .addAccessSwitches(device(1));
        ServerPlan.Builder plan = ServerPlan.builder().number(0x102).history(SlotHistory.EMPTY);
        SortedMap<MemberId, Integer> weights = new TreeMap<>();
        for (int n : members) {
            MemberId id = MemberId.of(IpAddress.valueOf((vip.contains(":") ? "2001:db8:2::" : "192.0.2.") + n), port);
            request.addMembers(Member.builder().address(id.address()).port(port).build());
            plan.putPlaces(id, MemberPlace.builder().member(id).number(n).mac(MacAddress.valueOf(n)).port(port(n))
                    .build());
            weights.put(id, 1);
        }
        return plan.request(request.build()).table(SlotTable.EMPTY.next(weights)).build();
    }

    private static ConnectPoint port(int n) {
        return ConnectPoint.deviceConnectPoint(device(3) + "/" + n);
    }

    private static DeviceId device(int n) {
        return DeviceId.deviceId("of:000000000000000" + n);
    }
}
