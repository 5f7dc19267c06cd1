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
package org.roundtrip.detection.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.detection.Detection;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionConfigurationService;
import org.roundtrip.detection.DetectionExamples;
import org.roundtrip.detection.DetectionHistoryService;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.DetectionService;
import org.roundtrip.detection.protocol.ProbeSettings;

import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

class DetectionApplicationTest {

    private static final Detection WEB = DetectionExamples.web();
    private static final DetectionProfile PROFILE = DetectionExamples.webProfile();
    private static final DetectionAgent AGENT = DetectionExamples.connected();
    private static final DetectionAgentRequest REQUEST = DetectionExamples.agentRequest();
    private static final String SECRET = REQUEST.secret();
    private static final String BODY =
            "{'device':'of:0000000000000001','port':'detection','secret':'" + SECRET + "'}";

    private final DetectionService service = mock(DetectionService.class);
    private final DetectionConfigurationService configuration = mock(DetectionConfigurationService.class);
    private final DetectionHistoryService history = mock(DetectionHistoryService.class);
    private final RestFixture rest = new RestFixture(new DetectionApplication())
            .with(DetectionService.class, service).with(DetectionConfigurationService.class, configuration)
            .with(DetectionHistoryService.class, history);

    @Test
    void listsServices() {
        when(service.detections()).thenReturn(DetectionExamples.services());

        answers(rest.send("GET", "services"), 200, Map.of("detection", DetectionExamples.services()));
        Response page = rest.send("GET", "services?limit=1");
        answers(page, 200, Map.of("detection", List.of(DetectionExamples.names())));
        assertThat(page.getLink("next").getUri().getQuery()).isEqualTo("limit=1&after=balancer/names");
        answers(rest.send("GET", "services?" + page.getLink("next").getUri().getRawQuery()), 200,
                Map.of("detection", List.of(WEB)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "profile=web                    | balancer/web",
        "profile=dns                    | balancer/names",
        "agent=node-2                   | balancer/web",
        "state=unknown                  | balancer/web",
        "agent=node-1&state=down        | balancer/web",
        "agent=node-2&state=up          | ''",
        "profile=dns&state=down         | ''",
    })
    void selectsServices(String query, String name) {
        when(service.detections()).thenReturn(DetectionExamples.services());

        answers(rest.send("GET", "services?" + query), 200, Map.of("detection", DetectionExamples.services().stream()
                .filter(each -> each.check().service().equals(name)).toList()));
    }

    @ParameterizedTest
    @CsvSource({"services?state=fine,state", "services?limit=0,limit", "services?colour=blue,colour",
            "agents?state=up,state", "agents?device=3,device", "profiles?state=up,state"})
    void refusesWrongSelections(String address, String field) {
        problem(rest.send("GET", address), 400, field);
    }

    @Test
    void showsOneServiceByItsNameWithSlashes() {
        when(service.detection("balancer/web")).thenReturn(Optional.of(WEB));

        answers(rest.send("GET", "services/balancer/web"), 200, WEB);
        answers(rest.send("GET", "services/balancer%2Fweb"), 200, WEB);
        problem(rest.send("GET", "services/web"), 404, "service");
        problem(rest.send("GET", "services/balancer/web/more"), 404, "service");
    }

    @Test
    void letsNobodyRequestOrWithdrawServices() {
        assertThat(rest.send("PUT", "services/balancer/web", "{}").getStatus()).isEqualTo(405);
        assertThat(rest.send("DELETE", "services/balancer/web").getStatus()).isEqualTo(405);
        verifyNoInteractions(service);
    }

    @Test
    void showsAlarmsAndHistories() {
        when(service.detection("balancer/web")).thenReturn(Optional.of(WEB));
        when(configuration.agent("node-1")).thenReturn(Optional.of(AGENT));
        when(history.alarms()).thenReturn(DetectionExamples.alarms());
        when(history.changes("node-1")).thenReturn(DetectionExamples.agentChanges());
        when(history.changes("balancer/web 192.0.2.2:8080")).thenReturn(DetectionExamples.memberChanges());

        answers(rest.send("GET", "alarms"), 200, Map.of("detection-alarm", DetectionExamples.alarms()));
        answers(rest.send("GET", "agents/node-1/history"), 200, Map.of("history", DetectionExamples.agentChanges()));
        answers(rest.send("GET", "services/balancer/web/members/192.0.2.2:8080/history"), 200,
                Map.of("history", DetectionExamples.memberChanges()));
        problem(rest.send("GET", "agents/other/history"), 404, "name");
        problem(rest.send("GET", "services/balancer/web/members/192.0.2.9:8080/history"), 404, "member");
        problem(rest.send("GET", "services/balancer/other/members/192.0.2.2:8080/history"), 404, "service");
    }

    @Test
    void listsAndShowsProfiles() {
        when(configuration.profiles()).thenReturn(DetectionExamples.profiles());
        when(configuration.profile("web")).thenReturn(Optional.of(PROFILE));

        answers(rest.send("GET", "profiles"), 200, Map.of("detection-profile", DetectionExamples.profiles()));
        answers(rest.send("GET", "profiles?after=dns&limit=1"), 200,
                Map.of("detection-profile", List.of(DetectionExamples.fast())));
        answers(rest.send("GET", "profiles/web"), 200, PROFILE);
        problem(rest.send("GET", "profiles/other"), 404, "name");
    }

    @Test
    void putsAProfileWithOrWithoutItsName() {
        Response response = rest.send("PUT", "profiles/web", Json.write(PROFILE));
        answers(response, 201, PROFILE);
        assertThat(response.getLocation().getPath()).endsWith("/profiles/web");

        when(configuration.profile("web")).thenReturn(Optional.of(PROFILE));
        answers(rest.send("PUT", "profiles/web", Json.write(PROFILE.settings())), 200, PROFILE);
        verify(configuration, times(2)).putProfile(PROFILE);
        problem(rest.send("PUT", "profiles/other", Json.write(PROFILE)), 400, "name");
    }

    @Test
    void takesDefaultsOfWhatIsNotSaid() {
        DetectionProfile standard = DetectionProfile.builder().name("a").settings(ProbeSettings.builder().build())
                .build();

        answers(rest.send("PUT", "profiles/a", "{}"), 201, standard);
        verify(configuration).putProfile(standard);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'name':'b'}                                   | name",
        "{'type':'carrier-pigeon'}                      | type",
        "{'interval':99}                                | interval",
        "{'interval':3600001}                           | interval",
        "{'interval':'soon'}                            | interval",
        "{'interval':9999999999}                        | interval",
        "{'timeout':9}                                  | timeout",
        "{'interval':200,'timeout':201}                 | timeout",
        "{'jitter':51}                                  | jitter",
        "{'rise':0}                                     | rise",
        "{'fall':101}                                   | fall",
        "{'type':['tcp']}                               | type",
        "{'host':{}}                                    | host",
        "{'port':0}                                     | port",
        "{'method':''}                                  | method",
        "{'path':''}                                    | path",
        "{'path':'/ HTTP/1.1'}                          | path",
        "{'path':'/a\\r\\nHost: b'}                     | path",
        "{'host':'a\\r\\nX: b'}                         | host",
        "{'expected-status':''}                         | expected-status",
        "{'expected-status':'200,'}                     | expected-status",
        "{'expected-body':''}                           | expected-body",
        "{'payload':'5e e'}                             | payload",
        "{'expected-response':'5'}                      | expected-response",
        "{'colour':'blue'}                              | colour",
        "{'settings':{'interval':200}}                  | settings",
    })
    void refusesWrongProfilesByTheNameOfTheField(String json, String field) {
        problem(rest.send("PUT", "profiles/a", json.replace('\'', '"')), 400, field);
        verify(configuration, never()).putProfile(any());
    }

    @Test
    void tellsAllThatIsWrongWithAProfile() {
        Response response = rest.send("PUT", "profiles/a", "{\"interval\":1,\"rise\":0,\"fall\":0}");

        problem(response, 400, "interval");
        problem(response, 400, "rise");
        problem(response, 400, "fall");
    }

    @Test
    void removesAProfile() {
        when(configuration.profile("web")).thenReturn(Optional.of(PROFILE));
        when(configuration.profile("fast")).thenReturn(Optional.of(DetectionExamples.fast()));
        doThrow(new ConflictException("name", "is a preset")).when(configuration).removeProfile("fast");

        answers(rest.send("DELETE", "profiles/web"), 200, PROFILE);
        verify(configuration).removeProfile("web");
        problem(rest.send("DELETE", "profiles/fast"), 409, "name");
        problem(rest.send("DELETE", "profiles/other"), 404, "name");
    }

    @Test
    void refusesToChangeAPreset() {
        doThrow(new ConflictException("name", "is a preset")).when(configuration)
                .putProfile(DetectionExamples.fast());

        problem(rest.send("PUT", "profiles/fast", Json.write(DetectionExamples.fast())), 409, "name");
    }

    @Test
    void listsAndShowsAgents() {
        when(configuration.agents()).thenReturn(DetectionExamples.agents());
        when(configuration.agent("node-1")).thenReturn(Optional.of(AGENT));

        answers(rest.send("GET", "agents"), 200, Map.of("detection-agent", DetectionExamples.agents()));
        answers(rest.send("GET", "agents?state=silent"), 200,
                Map.of("detection-agent", List.of(DetectionExamples.silent())));
        answers(rest.send("GET", "agents?device=of:0000000000000001&limit=1"), 200,
                Map.of("detection-agent", List.of(AGENT)));
        answers(rest.send("GET", "agents/node-1"), 200, AGENT);
        problem(rest.send("GET", "agents/other"), 404, "name");
    }

    @Test
    void putsAnAgentAndNeverShowsItsSecret() {
        when(configuration.putAgent(REQUEST)).thenReturn(AGENT);

        Response response = rest.send("PUT", "agents/node-1", json(BODY));
        answers(response, 201, AGENT);
        assertThat(response.getLocation().getPath()).endsWith("/agents/node-1");
        assertThat((String) response.getEntity()).doesNotContain(SECRET).doesNotContain("secret");

        when(configuration.agent("node-1")).thenReturn(Optional.of(AGENT));
        answers(rest.send("PUT", "agents/node-1", json(BODY)), 200, AGENT);
        problem(rest.send("PUT", "agents/other", Json.write(REQUEST)), 400, "name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'port':'7','secret':'0123456789abcdef'}                               | device",
        "{'device':'of:1','secret':'0123456789abcdef'}                          | port",
        "{'device':'of:1','port':'7'}                                           | secret",
        "{'device':'1','port':'7','secret':'0123456789abcdef'}                  | device",
        "{'device':'of:1','port':'','secret':'0123456789abcdef'}                | port",
        "{'device':'of:1','port':'7','secret':'0123456789abcde'}                | secret",
        "{'device':'of:1','port':'7','secret':['0123456789abcdef']}             | secret",
        "{'device':'of:1','port':'7','secret':{'1234567890123456':1}}           | secret",
        "{'device':'of:1','port':'7','secret':'0123456789abcdef','colour':'a'}  | colour",
        "{'name':'b','device':'of:1','port':'7','secret':'0123456789abcdef'}    | name",
    })
    void refusesWrongAgentsWithoutShowingTheirSecrets(String json, String field) {
        Response response = rest.send("PUT", "agents/a", json(json));

        problem(response, 400, field);
        assertThat((String) response.getEntity()).doesNotContain("0123456789", "1234567890");
        verify(configuration, never()).putAgent(any());
    }

    @Test
    void writesNoSecretToALog() {
        assertThat(REQUEST.toString()).contains("node-1").doesNotContain(SECRET);
    }

    @Test
    void removesAnAgent() {
        when(configuration.agent("node-1")).thenReturn(Optional.of(AGENT));
        doThrow(new NotFoundException("name", "there is none")).when(configuration).removeAgent("node-1");

        problem(rest.send("DELETE", "agents/node-1"), 404, "name");
        doNothing().when(configuration).removeAgent("node-1");
        answers(rest.send("DELETE", "agents/node-1"), 200, AGENT);
        problem(rest.send("DELETE", "agents/other"), 404, "name");
    }

    @Test
    void letsViewersChangeNothing() {
        when(configuration.agent("node-1")).thenReturn(Optional.of(AGENT));
        rest.as("viewer");

        assertThat(rest.send("GET", "agents/node-1").getStatus()).isEqualTo(200);
        verify(configuration).agent("node-1");
        assertThat(rest.send("PUT", "agents/node-1", json(BODY)).getStatus()).isEqualTo(403);
        assertThat(rest.send("DELETE", "agents/node-1").getStatus()).isEqualTo(403);
        assertThat(rest.send("PUT", "profiles/a", "{}").getStatus()).isEqualTo(403);
        assertThat(rest.send("DELETE", "profiles/a").getStatus()).isEqualTo(403);
        verifyNoMoreInteractions(configuration);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void answers(Response response, int status, Object value) {
        assertThat(response.getEntity()).isEqualTo(Json.writePretty(value) + "\n");
        assertThat(response.getStatus()).isEqualTo(status);
    }

    private static void problem(Response response, int status, String field) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        assertThat((String) response.getEntity()).contains("\"field\" : \"" + field + "\"");
    }
}
