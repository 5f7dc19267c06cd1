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
package org.roundtrip.clock.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpDelivery;
import org.roundtrip.clock.PtpTransport;
import org.roundtrip.clock.TunnelSettings;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.request;
import static org.roundtrip.clock.Sessions.session;

class ServerSelectionTest {

    @Test
    void servesByTheBestThatStands() {
        assertThat(heldBack(candidate("a", 2, TePathState.UP, false), candidate("b", 1, TePathState.DOWN, true)))
                .containsExactly("b");
        assertThat(heldBack(candidate("a", 2, TePathState.UP, true), candidate("b", 1, TePathState.UP, false)))
                .containsExactly("a");
        assertThat(heldBack(candidate("a", 2, TePathState.UP, true), candidate("b", 2, TePathState.UP, true)))
                .isEmpty();
    }

    @Test
    void admitsNobodyBeforeTheOthersAreKnownToBeHeldBack() {
        // Asked to go, gone, and gone because it is down.
        assertThat(heldBack(candidate("a", 2, TePathState.UP, false), candidate("b", 1, TePathState.UP, true)))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(heldBack(candidate("a", 2, TePathState.INSTALLING, true), candidate("b", 1, TePathState.UP, true)))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(heldBack(candidate("a", 2, TePathState.UP, true), candidate("b", 1, TePathState.UP, true)))
                .containsExactly("a");
        assertThat(heldBack(candidate("a", 2, TePathState.DOWN, false), candidate("b", 1, TePathState.UP, true)))
                .containsExactly("a");
    }

    @Test
    void waitsForTheTePathOfASessionThatIsTakenAway() {
        ServerCandidate going = ServerCandidate.of(record("a", 1).toBeRemoved(),
                                                   Optional.of(path(record("a", 1), TePathState.REMOVING, false)));
        assertThat(heldBack(going, candidate("b", 2, TePathState.UP, true))).containsExactly("b");
        ServerCandidate gone = ServerCandidate.of(record("a", 1).toBeRemoved(), Optional.empty());
        assertThat(heldBack(gone, candidate("b", 2, TePathState.UP, true))).isEmpty();
        assertThat(heldBack(gone)).isEmpty();
    }

    @Test
    void letsTheFirstOfNewSessionsBeginAndTheBetterFollow() {
        assertThat(heldBack(ServerCandidate.of(record("a", 2), Optional.empty()))).isEmpty();
        // It has begun: who comes later waits until it can serve itself.
        assertThat(heldBack(candidate("a", 2, TePathState.INSTALLING, false),
                            ServerCandidate.of(record("b", 1), Optional.empty()))).containsExactly("b");
    }

    @Test
    void staysWithAServerThatGoesOverToAnotherWay() {
        assertThat(heldBack(candidate("a", 1, TePathState.INSTALLING, false), candidate("b", 2, TePathState.UP, true)))
                .containsExactly("b");
    }

    @Test
    void passesOverAServerWhoseWayIsTooUnequal() {
        ClockSessionRecord strict = session(ClockSessionRequest.builder().from(record("a", 1).request())
                .tunnel(TunnelSettings.builder().maxDelayAsymmetry(100L).build()).build(), 1, 2);
        TePath way = path(strict, TePathState.UP, false);
        ServerCandidate unequal = ServerCandidate.of(strict, Optional.of(
                TePath.builder().from(way).metrics(PathMetrics.of(2, 2, 1_000, 798)).build()));
        ServerCandidate equal = ServerCandidate.of(strict, Optional.of(
                TePath.builder().from(way).metrics(PathMetrics.of(2, 2, 1_000, 800)).build()));

        assertThat(heldBack(unequal, candidate("b", 2, TePathState.UP, false))).containsExactly("a");
        assertThat(heldBack(equal, candidate("b", 2, TePathState.UP, true))).containsExactly("b");
        // Rather than none at all.
        assertThat(heldBack(unequal, candidate("b", 2, TePathState.DOWN, true))).containsExactly("b");
    }

    @Test
    void tellsClientsTransportsAndDomainsApart() {
        ClockSessionRecord one = record("a", 1);
        assertThat(ServerSelection.group(one)).isEqualTo(ServerSelection.group(record("b", 9)))
                .hasSameHashCodeAs(ServerSelection.group(record("b", 9)))
                .isNotEqualTo(ServerSelection.group(session("a", 1, 3)))
                .isNotEqualTo(ServerSelection.group(session(request("a", 1, 2, PtpTransport.ETHERNET,
                                                                    PtpDelivery.UNICAST), 1, 2)))
                .isNotEqualTo(ServerSelection.group(session(ClockSessionRequest.builder().from(one.request()).domain(4)
                                                                    .build(), 1, 2)));
    }

