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
package org.roundtrip.balancer;

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

    @Test
    void virtualServersAreWrittenAsInTheExample() throws IOException {
        assertThat(written(Map.of("virtual-server", ServerExamples.servers())))
                .isEqualTo(example("balancer-servers.json", "virtual-servers"));
    }

    @Test
    void whatIsBelowAVirtualServerIsWrittenAsInTheExample() throws IOException {
        ObjectNode server = written(ServerExamples.web());
        server.set("statistics", written(ServerExamples.statistics()));

        assertThat(server).isEqualTo(first("balancer-details.json"));
    }

    @Test
    void requestsAreReadAsInTheExample() throws IOException {
        assertThat(read(example("balancer-request.json", "virtual-servers").get("virtual-server"),
                        VirtualServerRequest.class))
                .containsExactly(ServerExamples.namesRequest(), ServerExamples.signallingRequest(),
                                 ServerExamples.webRequest());
    }

    @Test
    void changesOfMembersAreReadAsInTheExample() throws IOException {
        assertThat(read(first("balancer-change-members-rpc.json").get("change-members").get("members"),
                        MemberChange.class)).isEqualTo(ServerExamples.changes());
    }

    @Test
    void queriesAreReadAsInTheExample() throws IOException {
        assertThat(Json.read(example("balancer-explain-rpc.json", "explain").toString(), ExplanationQuery.class))
                .isEqualTo(ServerExamples.query());
    }

    @Test
    void explanationsAreWrittenAsInTheExamples() throws IOException {
        assertThat(written(ServerExamples.explanation())).isEqualTo(example("balancer-explain-reply.json", "explain"));
        assertThat(written(ServerExamples.dropped())).isEqualTo(example("balancer-explain-drop-reply.json", "explain"));
    }

    private static ObjectNode written(Object value) throws IOException {
        return (ObjectNode) MAPPER.readTree(Json.write(value));
    }

    private static <T> List<T> read(JsonNode list, Class<T> type) {
        List<T> read = new ArrayList<>();
        list.forEach(entry -> read.add(Json.read(entry.toString(), type)));
        return read;
    }

    private static JsonNode first(String name) throws IOException {
        return example(name, "virtual-servers").get("virtual-server").get(0);
    }

    private static JsonNode example(String name, String member) throws IOException {
        return MAPPER.readTree(EXAMPLES.resolve(name).toFile()).get("roundtrip-balancer:" + member);
    }
}
