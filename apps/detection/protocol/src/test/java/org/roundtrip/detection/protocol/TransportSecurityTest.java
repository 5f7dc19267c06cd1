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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** TLS protects what is said, and only from those whom the agent does not trust. */
class TransportSecurityTest {

    private static final AgentCredentials CREDENTIALS =
            AgentCredentials.of("node1", Secret.of("correct horse battery staple"));

    @TempDir
    private static Path folder;
    private static KeyFiles controller;
    private static KeyFiles stranger;
    private static KeyFiles elsewhere;

    private final RecordingServerListener server = new RecordingServerListener();
    private final RecordingClientListener client = new RecordingClientListener();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeKeys() throws Exception {
        controller = new KeyFiles(folder, "controller", "ip:127.0.0.1");
        stranger = new KeyFiles(folder, "stranger", "ip:127.0.0.1");
        elsewhere = new KeyFiles(folder, "elsewhere", "ip:192.0.2.1");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private DetectionServer server(TransportSecurity security) throws IOException {
        DetectionServer started = new DetectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), security,
                agent -> Optional.of(CREDENTIALS.secret()),
                Welcome.builder().lease(5_000).reportInterval(1_000).build(), ServerLimits.builder().build(), server);
        open.add(started);
        started.start();
        return started;
    }

    private void client(DetectionServer to, TransportSecurity security) {
        DetectionClient started = new DetectionClient(List.of(to.address()), security, CREDENTIALS, "agent", client);
        open.add(started);
        started.start();
    }

    private void awaitFailure(String reason) {
        await().untilAsserted(() -> assertThat(client.failures).anySatisfy(
                failure -> assertThat(failure).contains(reason)));
        assertThat(client.told).isEmpty();
        assertThat(server.told).isEmpty();
    }

    @Test
    void messagesGoBothWaysProtected() throws Exception {
        DetectionServer started = server(TransportSecurity.ofController(controller.certificate, controller.key));
        client(started, TransportSecurity.ofAgent(controller.certificate));
        await().untilAsserted(() -> assertThat(client.told).containsExactly("connected 5000"));

        List<Checks> checks = Checks.inParts(1, false, List.of(), Collections.nCopies(500, "x".repeat(200)));
        checks.forEach(started.session("node1").orElseThrow()::send);

        await().untilAsserted(() -> assertThat(client.messages).containsExactlyElementsOf(checks));
    }

    @Test
    void controllerThatIsNotTrustedHearsNothing() throws Exception {
        client(server(TransportSecurity.ofController(stranger.certificate, stranger.key)),
               TransportSecurity.ofAgent(controller.certificate));

        awaitFailure("TLS: ");
        await().untilAsserted(() -> assertThat(server.refusals).isNotEmpty().allSatisfy(
                refusal -> assertThat(refusal).startsWith("nobody: ")));
    }

    @Test
    void certificateOfAnotherAddressIsRefused() throws Exception {
        client(server(TransportSecurity.ofController(elsewhere.certificate, elsewhere.key)),
               TransportSecurity.ofAgent(elsewhere.certificate));

        awaitFailure("127.0.0.1");
    }

    @Test
    void agentWithoutTlsIsRefused() throws Exception {
        client(server(TransportSecurity.ofController(controller.certificate, controller.key)),
               TransportSecurity.none());

        await().untilAsserted(() -> assertThat(server.refusals).anySatisfy(
                refusal -> assertThat(refusal).contains("TLS")));
        await().untilAsserted(() -> assertThat(client.failures).isNotEmpty());
        assertThat(client.told).isEmpty();
    }

    @Test
    void controllerWithoutTlsIsRefused() throws Exception {
        client(server(TransportSecurity.none()), TransportSecurity.ofAgent(controller.certificate));

        await().untilAsserted(() -> assertThat(client.failures).isNotEmpty());
        assertThat(client.told).isEmpty();
        assertThat(server.told).isEmpty();
    }

    @Test
    void filesThatCanNotBeUsedAreNamed() throws IOException {
        Path nothing = folder.resolve("nothing.pem");
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

        assertThatThrownBy(() -> TransportSecurity.ofController(nothing, controller.key))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nothing.pem");
        assertThatThrownBy(() -> TransportSecurity.ofController(controller.certificate, nonsense))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nonsense.pem");
        assertThatThrownBy(() -> TransportSecurity.ofAgent(nonsense))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("nonsense.pem");
    }
}
