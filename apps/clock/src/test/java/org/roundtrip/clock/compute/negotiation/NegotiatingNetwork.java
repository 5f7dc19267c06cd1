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
package org.roundtrip.clock.compute.negotiation;

import org.onlab.packet.IpAddress;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.compute.message.GrantUnicastTransmission;
import org.roundtrip.clock.compute.message.MessageTypes;
import org.roundtrip.clock.compute.message.OrganizationSubType;
import org.roundtrip.clock.compute.message.RequestUnicastTransmission;
import org.roundtrip.clock.compute.message.SignallingCodec;
import org.roundtrip.clock.compute.message.SignallingMessage;
import org.roundtrip.clock.compute.message.Tlv;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.CloseSession;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.CloseWindow;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Deny;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Drop;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.Forward;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.OpenSession;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.OpenWindow;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.RecordGrants;
import org.roundtrip.clock.compute.negotiation.NegotiationAction.RememberClock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network that does what negotiation wants, and asserts with each thing that it is done right. What it answers, and
 * when, is up to the test.
 */
final class NegotiatingNetwork implements NegotiationHandler {

    /** What a session does. */
    private enum State { OPENING, UP, HELD, CLOSING }

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<ClockPair, State> sessions = new LinkedHashMap<>();
    private final Map<ClockPair, List<UnicastGrant>> recorded = new HashMap<>();
    private final Set<ClockPair> windows = new HashSet<>();
    private final List<ClockPolicy> policies = new ArrayList<>();
    private UnicastNegotiation negotiation;
    private Duration now = Duration.ofSeconds(1_000);
    private Instant instant = START;
    private long packets;

    NegotiatingNetwork() {
        negotiation = negotiation();
    }

    private static UnicastNegotiation negotiation() {
        return new UnicastNegotiation(NegotiationTiming.DEFAULT, OrganizationSubType.PATH_CONSISTENCY);
    }

    private void perform(List<NegotiationAction> actions) {
        actions.forEach(action -> action.accept(this));
        assertConsistent();
    }

    private void assertConsistent() {
        assertThat(negotiation.pairs()).containsExactlyInAnyOrderElementsOf(sessions.keySet());
        windows.forEach(pair -> assertThat(sessions).containsKey(pair));
        sessions.forEach((pair, state) -> {
            if (state == State.CLOSING) {
                assertThat(negotiation.grants(pair)).isEmpty();
            } else {
                assertThat(negotiation.grants(pair)).extracting(grant -> grant.toRecord(now, instant))
                        .containsExactlyInAnyOrderElementsOf(recorded.getOrDefault(pair, List.of()));
                assertThat(policy(pair).clients()).anyMatch(prefix -> prefix.contains(pair.client()));
            }
        });
    }

    private ClockPolicy policy(ClockPair pair) {
        return policies.stream().filter(policy -> policy.servers().contains(pair.server())).findFirst().orElseThrow();
    }

    // What the test has happen.

    void allow(ClockPolicy... all) {
        policies.clear();
        policies.addAll(List.of(all));
        perform(negotiation.policies(policies, now));
        for (ClockPolicy policy : all) {
            assertThat(sessions.entrySet().stream().filter(session -> session.getValue() != State.CLOSING)
                               .filter(session -> policy.servers().contains(session.getKey().server())))
                    .hasSizeLessThanOrEqualTo(policy.maxClients());
        }
    }

    void fromClient(IpAddress client, int port, SignallingMessage message) {
        perform(negotiation.fromClient(Signals.from(client, Signals.port(port), message), now));
    }

    /** A server says something to a client, whether or not it was asked. */
    void fromServer(int which, SignallingMessage message) {
        session(which).filter(windows::contains).ifPresent(
                pair -> perform(negotiation.fromServer(pair, message, now)));
    }

    void up(int which, int port) {
        session(which).filter(pair -> sessions.get(pair) != State.CLOSING).ifPresent(pair -> {
            sessions.put(pair, State.UP);
            perform(negotiation.sessionUp(pair, Signals.port(port), Signals.CONSISTENCY, now));
        });
    }

    void held(int which) {
        session(which).filter(pair -> sessions.get(pair) != State.CLOSING).ifPresent(pair -> {
            sessions.put(pair, State.HELD);
            perform(negotiation.sessionHeld(pair, now));
        });
    }

    void refused(int which) {
        session(which).filter(pair -> sessions.get(pair) == State.OPENING).ifPresent(
                pair -> perform(negotiation.sessionRefused(pair, "there is no path", now)));
    }

    /** Whatever is left of a session goes, asked to or not. */
    void closed(int which) {
        session(which).ifPresent(this::closed);
    }

    private void closed(ClockPair pair) {
        sessions.remove(pair);
        recorded.remove(pair);
        perform(negotiation.sessionClosed(pair, now));
    }

    void counted(int which, boolean clientSpeaks, boolean serverSpeaks) {
        packets++;
        session(which).ifPresent(pair -> perform(
                negotiation.counted(pair, clientSpeaks ? packets : 0, serverSpeaks ? packets : 0, now)));
    }

    void pass(Duration time) {
        now = now.plus(time);
        instant = instant.plus(time);
        perform(negotiation.tick(now));
    }

