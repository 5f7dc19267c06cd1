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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.port;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class ReplicationRulesTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.roundtrip.clock");
    private static final ExtensionTreatment RESUBMIT = mock(ExtensionTreatment.class);

    private final ReplicationRules replication = new ReplicationRules(APPLICATION);

    @Test
    void looksUpACopyForEachSessionInTheOrderOfTheirIds() {
        String server = "replication/of:0000000000000001/1/IPV4/10.0.0.1/32";
        List<MulticastCopy> copies = new ArrayList<>();
        for (int client = 4; client >= 2; client--) {
            copies.addAll(ReplicationRules.copies(session("s" + client, 1, client)
                    .withTunnelIds(Optional.of(client + 5L), Optional.empty())).get(server));
        }

        assertThat(RuleText.of(replication.compile(copies, RESUBMIT))).containsExactly(
                "switch 1 table 0 41500 ETH_TYPE:ipv4 IN_PORT:1 IPV4_DST:224.0.1.129/32 IPV4_SRC:10.0.0.1/32"
                        + " IP_PROTO:17 TUNNEL_ID:0 UDP_DST:319 -> TUNNEL_ID:7 RESUBMIT TUNNEL_ID:8 RESUBMIT"
                        + " TUNNEL_ID:9 RESUBMIT",
                "switch 1 table 0 41500 ETH_TYPE:ipv4 IN_PORT:1 IPV4_DST:224.0.1.129/32 IPV4_SRC:10.0.0.1/32"
                        + " IP_PROTO:17 TUNNEL_ID:0 UDP_DST:320 -> TUNNEL_ID:7 RESUBMIT TUNNEL_ID:8 RESUBMIT"
                        + " TUNNEL_ID:9 RESUBMIT");
    }

    @ParameterizedTest
    @CsvSource({"UDP_IPV4, 2", "UDP_IPV6, 8", "ETHERNET, 1"})
    void copiesAllThatGoesToTheGroupsOfATransport(PtpTransport transport, int rules) {
        ClockSessionRecord session = session(request("s", 1, 2, transport, PtpDelivery.MULTICAST), 1, 2)
                .at(end(1, transport), end(2, transport)).withTunnelIds(Optional.of(1L), Optional.of(1L));

        assertThat(ReplicationRules.copies(session)).hasSize(2).allSatisfy((key, copies) -> {
            List<FlowRule> compiled = replication.compile(copies, RESUBMIT);
            assertThat(compiled).hasSize(rules).allSatisfy(rule -> {
                assertThat(rule.priority()).isEqualTo(41_500).isBetween(41_001, 41_999);
                assertThat(rule.isPermanent()).isTrue();
                assertThat(rule.appId()).isEqualTo(APPLICATION.id());
            });
        });
        // What is copied is exactly what the te-path takes in.
        assertThat(SessionPaths.of(session).forwardTraffic().stream().filter(match -> match.tunnelId().isPresent()))
                .hasSize(rules);
    }

    @Test
    void knowsOfAPortOnlyThePort() {
        ClockSessionRecord session = session("s", 1, 2)
                .at(ClockEndpoint.builder().connectPoint(port(1)).build(), endpoint(2))
                .withTunnelIds(Optional.of(1L), Optional.empty());

        assertThat(ReplicationRules.copies(session).keySet())
                .containsExactly("replication/of:0000000000000001/1/IPV4/any");
        Set<MulticastCopy> copies = ReplicationRules.copies(session).values().iterator().next();
        assertThat(RuleText.of(replication.compile(copies, RESUBMIT)).get(0)).isEqualTo(
                "switch 1 table 0 41500 ETH_TYPE:ipv4 IN_PORT:1 IPV4_DST:224.0.1.129/32 IP_PROTO:17 TUNNEL_ID:0"
                        + " UDP_DST:319 -> TUNNEL_ID:1 RESUBMIT");
    }

    @Test
    void copiesNothingWithoutIdsOrForASessionThatGoes() {
        assertThat(ReplicationRules.copies(session("s", 1, 2))).isEmpty();
        assertThat(ReplicationRules.copies(session("s", 1, 2).withTunnelIds(Optional.of(1L), Optional.of(1L))
                                                   .toBeRemoved())).isEmpty();
    }

    @Test
    void givesTheSameRulesInWhicheverOrderSessionsCame() {
        List<MulticastCopy> copies = ReplicationRules.copies(session("s", 1, 2)
                        .withTunnelIds(Optional.of(1L), Optional.of(2L))).values().stream()
                .flatMap(Set::stream).filter(copy -> copy.port().equals(port(1))).collect(Collectors.toList());
        List<MulticastCopy> reversed = new ArrayList<>(copies);
        Collections.reverse(reversed);

        assertThat(replication.compile(reversed, RESUBMIT)).isEqualTo(replication.compile(copies, RESUBMIT));
    }

    private static ClockEndpoint end(int n, PtpTransport transport) {
        return transport == PtpTransport.UDP_IPV6
                ? ClockEndpoint.builder().from(endpoint(n)).ip(IpAddress.valueOf("2001:db8::" + n)).build()
                : endpoint(n);
    }
}
