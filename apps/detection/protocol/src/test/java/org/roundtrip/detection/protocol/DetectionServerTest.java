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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A server among peers of all kinds, over real sockets. */
class DetectionServerTest {

    private static final String SECRET = "correct horse battery staple";
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Welcome WELCOME = Welcome.builder().lease(60_000).reportInterval(10_000).build();

    private final RecordingServerListener listener = new RecordingServerListener();
    private final List<AutoCloseable> open = new ArrayList<>();
    private DetectionServer server;

    @BeforeEach
    void start() throws IOException {
        start(WELCOME, limits().build());
    }

    private void start(Welcome welcome, ServerLimits limits) throws IOException {
        server = new DetectionServer(ANY, TransportSecurity.none(),
                                     agent -> agent.startsWith("node") ? Optional.of(Secret.of(SECRET + agent))
                                             : Optional.empty(),
                                     welcome, limits, listener);
        open.add(server);
        server.start();
    }

    private static ServerLimits.Builder limits() {
        ServerLimits.Builder limits = ServerLimits.builder();
        limits.refusal(Duration.ofMillis(10));
        return limits;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private RawPeer peer() throws IOException {
        RawPeer peer = new RawPeer(server.address());
        open.add(peer);
        return peer;
    }

    private RawPeer agent(String name) throws Exception {
        RawPeer agent = peer();
        assertThat(agent.authenticate(name, SECRET + name, nonce(name.hashCode()))).isEqualTo(WELCOME);
        return agent;
    }

    private static String nonce(long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Hex.format(bytes);
    }

    private static Results results() {
        return Results.builder().time(Instant.EPOCH).build();
    }

    private void awaitRefusal(String refusal) {
        await().untilAsserted(() -> assertThat(listener.refusals).contains(refusal));
    }

    private void awaitTold(String... told) {
        await().untilAsserted(() -> assertThat(listener.told).containsExactly(told));
    }

    @Test
    void messagesGoBothWays() throws Exception {
        RawPeer agent = agent("node1");
        awaitTold("connected node1 raw");
        Checks checks = Checks.builder().revision(1).complete(true).build();

        assertThat(server.session("node1").orElseThrow().send(checks)).isTrue();
        agent.send(Accepted.builder().revision(1).build());
        agent.send(results());
        agent.send(Alive.of());

        assertThat(agent.read()).contains(checks);
        await().untilAsserted(() -> assertThat(listener.messages)
                .containsExactly(Accepted.builder().revision(1).build(), results(), Alive.of()));
        assertThat(server.session("node1").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void agentThatLeavesIsDisconnected() throws Exception {
        RawPeer agent = agent("node1");
        awaitTold("connected node1 raw");

        agent.close();

        awaitTold("connected node1 raw", "disconnected node1: the peer has closed the connection");
        await().untilAsserted(() -> assertThat(server.session("node1")).isEmpty());
    }

    @Test
    void sessionThatIsClosedIsDisconnectedWithTheReason() throws Exception {
        RawPeer agent = agent("node1");
        awaitTold("connected node1 raw");
        DetectionSession session = server.session("node1").orElseThrow();

        session.send(Alive.of());
        session.close("enough");
        session.close("too late");

        assertThat(agent.readToEnd()).contains(Alive.of());
        awaitTold("connected node1 raw", "disconnected node1: enough");
        assertThat(session.send(Alive.of())).isFalse();
    }

    @Test
    void agentThatConnectsAgainEndsItsOldSessionFirst() throws Exception {
        RawPeer old = agent("node1");
        awaitTold("connected node1 raw");
        DetectionSession oldSession = server.session("node1").orElseThrow();

        agent("node1");

        assertThat(old.readToEnd()).isEmpty();
        awaitTold("connected node1 raw", "disconnected node1: the agent has connected again", "connected node1 raw");
        assertThat(server.session("node1").orElseThrow()).isNotSameAs(oldSession);
    }

    @Test
    void wrongSecretIsRefused() throws Exception {
        RawPeer agent = peer();
        agent.send(new AgentHandshake(AgentCredentials.of("node1", Secret.of("wrong")), nonce(1), "raw").hello());
        agent.read(Challenge.class);
        agent.send(Authenticate.builder().proof(nonce(2)).build());

        assertThat(agent.read(Refused.class).reason()).isEqualTo("the secret of agent node1 is another");
        assertThat(agent.read()).isEmpty();
        awaitRefusal("node1: the secret of agent node1 is another");
        assertThat(listener.told).isEmpty();
        assertThat(server.session("node1")).isEmpty();
    }

    @Test
    void secretOfAnotherAgentIsRefused() throws Exception {
        RawPeer agent = peer();

        assertThatThrownBy(() -> agent.authenticate("node1", SECRET + "node2", nonce(1)))
                .as("the agent itself sees that it is not its controller").hasMessageContaining("Refused");
        assertThat(listener.told).isEmpty();
    }

    @Test
    void unknownAgentIsRefused() throws Exception {
        RawPeer agent = peer();
        agent.send(new AgentHandshake(AgentCredentials.of("stranger", Secret.of(SECRET)), nonce(1), "raw").hello());

        assertThat(agent.read(Refused.class).reason()).isEqualTo("there is no agent stranger");
        assertThat(agent.read()).isEmpty();
        awaitRefusal("stranger: there is no agent stranger");
    }

    @Test
    void recordedHandshakeIsRefusedWhenItIsSentAgain() throws Exception {
        AgentHandshake recorded = new AgentHandshake(AgentCredentials.of("node1", Secret.of(SECRET + "node1")),
                                                     nonce(1), "raw");
        RawPeer agent = peer();
        agent.send(recorded.hello());
        Message authenticate = recorded.receive(agent.read(Challenge.class)).reply().orElseThrow();
        agent.send(authenticate);
        agent.read(Welcome.class);
        awaitTold("connected node1 raw");

        RawPeer thief = peer();
        thief.send(recorded.hello());
        thief.read(Challenge.class);
        thief.send(authenticate);

        assertThat(thief.read(Refused.class).reason()).isEqualTo("the secret of agent node1 is another");
        agent.send(results());
        await().untilAsserted(() -> assertThat(listener.messages).containsExactly(results()));
        awaitTold("connected node1 raw");
    }

    @Test
    void messagesBeforeTheHandshakeAreRefused() throws Exception {
        RawPeer agent = peer();
        agent.send(results());

        assertThat(agent.read(Refused.class).reason()).isEqualTo("the first message must be hello");
        assertThat(listener.messages).isEmpty();
    }

    @Test
    void messagesOfControllersAreRefusedFromAgents() throws Exception {
        RawPeer agent = agent("node1");
        agent.send(Checks.builder().revision(1).complete(true).build());

        assertThat(agent.read(Refused.class).reason()).isEqualTo("this type of message is not expected now");
        awaitTold("connected node1 raw", "disconnected node1: this type of message is not expected now");
        assertThat(listener.messages).isEmpty();
    }

    @Test
    void garbageIsRefused() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            byte[] garbage = new byte[1_000];
            random.nextBytes(garbage);
            garbage[999] = '\n';
            RawPeer peer = peer();
            peer.send(garbage);

            assertThat(peer.read(Refused.class).reason()).isNotEmpty();
            assertThat(peer.readToEnd()).isEmpty();
        }
        assertThat(listener.refusals).hasSize(10);
    }

    @Test
    void garbageOfAnAgentEndsItsSessionOnly() throws Exception {
        RawPeer good = agent("node1");
        RawPeer bad = agent("node2");
        awaitTold("connected node1 raw", "connected node2 raw");

        bad.send("{\"type\":\"results\"}\n");

        assertThat(bad.read(Refused.class).reason()).contains("time");
        await().untilAsserted(() -> assertThat(server.session("node2")).isEmpty());
        good.send(results());
        await().untilAsserted(() -> assertThat(listener.messages).containsExactly(results()));
    }

    @Test
    void unknownTypeOfMessageIsRefused() throws Exception {
        RawPeer agent = agent("node1");
        agent.send("{\"type\":\"gossip\"}\n");

        assertThat(agent.read(Refused.class).reason()).isEqualTo("unknown type of message: gossip");
        assertThat(agent.read()).isEmpty();
    }

    @Test
    void lineThatIsTooLongIsRefusedBeforeItsEnd() throws Exception {
        RawPeer peer = peer();
        peer.send("x".repeat(MessageCodec.LONGEST_LINE + 1));

        assertThat(peer.read(Refused.class).reason()).isEqualTo("a line has more than 65536 bytes");
        assertThat(peer.readToEnd()).isEmpty();
    }

    @Test
    void peerThatSaysNothingIsRefusedAfterAWhile() throws Exception {
        start(WELCOME, limits().handshake(Duration.ofMillis(200)).build());
        RawPeer peer = peer();

        assertThat(peer.read(Refused.class).reason()).isEqualTo("the handshake has taken more than 200 ms");
        assertThat(peer.read()).isEmpty();
        awaitRefusal("nobody: the handshake has taken more than 200 ms");
    }

    @Test
    void peerThatSendsByteByByteIsRefusedAfterAWhile() throws Exception {
        start(WELCOME, limits().handshake(Duration.ofMillis(200)).build());
        RawPeer peer = peer();
        peer.send("{");

        await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            peer.send(" ");
            assertThat(listener.refusals).containsExactly("nobody: the handshake has taken more than 200 ms");
        });
    }

    @Test
    void agentThatFallsSilentLosesItsSessionThoughItIsStillConnected() throws Exception {
        start(Welcome.builder().from(WELCOME).lease(1_000).build(), limits().build());
        peer().authenticate("node1", SECRET + "node1", nonce(1));

        awaitTold("connected node1 raw", "disconnected node1: nothing was heard for 1000 ms");
    }

    @Test
    void bytesThatTrickleInAreNoSignOfLife() throws Exception {
        start(Welcome.builder().from(WELCOME).lease(1_000).build(), limits().build());
        RawPeer agent = peer();
        agent.authenticate("node1", SECRET + "node1", nonce(1));

        await().pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            if (listener.told.size() < 2) {
                agent.send(" ");
            }
            assertThat(listener.told)
                    .containsExactly("connected node1 raw", "disconnected node1: nothing was heard for 1000 ms");
        });
    }

    @Test
    void signsOfLifeKeepASession() throws Exception {
        start(Welcome.builder().from(WELCOME).lease(1_000).build(), limits().build());
        RawPeer agent = peer();
        agent.authenticate("node1", SECRET + "node1", nonce(1));

        for (int i = 0; i < 8; i++) {
            // The server sends four in a lease, which makes these eight two leases.
            assertThat(agent.read()).contains(Alive.of());
            agent.send(Alive.of());
        }

        awaitTold("connected node1 raw");
    }

    @Test
    void agentThatDoesNotReadLosesItsSessionBeforeItCostsMemory() throws Exception {
        start(WELCOME, limits().unsent(4 * MessageCodec.LONGEST_LINE).build());
        peer().authenticate("node1", SECRET + "node1", nonce(1));
        awaitTold("connected node1 raw");
        DetectionSession session = server.session("node1").orElseThrow();
        Checks checks = Checks.builder().revision(1).complete(false)
                .withdrawn(IntStream.range(0, 100).mapToObj(i -> "x".repeat(200)).toList()).build();

        await().pollInterval(Duration.ofMillis(1)).until(() -> !session.send(checks));

        awaitTold("connected node1 raw",
                  "disconnected node1: the peer does not read: more than 262144 bytes wait for it");
    }

    @Test
    void agentThatReadsNothingForALeaseLosesItsSession() throws Exception {
        start(Welcome.builder().from(WELCOME).lease(1_000).build(), limits().build());
        RawPeer agent = peer();
        agent.authenticate("node1", SECRET + "node1", nonce(1));
        awaitTold("connected node1 raw");
        DetectionSession session = server.session("node1").orElseThrow();
        Checks checks = Checks.builder().revision(1).complete(false)
                .withdrawn(IntStream.range(0, 100).mapToObj(i -> "x".repeat(600)).toList()).build();
        for (int i = 0; i < 200; i++) {
            session.send(checks);
        }

        await().pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            if (listener.told.size() < 2) {
                agent.send(Alive.of());
            }
            assertThat(listener.told).containsExactly(
                    "connected node1 raw",
                    "disconnected node1: the peer does not read: nothing could be sent for 1000 ms");
        });
    }

    @Test
    void strangersDoNotKeepAgentsOut() throws Exception {
        start(WELCOME, limits().strangersPerAddress(3).build());
        RawPeer agent = agent("node1");
        for (int i = 0; i < 3; i++) {
            RawPeer stranger = peer();
            stranger.send(new AgentHandshake(AgentCredentials.of("node2", Secret.of("?")), nonce(i), "raw").hello());
            stranger.read(Challenge.class);
        }
        RawPeer tooMany = peer();

        assertThat(tooMany.readToEnd()).isEmpty();
        agent.send(results());
        await().untilAsserted(() -> assertThat(listener.messages).containsExactly(results()));
    }

    @Test
    void strangersWhoLeaveMakeRoom() throws Exception {
        start(WELCOME, limits().strangersPerAddress(1).build());
        for (int i = 0; i < 5; i++) {
            RawPeer stranger = peer();
            stranger.send("nonsense\n");
            assertThat(stranger.read(Refused.class).reason()).contains("malformed");
            stranger.close();
            String name = "node" + i;
            await().ignoreExceptions().untilAsserted(() -> agent(name));
        }
    }

    @Test
    void portThatIsTakenIsSaid() {
        DetectionServer second = new DetectionServer(server.address(), TransportSecurity.none(),
                                                     agent -> Optional.empty(), WELCOME, limits().build(), listener);
        open.add(second);

        assertThatThrownBy(second::start).isInstanceOf(IOException.class)
                .hasMessageContaining("Can't listen for agents at 127.0.0.1:" + server.address().getPort());
    }

    @Test
    void listenerThatFailsHurtsNobody() throws Exception {
        DetectionServerListener failing = new DetectionServerListener() {
            @Override
            public void connected(DetectionSession session, Hello hello) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void refused(String peer, Optional<String> agent, String reason) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void received(DetectionSession session, Message message) {
                session.send(Alive.of());
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void disconnected(DetectionSession session, String reason) {
                throw new IllegalStateException("on purpose");
            }
        };
        server = new DetectionServer(ANY, TransportSecurity.none(), agent -> Optional.of(Secret.of(SECRET + agent)),
                                     WELCOME, limits().build(), failing);
        open.add(server);
        server.start();
        peer().send("nonsense\n");
        RawPeer agent = agent("node1");

        agent.send(results());
        assertThat(agent.read()).contains(Alive.of());
        agent.send(results());
        assertThat(agent.read()).contains(Alive.of());
        agent.close();
        await().untilAsserted(() -> assertThat(server.session("node1")).isEmpty());
    }

    @Test
    void closingTellsOfAllSessionsAndLeavesNoThread() throws Exception {
        agent("node1");
        agent("node2");
        await().untilAsserted(() -> assertThat(listener.told).hasSize(2));

        server.close();

        assertThat(listener.told).contains("disconnected node1: the controller stops",
                                           "disconnected node2: the controller stops");
        assertThatThrownBy(this::peer).isInstanceOf(IOException.class);
    }
}
