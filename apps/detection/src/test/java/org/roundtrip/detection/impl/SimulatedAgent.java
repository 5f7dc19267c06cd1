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
import org.roundtrip.detection.protocol.Latency;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.TransportSecurity;
import org.roundtrip.detection.protocol.Verdict;
import org.roundtrip.detection.protocol.Welcome;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** An agent that probes nothing and says all the time, over a real connection, that all its members are well. */
final class SimulatedAgent implements DetectionClientListener {

    static final String SECRET = "a secret of a benchmark";
    /** What the names of all threads of agents begin with. */
    static final String THREADS = "roundtrip-detection-client";

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            task -> new Thread(task, THREADS + "-clock"));

    private final Map<String, Check> checks = new ConcurrentHashMap<>();
    private final AtomicLong snapshots = new AtomicLong();
    private final Instant begun = Instant.now();
    private final DetectionClient client;
    private volatile int reportInterval;
    private volatile long revision;

    SimulatedAgent(String name, InetSocketAddress controller) {
        client = new DetectionClient(List.of(controller), TransportSecurity.none(),
                                     AgentCredentials.of(name, Secret.of(SECRET)), "simulated 1", this);
        client.start();
    }

    boolean isConnected() {
        return client.session().isPresent();
    }

    /** Returns how often it has said all that it knows. */
    long snapshots() {
        return snapshots.get();
    }

    /** Returns how often it is to do so, in milliseconds. */
    int reportInterval() {
        return reportInterval;
    }

    @Override
    public void connected(DetectionSession session, Welcome welcome) {
        reportInterval = welcome.reportInterval();
        // Real ones begin at different times.
        CLOCK.scheduleAtFixedRate(() -> report(session), ThreadLocalRandom.current().nextInt(reportInterval),
                                  reportInterval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void received(DetectionSession session, Message message) {
        if (message instanceof Checks) {
            Checks part = (Checks) message;
            part.withdrawn().forEach(checks::remove);
            part.checks().forEach(check -> checks.put(check.id(), check));
            if (part.part() == part.parts()) {
                revision = part.revision();
                session.send(Accepted.builder().revision(revision).build());
            }
        }
    }

    private void report(DetectionSession session) {
        Instant now = Instant.now();
        long probes = now.getEpochSecond() - begun.getEpochSecond() + 1;
        Snapshot about = Snapshot.builder().time(now).revision(revision).starved(false).latenessP99(240)
                .latenessMaximum(1_900).build();
        Snapshot.inParts(about, checks.keySet().stream().map(id -> CheckResult.builder().check(id).verdict(Verdict.UP)
                        .reason("connection accepted").since(begun).lastProbe(now).probes(probes).failures(0)
                        .latency(Latency.builder().median(180).p95(410).p99(950).build()).build())
                .collect(Collectors.toList())).forEach(session::send);
        snapshots.incrementAndGet();
    }

    @Override
    public void disconnected(DetectionSession session, String reason) {
        throw new IllegalStateException("disconnected: " + reason);
    }

    @Override
    public void failed(String controller, String reason) {
        // It tries again.
    }
}
