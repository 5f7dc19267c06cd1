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
package org.roundtrip.balancer.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.MemberState;
import org.roundtrip.balancer.ServerExamples;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerInspectionService;
import org.roundtrip.balancer.VirtualServerRequest;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;

import javax.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

class BalancerApplicationTest {

    private static final VirtualServer WEB = ServerExamples.web();
    private static final VirtualServerRequest REQUEST = ServerExamples.webRequest();
    private static final String BODY = Json.write(REQUEST);
    private static final String NAMELESS = BODY.replace("\"name\":\"web\",", "");

    private final VirtualServerService service = mock(VirtualServerService.class);
    private final VirtualServerInspectionService inspection = mock(VirtualServerInspectionService.class);
    private final RestFixture rest = new RestFixture(new BalancerApplication())
            .with(VirtualServerService.class, service).with(VirtualServerInspectionService.class, inspection);

    @Test
    void listsVirtualServers() {
        when(service.servers()).thenReturn(ServerExamples.servers());

        answers(rest.send("GET", "servers"), 200, Map.of("virtual-server", ServerExamples.servers()));
        Response page = rest.send("GET", "servers?limit=2");
        answers(page, 200, Map.of("virtual-server", ServerExamples.servers().subList(0, 2)));
        assertThat(page.getLink("next").getUri().getQuery()).isEqualTo("limit=2&after=signalling");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "state=degraded                                    | web",
        "vip=2001:db8:1::53                                | names",
        "vip=2001:db8:1:0::53                              | names",
        "protocol=sctp                                     | signalling",
        "member=192.0.2.4                                  | web",
        "device=of:0000000000000003                        | web",
        "device=of:0000000000000002&state=installing       | signalling",
        "alarm=panic                                       | signalling",
        "alarm=no-member                                   | ''",
        "state=up                                          | ''",
    })
    void selectsVirtualServers(String query, String name) {
        when(service.servers()).thenReturn(ServerExamples.servers());

        answers(rest.send("GET", "servers?" + query), 200, Map.of("virtual-server", ServerExamples.servers().stream()
                .filter(server -> server.request().name().equals(name)).toList()));
    }

    @ParameterizedTest
    @CsvSource({"state=fine,state", "vip=web,vip", "protocol=icmp,protocol", "member=192.0.2.4:80,member",
            "device=3,device", "alarm=fire,alarm", "limit=0,limit", "colour=blue,colour", "state=up&state=down,state"})
    void refusesWrongSelections(String query, String field) {
        problem(rest.send("GET", "servers?" + query), 400, field);
    }

    @Test
    void showsOneVirtualServer() {
        when(service.server("web")).thenReturn(Optional.of(WEB));

        answers(rest.send("GET", "servers/web"), 200, WEB);
        problem(rest.send("GET", "servers/other"), 404, "name");
    }

    @Test
    void showsStatistics() {
        when(inspection.statistics("web")).thenReturn(ServerExamples.statistics());
        when(inspection.statistics("other")).thenThrow(new NotFoundException("name", "there is none"));

        answers(rest.send("GET", "servers/web/statistics"), 200, ServerExamples.statistics());
        problem(rest.send("GET", "servers/other/statistics"), 404, "name");
    }

    @Test
    void addsAVirtualServer() {
        when(service.add(REQUEST)).thenReturn(WEB);

        Response response = rest.send("POST", "servers", BODY);
        answers(response, 201, WEB);
        assertThat(response.getLocation().getPath()).endsWith("/servers/web");

        when(service.add(REQUEST)).thenThrow(new ConflictException("name", "it is in use"));
        problem(rest.send("POST", "servers", BODY), 409, "name");
    }

    @Test
    void putsAVirtualServerWithOrWithoutItsName() {
        assertThat(NAMELESS).isNotEqualTo(BODY);
        when(service.put(REQUEST)).thenReturn(WEB);

        Response response = rest.send("PUT", "servers/web", BODY);
        answers(response, 201, WEB);
        assertThat(response.getLocation().getPath()).endsWith("/servers/web");

        when(service.server("web")).thenReturn(Optional.of(WEB));
        answers(rest.send("PUT", "servers/web", NAMELESS), 200, WEB);
        problem(rest.send("PUT", "servers/other", BODY), 400, "name");
    }

    @Test
    void removesAVirtualServer() {
        when(service.remove("web")).thenReturn(WEB);
        when(service.remove("other")).thenThrow(new NotFoundException("name", "there is none"));

        answers(rest.send("DELETE", "servers/web"), 202, WEB);
        problem(rest.send("DELETE", "servers/other"), 404, "name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'ports':['80'],'access-switches':['of:1']}                                            | vip",
        "{'vip':'10.0.0.1','access-switches':['of:1']}                                          | ports",
        "{'vip':'10.0.0.1','ports':['80']}                                                      | access-switches",
        "{'vip':'ten','ports':['80'],'access-switches':['of:1']}                                | vip",
        "{'vip':'10.0.0.1','ports':['http'],'access-switches':['of:1']}                         | ports[0]",
        "{'vip':'10.0.0.1','ports':['80','85-90','90'],'access-switches':['of:1']}              | ports",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1','1']}                       | access-switches[1]",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'affinity':'none'}         | affinity",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'protocol':'quic'}         | protocol",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'drain-time':-1}           | drain-time",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'members':[{}]}            | members[0].address",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'members':[{'address':'10.1.0.1'},"
                + "{'address':'10.1.0.2','weight':101}]}                                        | members[1].weight",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'members':[{'address':'10.1.0.1'},"
                + "{'address':'10.1.0.1','port':0}]}                                            | members[1]",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'members':[{'address':'2001:db8::1'}]}"
                + "                                                                             | members[0].address",
        "{'vip':'10.0.0.1','ports':['80'],'access-switches':['of:1'],'vip-mac':'00:00:00:00:00:01'} | vip-mac",
        "{'name':'b','vip':'10.0.0.1','ports':['80'],'access-switches':['of:1']}                | name",
    })
    void refusesWrongRequests(String json, String field) {
        problem(rest.send("PUT", "servers/a", json.replace('\'', '"')), 400, field);
        verifyNoInteractions(service);
    }

    @Test
    void showsMembers() {
        when(service.server("web")).thenReturn(Optional.of(WEB));

        answers(rest.send("GET", "servers/web/members"), 200,
                Map.of("members", REQUEST.members(), "member-status", WEB.memberStatus()));
        answers(rest.send("GET", "servers/web/members/192.0.2.2:8080"), 200, WEB.memberStatus().get(1));
        problem(rest.send("GET", "servers/web/members/192.0.2.2"), 404, "member");
        problem(rest.send("GET", "servers/web/members/second"), 400, "member");
        problem(rest.send("GET", "servers/other/members"), 404, "name");
        problem(rest.send("GET", "servers/other/members/192.0.2.2:8080"), 404, "name");
    }

    @Test
    void changesMembers() {
        when(service.changeMembers("web", List.of(
                change("192.0.2.1:8080").weight(10).build(),
                change("192.0.2.2").state(MemberState.DISABLED).build(),
                change("192.0.2.3").operation(MemberOperation.REMOVE).build()))).thenReturn(WEB);

        answers(rest.send("PATCH", "servers/web/members", (
                "{'members':[{'address':'192.0.2.1','port':8080,'weight':10},"
                + "{'address':'192.0.2.2','state':'disabled'},{'address':'192.0.2.3','operation':'remove'}]}")
                .replace('\'', '"')), 200, WEB);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'members':[]}                                                                         | members",
        "{'members':[{'weight':5}]}                                                             | members[0].address",
        "{'members':[{'address':'192.0.2.1'},{'address':'192.0.2.2','weight':-1}]}              | members[1].weight",
        "{'members':[{'address':'192.0.2.1','state':'tired'}]}                                  | members[0].state",
        "{'members':[{'address':'192.0.2.1','operation':'remove','weight':1}]}                  | members[0].weight",
        "{'members':[{'address':'192.0.2.1','colour':'blue'}]}                                  | members[0].colour",
        "{'member':[]}                                                                          | member",
    })
    void refusesWrongChanges(String json, String field) {
        problem(rest.send("PATCH", "servers/web/members", json.replace('\'', '"')), 400, field);
        verifyNoInteractions(service);
    }

    @Test
    void tellsWhatTheServiceRefuses() {
        when(service.changeMembers(any(), any()))
                .thenThrow(new NotFoundException("members[0]", "there is none"))
                .thenThrow(new InvalidRequestException("members[1].address", "is in the segment of the vip"));
        String body = "{\"members\":[{\"address\":\"192.0.2.9\"}]}";

        problem(rest.send("PATCH", "servers/web/members", body), 404, "members[0]");
        problem(rest.send("PATCH", "servers/web/members", body), 400, "members[1].address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'weight':50}", "{'address':'192.0.2.2','weight':50}",
            "{'address':'192.0.2.2','port':8080,'weight':50,'state':'enabled'}"})
    void putsAMember(String json) {
        when(service.server("web")).thenReturn(Optional.of(WEB));

        answers(rest.send("PUT", "servers/web/members/192.0.2.2:8080", json.replace('\'', '"')), 200,
                WEB.memberStatus().get(1));
        verify(service).changeMembers("web", List.of(
                change("192.0.2.2:8080").weight(50).state(MemberState.ENABLED).build()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'address':'192.0.2.3'}    | address",
        "{'port':80}                | address",
        "{'port':65536}             | port",
        "{'weight':101}             | weight",
        "{'operation':'remove'}     | operation",
    })
    void refusesWrongMembers(String json, String field) {
        problem(rest.send("PUT", "servers/web/members/192.0.2.2:8080", json.replace('\'', '"')), 400, field);
        problem(rest.send("PUT", "servers/web/members/192.0.2.2:http", "{}"), 400, "member");
        verifyNoInteractions(service);
    }

    @Test
    void removesAMember() {
        when(service.changeMembers("names", List.of(change("2001:db8:2::1").operation(MemberOperation.REMOVE).build())))
                .thenReturn(ServerExamples.names());

        answers(rest.send("DELETE", "servers/names/members/2001:db8:2::1"), 202, ServerExamples.names());
        problem(rest.send("DELETE", "servers/names/members/first"), 400, "member");
    }

    @Test
    void explainsAConnection() {
        when(inspection.explain(ServerExamples.query())).thenReturn(ServerExamples.explanation());

        answers(rest.send("POST", "explain", Json.write(ServerExamples.query())), 200, ServerExamples.explanation());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'vip':'198.51.100.1','client-port':9}                                                 | client",
        "{'vip':'198.51.100.1','client':'203.0.113.9'}                                          | client-port",
        "{'vip':'198.51.100.1','client':'2001:db8::9','client-port':9}                          | client",
        "{'vip':'198.51.100.1','client':'203.0.113.9','client-port':0}                          | client-port",
        "{'vip':'198.51.100.1','client':'203.0.113.9','client-port':9,'port':65536}             | port",
        "{'vip':'198.51.100.1','client':'203.0.113.9','client-port':9,'protocol':'icmp'}        | protocol",
    })
    void refusesWrongQueries(String json, String field) {
        problem(rest.send("POST", "explain", json.replace('\'', '"')), 400, field);
        verifyNoInteractions(inspection);
    }

    @Test
    void letsViewersChangeNothing() {
        when(service.server("web")).thenReturn(Optional.of(WEB));
        rest.as("viewer");

        assertThat(rest.send("GET", "servers/web").getStatus()).isEqualTo(200);
        verify(service).server("web");
        assertThat(rest.send("POST", "servers", BODY).getStatus()).isEqualTo(403);
        assertThat(rest.send("PUT", "servers/web", BODY).getStatus()).isEqualTo(403);
        assertThat(rest.send("DELETE", "servers/web").getStatus()).isEqualTo(403);
        assertThat(rest.send("PUT", "servers/web/members/192.0.2.1", "{}").getStatus()).isEqualTo(403);
        assertThat(rest.send("DELETE", "servers/web/members/192.0.2.1").getStatus()).isEqualTo(403);
        assertThat(rest.send("PATCH", "servers/web/members", "{\"members\":[{\"address\":\"192.0.2.1\"}]}")
                           .getStatus()).isEqualTo(403);
        verifyNoMoreInteractions(service);
    }

    private static MemberChange.Builder change(String member) {
        MemberId id = MemberId.valueOf(member);
        return MemberChange.builder().address(id.address()).port(id.port());
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
