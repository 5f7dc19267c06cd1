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
package org.roundtrip.detection.agent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundtrip.detection.protocol.Accepted;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionServer;
import org.roundtrip.detection.protocol.DetectionServerListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Hello;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.ProbeSettings;
import org.roundtrip.detection.protocol.Results;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.ServerLimits;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Verdict;
import org.roundtrip.detection.protocol.Welcome;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Has a real server of the protocol, and real members on the loopback interface. */
class RunningAgentTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String SECRET = "not to be guessed";

    private final BlockingQueue<DetectionSession> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private DetectionServer controller;
    private ServerSocket member;

    @TempDir
    private Path folder;

    /** What a controller hears. */
    private final class Listener implements DetectionServerListener {
        @Override
        public void connected(DetectionSession session, Hello hello) {
            sessions.add(session);
        }

        @Override
        public void refused(String peer, Optional<String> agent, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void received(DetectionSession session, Message message) {
            messages.add(message);
        }

        @Override
        public void disconnected(DetectionSession session, String reason) {
            sessions.remove(session);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        controller = controller(0);
        member = opened(new ServerSocket(0, 64, LOOPBACK));
    }

    private DetectionServer controller(int port) throws IOException {
        DetectionServer server = opened(new DetectionServer(new InetSocketAddress(LOOPBACK, port),
                TransportSecurity.none(), agent -> Optional.of(Secret.of(SECRET)),
                Welcome.builder().lease(10_000).reportInterval(200).build(), ServerLimits.builder().build(),
                new Listener()));
        server.start();
        return server;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(0, resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private RunningAgent agent() {
        Properties properties = new Properties();
        properties.setProperty("name", "node-1");
        properties.setProperty("controllers", "127.0.0.1:" + controller.address().getPort());
        properties.setProperty("secret", SECRET);
        properties.setProperty("interface", "lo");
        properties.setProperty("source-ipv4", "127.0.0.1");
        properties.setProperty("state-file", folder.resolve("checks").toString());
        properties.setProperty("starved-percent", "1000");
        RunningAgent agent = opened(new RunningAgent(AgentConfiguration.of(properties), "test", Clock.systemUTC()));
        agent.start();
        return agent;
    }

    private Check check(String id) {
        return Check.builder().id(id).service("balancer/shop").member(id).target("127.0.0.1")
                .port(member.getLocalPort()).host("192.0.2.1")
                .settings(ProbeSettings.builder().interval(100).timeout(100).rise(1).fall(1).build()).build();
    }

    private static Checks complete(long revision, Check... checks) {
        return Checks.builder().revision(revision).complete(true).addChecks(checks).build();
    }

    private DetectionSession session() throws InterruptedException {
        DetectionSession session = sessions.poll(30, TimeUnit.SECONDS);
        assertThat(session).as("a session within 30 s").isNotNull();
        return session;
    }

    private <T extends Message> T next(Class<T> type) throws InterruptedException {
        while (true) {
            Message message = messages.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("a message %s within 30 s", type.getSimpleName()).isNotNull();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    @Test
    void acceptsChecksAndReportsChangesAtOnce() throws Exception {
        agent();
        session().send(complete(3, check("m1")));

        assertThat(next(Accepted.class).revision()).isEqualTo(3);
        CheckResult up = next(Results.class).results().get(0);
        assertThat(up.check()).isEqualTo("m1");
        assertThat(up.verdict()).isEqualTo(Verdict.UP);

        member.close();
        CheckResult down = next(Results.class).results().get(0);
        assertThat(down.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(down.reason()).isEqualTo("connection refused");
    }

    @Test
    void sendsSnapshotsInParts() throws Exception {
        agent();
        DetectionSession session = session();
        for (int part = 1; part <= 2; part++) {
            Checks.Builder checks = Checks.builder().revision(1).complete(true).part(part).parts(2);
            for (int i = 0; i < 60; i++) {
                checks.addChecks(check("m" + part + "-" + i));
            }
            session.send(checks.build());
        }

        next(Accepted.class);
        List<CheckResult> results = new ArrayList<>();
        Snapshot snapshot = next(Snapshot.class);
        assertThat(snapshot.part()).isEqualTo(1);
        assertThat(snapshot.parts()).isEqualTo(2);
        results.addAll(snapshot.results());
        while (snapshot.part() < snapshot.parts()) {
            snapshot = next(Snapshot.class);
            results.addAll(snapshot.results());
        }
        assertThat(results).extracting(CheckResult::check).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWithDifferences() throws Exception {
        agent();
        DetectionSession session = session();
        session.send(complete(1, check("m1"), check("m2")));
        session.send(Checks.builder().revision(2).complete(false).addChecks(check("m3")).addWithdrawn("m1").build());

        await().until(() -> next(Accepted.class).revision() == 2);
        await().until(() -> next(Snapshot.class).results().stream().map(CheckResult::check).sorted().toList()
                .equals(List.of("m2", "m3")));
    }

    @Test
    void endsASessionThatBeginsWithADifference() throws Exception {
        agent();
        DetectionSession session = session();
        session.send(Checks.builder().revision(1).complete(false).addChecks(check("m1")).build());

        assertThat(session()).isNotSameAs(session);
    }

    @Test
    void keepsProbingWithoutAControllerAndTellsTheNextWhatItFound() throws Exception {
        agent();
        session().send(complete(1, check("m1")));
        assertThat(next(Results.class).results().get(0).verdict()).isEqualTo(Verdict.UP);
        int port = controller.address().getPort();

        controller.close();
        member.close();
        // It learns that while nobody listens.
        messages.clear();
        controller = controller(port);
        DetectionSession session = session();
        session.send(complete(9, check("m1")));

        await().until(() -> {
            Snapshot snapshot = next(Snapshot.class);
            return snapshot.revision() == 9 && snapshot.results().get(0).verdict() == Verdict.DOWN
                    && snapshot.results().get(0).probes() > 1;
        });
    }

    @Test
    void probesAtOnceAfterARestartWhatItWasToldBefore() throws Exception {
        RunningAgent first = agent();
        session().send(complete(1, check("m1")));
        next(Results.class);
        first.close();
        controller.close();
        int port = member.getLocalPort();
        member.close();
        // Only probes of the second agent are in this queue.
        ServerSocket again = opened(new ServerSocket(port, 64, LOOPBACK));
        again.setSoTimeout(30_000);

        agent();

        assertThat(opened(again.accept()).getLocalPort()).isEqualTo(port);
    }

    @Test
    void tellsNothingBeforeItWasAsked() throws Exception {
        RunningAgent first = agent();
        session().send(complete(1, check("m1")));
        next(Results.class);
        first.close();
        messages.clear();

        agent();
        DetectionSession session = session();
        member.close();
        session.send(complete(1, check("other")));
        next(Accepted.class);

        assertThat(next(Snapshot.class).results()).extracting(CheckResult::check).containsExactly("other");
        await().during(500, TimeUnit.MILLISECONDS).until(() -> messages.stream()
                .filter(Results.class::isInstance).map(Results.class::cast)
                .flatMap(each -> each.results().stream()).allMatch(each -> each.check().equals("other")));
    }
}
