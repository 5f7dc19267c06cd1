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
package org.roundtrip.detection;

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
    void servicesAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("detection", DetectionExamples.services())))
                .isEqualTo(example("detection-services.json", "detections"));
    }

    @Test
    void agentsAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("detection-agent", DetectionExamples.agents())))
                .isEqualTo(example("detection-agents.json", "detection-agents"));
    }

    @Test
    void profilesAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("detection-profile", DetectionExamples.profiles())))
                .isEqualTo(example("detection-profiles.json", "detection-profiles"));
    }

    @Test
    void alarmsAndHistoriesAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(Map.of("detection-alarm", DetectionExamples.alarms())))
                .isEqualTo(example("detection-alarms.json", "detection-alarms"));
        assertThat(written(DetectionExamples.memberChanges())).isEqualTo(
                example("detection-history.json", "detections").at("/detection/0/member-health/0/history"));
        assertThat(written(DetectionExamples.agentChanges())).isEqualTo(
                example("detection-agent-history.json", "detection-agents").at("/detection-agent/0/history"));
    }

    @Test
    void requestsAreReadAsInTheExamples() throws IOException {
        assertThat(read(example("detection-agent-request.json", "detection-agents").get("detection-agent"),
                        DetectionAgentRequest.class)).containsExactly(DetectionExamples.agentRequest());
        assertThat(read(example("detection-profile-request.json", "detection-profiles").get("detection-profile"),
                        DetectionProfile.class)).containsExactlyElementsOf(DetectionExamples.profiles());
    }

    private static JsonNode written(Object value) throws IOException {
        return MAPPER.readTree(Json.write(value));
    }

    private static <T> List<T> read(JsonNode list, Class<T> type) {
        List<T> read = new ArrayList<>();
        list.forEach(entry -> read.add(Json.read(entry.toString(), type)));
        return read;
    }

    private static JsonNode example(String name, String member) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-detection:" + member);
    }
}
