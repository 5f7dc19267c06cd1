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

import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.PtpTransport;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which server serves a client that has sessions with several: of those whose tunnels are up and symmetric the one with
 * the smallest priority number, or those if there are several. So it is served by another as soon as one fails, and by
 * the better one again as soon as that is back.
 * <p>
 * A change over is orderly: nobody is admitted before all others are known to be held back, so that a client never
 * measures one server by the messages of two.
 */
public final class ServerSelection {

    private ServerSelection() {
    }

    /**
     * Returns what sessions have in common among which there is a choice.
     *
     * @param session a session
     * @return the same for all sessions of a client over one transport and in one domain, and for no others
     */
    public static Object group(ClockSessionRecord session) {
        ClockSessionRequest request = session.request();
        return new Group(session.client(), request.transport(), request.domain());
    }

    private static final class Group {
        private final ClockEndpoint client;
        private final PtpTransport transport;
        private final int domain;

        Group(ClockEndpoint client, PtpTransport transport, int domain) {
            this.client = client;
            this.transport = transport;
            this.domain = domain;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Group && client.equals(((Group) other).client)
                    && transport == ((Group) other).transport && domain == ((Group) other).domain;
        }

        @Override
        public int hashCode() {
            return Objects.hash(client, transport, domain);
        }
    }

    /**
     * Chooses. Takes time in proportion to the number of sessions.
     *
     * @param candidates all sessions of one {@link #group}
     * @return the names of the sessions whose PTP is to be held back now, with the reason in words
     */
    public static Map<String, String> heldBack(Collection<ServerCandidate> candidates) {
        List<ServerCandidate> chosen = chosen(candidates);
        List<ServerCandidate> others = where(candidates, candidate -> !chosen.contains(candidate));
        Map<String, String> heldBack = new TreeMap<>();
        others.stream().filter(other -> !other.session().removing()).forEach(
                other -> heldBack.put(other.name(), serves(chosen)));
        String waited = others.stream().filter(ServerCandidate::isAdmitting).map(ServerCandidate::name).sorted()
                .collect(Collectors.joining(", "));
        if (!waited.isEmpty()) {
            chosen.stream().filter(candidate -> !candidate.isChosen()).forEach(candidate -> heldBack.put(
                    candidate.name(), "it is the best server of the client and follows as soon as " + waited
                            + " has been taken out of the way"));
        }
        return heldBack;
    }

    /**
     * Those that can serve with the smallest priority number. While none can, those that are chosen already, or else
     * the best: whichever is able first is not kept waiting by one that is not.
     */
    private static List<ServerCandidate> chosen(Collection<ServerCandidate> candidates) {
        List<ServerCandidate> able = where(candidates, ServerCandidate::isEligible);
        if (!able.isEmpty()) {
            return best(able);
        }
        List<ServerCandidate> staying = where(candidates, candidate -> !candidate.session().removing());
        List<ServerCandidate> present = where(staying, ServerCandidate::isChosen);
        return best(present.isEmpty() ? staying : present);
    }

    private static List<ServerCandidate> best(List<ServerCandidate> candidates) {
        Optional<Integer> smallest = candidates.stream().map(ServerCandidate::priority).min(Integer::compare);
        return where(candidates, candidate -> smallest.filter(best -> candidate.priority() == best).isPresent());
    }

    private static List<ServerCandidate> where(Collection<ServerCandidate> candidates,
                                               Predicate<ServerCandidate> condition) {
        return candidates.stream().filter(condition).collect(Collectors.toUnmodifiableList());
    }

    private static String serves(List<ServerCandidate> chosen) {
        return "session " + chosen.stream().map(ServerCandidate::name).sorted().collect(Collectors.joining(", "))
                + " serves the client, with the priority " + chosen.get(0).priority();
    }
}
