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
package org.roundtrip.clock.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockPolicyService;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.clock.TunnelInterface;

import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

/** Policies, and what is only read: servers and tunnel interfaces. */
class PoliciesResourceTest {

    private static final ClockPolicy TOWERS = SessionExamples.towers();
    private static final String BODY = Json.write(TOWERS);
    private static final String NAMELESS = BODY.replace("\"name\":\"towers\",", "");

    private final ClockPolicyService service = mock(ClockPolicyService.class);
    private final ClockSessionService sessions = mock(ClockSessionService.class);
    private final RestFixture rest = new RestFixture(new ClockApplication())
            .with(ClockPolicyService.class, service).with(ClockSessionService.class, sessions);

    @Test
    void listsPolicies() {
        when(service.policies()).thenReturn(SessionExamples.policies());

        answers(rest.send("GET", "policies"), 200, Map.of("clock-policy", SessionExamples.policies()));
        answers(rest.send("GET", "policies?after=laboratory"), 200, Map.of("clock-policy", List.of(TOWERS)));
        assertThat(rest.send("GET", "policies?limit=1").getLink("next").getUri().getQuery())
                .isEqualTo("limit=1&after=laboratory");
        problem(rest.send("GET", "policies?limit=0"), 400, "limit");
    }

    @Test
    void showsOnePolicy() {
        when(service.policy("towers")).thenReturn(Optional.of(TOWERS));

        answers(rest.send("GET", "policies/towers"), 200, TOWERS);
        problem(rest.send("GET", "policies/other"), 404, "name");
    }

    @Test
    void putsAPolicyWithOrWithoutItsName() {
        assertThat(NAMELESS).isNotEqualTo(BODY);
        when(service.put(TOWERS)).thenReturn(TOWERS);

        Response response = rest.send("PUT", "policies/towers", BODY);
        answers(response, 201, TOWERS);
        assertThat(response.getLocation().getPath()).endsWith("/policies/towers");

        when(service.policy("towers")).thenReturn(Optional.of(TOWERS));
        answers(rest.send("PUT", "policies/towers", NAMELESS), 200, TOWERS);
    }

    @Test
    void refusesAServerThatAnotherPolicyNames() {
        when(service.put(any())).thenThrow(new ConflictException("servers", "10.0.0.1 is named by another"));

        problem(rest.send("PUT", "policies/towers", BODY), 409, "servers");
    }

    @Test
    void removesAPolicy() {
        when(service.remove("towers")).thenReturn(TOWERS);
        when(service.remove("other")).thenThrow(new NotFoundException("name", "there is none"));

        answers(rest.send("DELETE", "policies/towers"), 202, TOWERS);
        problem(rest.send("DELETE", "policies/other"), 404, "name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'clients':['10.0.0.0/8']}                                             | servers",
        "{'servers':['10.0.0.1']}                                               | clients",
        "{'servers':['x'],'clients':['10.0.0.0/8']}                             | servers[0]",
        "{'servers':['10.0.0.1'],'clients':['x']}                               | clients[0]",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'domains':[240]}      | domains",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'max-clients':0}      | max-clients",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'max-message-rate':0} | max-message-rate",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'max-duration':9}     | max-duration",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'priority':256}       | priority",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'tunnel':{'bandwidth':'x'}} | tunnel.bandwidth",
        "{'servers':['10.0.0.1'],'clients':['10.0.0.0/8'],'colour':'blue'}      | colour",
        "{'name':'b','servers':['10.0.0.1'],'clients':['10.0.0.0/8']}           | name",
    })
    void refusesWrongPolicies(String json, String field) {
        problem(rest.send("PUT", "policies/a", json.replace('\'', '"')), 400, field);
        verify(service, never()).put(any());
    }

    @Test
    void letsViewersChangeNothing() {
        rest.as("viewer");

        assertThat(rest.send("PUT", "policies/towers", BODY).getStatus()).isEqualTo(403);
        assertThat(rest.send("DELETE", "policies/towers").getStatus()).isEqualTo(403);
        verify(service, never()).put(any());
        verify(service, never()).remove(any());
    }

    @Test
    void listsServers() {
        when(service.servers()).thenReturn(SessionExamples.servers());

        answers(rest.send("GET", "servers"), 200, Map.of("clock-server", SessionExamples.servers()));
        assertThat(rest.send("GET", "servers?limit=1").getLink("next").getUri().getQuery())
                .isEqualTo("limit=1&after=00:00:00:00:00:03/None");
    }

    @Test
    void listsTunnelInterfacesOfAllSessions() {
        when(sessions.sessions()).thenReturn(SessionExamples.sessions());

        assertThat(interfaces("")).containsExactly(
                "clock.cell-site-7@of:0000000000000001", "clock.cell-site-7@of:0000000000000002",
                "clock.tower@of:0000000000000001", "clock.tower@of:0000000000000003");
        assertThat(interfaces("?device=of:0000000000000001")).containsExactly(
                "clock.cell-site-7@of:0000000000000001", "clock.tower@of:0000000000000001");
        assertThat(interfaces("?state=held&limit=1")).containsExactly("clock.tower@of:0000000000000001");
        problem(rest.send("GET", "tunnel-interfaces?state=fine"), 400, "state");
    }

    private List<String> interfaces(String query) {
        Response response = rest.send("GET", "tunnel-interfaces" + query);
        assertThat(response.getStatus()).isEqualTo(200);
        return SessionExamples.sessions().stream()
                .flatMap(session -> List.of(session.serverTunnelInterface(), session.clientTunnelInterface()).stream())
                .flatMap(Optional::stream).map(TunnelInterface::id)
                .filter(id -> ((String) response.getEntity()).contains("\"" + id + "\"")).sorted().toList();
    }

    private static void answers(Response response, int status, Object value) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getEntity()).isEqualTo(Json.writePretty(value) + "\n");
    }

    private static void problem(Response response, int status, String field) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        assertThat((String) response.getEntity()).contains("\"field\" : \"" + field + "\"");
    }
}
