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
package org.roundtrip.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.json.Json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** That the examples beside the YANG module are valid is checked with yanglint; here, that they are our JSON. */
class YangExamplesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "..", "yang", "examples");
    private static final String SESSIONS = "clock-sessions";
    private static final String POLICIES = "clock-policies";

    @Test
    void sessionsAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("clock-session", SessionExamples.sessions())))
                .isEqualTo(example("clock-sessions.json", SESSIONS));
    }

    @Test
    void whatIsBelowASessionIsWrittenAsInTheExample() throws IOException {
        ObjectNode session = written(SessionExamples.cellSite());
        session.set("statistics", written(SessionExamples.statistics()));
        session.setAll(written(Map.of("history", SessionExamples.history())));

        assertThat(session).isEqualTo(example("clock-details.json", SESSIONS).get("clock-session").get(0));
    }

    @Test
    void auditsAreWrittenAsInTheExample() throws IOException {
        assertThat(written(SessionExamples.audit()))
                .isEqualTo(example("clock-verify-reply.json", SESSIONS).get("clock-session").get(0).get("verify"));
    }

    @Test
    void requestsAreReadAsInTheExample() throws IOException {
        assertThat(read("clock-request.json", SESSIONS, "clock-session", ClockSessionRequest.class))
                .containsExactly(SessionExamples.cellSiteRequest(), SessionExamples.substationRequest(),
                                 SessionExamples.exchangeRequest());
    }

    @Test
    void policiesAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("clock-policy", SessionExamples.policies())))
                .isEqualTo(example("clock-policies.json", POLICIES));
    }

    @Test
    void policiesAreReadAsInTheExamples() throws IOException {
        assertThat(read("clock-policies.json", POLICIES, "clock-policy", ClockPolicy.class))
                .isEqualTo(SessionExamples.policies());
        assertThat(read("clock-policy-request.json", POLICIES, "clock-policy", ClockPolicy.class))
                .isEqualTo(SessionExamples.policies());
    }

    @Test
    void serversAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("clock-server", SessionExamples.servers())))
                .isEqualTo(example("clock-servers.json", "clock-servers"));
    }

    @Test
    void tunnelInterfacesAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("tunnel-interface", SessionExamples.tunnelInterfaces())))
                .isEqualTo(example("clock-tunnel-interfaces.json", "tunnel-interfaces"));
    }

    @Test
    void reportsAreReadAndWrittenAsInTheExample() throws IOException {
        JsonNode example = example("clock-report-rpc.json", "report");

        assertThat(Json.read(example.toString(), ClockReport.class)).isEqualTo(SessionExamples.report());
        assertThat(written(SessionExamples.report())).isEqualTo(example);
    }

    private static ObjectNode written(Object value) throws IOException {
        return (ObjectNode) MAPPER.readTree(Json.write(value));
    }

    private static <T> List<T> read(String name, String member, String list, Class<T> type) throws IOException {
        List<T> read = new ArrayList<>();
        for (JsonNode entry : example(name, member).get(list)) {
            read.add(Json.read(entry.toString(), type));
        }
        return read;
    }

    private static JsonNode example(String name, String member) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-clock:" + member);
    }
}
