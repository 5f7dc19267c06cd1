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
package org.roundtrip.clock.impl.negotiation;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.onosproject.net.packet.PacketService;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionService;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.SessionOrigin;
import org.roundtrip.clock.compute.PtpTraffic;
import org.roundtrip.clock.compute.message.MalformedMessageException;
import org.roundtrip.clock.compute.message.PathConsistency;
import org.roundtrip.clock.compute.message.SignallingCodec;
import org.roundtrip.clock.compute.negotiation.ClientSignal;
import org.roundtrip.clock.compute.negotiation.ClockPair;
import org.roundtrip.clock.compute.negotiation.NegotiationAction;
import org.roundtrip.clock.compute.negotiation.NegotiationHandler;
import org.roundtrip.clock.compute.negotiation.TrackedGrant;
import org.roundtrip.clock.compute.negotiation.UdpFrame;
import org.roundtrip.clock.compute.negotiation.UnicastNegotiation;
import org.roundtrip.clock.impl.NegotiatedSessions;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.PathStatistics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells negotiation what happens in the network, and does there what negotiation wants. On the node that leads, and on
 * one thread.
 */
final class Negotiator implements NegotiationHandler {

    private static final Logger log = LoggerFactory.getLogger(Negotiator.class);

    /** How many refusals are remembered as having been written to the log. */
    private static final int LOGGED_REFUSALS = 1_000;
    private static final int MINUTES_BETWEEN_LOGS = 10;
    /** How long a message waits for its window, which takes some hundred milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 1_000;

    private final UnicastNegotiation negotiation;
    private final NegotiatedSessions sessions;
    private final ClockSessionService published;
    private final TePathService paths;
    private final ClockPresence presence;
    private final GrantWindows windows;
    private final PacketService packets;
    private final HeardServers servers;
    private final ElapsedTime elapsed;
    private final Clock clock;

    private final Deque<NegotiationAction> actions = new ArrayDeque<>();
    private final Map<String, ClockPair> pairs = new HashMap<>();
    private final Set<ClockPair> unrecorded = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Cache<String, Boolean> logged = CacheBuilder.newBuilder().maximumSize(LOGGED_REFUSALS)
            .expireAfterWrite(MINUTES_BETWEEN_LOGS, TimeUnit.MINUTES).build();
    private boolean performing;

    Negotiator(UnicastNegotiation negotiation, NegotiatedSessions sessions, ClockSessionService published,
               TePathService paths, ClockPresence presence, GrantWindows windows, PacketService packets,
               HeardServers servers, ElapsedTime elapsed, Clock clock) {
        this.negotiation = negotiation;
        this.sessions = sessions;
        this.published = published;
        this.paths = paths;
        this.presence = presence;
        this.windows = windows;
        this.packets = packets;
        this.servers = servers;
        this.elapsed = elapsed;
        this.clock = clock;
    }

    /**
     * Takes in all policies.
     *
     * @param policies the policies
     */
    void policies(Collection<ClockPolicy> policies) {
        perform(negotiation.policies(policies, elapsed.now()));
    }

    /**
     * Looks at sessions to which something has happened. Those that negotiation does not know are from before this node
     * led.
     *
     * @param names the names of the sessions
     */
    void sessionsChanged(Collection<String> names) {
        for (String name : names) {
            if (!pairs.containsKey(name)) {
                negotiated(name).ifPresent(this::restore);
            }
            Optional.ofNullable(pairs.get(name)).ifPresent(this::observe);
        }
    }

    private void restore(ClockSession session) {
        ClockPair pair = ClockPair.of(session.request().client().ipAddress().orElseThrow(),
                                      session.request().server().ipAddress().orElseThrow());
        pairs.put(pair.sessionName(), pair);
        Duration now = elapsed.now();
        List<TrackedGrant> grants = session.grants().stream()
                .map(grant -> TrackedGrant.of(grant, now, clock.instant())).collect(Collectors.toList());
        perform(negotiation.restore(pair, session.policy().orElse(""), grants, now));
    }

    private void observe(ClockPair pair) {
        Optional<ClockSession> session = negotiated(pair.sessionName());
        if (session.isPresent()) {
            perform(observed(pair, session.get()));
        } else {
            pairs.remove(pair.sessionName());
            perform(negotiation.sessionClosed(pair, elapsed.now()));
        }
    }

    private List<NegotiationAction> observed(ClockPair pair, ClockSession session) {
        switch (session.status().state()) {
            case UP:
                return negotiation.sessionUp(pair, session.clientEndpoint().connectPoint(), consistency(session),
                                             elapsed.now());
            case WAITING:
            case INSTALLING:
                return negotiation.sessionInstalling(pair, elapsed.now());
            default:
                return negotiation.sessionHeld(pair, elapsed.now());
        }
    }

