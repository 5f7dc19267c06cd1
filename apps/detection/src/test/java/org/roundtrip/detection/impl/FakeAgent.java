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
package org.roundtrip.detection.impl;

import org.roundtrip.detection.protocol.Accepted;
import org.roundtrip.detection.protocol.AgentCredentials;
import org.roundtrip.detection.protocol.Check;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionClient;
import org.roundtrip.detection.protocol.DetectionClientListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.Results;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Verdict;
import org.roundtrip.detection.protocol.Welcome;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An agent that probes nothing and reports what a test wants, over a real connection. */
final class FakeAgent implements DetectionClientListener, AutoCloseable {

    static final String SECRET = "a secret of the tests";

    /** By their ids. */
    final Map<String, Check> checks = new ConcurrentHashMap<>();
    private final DetectionClient client;
    /** What it has been told and has not accepted yet. */
    private final Set<Long> unaccepted = ConcurrentHashMap.newKeySet();
    private volatile boolean isHesitant;

    FakeAgent(String name, int port, Map<String, Check> remembered) {
        checks.putAll(remembered);
        client = new DetectionClient(List.of(new InetSocketAddress("127.0.0.1", port)), TransportSecurity.none(),
                                     AgentCredentials.of(name, Secret.of(SECRET)), "fake 1", this);
        client.start();
    }

    /** Reports about a check, its own or not. */
    void report(String check, Verdict verdict, String reason) {
        send(Results.builder().time(Instant.now()).addResults(result(check, verdict, reason)).build());
    }

    /** Reports about its only check. */
    void report(Verdict verdict, String reason) {
        report(checks.keySet().iterator().next(), verdict, reason);
    }

    void snapshot(boolean starved, CheckResult... results) {
        send(Snapshot.builder().time(Instant.now()).revision(1).starved(starved).latenessP99(700).latenessMaximum(900)
                     .addResults(results).build());
    }

    static CheckResult result(String check, Verdict verdict, String reason) {
        return CheckResult.builder().check(check).verdict(verdict).reason(reason).since(Instant.now()).probes(5)
                .failures(1).build();
    }

    private void send(Message message) {
        client.session().orElseThrow().send(message);
    }

    /** Accepts nothing until it is to. */
    void hesitate() {
        isHesitant = true;
    }

    /** Accepts what it was told. */
    void accept() {
        isHesitant = false;
        unaccepted.stream().max(Long::compare).ifPresent(
                revision -> send(Accepted.builder().revision(revision).build()));
        unaccepted.clear();
    }

    boolean isConnected() {
        return client.session().isPresent();
    }

    @Override
    public void connected(DetectionSession session, Welcome welcome) {
        // The controller speaks first.
    }

    @Override
    public void received(DetectionSession session, Message message) {
        if (message instanceof Checks) {
            Checks part = (Checks) message;
            if (part.complete() && part.part() == 1) {
                checks.clear();
            }
            part.withdrawn().forEach(checks::remove);
            part.checks().forEach(check -> checks.put(check.id(), check));
            if (part.part() == part.parts()) {
                unaccepted.add(part.revision());
                if (!isHesitant) {
                    accept();
                }
            }
        }
    }

    @Override
    public void disconnected(DetectionSession session, String reason) {
        // It connects again.
    }

    @Override
    public void failed(String controller, String reason) {
        // It tries again.
    }

    @Override
    public void close() {
        client.close();
    }
}
