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
package org.roundtrip.detection.protocol;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples in the documentation are what is sent. */
class ProtocolDocumentationTest {

    private static final Path DOCUMENTATION = Path.of("..", "..", "..", "docs", "detection-protocol.md");
    private static final Secret SECRET = Secret.of("correct horse battery staple");
    private static final String AGENT_NONCE = "0123456789abcdef".repeat(4);
    private static final String CONTROLLER_NONCE = "fedcba9876543210".repeat(4);
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.250Z");

    private static List<Message> handshake() {
        AgentHandshake agent = new AgentHandshake(AgentCredentials.of("node-1", SECRET), AGENT_NONCE,
                                                  "roundtrip-agent 0.1.0");
        ControllerHandshake controller = new ControllerHandshake(
                name -> Optional.of(SECRET), CONTROLLER_NONCE,
                Welcome.builder().lease(3_000).reportInterval(10_000).build());
        List<Message> said = new ArrayList<>(List.of(agent.hello()));
        said.add(controller.receive(said.get(0)).reply().orElseThrow());
        said.add(agent.receive(said.get(1)).reply().orElseThrow());
        said.add(controller.receive(said.get(2)).reply().orElseThrow());
        return said;
    }

    private static List<Message> session() {
        CheckResult down = CheckResult.builder().check("169.254.128.1-5e3a").verdict(Verdict.DOWN)
                .reason("connection refused").since(TIME).lastProbe(TIME).probes(1_200).failures(3)
                .latency(Latency.builder().median(180).p95(410).p99(950).build()).build();
        return List.of(
                Refused.builder().reason("the secret of agent node-1 is another").build(),
                Checks.builder().revision(1).complete(true).addChecks(
                        Check.builder().id("169.254.128.1-5e3a").service("balancer/web").member("10.0.1.7:8080")
                                .target("169.254.128.1").port(8_080).host("10.0.0.100")
                                .settings(ProbeSettings.builder().type(ProbeType.HTTP).interval(1_000).timeout(300)
                                                  .path("/health").expectedStatus("200").build())
                                .build()).build(),
                Accepted.builder().revision(1).build(),
                Results.builder().time(TIME).addResults(down).build(),
                Snapshot.builder().time(TIME.plusMillis(700)).revision(1).starved(false).latenessP99(240)
                        .latenessMaximum(1_900).addResults(down).build(),
                Alive.of());
    }

    @Test
    void examplesAreWhatIsSent() throws IOException {
        String documentation = Files.readString(DOCUMENTATION);
        List<Message> messages = new ArrayList<>(handshake());
        messages.addAll(session());

        assertThat(messages).extracting(message -> new String(new MessageCodec().encode(message),
                                                              StandardCharsets.UTF_8).strip())
                .filteredOn(line -> !documentation.contains(line)).as("examples that are missing").isEmpty();
    }
}
