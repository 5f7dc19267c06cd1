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

import org.roundtrip.detection.protocol.Accepted;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Checks;
import org.roundtrip.detection.protocol.DetectionClientListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.Results;
import org.roundtrip.detection.protocol.Snapshot;
import org.roundtrip.detection.protocol.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does what a controller says, and tells it what is found: changes at once, everything from time to time.
 *
 * <p>All of it happens on one thread of its own. Without a controller the agent goes on as it was told last; only a
 * complete request ends that. Nothing is told before a controller has said in this session what is to be checked: it
 * may have taken checks away in the meantime.
 */
final class ControllerLink implements DetectionClientListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControllerLink.class);

    private final DetectionAgent agent;
    private final Optional<ChecksFile> file;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> new Thread(task, "reports"));
    private final Queue<CheckResult> changes = new ConcurrentLinkedQueue<>();

    // All of these are touched by that thread only.
    private final ChecksAssembly assembly = new ChecksAssembly();
    private Optional<Assignment> assignment = Optional.empty();
    private Optional<ScheduledFuture<?>> snapshots = Optional.empty();
    private Optional<DetectionSession> current = Optional.empty();
    private String lastFailure = "";
    private boolean starved;

    /** What a controller has assigned in a session. */
    private record Assignment(DetectionSession session, long revision) {
    }

    /**
     * Makes a link, which begins when a client calls it.
     *
     * @param agent what checks
     * @param file  where requests are kept, if anywhere
     * @param clock the time that operators are shown
     */
    ControllerLink(DetectionAgent agent, Optional<ChecksFile> file, Clock clock) {
        this.agent = agent;
        this.file = file;
        this.clock = clock;
    }

    /** Tells the controller of a change, if there is one to tell. Called by any thread. */
    void changed(CheckResult result) {
        log.info("{} is {}: {}", result.check(), result.verdict(), result.reason());
        changes.add(result);
        thread.execute(this::sendChanges);
    }

    @Override
    public void connected(DetectionSession session, Welcome welcome) {
        thread.execute(() -> {
            log.info("Connected to the controller at {}", session.peer());
            lastFailure = "";
            assembly.clear();
            assignment = Optional.empty();
            current = Optional.of(session);
            snapshots.ifPresent(timer -> timer.cancel(false));
            snapshots = Optional.of(thread.scheduleAtFixedRate(this::sendSnapshot, welcome.reportInterval(),
                    welcome.reportInterval(), TimeUnit.MILLISECONDS));
        });
    }

    @Override
    public void received(DetectionSession session, Message message) {
        if (message instanceof Checks part) {
            thread.execute(() -> receive(session, part));
        }
    }

    @Override
    public void disconnected(DetectionSession session, String reason) {
        thread.execute(() -> {
            if (current.equals(Optional.of(session))) {
                log.warn("Lost the controller at {}: {}; probing goes on", session.peer(), reason);
                current = Optional.empty();
                assignment = Optional.empty();
                snapshots.ifPresent(timer -> timer.cancel(false));
            }
        });
    }

    @Override
    public void failed(String controller, String reason) {
        thread.execute(() -> {
            String failure = controller + ": " + reason;
            if (!failure.equals(lastFailure)) {
                log.warn("No controller at {}; trying again for ever", failure);
                lastFailure = failure;
            }
        });
    }

    private void receive(DetectionSession session, Checks part) {
        try {
            assembly.add(part).ifPresent(request -> apply(session, request));
        } catch (IllegalArgumentException e) {
            session.close(e.getMessage());
        }
    }

    private void apply(DetectionSession session, ChecksAssembly.Request request) {
        if (!request.complete() && assignment.isEmpty()) {
            session.close("a difference of checks has come before a complete set");
            return;
        }
        if (request.complete()) {
            agent.replace(request.checks());
        } else {
            agent.change(request.checks(), request.withdrawn());
        }
        log.info("Checking {} members of {} services", agent.checks().size(), agent.services().size());
        assignment = Optional.of(new Assignment(session, request.revision()));
        session.send(Accepted.builder().revision(request.revision()).build());
        if (request.complete()) {
            sendSnapshot();
        }
        keep();
    }

    private void keep() {
        file.ifPresent(each -> {
            try {
                each.write(agent.checks());
            } catch (IOException e) {
                log.warn("The request can't be kept for the next start: {}", e.toString());
            }
        });
    }

    private void sendChanges() {
        List<CheckResult> results = new ArrayList<>();
        CheckResult change = changes.poll();
        while (change != null) {
            if (agent.isChecked(change.check())) {
                results.add(change);
            }
            change = changes.poll();
        }
        if (!results.isEmpty()) {
            assignment.ifPresent(assigned ->
                    Results.inParts(clock.instant(), results).forEach(assigned.session()::send));
        }
    }

    private void sendSnapshot() {
        AgentHealth.Report health = agent.health().report();
        noteStarvation(health);
        assignment.ifPresent(assigned -> agent.results().thenAcceptAsync(
                results -> send(assigned, health, results), thread).exceptionally(failure -> {
                    log.error("A snapshot could not be sent", failure);
                    return null;
                }));
    }

    private void noteStarvation(AgentHealth.Report health) {
        if (health.starved() != starved) {
            starved = health.starved();
            if (starved) {
                log.warn("This agent lacks processor time: {} results were not believed, probes began up to {} ms late",
                        health.discarded(), health.latenessMaximum() / 1_000);
            } else {
                log.info("This agent has processor time again");
            }
        }
    }

    private void send(Assignment assigned, AgentHealth.Report health, List<CheckResult> results) {
        if (!assignment.equals(Optional.of(assigned))) {
            // The checks have changed since: the next one will tell.
            return;
        }
        Snapshot about = Snapshot.builder()
                .time(clock.instant())
                .revision(assigned.revision())
                .starved(health.starved())
                .latenessP99(health.latenessP99())
                .latenessMaximum(health.latenessMaximum())
                .build();
        Snapshot.inParts(about, results).forEach(assigned.session()::send);
    }

    /** Ends its thread. Call it when nothing calls it any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
