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
package org.roundtrip.clock.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.flow.FlowRule;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class GuardRulesTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.clock");
    private static final ConnectPoint FAR = ConnectPoint.deviceConnectPoint("of:0000000000000002/2");

    private final GuardRules guards = new GuardRules(APPLICATION);

    @Test
    void dropsPtpOfThePairInEveryFormAtWhicheverPort() {
        Map<String, Set<FlowRule>> sets = guards.of(session("s", 1, 2));

        assertThat(sets.keySet()).containsExactly("guard/multicast/00:00:00:00:00:01",
                "guard/multicast/00:00:00:00:00:02", "guard/pair/00:00:00:00:00:01/00:00:00:00:00:02");
        assertThat(text(sets.get("guard/pair/00:00:00:00:00:01/00:00:00:00:00:02"))).containsExactly(
                "ETH_DST:00:00:00:00:00:01 ETH_SRC:00:00:00:00:00:02 ETH_TYPE:0x88f7",
                "ETH_DST:00:00:00:00:00:01 ETH_SRC:00:00:00:00:00:02 ETH_TYPE:ipv4 IP_PROTO:17 UDP_DST:319",
                "ETH_DST:00:00:00:00:00:01 ETH_SRC:00:00:00:00:00:02 ETH_TYPE:ipv4 IP_PROTO:17 UDP_DST:320",
                "ETH_DST:00:00:00:00:00:01 ETH_SRC:00:00:00:00:00:02 ETH_TYPE:ipv6 IP_PROTO:17 UDP_DST:319",
                "ETH_DST:00:00:00:00:00:01 ETH_SRC:00:00:00:00:00:02 ETH_TYPE:ipv6 IP_PROTO:17 UDP_DST:320",
                "ETH_DST:00:00:00:00:00:02 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:0x88f7",
                "ETH_DST:00:00:00:00:00:02 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv4 IP_PROTO:17 UDP_DST:319",
                "ETH_DST:00:00:00:00:00:02 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv4 IP_PROTO:17 UDP_DST:320",
                "ETH_DST:00:00:00:00:00:02 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv6 IP_PROTO:17 UDP_DST:319",
                "ETH_DST:00:00:00:00:00:02 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv6 IP_PROTO:17 UDP_DST:320");
        assertThat(text(sets.get("guard/multicast/00:00:00:00:00:01"))).containsExactly(
                "ETH_DST_MASKED:01:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:0x88f7",
                "ETH_DST_MASKED:01:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv4"
                        + " IP_PROTO:17 UDP_DST:319",
                "ETH_DST_MASKED:01:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv4"
                        + " IP_PROTO:17 UDP_DST:320",
                "ETH_DST_MASKED:01:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv6"
                        + " IP_PROTO:17 UDP_DST:319",
                "ETH_DST_MASKED:01:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01 ETH_TYPE:ipv6"
                        + " IP_PROTO:17 UDP_DST:320");
    }

    @Test
    void standsAtBothSwitchesBelowAdmissionAndOnlyDrops() {
        Collection<FlowRule> rules = all(session("s", 1, 2).at(endpoint(1), at(FAR)));

        assertThat(rules).hasSize(40).allSatisfy(rule -> {
            assertThat(rule.priority()).isEqualTo(40_500).isLessThan(41_000);
            assertThat(rule.tableId()).isZero();
            assertThat(rule.isPermanent()).isTrue();
            assertThat(rule.appId()).isEqualTo(APPLICATION.id());
            assertThat(rule.treatment().allInstructions()).hasToString("[NOACTION]");
        });
        assertThat(rules.stream().filter(rule -> rule.deviceId().equals(FAR.deviceId()))).hasSize(20);
    }

    @Test
    void knowsOfAPortOnlyThePort() {
        ClockEndpoint server = ClockEndpoint.builder().connectPoint(port(1)).build();
        Map<String, Set<FlowRule>> sets = guards.of(session("s", 1, 2).at(server, at(FAR)));

        assertThat(lines(sets.get("guard/pair/00:00:00:00:00:02/of:0000000000000001/1"))).hasSize(5).allMatch(
                line -> line.startsWith("switch 1 table 0 40500 ETH_DST:00:00:00:00:00:02 ETH_TYPE:")
                        && line.contains(" IN_PORT:1"));
        assertThat(lines(sets.get("guard/multicast/of:0000000000000001/1"))).hasSize(5).allMatch(
                line -> line.startsWith("switch 1 table 0 40500 ETH_DST_MASKED:01:") && line.contains(" IN_PORT:1"));
        assertThat(sets.get("guard/multicast/00:00:00:00:00:02")).hasSize(10);
    }

    @Test
    void dropsAllUnicastPtpWhereTheSessionTakesAll() {
        ClockSessionRecord session = session(request("s", 1, 2, PtpTransport.UDP_IPV4, PtpDelivery.UNICAST), 1, 2)
                .at(endpoint(1), ClockEndpoint.builder().connectPoint(FAR).build());

        assertThat(text(guards.of(session).get("guard/pair/00:00:00:00:00:01/of:0000000000000002/2")))
                .contains("ETH_DST_MASKED:00:00:00:00:00:00/01:00:00:00:00:00 ETH_SRC:00:00:00:00:00:01"
                                  + " ETH_TYPE:0x88f7")
                .contains("ETH_DST:00:00:00:00:00:01 ETH_TYPE:0x88f7 IN_PORT:2");
    }

    @Test
    void leavesPtpAloneThatIsNotHeld() {
        ClockSessionRequest free = ClockSessionRequest.builder().from(request("s", 1, 2)).strict(false).build();

        assertThat(guards.of(session(free, 1, 2))).isEmpty();
        assertThat(guards.of(session("s", 1, 2).toBeRemoved())).isEmpty();
    }

    @Test
    void needsTheSameOfAPairWhicheverWayRoundAndWhateverCarriesIt() {
        assertThat(guards.of(session("a", 1, 2))).isEqualTo(
                guards.of(session(request("b", 2, 1, PtpTransport.ETHERNET, PtpDelivery.UNICAST), 2, 1)));
    }

    private static ClockEndpoint at(ConnectPoint port) {
        return ClockEndpoint.builder().from(endpoint(2)).connectPoint(port).build();
    }

    private Collection<FlowRule> all(ClockSessionRecord session) {
        return guards.of(session).values().stream().flatMap(Set::stream).collect(Collectors.toList());
    }

    private static List<String> lines(Set<FlowRule> rules) {
        return RuleText.of(rules);
    }

    private static List<String> text(Set<FlowRule> rules) {
        return lines(rules).stream().map(line -> line.replaceFirst("switch . table 0 40500 ", "")
                .replaceFirst(" -> NOACTION", "")).distinct().sorted().collect(Collectors.toList());
    }
}
