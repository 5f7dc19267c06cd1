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
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.clock.compute.Ptp4lConfiguration;
import org.roundtrip.clock.compute.Ptp4lConfiguration.Role;

import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class SessionsResourceTest {

    private static final ClockSession SESSION = SessionExamples.sessions().get(0);
    private static final String REQUEST = Json.write(SessionExamples.cellSiteRequest());
    private static final String NAMELESS = REQUEST.replace("\"name\":\"cell-site-7\",", "");

    private final ClockSessionService service = mock(ClockSessionService.class);
    private final RestFixture rest = new RestFixture(new ClockApplication()).with(ClockSessionService.class, service);

    @Test
    void listsSessions() {
        when(service.sessions()).thenReturn(SessionExamples.sessions());

        answers(rest.send("GET", "sessions"), 200, Map.of("clock-session", SessionExamples.sessions()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "state=up                              | cell-site-7",
        "state=standby                         | none",
        "origin=negotiated                     | tower",
        "policy=towers                         | tower",
        "server=10.0.0.1                       | cell-site-7,tower",
        "client=00:00:00:00:00:02%2FNone       | cell-site-7",
        "device=of:0000000000000003            | substation,tower",
        "alarm=unprotected                     | tower",
        "alarm=refused&state=waiting           | substation",
        "after=cell-site-7                     | substation,tower",
        "limit=2                               | cell-site-7,substation",
        "server=10.0.0.1&limit=1               | cell-site-7",
        "server=10.0.0.1&after=cell-site-7     | tower",
    })
    void selectsSessions(String query, String names) {
        when(service.sessions()).thenReturn(SessionExamples.sessions());
        List<String> expected = names == null ? List.of() : List.of(names.split(","));

        answers(rest.send("GET", "sessions?" + query), 200, Map.of("clock-session", SessionExamples.sessions().stream()
                .filter(session -> expected.contains(session.request().name())).collect(Collectors.toList())));
    }

    @Test
    void leadsFromPageToPage() {
        when(service.sessions()).thenReturn(SessionExamples.sessions());

        Response first = rest.send("GET", "sessions?server=10.0.0.1&limit=1");
        assertThat(first.getLink("next").getUri().getQuery()).isEqualTo("server=10.0.0.1&limit=1&after=cell-site-7");
        assertThat(rest.send("GET", "sessions?server=10.0.0.1&limit=1&after=cell-site-7").getLink("next")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=many, limit", "state=fine, state", "server=x, server", "colour=blue, colour",
        "alarm=fire, alarm", "state=up&state=down, state"})
    void refusesWrongSelections(String query, String field) {
        problem(rest.send("GET", "sessions?" + query), 400, field);
    }

    @Test
    void showsWhatIsBelowASession() {
        when(service.session("cell-site-7")).thenReturn(Optional.of(SESSION));
        when(service.statistics("cell-site-7")).thenReturn(SessionExamples.statistics());
        when(service.history("cell-site-7")).thenReturn(SessionExamples.history());
        when(service.verify("cell-site-7")).thenReturn(SessionExamples.audit());
        when(service.statistics("other")).thenThrow(new NotFoundException("name", "there is none"));
        when(service.verify("other")).thenThrow(new NotFoundException("name", "there is none"));

        answers(rest.send("GET", "sessions/cell-site-7/statistics"), 200, SessionExamples.statistics());
        answers(rest.send("GET", "sessions/cell-site-7/history"), 200, Map.of("history", SessionExamples.history()));
        answers(rest.send("POST", "sessions/cell-site-7/verify"), 200, SessionExamples.audit());
        problem(rest.send("GET", "sessions/other/statistics"), 404, "name");
        problem(rest.send("GET", "sessions/other/history"), 404, "name");
        problem(rest.send("POST", "sessions/other/verify"), 404, "name");
    }

    @Test
    void configuresClocks() {
        when(service.session("cell-site-7")).thenReturn(Optional.of(SESSION));
        when(service.sessions()).thenReturn(SessionExamples.sessions());

        for (Role role : Role.values()) {
            Response response = rest.send("GET", "sessions/cell-site-7/ptp4l?role=" + Json.name(role));
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getMediaType()).hasToString("text/plain");
            assertThat(response.getEntity())
                    .isEqualTo(Ptp4lConfiguration.of(SESSION, role, SessionExamples.sessions()));
        }
        problem(rest.send("GET", "sessions/cell-site-7/ptp4l"), 400, "role");
        problem(rest.send("GET", "sessions/cell-site-7/ptp4l?role=grandmaster"), 400, "role");
        problem(rest.send("GET", "sessions/other/ptp4l?role=server"), 404, "name");
    }

    @Test
    void showsOneSession() {
        when(service.session("cell-site-7")).thenReturn(Optional.of(SESSION));

        answers(rest.send("GET", "sessions/cell-site-7"), 200, SESSION);
        problem(rest.send("GET", "sessions/other"), 404, "name");
    }

    @Test
    void addsASession() {
        when(service.add(SessionExamples.cellSiteRequest())).thenReturn(SESSION);

        Response response = rest.send("POST", "sessions", REQUEST);

        answers(response, 201, SESSION);
        assertThat(response.getLocation().getPath()).endsWith("/sessions/cell-site-7");
    }

    @Test
    void refusesASecondSessionOfTheSameName() {
        when(service.add(any())).thenThrow(new ConflictException("name", "there is one"));

        problem(rest.send("POST", "sessions", REQUEST), 409, "name");
    }

    @Test
    void putsASessionWithOrWithoutItsName() {
        assertThat(NAMELESS).isNotEqualTo(REQUEST);
        when(service.put(SessionExamples.cellSiteRequest())).thenReturn(SESSION);

        Response response = rest.send("PUT", "sessions/cell-site-7", REQUEST);
        answers(response, 201, SESSION);
        assertThat(response.getLocation().getPath()).endsWith("/sessions/cell-site-7");

        when(service.session("cell-site-7")).thenReturn(Optional.of(SESSION));
        answers(rest.send("PUT", "sessions/cell-site-7", NAMELESS), 200, SESSION);
    }

    @Test
    void refusesToPutASessionOfAnotherName() {
        problem(rest.send("PUT", "sessions/other", REQUEST), 400, "name");
        problem(rest.send("PUT", "sessions/a%20b", NAMELESS), 400, "name");
        verify(service, never()).put(any());
    }

    @Test
    void removesASession() {
        when(service.remove("cell-site-7")).thenReturn(SESSION);
        when(service.remove("other")).thenThrow(new NotFoundException("name", "there is none"));

        answers(rest.send("DELETE", "sessions/cell-site-7"), 202, SESSION);
        problem(rest.send("DELETE", "sessions/other"), 404, "name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'server':'10.0.0.1'}                                       | client",
        "{'server':'10.0.0.1','client':'x'}                          | client",
        "{'server':'10.0.0.1','client':'10.0.0.2','colour':'blue'}   | colour",
        "{'server':'10.0.0.1','client':'10.0.0.2','transport':'sea'} | transport",
        "{'server':'10.0.0.1','client':'10.0.0.2','tunnel':{'bandwidth':'-1'}} | tunnel.bandwidth",
        "{'server':'10.0.0.1','client':'10.0.0.2','domain':240}      | domain",
        "{'server':'10.0.0.1','client':'10.0.0.2','priority':256}    | priority",
        "{'server':'10.0.0.1','client':'10.0.0.2','strict':'maybe'}  | strict",
        "{'server':'10.0.0.1','client':'10.0.0.2','tunnel':{'resume-delay':60001}} | tunnel.resume-delay",
        "{'server':'10.0.0.1','client':'10.0.0.2','tunnel':{'setup-priority':8}} | tunnel.setup-priority",
        "{'server':'10.0.0.1','client':'10.0.0.2','monitoring':{'error-tolerance':'-1'}} | monitoring.error-tolerance",
    })
    void refusesWrongRequests(String json, String field) {
        problem(rest.send("PUT", "sessions/s", json.replace('\'', '"')), 400, field);
        verify(service, never()).put(any());
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{", "[]", "null", "\"text\"", "{\"a\": }", "{} {}"})
    void refusesWhatIsNoObject(String json) {
        for (String method : new String[]{"PUT", "POST"}) {
            Response response = rest.send(method, method.equals("PUT") ? "sessions/s" : "sessions", json);
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getMediaType()).hasToString("application/problem+json");
        }
        verify(service, never()).put(any());
        verify(service, never()).add(any());
    }

    @Test
    void letsViewersChangeNothing() {
        rest.as("viewer");

        assertThat(rest.send("DELETE", "sessions/cell-site-7").getStatus()).isEqualTo(403);
        verify(service, never()).remove(any());
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
