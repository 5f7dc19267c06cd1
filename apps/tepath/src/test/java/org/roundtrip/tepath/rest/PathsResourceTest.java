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
package org.roundtrip.tepath.rest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.core.DefaultApplicationId;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestFixture;
import org.roundtrip.tepath.PathExamples;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;

import javax.ws.rs.core.Response;
import java.util.ArrayList;
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

class PathsResourceTest {

    private static final ApplicationId OWNER = new DefaultApplicationId(1, "org.roundtrip.tepath");
    private static final TePath PATH = PathExamples.voice();
    private static final String REQUEST = Json.write(PathExamples.voiceRequest());

    private final TePathService service = mock(TePathService.class);
    private final CoreService core = mock(CoreService.class);
    private final RestFixture rest = new RestFixture(new TePathApplication())
            .with(TePathService.class, service).with(CoreService.class, core);

    @BeforeEach
    void prepare() {
        when(core.registerApplication(OWNER.name())).thenReturn(OWNER);
        when(service.request(OWNER, PathExamples.voiceRequest())).thenReturn(PATH);
    }

    @Test
    void listsPaths() {
        when(service.paths()).thenReturn(PathExamples.all());
        answers(rest.send("GET", "paths"), 200, Map.of("te-path", PathExamples.all()));
        when(service.paths()).thenReturn(List.of());
        answers(rest.send("GET", "paths"), 200, Map.of("te-path", List.of()));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "state=down,                                  voice",
        "state=installing,                            -",
        "owner=org.roundtrip.clock,                   clock-cell-site-7",
        "owner=org.roundtrip.tepath,                  ptp voice",
        "owner=org.roundtrip.tepath&state=removing,   ptp",
        "device=of:0000000000000002,                  clock-cell-site-7",
        "device=of:0000000000000001,                  clock-cell-site-7 ptp voice",
        "after=d,                                     ptp voice",
        "after=ptp,                                   voice",
        "after=zebra,                                 -",
        "limit=1000000000000,                         clock-cell-site-7 ptp voice",
        "limit=3,                                     clock-cell-site-7 ptp voice",
        "limit=1&after=ptp,                           voice",
    })
    void listsThePathsThatFit(String query, String names) {
        when(service.paths()).thenReturn(PathExamples.all());
        Response response = rest.send("GET", "paths?" + query);
        answers(response, 200, Map.of("te-path", PathExamples.all().stream()
                .filter(path -> names != null && List.of(names.split(" ")).contains(path.request().name()))
                .collect(Collectors.toList())));
        assertThat(response.getLinks()).isEmpty();
    }

    @Test
    void leadsFromPageToPage() {
        when(service.paths()).thenReturn(PathExamples.all());
        List<String> seen = new ArrayList<>();
        Optional<String> address = Optional.of("paths?limit=1");
        while (address.isPresent()) {
            Response response = rest.send("GET", address.get());
            assertThat(response.getStatus()).isEqualTo(200);
            seen.add(response.getEntity().toString().replaceAll("(?s).*\"name\" : \"([^\"]*)\".*", "$1"));
            address = Optional.ofNullable(response.getLink("next")).map(link -> link.getUri().toString());
        }
        assertThat(seen).containsExactly("clock-cell-site-7", "ptp", "voice");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "limit=0,          limit",
        "limit=-1,         limit",
        "limit=many,       limit",
        "limit=,           limit",
        "limit=1&limit=2,  limit",
        "state=fine,       state",
        "device=nowhere,   device",
        "colour=red,       colour",
        "state=up&state=down, state",
    })
    void refusesAWrongSelection(String query, String field) {
        when(service.paths()).thenReturn(PathExamples.all());
        problem(rest.send("GET", "paths?" + query), 400, field);
    }

    @Test
    void showsOnePath() {
        when(service.path("voice")).thenReturn(Optional.of(PATH));
        answers(rest.send("GET", "paths/voice"), 200, PATH);
        problem(rest.send("GET", "paths/other"), 404, "name");
    }

    @Test
    void addsAPath() {
        Response response = rest.send("POST", "paths", REQUEST);
        answers(response, 201, PATH);
        assertThat(response.getLocation().getPath()).endsWith("/paths/voice");
    }

    @Test
    void refusesToAddAPathThatIsThere() {
        when(service.path("voice")).thenReturn(Optional.of(PATH));
        problem(rest.send("POST", "paths", REQUEST), 409, "name");
        verify(service, never()).request(any(), any());
    }

    @Test
    void putsAPathOnceWithOrWithoutItsName() {
        answers(rest.send("PUT", "paths/voice", REQUEST), 201, PATH);
        when(service.path("voice")).thenReturn(Optional.of(PATH));
        answers(rest.send("PUT", "paths/voice", REQUEST), 200, PATH);
        answers(rest.send("PUT", "paths/voice", REQUEST.replace("\"name\":\"voice\",", "")), 200, PATH);
        problem(rest.send("PUT", "paths/other", REQUEST), 400, "name");
    }

    @Test
    void changesAPath() {
        TePathRequest changed = TePathRequest.builder().from(PathExamples.voiceRequest()).bandwidth(1).build();
        TePath path = TePath.builder().from(PATH).request(changed).build();
        when(service.path("voice")).thenReturn(Optional.of(PATH));
        when(service.request(OWNER, changed)).thenReturn(path);

        answers(rest.send("PUT", "paths/voice", Json.write(changed)), 200, path);
    }

    @Test
    void reoptimisesAPath() {
        when(service.reoptimise("voice")).thenReturn(PATH);
        answers(rest.send("POST", "paths/voice/reoptimise"), 202, PATH);
        when(service.reoptimise("other")).thenThrow(new NotFoundException("name", "there is no path other"));
        problem(rest.send("POST", "paths/other/reoptimise"), 404, "name");
        assertThat(rest.send("GET", "paths/voice/reoptimise").getStatus()).isEqualTo(405);
    }

    @Test
    void verifiesAPath() {
        when(service.verify("voice")).thenReturn(PathExamples.audit());
        answers(rest.send("POST", "paths/voice/verify"), 200, PathExamples.audit());
        when(service.verify("other")).thenThrow(new NotFoundException("name", "there is no path other"));
        problem(rest.send("POST", "paths/other/verify"), 404, "name");
    }

    @Test
    void countsWhatAPathCarries() {
        when(service.statistics("voice")).thenReturn(PathExamples.statistics());
        answers(rest.send("GET", "paths/voice/statistics"), 200, PathExamples.statistics());
        when(service.statistics("other")).thenThrow(new NotFoundException("name", "there is no path other"));
        problem(rest.send("GET", "paths/other/statistics"), 404, "name");
    }

    @Test
    void tellsWhatHappenedToAPath() {
        when(service.path("voice")).thenReturn(Optional.of(PATH));
        when(service.history("voice")).thenReturn(PathExamples.history());
        answers(rest.send("GET", "paths/voice/history"), 200, Map.of("history", PathExamples.history()));
        problem(rest.send("GET", "paths/other/history"), 404, "name");
    }

    @Test
    void explainsWithAndWithoutAName() {
        when(service.explain(PathExamples.voiceRequest())).thenReturn(PathExamples.impossible());
        answers(rest.send("POST", "explain", REQUEST), 200, PathExamples.impossible());
        when(service.explain(any())).thenReturn(PathExamples.possible());
        answers(rest.send("POST", "explain", REQUEST.replace("\"name\":\"voice\",", "")), 200,
                PathExamples.possible());
        verify(service, never()).request(any(), any());
    }

    @Test
    void listsLinks() {
        when(service.links()).thenReturn(PathExamples.links());
        answers(rest.send("GET", "links"), 200, Map.of("te-link", PathExamples.links()));
    }

    @Test
    void letsViewersLookOnly() {
        when(service.paths()).thenReturn(List.of());
        assertThat(rest.as("viewer").send("GET", "paths").getStatus()).isEqualTo(200);
        for (String path : List.of("paths/voice/reoptimise", "paths/voice/verify")) {
            problem(rest.send("POST", path), 403, "");
        }
    }

    @Test
    void saysWhatStandsInTheWay() {
        when(service.request(any(), any())).thenThrow(new ConflictException("bandwidth", "too much"));
        problem(rest.send("POST", "paths", REQUEST), 409, "bandwidth");
        problem(rest.send("PUT", "paths/voice", REQUEST), 409, "bandwidth");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{                                | ",
        "[]                               | ",
        "{'name':'voice'}                 | source",
        "{'name':'voice','colour':'red'}  | colour",
    })
    void refusesWhatIsNoRequest(String json, String field) {
        refusesEverywhere(json.replace('\'', '"'), field == null ? "" : field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'bandwidth':-1                                         | bandwidth",
        "'bandwidth':1.5                                        | bandwidth",
        "'reverse-bandwidth':-1                                 | reverse-bandwidth",
        "'reverse-bandwidth':'9223372036854775808'              | reverse-bandwidth",
        "'objective':'beauty'                                   | objective",
        "'setup-priority':-1                                    | setup-priority",
        "'setup-priority':8                                     | setup-priority",
        "'setup-priority':'high'                                | setup-priority",
        "'holding-priority':-1                                  | holding-priority",
        "'holding-priority':8                                   | holding-priority",
        "'setup-priority':3,'holding-priority':4                | holding-priority",
        "'quiesce':'maybe'                                      | quiesce",
        "'exclusive':1                                          | exclusive",
        "'protection':true                                      | protection",
        "'protection':{'disjoint':'colour'}                     | protection.disjoint",
        "'protection':{'best-effort':'maybe'}                   | protection.best-effort",
        "'protection':{'hold-off':-1}                           | protection.hold-off",
        "'protection':{'hold-off':10001}                        | protection.hold-off",
        "'protection':{'wait-to-restore':-1}                    | protection.wait-to-restore",
        "'protection':{'wait-to-restore':86401}                 | protection.wait-to-restore",
        "'protection':{'colour':'red'}                          | protection.colour",
        "'constraints':[]                                       | constraints",
        "'constraints':{'colour':'red'}                         | constraints.colour",
        "'constraints':{'max-hops':0}                           | constraints.max-hops",
        "'constraints':{'max-hops':2147483648}                  | constraints.max-hops",
        "'constraints':{'max-delay':-1}                         | constraints.max-delay",
        "'constraints':{'max-delay':'5ms'}                      | constraints.max-delay",
        "'constraints':{'max-delay-asymmetry':-1}               | constraints.max-delay-asymmetry",
        "'constraints':{'include':[{}]}                         | constraints.include[0].device",
        "'constraints':{'include':[{'device':'of:1','link':'of:0000000000000001/2'}]} | constraints.include[0].device",
        "'constraints':{'include':[{'device':'nowhere'}]}       | constraints.include[0].device",
        "'constraints':{'include':[{'link':'of:1'}]}            | constraints.include[0].link",
        "'constraints':{'include':[{'device':'of:1','strict':'very'}]} | constraints.include[0].strict",
        "'constraints':{'include':[{'device':'of:1','index':1}]} | constraints.include[0].index",
        "'constraints':{'include':[{'device':'of:1'},{'device':'of:1'}]} | constraints.include[1].device",
        "'constraints':{'include':[{'device':'of:1'}],'exclude-devices':['of:1']} | constraints.include[0].device",
        "'constraints':{'include':[{'link':'of:1/2'}],'exclude-links':['of:1/2']} | constraints.include[0].link",
        "'constraints':{'include':[{'link':'of:1/2'}],'exclude-devices':['of:1']} | constraints.include[0].link",
        "'constraints':{'exclude-devices':['nowhere']}          | constraints.exclude-devices[0]",
        "'constraints':{'exclude-links':['of:1']}               | constraints.exclude-links[0]",
        "'constraints':{'affinities-include-any':[32]}          | constraints.affinities-include-any",
        "'constraints':{'affinities-include-all':[-1]}          | constraints.affinities-include-all",
        "'constraints':{'affinities-exclude-any':['gold']}      | constraints.affinities-exclude-any[0]",
        "'constraints':{'affinities-include-all':[1],'affinities-exclude-any':[1]}|constraints.affinities-include-all",
        "'constraints':{'affinities-include-any':[1],'affinities-exclude-any':[1]}|constraints.affinities-include-any",
    })
    void refusesWhatNoPathCanBe(String members, String field) {
        refusesEverywhere(("{'name':'voice','source':'of:0000000000000001/1','destination':'of:0000000000000002/1',"
                + members + "}").replace('\'', '"'), field);
    }

    private void refusesEverywhere(String json, String field) {
        problem(rest.send("POST", "paths", json), 400, field);
        problem(rest.send("PUT", "paths/voice", json), 400, field);
        problem(rest.send("POST", "explain", json), 400, field);
        verify(service, never()).request(any(), any());
        verify(service, never()).explain(any());
    }

    @Test
    void removesAPath() {
        when(service.remove(OWNER, "ptp")).thenReturn(PathExamples.ptp());
        answers(rest.send("DELETE", "paths/ptp"), 202, PathExamples.ptp());
        when(service.remove(OWNER, "other")).thenThrow(new NotFoundException("name", "there is no path other"));
        problem(rest.send("DELETE", "paths/other"), 404, "name");
    }

    private static void answers(Response response, int status, Object value) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getEntity()).isEqualTo(Json.writePretty(value) + "\n");
    }

    private static void problem(Response response, int status, String field) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType().toString()).isEqualTo("application/problem+json");
        assertThat(response.getEntity().toString()).contains(field.isEmpty() ? "" : "\"field\" : \"" + field + "\"");
    }
}
