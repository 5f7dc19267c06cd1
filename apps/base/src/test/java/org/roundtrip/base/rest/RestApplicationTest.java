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
package org.roundtrip.base.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.json.Json;

import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

class RestApplicationTest {

    /** A resource that does what its service does. */
    @Path("things")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class ThingsResource extends RestResource {

        @GET
        @Path("{name}")
        @SuppressWarnings("unchecked")
        public Response thing(@PathParam("name") String name) {
            return answerList("thing", List.of(get(Function.class).apply(name)));
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public Response add(InputStream json) {
            return answer(Response.Status.CREATED, Json.read(json, int[].class));
        }
    }

    private static final class Things extends RestApplication {

        Things() {
            super(ThingsResource.class);
        }
    }

    private final RestFixture rest = new RestFixture(new Things());

    @Test
    void answersWithTheListOfTheModel() {
        rest.with(Function.class, Function.identity());

        Response response = rest.send("GET", "things/a");

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getMediaType()).isEqualTo(MediaType.APPLICATION_JSON_TYPE);
        assertThat((String) response.getEntity()).isEqualToIgnoringWhitespace("{\"thing\":[\"a\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    nothing,  404",
        "DELETE, things/a, 405",
        "POST,   things,   400",
    })
    void answersEveryErrorWithAProblemDocument(String method, String path, int status) {
        problem(rest.send(method, path, method.equals("POST") ? "{" : ""), status);
    }

    @Test
    void tellsOfRefusals() {
        rest.with(Function.class, name -> {
            throw new ConflictException("name", "in use");
        });

        assertThat(problem(rest.send("GET", "things/a"), 409))
                .contains("\"field\" : \"name\"").contains("\"detail\" : \"in use\"");
    }

    @Test
    void tellsOfErrorsOfOurs() {
        rest.with(Function.class, name -> {
            throw new IllegalStateException("broken");
        });

        assertThat(problem(rest.send("GET", "things/a"), 500)).contains("broken");
    }

    @Test
    void tellsThatTheApplicationIsStarting() {
        assertThat(problem(rest.send("GET", "things/a"), 503)).contains("starting or stopping");
    }

    @Test
    void letsViewersViewOnly() {
        rest.with(Function.class, Function.identity()).as("viewer");

        assertThat(rest.send("GET", "things/a").getStatus()).isEqualTo(200);
        problem(rest.send("POST", "things", "[]"), 403);
        problem(rest.as("nobody").send("GET", "things/a"), 403);
    }

    private static String problem(Response response, int status) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        return (String) response.getEntity();
    }
}
