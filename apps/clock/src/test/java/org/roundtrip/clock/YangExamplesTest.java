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

    @Test
    void sessionsAreWrittenAsInTheExample() throws IOException {
        JsonNode written = MAPPER.readTree(Json.write(Map.of("clock-session", SessionExamples.sessions())));

        assertThat(written).isEqualTo(example("clock-sessions.json"));
    }

    @Test
    void requestsAreReadAsInTheExample() throws IOException {
        List<ClockSessionRequest> requests = new ArrayList<>();
        for (JsonNode request : example("clock-request.json").get("clock-session")) {
            requests.add(Json.read(request.toString(), ClockSessionRequest.class));
        }

        assertThat(requests).containsExactly(SessionExamples.cellSiteRequest(), SessionExamples.substationRequest());
    }

    private static JsonNode example(String name) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-clock:clock-sessions");
    }
}
