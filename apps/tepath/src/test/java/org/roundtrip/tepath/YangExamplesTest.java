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
package org.roundtrip.tepath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.json.Json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** That the examples beside the YANG module are valid is checked with yanglint; here, that they are our JSON. */
class YangExamplesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "..", "yang", "examples");

    @Test
    void pathsAreWrittenAsInTheExample() throws IOException {
        JsonNode written = MAPPER.readTree(Json.write(Map.of("te-path", PathExamples.all())));

        assertThat(written).isEqualTo(example("tepath-paths.json"));
    }

    @Test
    void requestsAreReadAsInTheExample() throws IOException {
        JsonNode requests = example("tepath-request.json").get("te-path");

        assertThat(requests).hasSize(1);
        assertThat(Json.read(requests.get(0).toString(), TePathRequest.class))
                .isEqualTo(PathExamples.voiceRequest());
    }

    private static JsonNode example(String name) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-tepath:te-paths");
    }
}
