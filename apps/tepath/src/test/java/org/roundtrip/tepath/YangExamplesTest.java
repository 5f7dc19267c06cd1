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
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.json.Json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** That the examples beside the YANG module are valid is checked with yanglint; here, that they are our JSON. */
class YangExamplesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "..", "yang", "examples");
    private static final String PATHS = "te-paths";
    private static final String EXPLAIN = "explain";

    @Test
    void pathsAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("te-path", PathExamples.all()))).isEqualTo(example("tepath-paths.json", PATHS));
    }

    @Test
    void whatIsBelowAPathIsWrittenAsInTheExample() throws IOException {
        ObjectNode path = written(PathExamples.clock());
        path.set("statistics", written(PathExamples.statistics()));
        path.setAll(written(Map.of("history", PathExamples.history())));

        assertThat(path).isEqualTo(example("tepath-details.json", PATHS).get("te-path").get(0));
    }

    @ParameterizedTest
    @CsvSource({"tepath-explain-reply.json, true", "tepath-explain-refusal-reply.json, false"})
    void explanationsAreWrittenAsInTheExamples(String name, boolean possible) throws IOException {
        assertThat(written(possible ? PathExamples.possible() : PathExamples.impossible()))
                .isEqualTo(example(name, EXPLAIN));
    }

    @Test
    void auditsAreWrittenAsInTheExample() throws IOException {
        assertThat(written(PathExamples.audit()))
                .isEqualTo(example("tepath-verify-reply.json", PATHS).get("te-path").get(0).get("verify"));
    }

    @Test
    void reoptimisingIsAnsweredAsInTheExample() throws IOException {
        assertThat(written(PathExamples.clock()))
                .isEqualTo(example("tepath-reoptimise-reply.json", PATHS).get("te-path").get(0).get("reoptimise"));
    }

    @Test
    void linksAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("te-link", PathExamples.links())))
                .isEqualTo(example("tepath-links.json", "te-links"));
    }

    @Test
    void requestsAreReadAsInTheExamples() throws IOException {
        JsonNode requests = example("tepath-request.json", PATHS).get("te-path");

        assertThat(requests).hasSize(1);
        assertThat(Json.read(requests.get(0).toString(), TePathRequest.class))
                .isEqualTo(PathExamples.voiceRequest());
        assertThat(Json.read(example("tepath-explain-rpc.json", EXPLAIN).toString(), TePathRequest.class))
                .isEqualTo(PathExamples.voiceRequest());
    }

    private static ObjectNode written(Object value) throws IOException {
        return (ObjectNode) MAPPER.readTree(Json.write(value));
    }

    private static JsonNode example(String name, String member) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-tepath:" + member);
    }
}
