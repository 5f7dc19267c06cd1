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
package org.roundtrip.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.json.Json;
import org.roundtrip.messaging.configuration.MessagingConfiguration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** That the examples beside the YANG module are valid is checked with yanglint; here, that they are our JSON. */
class YangExamplesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "..", "yang", "examples");

    @Test
    void theConfigurationIsWrittenAndReadAsInTheExample() throws IOException {
        JsonNode example = example("messaging-request.json", "configuration");
        assertThat(written(MessagingExamples.shop())).isEqualTo(example);
        assertThat(Json.read(example.toString(), MessagingConfiguration.class)).isEqualTo(MessagingExamples.shop());
    }

    @Test
    void historiesAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(Map.of("configuration-version", MessagingExamples.versions())))
                .isEqualTo(example("messaging-versions.json", "configuration-versions"));
        assertThat(written(Map.of("change", MessagingExamples.changes())))
                .isEqualTo(example("messaging-compare-reply.json", "compare"));
    }

    @Test
    void routesAndProxiesAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(Map.of("route", MessagingExamples.routes())))
                .isEqualTo(example("messaging-routes.json", "routes"));
        assertThat(written(Map.of("proxy", MessagingExamples.proxies())))
                .isEqualTo(example("messaging-proxies.json", "proxies"));
    }

    private static JsonNode written(Object value) throws IOException {
        return MAPPER.readTree(Json.write(value));
    }

    private static JsonNode example(String name, String member) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-messaging:" + member);
    }
}