    /**
     * Ways come and go, in any order, while each step that was asked for takes place one after the other: never are two
     * servers of different priorities admitted, and in the end the best that stands serves.
     */
    @Property
    void neverAdmitsTwoAndEndsWithTheBest(@ForAll("networks") List<Integer> priorities,
                                          @ForAll("events") List<Event> events) {
        Map<String, ServerCandidate> group = new HashMap<>();
        for (int i = 0; i < priorities.size(); i++) {
            String name = "s" + i;
            ClockSessionRecord record = record(name, priorities.get(i));
            boolean held = ServerSelection.heldBack(with(group, ServerCandidate.of(record, Optional.empty())).values())
                    .containsKey(name);
            group.put(name, candidate(name, priorities.get(i), TePathState.INSTALLING, held));
        }
        for (Event event : events) {
            String name = "s" + event.session % priorities.size();
            ServerCandidate before = group.get(name);
            boolean suspended = before.path().orElseThrow().request().suspended();
            group.put(name, candidate(name, before.priority(), event.state, suspended));
            follow(group);
            requireOneServer(group);
        }
        confirmAll(group);

        Set<String> admitted = admitted(group);
        group.values().stream().filter(candidate -> state(candidate) == TePathState.UP)
                .mapToInt(ServerCandidate::priority).min().ifPresent(
                        best -> assertThat(admitted).isEqualTo(group.values().stream()
                                .filter(candidate -> state(candidate) == TePathState.UP
                                        && candidate.priority() == best)
                                .map(ServerCandidate::name).collect(Collectors.toSet())));
    }

    private static final class Event {
        private final int session;
        private final TePathState state;

        Event(int session, TePathState state) {
            this.session = session;
            this.state = state;
        }

        @Override
        public String toString() {
            return session + " " + state;
        }
    }

    @Provide
    Arbitrary<List<Integer>> networks() {
        return Arbitraries.integers().between(1, 3).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(Arbitraries.integers().between(0, 3),
                                   Arbitraries.of(TePathState.UP, TePathState.DOWN, TePathState.INSTALLING))
                .as(Event::new).list().ofMaxSize(30);
    }

    /** Does what is asked for: those first that are to be held back, as the keeper does. */
    private static void follow(Map<String, ServerCandidate> group) {
        Set<String> heldBack = ServerSelection.heldBack(group.values()).keySet();
        new ArrayList<>(group.keySet()).forEach(name -> {
            ServerCandidate candidate = group.get(name);
            boolean suspended = heldBack.contains(name);
            if (candidate.path().orElseThrow().request().suspended() != suspended) {
                TePathState state = state(candidate) == TePathState.DOWN ? TePathState.DOWN : TePathState.INSTALLING;
                group.put(name, candidate(name, candidate.priority(), state, suspended));
            }
        });
    }

    private static void confirmAll(Map<String, ServerCandidate> group) {
        // Each turn suspends or admits someone: a change over takes three at most.
        for (int turn = 0; turn < 10; turn++) {
            new ArrayList<>(group.values()).stream().filter(one -> state(one) == TePathState.INSTALLING).forEach(
                    one -> group.put(one.name(), candidate(one.name(), one.priority(), TePathState.UP,
                                                           one.path().orElseThrow().request().suspended())));
            follow(group);
            requireOneServer(group);
        }
    }

    /** Those that are admitted or may still be, as far as they are not down. */
    private static void requireOneServer(Map<String, ServerCandidate> group) {
        Set<Integer> priorities = group.values().stream()
                .filter(candidate -> candidate.isChosen() && state(candidate) != TePathState.DOWN)
                .map(ServerCandidate::priority).collect(Collectors.toSet());
        assertThat(priorities).as("priorities admitted among %s", group).hasSizeLessThanOrEqualTo(1);
    }

    private static Set<String> admitted(Map<String, ServerCandidate> group) {
        return group.values().stream()
                .filter(candidate -> candidate.isChosen() && state(candidate) == TePathState.UP)
                .map(ServerCandidate::name).collect(Collectors.toSet());
    }

    private static TePathState state(ServerCandidate candidate) {
        return candidate.path().orElseThrow().status().state();
    }

    private static Map<String, ServerCandidate> with(Map<String, ServerCandidate> group, ServerCandidate added) {
        Map<String, ServerCandidate> all = new HashMap<>(group);
        all.put(added.name(), added);
        return all;
    }

    private static Set<String> heldBack(ServerCandidate... candidates) {
        return ServerSelection.heldBack(List.of(candidates)).keySet();
    }

    private static ServerCandidate candidate(String name, int priority, TePathState state, boolean suspended) {
        ClockSessionRecord record = record(name, priority);
        return ServerCandidate.of(record, Optional.of(path(record, state, suspended)));
    }

    private static ClockSessionRecord record(String name, int priority) {
        return session(ClockSessionRequest.builder().from(request(name, 1, 2)).priority(priority).build(), 1, 2);
    }

    private static TePath path(ClockSessionRecord record, TePathState state, boolean suspended) {
        return TePath.builder().request(suspended ? SessionPaths.suspended(record) : SessionPaths.of(record))
                .owner("org.roundtrip.clock").status(Status.of(state, "as it is", Instant.EPOCH)).build();
    }
}
