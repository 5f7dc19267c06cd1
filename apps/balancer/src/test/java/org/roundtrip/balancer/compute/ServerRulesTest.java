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
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.Affinity;
import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of virtual servers, each case as people read it in a file of its own: members 1 and 2 are at the switch 2,
 * member 3 at the switch 3, and the access switch is 1. Of the 256 slots, files show the first two of each kind.
 */
class ServerRulesTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "rules");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.balancer");
    private static final Instant LATER = Instant.parse("2026-01-15T12:00:00Z");

    static Stream<String> cases() {
        return Stream.of("tcp", "translated-port", "several-ports", "udp-ipv6", "client-affinity", "hand-over",
                         "nobody", "all-drain", "udp", "sctp");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rulesAreAsInTheFile(String name) throws IOException {
        assertThat(RuleListing.of(rules(plan(name)))).isEqualTo(Files.readString(GOLDEN.resolve(name + ".txt")));
    }

    @Test
    void aChangeOfTheTableTouchesOnlySlotsThatMove() {
        ServerPlan before = ServerPlan.builder().from(plan("hand-over")).history(SlotHistory.EMPTY)
                .table(SlotTable.EMPTY.next(new TreeMap<>(Map.of(id(1), 1, id(2), 1)))).build();
        SlotTable table = before.table().next(new TreeMap<>(Map.of(id(1), 1, id(2), 1, id(3), 1)));
        ServerPlan after = ServerPlan.builder().from(before).table(table).build();
        AccessSwitchRules compiler = access();

        assertThat(compiler.requests(after).rules()).isEqualTo(compiler.requests(before).rules());
        List<FlowRule> changed = new ArrayList<>(compiler.slots(after).rules());
        changed.removeIf(rule -> compiler.slots(before).rules().stream().anyMatch(rule::exactMatch));
        assertThat(changed).hasSize(before.table().difference(table).size());
    }

    @Test
    void noTwoRulesOfASwitchMatchTheSame() {
        for (String name : cases().collect(Collectors.toList())) {
            List<FlowRule> rules = rules(plan(name));

            assertThat(rules.stream().map(rule -> rule.deviceId() + " " + rule.tableId() + " " + rule.priority() + " "
                    + rule.selector())).doesNotHaveDuplicates();
        }
    }

    private static ServerPlan plan(String name) {
        switch (name) {
            case "tcp":
                return plan(request("198.51.100.1", 0, PortRange.of(80, 80)), id(1), id(2)).build();
            case "translated-port":
                return plan(request("198.51.100.1", 8080, PortRange.of(80, 80)), id(1, 8080)).build();
            case "several-ports":
                return plan(request("198.51.100.1", 0, PortRange.of(80, 80), PortRange.of(8000, 8017)), id(1)).build();
            case "udp-ipv6":
                return plan(VirtualServerRequest.builder().from(request("2001:db8:1::1", 5353, PortRange.of(53, 53)))
                                    .protocol(TransportProtocol.UDP).build(),
                            MemberId.of(IpAddress.valueOf("2001:db8:2::1"), 5353)).build();
            case "client-affinity":
                return plan(VirtualServerRequest.builder().from(request("198.51.100.1", 0, PortRange.of(80, 80)))
                                    .affinity(Affinity.CLIENT_ADDRESS).build(), id(1)).build();
            case "udp":
            case "sctp":
                return plan(VirtualServerRequest.builder().from(request("198.51.100.1", 0, PortRange.of(53, 53)))
                                    .protocol(TransportProtocol.valueOf(name.toUpperCase(Locale.ROOT))).build(),
                            id(1)).build();
            case "hand-over":
                return history(plan(request("198.51.100.1", 0, PortRange.of(80, 80)), id(1), id(2), id(3)),
                               id(2), id(3), id(1)).build();
            case "nobody":
                return plan(request("198.51.100.1", 0, PortRange.of(80, 80))).build();
            case "all-drain":
                ServerPlan draining = history(plan(request("198.51.100.1", 0, PortRange.of(80, 80)), id(1), id(3)),
                                              id(3), id(1)).build();
                return ServerPlan.builder().from(draining).table(SlotTable.EMPTY)
                        .history(draining.history().next(draining.table(), SlotTable.EMPTY, LATER)).build();
            default:
                throw new IllegalArgumentException(name);
        }
    }

    /** A virtual server whose slots have been each member's in turn, and are the last one's now. */
    private static ServerPlan.Builder history(ServerPlan.Builder plan, MemberId... members) {
        SlotTable table = SlotTable.EMPTY;
        SlotHistory history = SlotHistory.EMPTY;
        for (MemberId member : members) {
            SlotTable next = table.next(new TreeMap<>(Map.of(member, 1)));
            history = history.next(table, next, LATER);
            table = next;
        }
        return plan.table(table).history(history);
    }

    private static ServerPlan.Builder plan(VirtualServerRequest request, MemberId... members) {
        TreeMap<MemberId, Integer> weights = new TreeMap<>();
        ServerPlan.Builder plan = ServerPlan.builder().number(0x102).request(request).history(SlotHistory.EMPTY);
        for (int n = 1; n <= members.length; n++) {
            weights.put(members[n - 1], 1);
            plan.putPlaces(members[n - 1], MemberPlace.builder().member(members[n - 1]).number(n)
                    .mac(MacAddress.valueOf(n))
                    .port(ConnectPoint.deviceConnectPoint("of:000000000000000" + (n < 3 ? 2 : 3) + "/" + n)).build());
        }
        return plan.table(SlotTable.EMPTY.next(weights));
    }

    private static VirtualServerRequest request(String vip, int port, PortRange... ports) {
        VirtualServerRequest.Builder request = VirtualServerRequest.builder().name("web")
                .vip(IpAddress.valueOf(vip)).addPorts(ports).addAccessSwitches(device(1));
        if (port != 0) {
            request.addMembers(Member.builder().address(IpAddress.valueOf(vip.contains(":") ? "2001:db8:2::1"
                                                                                  : "192.0.2.1")).port(port).build());
        }
        return request.build();
    }

    private static List<FlowRule> rules(ServerPlan plan) {
        List<FlowRule> rules = new ArrayList<>(access().requests(plan).rules());
        rules.addAll(access().slots(plan).rules());
        for (int n : List.of(2, 3)) {
            MemberSwitchRules compiler =
                    new MemberSwitchRules(APPLICATION, device(n), new NamedExtensions(device(n)), n);
            rules.addAll(compiler.defaults());
            rules.addAll(compiler.members(plan).rules());
            rules.addAll(compiler.handOver(plan).rules());
        }
        return rules;
    }

    private static AccessSwitchRules access() {
        return new AccessSwitchRules(APPLICATION, device(1), new NamedExtensions(device(1)));
    }

    private static MemberId id(int n) {
        return id(n, 0);
    }

    private static MemberId id(int n, int port) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), port);
    }

    private static DeviceId device(int n) {
        return DeviceId.deviceId("of:000000000000000" + n);
    }
}