    /** The controller dies, and what is durable is there again. Sessions that were to go go on going. */
    void restart() {
        negotiation = negotiation();
        windows.clear();
        now = Duration.ZERO;
        List.copyOf(sessions.keySet()).stream().filter(pair -> sessions.get(pair) == State.CLOSING).forEach(pair -> {
            sessions.remove(pair);
            recorded.remove(pair);
        });
        negotiation.policies(policies, now).forEach(action -> action.accept(this));
        for (ClockPair pair : List.copyOf(sessions.keySet())) {
            List<TrackedGrant> grants = recorded.getOrDefault(pair, List.of()).stream()
                    .map(grant -> TrackedGrant.of(grant, now, instant)).collect(Collectors.toList());
            negotiation.restore(pair, policy(pair).name(), grants, now).forEach(action -> action.accept(this));
            if (sessions.get(pair) == State.UP) {
                negotiation.sessionUp(pair, Signals.PORT, Signals.CONSISTENCY, now)
                        .forEach(action -> action.accept(this));
            }
        }
        assertConsistent();
    }

    private Optional<ClockPair> session(int which) {
        List<ClockPair> pairs = List.copyOf(sessions.keySet());
        return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs.get(Math.floorMod(which, pairs.size())));
    }

    /**
     * Lets all that was asked for come to its end: sessions that were to go are gone, and so is everything that was
     * granted.
     */
    void comeToRest() {
        int seconds = policies.stream().mapToInt(ClockPolicy::maxDuration).max().orElse(0) + 100;
        for (int second = 0; second < seconds; second += 5) {
            pass(Duration.ofSeconds(5));
            List.copyOf(sessions.keySet()).stream().filter(pair -> sessions.get(pair) == State.CLOSING)
                    .forEach(this::closed);
        }
    }

    void assertEmpty() {
        assertThat(sessions).isEmpty();
        assertThat(windows).isEmpty();
        assertThat(negotiation.pairs()).isEmpty();
    }

    // What negotiation wants.

    @Override
    public void open(OpenSession action) {
        ClockPair pair = action.pair();
        assertThat(sessions).as("two sessions for one pair").doesNotContainKey(pair);
        assertThat(action.request().name()).isEqualTo(pair.sessionName());
        ClockPolicy policy = policy(pair);
        assertThat(action.policy()).isEqualTo(policy.name());
        assertThat(sessions.keySet()).filteredOn(other -> other.server().equals(pair.server()))
                .hasSizeLessThan(policy.maxClients());
        sessions.put(pair, State.OPENING);
    }

    @Override
    public void close(CloseSession action) {
        assertThat(sessions).containsKey(action.pair());
        assertThat(action.reason()).isNotEmpty();
        assertThat(windows).doesNotContain(action.pair());
        sessions.put(action.pair(), State.CLOSING);
    }

    @Override
    public void forward(Forward action) {
        ClockPair pair = action.signal().pair();
        assertThat(sessions).containsEntry(pair, State.UP);
        assertThat(SignallingCodec.canEncode(action.message())).isTrue();
        boolean asks = false;
        for (Tlv tlv : action.message().tlvs()) {
            assertThat(tlv).isNotInstanceOf(GrantUnicastTransmission.class);
            if (tlv instanceof RequestUnicastTransmission) {
                RequestUnicastTransmission request = (RequestUnicastTransmission) tlv;
                asks = true;
                assertAllowed(policy(pair), action.message().header().domain(), request.logInterMessagePeriod(),
                              request.duration());
                assertThat(MessageTypes.unicast(request.messageType())).isPresent();
            }
        }
        if (asks) {
            assertThat(windows).contains(pair);
            assertThat(action.message().tlvs()).contains(
                    Signals.CONSISTENCY.toExtension(OrganizationSubType.PATH_CONSISTENCY));
        }
    }

    private static void assertAllowed(ClockPolicy policy, int domain, int logInterMessagePeriod, long duration) {
        assertThat(policy.domains().isEmpty() || policy.domains().contains(domain)).isTrue();
        assertThat(Math.pow(2, -logInterMessagePeriod)).isLessThanOrEqualTo(policy.maxMessageRate());
        assertThat(duration).isBetween(1L, (long) policy.maxDuration());
    }

    @Override
    public void deny(Deny action) {
        assertThat(SignallingCodec.canEncode(action.answer())).isTrue();
        assertThat(action.reason()).isNotEmpty();
        assertThat(action.answer().target()).isEqualTo(action.signal().message().header().source());
        assertThat(action.answer().tlvs()).isNotEmpty().allSatisfy(
                tlv -> assertThat(((GrantUnicastTransmission) tlv).duration()).isZero());
    }

    @Override
    public void drop(Drop action) {
        assertThat(action.reason()).isNotEmpty();
    }

    @Override
    public void openWindow(OpenWindow action) {
        assertThat(sessions).containsEntry(action.pair(), State.UP);
        assertThat(windows.add(action.pair())).isTrue();
    }

    @Override
    public void closeWindow(CloseWindow action) {
        assertThat(windows.remove(action.pair())).isTrue();
    }

    /** What is new was allowed when it was granted. */
    @Override
    public void record(RecordGrants action) {
        List<UnicastGrant> before = recorded.getOrDefault(action.pair(), List.of());
        List<UnicastGrant> after = action.grants().stream().map(grant -> grant.toRecord(now, instant))
                .collect(Collectors.toList());
        after.stream().filter(grant -> !before.contains(grant)).forEach(grant -> assertAllowed(
                policy(action.pair()), grant.domain(), grant.logInterMessagePeriod(), grant.duration()));
        assertThat(after).hasSizeLessThanOrEqualTo(Negotiation.MOST_KEYS);
        recorded.put(action.pair(), after);
    }

    @Override
    public void remember(RememberClock action) {
        assertThat(action.clock()).isEqualTo(Signals.SERVER_CLOCK.clock());
    }
}
