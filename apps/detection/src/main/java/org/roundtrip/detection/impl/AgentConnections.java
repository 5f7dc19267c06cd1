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

import org.roundtrip.base.Status;
import org.roundtrip.detection.AgentState;
import org.roundtrip.detection.DetectionAgent;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.compute.AgentLiveness;
import org.roundtrip.detection.compute.AgentStatus;
import org.roundtrip.detection.protocol.Accepted;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.DetectionServer;
import org.roundtrip.detection.protocol.DetectionServerListener;
import org.roundtrip.detection.protocol.DetectionSession;
import org.roundtrip.detection.protocol.Hello;
import org.roundtrip.detection.protocol.Message;
import org.roundtrip.detection.protocol.Results;
import org.roundtrip.detection.protocol.Secret;
import org.roundtrip.detection.protocol.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The connections of agents, as long as this node leads. What they report is taken on the threads on which it arrives.
 * Thread-safe.
 */
final class AgentConnections implements DetectionServerListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AgentConnections.class);

    /** When to try again to listen where something else does. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final DetectionLedger ledger;
    private final HealthBook book;
    private final DetectionJournal journal;
    private final Clock clock;
    private final LongSupplier elapsed;
    private final Consumer<String> changed;
    private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, SeenAgent> seen = new ConcurrentHashMap<>();
    private volatile ServerSettings settings;
    /** These are only for the thread of the loop. */
    private Optional<DetectionServer> server = Optional.empty();
    private ServerSettings served;

    /**
     * Creates it, without listening.
     *
     * @param settings how agents connect
     * @param ledger  knows the agents and their secrets
     * @param book    takes what is reported
     * @param journal takes what is wrong
     * @param clock   the time of the day
     * @param elapsed a monotonic time in nanoseconds
     * @param changed takes the agents to which something has happened, on any thread: must not block
     */
    AgentConnections(ServerSettings settings, DetectionLedger ledger, HealthBook book, DetectionJournal journal,
                     Clock clock, LongSupplier elapsed, Consumer<String> changed) {
        this.settings = settings;
        this.served = settings;
        this.ledger = ledger;
        this.book = book;
        this.journal = journal;
        this.clock = clock;
        this.elapsed = elapsed;
        this.changed = changed;
    }

    Duration lease() {
        return settings.lease();
    }

    /** Has agents connect in another way from the next {@link #listen} on. Those that are connected do so anew. */
    void use(ServerSettings next) {
        settings = next;
    }

    /**
     * Lets agents connect, or not any more: they go to the node that leads. Only for the thread of the loop.
     *
     * @return after which time to try again, if it could not be done
     */
    Optional<Duration> listen(boolean isWanted) {
        ServerSettings wanted = settings;
        if (!isWanted || !served.areAs(wanted)) {
            close();
        }
        if (isWanted && server.isEmpty()) {
            served = wanted;
            DetectionServer created = wanted.server(this::secret, this);
            try {
                created.start();
            } catch (IOException e) {
                created.close();
                log.error("Agents of detection can't connect: {}. This is tried again in {} s", e.getMessage(),
                          RETRY.toSeconds());
                return Optional.of(RETRY);
            }
            server = Optional.of(created);
        }
        return Optional.empty();
    }

    /** Returns where agents can connect. */
    Optional<Integer> port() {
        return server.map(listening -> listening.address().getPort());
    }

    private Optional<Secret> secret(String agent) {
        return ledger.agent(agent).map(record -> Secret.of(record.request().secret()));
    }

    Optional<AgentSession> session(String agent) {
        return Optional.ofNullable(sessions.get(agent));
    }

    @Override
    public void connected(DetectionSession session, Hello hello) {
        String agent = session.agent();
        sessions.put(agent, new AgentSession(session, hello, elapsed.getAsLong()));
        book.begin(agent);
        follow(alive(agent).isConnected(true).starved(Optional.empty()).build());
        changed.accept(agent);
    }

    @Override
    public void received(DetectionSession session, Message message) {
        String agent = session.agent();
        Optional<AgentSession> open = session(agent).filter(current -> current.is(session));
        if (open.isEmpty()) {
            return;
        }
        if (message instanceof Snapshot) {
            hear(agent, (Snapshot) message);
            report(open.get(), agent, ((Snapshot) message).results());
        } else {
            follow(alive(agent).build());
        }
        if (message instanceof Results) {
            report(open.get(), agent, ((Results) message).results());
        } else if (message instanceof Accepted) {
            open.get().accept(((Accepted) message).revision());
            changed.accept(agent);
        }
    }

    private void hear(String agent, Snapshot snapshot) {
        AgentLiveness.Builder next = alive(agent);
        next.starved(snapshot.starved() ? liveness(agent).starved().or(() -> Optional.of(now())) : Optional.empty());
        seen.computeIfPresent(agent, (same, before) -> before.late(snapshot.latenessP99()));
        follow(next.build());
    }

    private void report(AgentSession session, String agent, List<CheckResult> results) {
        List<String> foreign = book.report(agent, results, session.isSettled());
        if (!foreign.isEmpty()) {
            log.warn("Agent {} has reported about {} members that are not its own, such as check {}", agent,
                     foreign.size(), foreign.get(0));
            journal.foreignResults(agent, foreign.size());
        }
    }

    @Override
    public void disconnected(DetectionSession session, String reason) {
        String agent = session.agent();
        Optional<AgentSession> ended = session(agent).filter(current -> current.is(session));
        if (ended.isEmpty() || !sessions.remove(agent, ended.get())) {
            return;
        }
        follow(AgentLiveness.builder().from(liveness(agent)).isConnected(false).build());
        log.info("Agent {} is not connected any more: {}", agent, reason);
        changed.accept(agent);
    }

    @Override
    public void refused(String peer, Optional<String> agent, String reason) {
        log.warn("An agent at {} was refused: {}", peer, reason);
        journal.refused(peer, agent, reason);
    }

    private AgentLiveness.Builder alive(String agent) {
        return AgentLiveness.builder().from(liveness(agent)).heard(now());
    }

    private AgentLiveness liveness(String agent) {
        return book.agent(agent).orElseGet(() -> AgentLiveness.builder().name(agent).lease(lease()).build());
    }

    private void follow(AgentLiveness liveness) {
        book.follow(liveness);
        show(liveness);
    }

    private void show(AgentLiveness liveness) {
        seen.compute(liveness.name(), (agent, before) -> {
            SeenAgent last = Optional.ofNullable(before).orElse(SeenAgent.NEVER);
            Status<AgentState> status = AgentStatus.of(liveness, last.status(), now(), clock.instant());
            journal.agentChanged(agent, last.status(), status);
            return last.in(status, session(agent));
        });
    }

    /** Has agents see that time has passed. */
    void followTime() {
        ledger.agents().keySet().forEach(agent -> show(liveness(agent)));
        seen.keySet().stream().filter(agent -> ledger.agent(agent).isEmpty()).forEach(agent -> {
            seen.remove(agent);
            journal.agentForgotten(agent);
        });
    }

    /** Returns an agent as it is now. */
    DetectionAgent show(DetectionAgentRequest request) {
        SeenAgent agent = seen.getOrDefault(request.name(), SeenAgent.NEVER);
        return DetectionAgent.builder().name(request.name()).device(request.device()).port(request.port())
                .peer(session(request.name()).map(AgentSession::peer)).version(agent.software())
                .checks(book.count(request.name())).lateness(agent.lateness())
                .status(agent.status().orElseGet(() -> AgentStatus.of(liveness(request.name()), Optional.empty(), now(),
                                                                      clock.instant()))).build();
    }

    private Duration now() {
        return Duration.ofNanos(elapsed.getAsLong());
    }

    /** Only for the thread of the loop, or when it has ended. */
    @Override
    public void close() {
        server.ifPresent(DetectionServer::close);
        server = Optional.empty();
    }
}
