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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockServer;
import org.roundtrip.clock.ClockServerState;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.UnicastMessageType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Policies.policy;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.hostId;
import static org.roundtrip.clock.Sessions.ip;
import static org.roundtrip.clock.Sessions.request;

class ServerDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void knowsServersOfPoliciesBeforeAnybodyAsksThem() {
        List<ClockServer> servers = servers(List.of(policy("p", "10.0.0.1", "10.0.0.2")), List.of(), 1);

        assertThat(servers).extracting(server -> server.server().toString()).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(servers).extracting(ClockServer::policy).containsExactly(Optional.of("p"), Optional.of("p"));
        assertThat(servers).extracting(server -> server.status().state())
                .containsExactly(ClockServerState.IDLE, ClockServerState.UNKNOWN);
        assertThat(servers.get(0).endpoint()).contains(endpoint(1));
        assertThat(servers.get(1).status().reason()).contains("knows no such host");
    }

    @Test
    void countsSessionsOfTheSameServerHoweverTheyNameIt() {
        List<ClockServer> servers = servers(List.of(policy("p", "10.0.0.1")), List.of(
                session("b", 1, 3, ClockSessionState.UP), session("a", 1, 2, ClockSessionState.DOWN)), 1);

        assertThat(servers).hasSize(1);
        assertThat(servers.get(0).sessions()).containsExactly("a", "b");
        assertThat(servers.get(0).status().state()).isEqualTo(ClockServerState.SERVING);
        assertThat(servers.get(0).status().reason()).isEqualTo("1 of its 2 sessions is up; "
                + "not passed on to it: 3 because domain 7 is not allowed");
        assertThat(servers.get(0).clockIdentity()).contains("identity of 10.0.0.1");
    }

    @Test
    void knowsServersOfConfiguredSessionsByTheNameThatTheyGive() {
        List<ClockServer> servers = servers(List.of(), List.of(session("s", 1, 2, ClockSessionState.DOWN)), 1);

        assertThat(servers).hasSize(1);
        assertThat(servers.get(0).server()).isEqualTo(ClockReference.of(hostId(1)));
        assertThat(servers.get(0).policy()).isEmpty();
        assertThat(servers.get(0).endpoint()).contains(endpoint(1));
        assertThat(servers.get(0).status().state()).isEqualTo(ClockServerState.IMPAIRED);
    }

    @Test
    void addsUpWhatIsGranted() {
        ClockSession fast = granted(session("a", 1, 2, ClockSessionState.UP), -4, UnicastMessageType.SYNC);
        ClockSession slow = granted(session("b", 1, 3, ClockSessionState.UP), 1, UnicastMessageType.ANNOUNCE);

        assertThat(servers(List.of(policy("p", "10.0.0.1")), List.of(fast, slow), 1).get(0).messageRate())
                .isEqualTo(17);
    }

    @Test
    void keepsTheAgeOfAState() {
        Status<ClockServerState> before = Status.of(ClockServerState.IDLE, "", NOW.minusSeconds(60));

        assertThat(ServerDirectory.servers(List.of(policy("p", "10.0.0.1")), List.of(),
                                           reference -> Optional.of(endpoint(1)), Map.of(),
                                           server -> Map.of(), Map.of(ClockReference.of(ip(1)), before), NOW)
                           .get(0).status().since()).isEqualTo(NOW.minusSeconds(60));
    }

    private static List<ClockServer> servers(List<ClockPolicy> policies, List<ClockSession> sessions, int known) {
        Map<IpAddress, String> identities = Map.of(ip(known), "identity of " + ip(known));
        return ServerDirectory.servers(policies, sessions, reference -> reference.ipAddress()
                .filter(ip(known)::equals).map(address -> endpoint(known)), identities,
                                       server -> Map.of("domain 7 is not allowed", 3L), Map.of(), NOW);
    }

    private static ClockSession session(String name, int server, int client, ClockSessionState state) {
        return ClockSession.builder().request(request(name, server, client)).serverEndpoint(endpoint(server))
                .clientEndpoint(endpoint(client)).tePath("clock." + name).status(Status.of(state, "", NOW)).build();
    }

    private static ClockSession granted(ClockSession session, int logPeriod, UnicastMessageType type) {
        return ClockSession.builder().from(session)
                .addGrants(UnicastGrant.builder().domain(0).messageType(type).logInterMessagePeriod(logPeriod)
                                   .duration(60).expires(NOW).build()).build();
    }
}
