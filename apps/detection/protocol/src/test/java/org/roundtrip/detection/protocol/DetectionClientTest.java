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
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A client and the controllers that it finds or does not find, over real sockets. */
class DetectionClientTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final AgentCredentials CREDENTIALS =
            AgentCredentials.of("node1", Secret.of("correct horse battery staple"));
    private static final Welcome WELCOME = Welcome.builder().lease(5_000).reportInterval(1_000).build();

    private final RecordingServerListener server = new RecordingServerListener();
    private final RecordingClientListener client = new RecordingClientListener();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private DetectionServer server(InetSocketAddress address, Secret secret) throws IOException {
        DetectionServer started = new DetectionServer(
                address, TransportSecurity.none(), agent -> Optional.of(secret), WELCOME,
                ServerLimits.builder().refusal(Duration.ofMillis(10)).build(), server);
        open.add(started);
        started.start();
        return started;
    }

    private DetectionServer server(InetSocketAddress address) throws IOException {
        return server(address, CREDENTIALS.secret());
    }

    private DetectionClient client(InetSocketAddress... controllers) {
        DetectionClient started = new DetectionClient(List.of(controllers), TransportSecurity.none(), CREDENTIALS,
                                                      "agent 0.1.0", client);
        open.add(started);
        started.start();
        return started;
    }

    private void awaitTold(String... told) {
        await().untilAsserted(() -> assertThat(client.told).containsExactly(told));
    }

    @Test
    void messagesGoBothWays() throws Exception {
        DetectionServer controller = server(ANY);
        DetectionClient agent = client(controller.address());
        awaitTold("connected 5000");
        Checks checks = Checks.builder().revision(1).complete(true).build();

        controller.session("node1").orElseThrow().send(checks);
        agent.session().orElseThrow().send(Accepted.builder().revision(1).build());

        await().untilAsserted(() -> assertThat(client.messages).containsExactly(checks));
        await().untilAsserted(() -> assertThat(server.messages)
                .containsExactly(Accepted.builder().revision(1).build()));
        assertThat(server.told).containsExactly("connected node1 agent 0.1.0");
    }

    @Test
    void nameOfAControllerIsLookedUp() throws Exception {
        client(InetSocketAddress.createUnresolved("localhost", server(ANY).address().getPort()));

        awaitTold("connected 5000");
    }

    @Test
    void clientWaitsForItsControllerAndComesBackWhenItIsStartedAgain() throws Exception {
        InetSocketAddress address;
        try (DetectionServer first = server(ANY)) {
            address = first.address();
        }
        client(address);
        await().untilAsserted(() -> assertThat(client.failures).isNotEmpty());
        assertThat(client.failures.get(0)).contains("refused");

        DetectionServer second = server(address);
        awaitTold("connected 5000");
        second.close();
        server(address);

        awaitTold("connected 5000", "disconnected: the peer has closed the connection", "connected 5000");
    }

    @Test
    void anotherControllerIsTriedWhenOneHasGone() throws Exception {
        DetectionServer first = server(ANY);
        DetectionServer second = server(ANY);
        client(first.address(), second.address());
        await().until(() -> first.session("node1").isPresent());

        first.close();

        await().until(() -> second.session("node1").isPresent());
    }

    @Test
    void controllerThatDoesNotKnowTheSecretLearnsNothing() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
            try (RawController controller = new RawController(socket.accept())) {
                Hello hello = (Hello) controller.read();
                controller.send(Challenge.builder().version(1).nonce(hello.nonce()).proof(hello.nonce()).build());

                assertThat(controller.read()).isEqualTo(Refused.builder()
                        .reason("the controller does not know the secret of agent node1").build());
            }
        }
        await().untilAsserted(() -> assertThat(client.failures)
                .contains("the controller does not know the secret of agent node1"));
        assertThat(client.told).isEmpty();
    }

    @Test
    void refusalIsToldAndTheClientGoesOn() throws Exception {
        DetectionServer other = server(ANY, Secret.of("another secret"));
        DetectionServer right = server(ANY);
        client(other.address(), right.address());

        awaitTold("connected 5000");
        assertThat(client.failures).containsExactly("the controller does not know the secret of agent node1");
    }

    @Test
    void linesThatAreNoMessagesEndTheAttempt() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
            try (RawController controller = new RawController(socket.accept())) {
                controller.send("HTTP/1.1 400 Bad Request\r\n");
                await().untilAsserted(() -> assertThat(client.failures).hasSize(1));
            }
        }
        assertThat(client.failures.get(0)).startsWith("malformed message");
    }

    @Test
    void quietPeersKeepTheirSession() throws Exception {
        DetectionServer quiet = new DetectionServer(
                ANY, TransportSecurity.none(), agent -> Optional.of(CREDENTIALS.secret()),
                Welcome.builder().lease(1_000).reportInterval(1_000).build(), ServerLimits.builder().build(), server);
        open.add(quiet);
        quiet.start();
        client(quiet.address());

        await().untilAsserted(() -> {
            assertThat(server.messages).hasSizeGreaterThan(8);
            assertThat(client.messages).hasSizeGreaterThan(8);
        });
        assertThat(client.told).containsExactly("connected 1000");
        assertThat(server.messages).containsOnly(Alive.of());
        assertThat(client.messages).containsOnly(Alive.of());
    }

    @Test
    void closingTellsOfTheSessionAndDoesNotConnectAgain() throws Exception {
        DetectionServer controller = server(ANY);
        DetectionClient agent = client(controller.address());
        awaitTold("connected 5000");

        agent.close();

        awaitTold("connected 5000", "disconnected: the agent stops");
        assertThat(agent.session()).isEmpty();
        await().until(() -> controller.session("node1").isEmpty());
        assertThat(server.told).hasSize(2);
    }

    @Test
    void clientWithoutControllersIsRefused() {
        assertThatThrownBy(() -> new DetectionClient(List.of(), TransportSecurity.none(), CREDENTIALS, "agent", client))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