    private static PathConsistency consistency(ClockSession session) {
        return PathConsistency.builder()
                .coRouted(true)
                .tunnelId(PathConsistency.tunnelId(session.request().name()))
                .delayAsymmetry(session.asymmetry().map(known -> OptionalLong.of(known.delayAsymmetry()))
                                        .orElseGet(OptionalLong::empty))
                .build();
    }

    private Optional<ClockSession> negotiated(String name) {
        return published.session(name).filter(session -> session.origin() == SessionOrigin.NEGOTIATED);
    }

    /**
     * Takes in what a client says to a server of a policy.
     *
     * @param received what a switch has handed over
     */
    void fromClient(ReceivedFrame received) {
        UdpFrame frame = received.frame();
        ClockPair pair = ClockPair.of(frame.source(), frame.destination());
        Optional<String> objection = presence.objection(pair.client(), frame.sourceMac(), received.port())
                .or(() -> presence.isKnown(pair.server()) ? Optional.empty()
                        : Optional.of("the network does not know the server: it has been asked for"));
        if (objection.isPresent()) {
            refused(pair, objection.get());
            return;
        }
        Optional<ClockSession> configured = configured(pair);
        if (configured.isPresent()) {
            relay(pair, frame, configured.get());
            return;
        }
        try {
            perform(negotiation.fromClient(ClientSignal.builder()
                                                   .pair(pair)
                                                   .port(received.port())
                                                   .source(frame.sourceMac())
                                                   .destination(frame.destinationMac())
                                                   .message(SignallingCodec.decode(frame.message()))
                                                   .build(), elapsed.now()));
        } catch (MalformedMessageException malformed) {
            Optional<ClockSession> session = negotiated(pair.sessionName());
            if (malformed.reason() == MalformedMessageException.Reason.NOT_SIGNALLING && session.isPresent()) {
                relay(pair, frame, session.get());
            } else {
                refused(pair, "malformed: " + malformed.reason());
            }
        }
    }

    /** Whoever has configured a session for a pair has allowed what it says. */
    private Optional<ClockSession> configured(ClockPair pair) {
        return published.sessions().stream()
                .filter(session -> session.origin() == SessionOrigin.CONFIGURED
                        && session.request().transport() == pair.transport()
                        && session.clientEndpoint().ip().equals(Optional.of(pair.client()))
                        && session.serverEndpoint().ip().equals(Optional.of(pair.server())))
                .findFirst();
    }

    private void relay(ClockPair pair, UdpFrame frame, ClockSession session) {
        if (session.status().state() != ClockSessionState.UP) {
            refused(pair, "the session is not up");
        } else {
            send(pair, frame, frame.message(), session);
        }
    }

    /**
     * Takes in what a server says to a client.
     *
     * @param received what a switch has copied
     */
    void fromServer(ReceivedFrame received) {
        UdpFrame frame = received.frame();
        ClockPair pair = ClockPair.of(frame.destination(), frame.source());
        boolean there = negotiated(pair.sessionName())
                .filter(session -> session.serverEndpoint().connectPoint().equals(received.port())).isPresent();
        if (there) {
            try {
                perform(negotiation.fromServer(pair, SignallingCodec.decode(frame.message()), elapsed.now()));
            } catch (MalformedMessageException other) {
                log.trace("Not signalling: {}", other.getMessage());
            }
        }
    }

    /**
     * Takes in that time has gone on, and does what had to wait.
     */
    void tick() {
        perform(negotiation.tick(elapsed.now()));
        List<ClockPair> late = List.copyOf(unrecorded);
        unrecorded.clear();
        late.forEach(pair -> record(pair, negotiation.grants(pair)));
    }

    /**
     * Reads what tunnels have carried.
     */
    void count() {
        for (ClockPair pair : negotiation.pairs()) {
            try {
                Optional<ClockSession> up = negotiated(pair.sessionName())
                        .filter(session -> session.status().state() == ClockSessionState.UP);
                if (up.isPresent()) {
                    PathStatistics carried = paths.statistics(up.get().tePath());
                    perform(negotiation.counted(pair, carried.reverse().admittedPackets(),
                                                carried.forward().admittedPackets(), elapsed.now()));
                }
            } catch (NotFoundException gone) {
                log.debug("No counters of {}: {}", pair, gone.getMessage());
            }
        }
    }

    /**
     * Sends what has waited for its window.
     *
     * @return whether something still waits
     */
    boolean flush() {
        for (int i = waiting.size(); i > 0; i--) {
            Waiting next = waiting.remove();
            ClockPair pair = next.forward.signal().pair();
            if (!windows.isOpening(pair)) {
                send(next.forward);
            } else if (next.until.compareTo(elapsed.now()) > 0) {
                waiting.add(next);
            } else {
                refused(pair, "the switch of the server does not show what it answers");
            }
        }
        return !waiting.isEmpty();
    }

    private void perform(List<NegotiationAction> wanted) {
        actions.addAll(wanted);
        if (performing) {
            return;
        }
        performing = true;
        try {
            while (!actions.isEmpty()) {
                actions.remove().accept(this);
            }
        } finally {
            performing = false;
        }
    }

