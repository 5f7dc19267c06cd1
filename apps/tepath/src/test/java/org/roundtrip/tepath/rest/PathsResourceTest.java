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
import org.roundtrip.tepath.TePathService;

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
        problem(rest.send("POST", "paths", json.replace('\'', '"')), 400, field == null ? "" : field);
        problem(rest.send("PUT", "paths/voice", json.replace('\'', '"')), 400, field == null ? "" : field);
        verify(service, never()).request(any(), any());
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
        assertThat(response.getEntity().toString()).contains("\"field\" : \"" + field);
    }
}
