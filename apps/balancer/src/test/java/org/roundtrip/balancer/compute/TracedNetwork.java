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
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.balancer.ExplanationQuery;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.PortRange;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.base.flow.SwitchRules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A network for traces: a client at switch 1, the access switch 2 behind it, members 1 and 2 at switch 3, member 3 at
 * switch 4, both behind switch 2.
 */
public final class TracedNetwork {

    /** Whose the rules are. */
    public static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.balancer");

    /** Whose the rules are that forward frames. */
    static final ApplicationId FABRIC = new DefaultApplicationId(8, "org.roundtrip.fabric");

    public static final IpAddress CLIENT = IpAddress.valueOf("203.0.113.5");
    public static final MacAddress CLIENT_MAC = MacAddress.valueOf("02:00:00:00:00:c1");
    static final int SERVER = 0x102;

    private static final Instant LATER = Instant.parse("2026-01-15T12:00:00Z");
    private static final int FORWARDING_PRIORITY = 110;
    private static final Map<Integer, Map<Integer, String>> NEXT_PORTS = Map.of(
            1, Map.of(1, "1", 3, "2", 4, "2"),
            2, Map.of(1, "1", 3, "3", 4, "4"),
            3, Map.of(1, "9", 4, "9"),
            4, Map.of(1, "9", 3, "9"));

    private TracedNetwork() {
    }

    public static NetworkView network() {
        Map<DeviceId, SwitchFacilities> switches = new HashMap<>();
        for (int n = 1; n <= 4; n++) {
            switches.put(device(n), SwitchFacilities.builder().extensions(new NamedExtensions(device(n))).zone(n)
                    .build());
        }
        return NetworkView.builder().switches(switches)
                .addLinks(link("1/2", "2/1"), link("2/1", "1/2"), link("2/3", "3/9"), link("3/9", "2/3"),
                          link("2/4", "4/9"), link("4/9", "2/4")).build();
    }

    public static VipPlan vip(ServerPlan... servers) {
        return VipPlan.builder().addServers(servers).addReadyAccessSwitches(device(2)).build();
    }

    public static VirtualServerRequest.Builder request() {
        return VirtualServerRequest.builder().name("web").vip(IpAddress.valueOf("198.51.100.1"))
                .addPorts(PortRange.of(80, 80)).addAccessSwitches(device(2));
    }

    /** A virtual server all of whose slots have been each member's in turn, and are the last one's now. */
    public static ServerPlan plan(VirtualServerRequest request, MemberId... members) {
        SlotTable table = SlotTable.EMPTY;
        SlotHistory history = SlotHistory.EMPTY;
        ServerPlan.Builder plan = ServerPlan.builder().number(SERVER).request(request);
        for (MemberId member : members) {
            SlotTable next = table.next(new TreeMap<>(Map.of(member, 1)));
            history = history.next(table, next, LATER);
            table = next;
            plan.putPlaces(member, place(member));
        }
        return plan.table(table).history(history).build();
    }

    /** Its number is the last octet of the member's address, or its port. */
    static MemberPlace place(MemberId member) {
        byte[] octets = member.address().toOctets();
        int n = octets[octets.length - 1];
        return MemberPlace.builder().member(member).number(member.port() == 0 ? n : member.port())
                .mac(memberMac(n))
                .port(port(n < 3 ? "3/" + n : "4/1")).build();
    }

    static MacAddress memberMac(int n) {
        return MacAddress.valueOf("02:00:00:00:00:0" + n);
    }

    public static MemberId member(int n) {
        return member(n, 0);
    }

    static MemberId member(int n, int port) {
        return MemberId.of(IpAddress.valueOf("192.0.2." + n), port);
    }

    static ExplanationQuery.Builder query() {
        ExplanationQuery.Builder query = ExplanationQuery.builder();
        query.vip(IpAddress.valueOf("198.51.100.1")).client(CLIENT).clientPort(40_000);
        return query;
    }

    public static Surroundings surroundings() {
        Map<MacAddress, ConnectPoint> stations = new HashMap<>();
        stations.put(CLIENT_MAC, port("1/1"));
        for (int n = 1; n <= 3; n++) {
            stations.put(memberMac(n), place(member(n)).port());
        }
        List<FlowRule> forwarding = new ArrayList<>();
        stations.forEach((mac, port) -> NEXT_PORTS.forEach(
                (n, ports) -> forwarding.add(forward(n, mac, device(n).equals(port.deviceId()) ? port.port().toString()
                        : ports.get(number(port.deviceId()))))));
        return Surroundings.builder().client(CLIENT_MAC).stations(stations).forwarding(forwarding).build();
    }

    static FlowRule forward(int n, MacAddress to, String port) {
        return new SwitchRules(FABRIC, device(n)).rule(
                0, FORWARDING_PRIORITY, DefaultTrafficSelector.builder().matchEthDst(to).build(),
                DefaultTrafficTreatment.builder().setOutput(port(n + "/" + port).port()).build());
    }

    /** All rules that a virtual IP address needs, as if switches had them. */
    public static List<FlowRule> rules(VipPlan vip) {
        RuleSets sets = new RuleSets(APPLICATION);
        List<FlowRule> rules = new ArrayList<>();
        sets.ofSwitches(network(), List.of(vip), Set.of()).values().forEach(rules::addAll);
        sets.ofVip(network(), vip).values().forEach(rules::addAll);
        vip.servers().forEach(server -> sets.ofServer(network(), server).values().forEach(rules::addAll));
        return rules;
    }

    public static long mark(ServerPlan plan, int member) {
        return plan.mark(plan.places().get(member(member)));
    }

    /** What switches that have these rules have counted. */
    static Function<FlowRule, Optional<FlowEntry>> counters(Collection<FlowRule> rules,
                                                            ToLongFunction<FlowRule> packets) {
        Map<FlowRule, FlowEntry> entries = new HashMap<>();
        rules.forEach(rule -> entries.put(rule, new DefaultFlowEntry(
                rule, FlowEntry.FlowEntryState.ADDED, 0, packets.applyAsLong(rule),
                100 * packets.applyAsLong(rule))));
        return rule -> Optional.ofNullable(entries.get(rule));
    }

    public static DeviceId device(int n) {
        return DeviceId.deviceId("of:000000000000000" + n);
    }

    public static ConnectPoint port(String text) {
        return ConnectPoint.deviceConnectPoint("of:000000000000000" + text);
    }

    private static int number(DeviceId device) {
        return Integer.parseInt(device.toString().substring(3), 16);
    }

    private static SwitchLink link(String source, String destination) {
        return SwitchLink.of(port(source), port(destination));
    }

    static VirtualServerRequest.Builder requestIpv6(TransportProtocol protocol) {
        return VirtualServerRequest.builder().name("web6").vip(IpAddress.valueOf("2001:db8:1::1")).protocol(protocol)
                .addPorts(PortRange.of(53, 53)).addAccessSwitches(device(2));
    }
}