    @Override
    public void open(NegotiationAction.OpenSession action) {
        ClockPair pair = action.pair();
        pairs.put(pair.sessionName(), pair);
        try {
            sessions.open(action.request(), action.policy(), List.of());
            observe(pair);
        } catch (RequestException refusal) {
            perform(negotiation.sessionRefused(pair, refusal.getMessage(), elapsed.now()));
        }
    }

    @Override
    public void close(NegotiationAction.CloseSession action) {
        ClockPair pair = action.pair();
        try {
            sessions.close(pair.sessionName(), action.reason());
        } catch (RequestException refusal) {
            log.debug("{} can't be closed and will be tried again: {}", pair.sessionName(), refusal.getMessage());
            return;
        }
        if (negotiated(pair.sessionName()).isEmpty()) {
            observe(pair);
        }
    }

    @Override
    public void forward(NegotiationAction.Forward action) {
        if (!windows.isOpening(action.signal().pair())) {
            send(action);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(new Waiting(action, elapsed.now().plus(PATIENCE)));
        } else {
            refused(action.signal().pair(), "too many messages wait for their answers to be seen");
        }
    }

    private void send(NegotiationAction.Forward action) {
        ClientSignal signal = action.signal();
        negotiated(signal.pair().sessionName()).ifPresent(session -> send(
                signal.pair(), fromClient(signal), SignallingCodec.encode(action.message()), session));
    }

    /** Puts a message into the tunnel behind its entrance, where signalling is taken out. */
    private void send(ClockPair pair, UdpFrame frame, byte[] message, ClockSession session) {
        Optional<Hop> first = paths.path(session.tePath()).map(TePath::reverse).map(List::stream)
                .flatMap(Stream::findFirst);
        if (first.isEmpty()) {
            refused(pair, "the session has no tunnel");
            return;
        }
        Hop hop = first.get();
        ClockPresence.emit(packets, hop.device(), hop.outPort(),
                           hop.labelOut().map(label -> frame.labelled(message, label))
                                   .orElseGet(() -> frame.with(message)));
    }

    @Override
    public void deny(NegotiationAction.Deny action) {
        ClientSignal signal = action.signal();
        ClockPresence.emit(packets, signal.port().deviceId(), signal.port().port(),
                           toClient(signal).with(SignallingCodec.encode(action.answer())));
        refused(signal.pair(), action.reason());
    }

    private static UdpFrame fromClient(ClientSignal signal) {
        return UdpFrame.of(signal.source(), signal.destination(), signal.pair().client(), signal.pair().server(),
                           PtpTraffic.GENERAL_PORT);
    }

    private static UdpFrame toClient(ClientSignal signal) {
        return UdpFrame.of(signal.destination(), signal.source(), signal.pair().server(), signal.pair().client(),
                           PtpTraffic.GENERAL_PORT);
    }

    @Override
    public void drop(NegotiationAction.Drop action) {
        refused(action.signal().pair(), action.reason());
    }

    private void refused(ClockPair pair, String reason) {
        servers.refused(pair.server(), reason);
        String words = pair.client() + " asks " + pair.server() + " in vain: " + reason;
        if (logged.getIfPresent(words) == null) {
            logged.put(words, true);
            log.info("{}", words);
        }
    }

    @Override
    public void openWindow(NegotiationAction.OpenWindow action) {
        ClockPair pair = action.pair();
        negotiated(pair.sessionName()).map(session -> session.serverEndpoint().connectPoint()).ifPresent(server -> {
            if (!windows.open(pair, server)) {
                perform(negotiation.sessionRefused(pair, "the driver of " + server.deviceId() + " has no resubmit "
                        + "action, without which it can't be seen what the server grants", elapsed.now()));
            }
        });
    }

    @Override
    public void closeWindow(NegotiationAction.CloseWindow action) {
        windows.close(action.pair());
    }

    @Override
    public void record(NegotiationAction.RecordGrants action) {
        record(action.pair(), action.grants());
    }

    private void record(ClockPair pair, List<TrackedGrant> grants) {
        try {
            sessions.grants(pair.sessionName(), grants.stream()
                    .map(grant -> grant.toRecord(elapsed.now(), clock.instant())).collect(Collectors.toList()));
        } catch (NotFoundException gone) {
            log.debug("Grants of {} are not recorded: {}", pair.sessionName(), gone.getMessage());
        } catch (RequestException unavailable) {
            unrecorded.add(pair);
            log.debug("Grants of {} will be recorded later: {}", pair.sessionName(), unavailable.getMessage());
        }
    }

    @Override
    public void remember(NegotiationAction.RememberClock action) {
        servers.heard(action.server(), action.clock().toString());
    }

    /** A message that goes on when its answer can be seen. */
    private static final class Waiting {
        private final NegotiationAction.Forward forward;
        private final Duration until;

        Waiting(NegotiationAction.Forward forward, Duration until) {
            this.forward = forward;
            this.until = until;
        }
    }
}
