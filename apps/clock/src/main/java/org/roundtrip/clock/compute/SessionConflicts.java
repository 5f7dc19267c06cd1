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

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Refuses sessions that would not be told apart from others, or from themselves.
 */
public final class SessionConflicts {

    private SessionConflicts() {
    }

    /**
     * Refuses a session whose clocks can't be told apart by the network.
     *
     * @param session the session to be
     * @throws InvalidRequestException naming the field and the remedy
     */
    public static void requireTwoEnds(ClockSessionRecord session) {
        ClockEndpoint server = session.server();
        ClockEndpoint client = session.client();
        server.host().filter(host -> client.host().filter(host::equals).isPresent()).ifPresent(host -> {
            throw new InvalidRequestException("client", "is the same host as the server, " + host
                    + ": name another host");
        });
        if (server.connectPoint().equals(client.connectPoint())) {
            throw new InvalidRequestException("client", "is attached to the same port as the server, "
                    + server.connectPoint() + ": their PTP does not pass through the network");
        }
    }

    /**
     * Refuses a session that would take the traffic of another one. A switch sees where a message enters, from whom and
     * to whom; what two sessions have in common there can only go to one of them.
     *
     * @param session the session to be
     * @param others  the sessions that there are
     * @throws ConflictException naming the field and the remedy
     */
    public static void requireOwnTraffic(ClockSessionRecord session, Collection<ClockSessionRecord> others) {
        for (ClockSessionRecord other : others) {
            requireOwnTraffic(session, other);
        }
    }

    private static void requireOwnTraffic(ClockSessionRecord session, ClockSessionRecord other) {
        Set<TrafficMatch> shared = shared(SessionPaths.of(session), SessionPaths.of(other));
        if (shared.isEmpty()) {
            return;
        }
        String name = other.request().name();
        if (shared.stream().allMatch(PtpTraffic::isMulticast)) {
            throw new ConflictException("delivery", "session '" + name + "' already carries all that "
                    + sharedHost(session, other) + " sends by multicast: choose the delivery unicast, and configure "
                    + "the clocks for it");
        }
        throw new ConflictException("client", "session '" + name + "' already carries PTP of this pair: remove it, "
                + "or name another client");
    }

    private static Set<TrafficMatch> shared(TePathRequest one, TePathRequest other) {
        Set<TrafficMatch> shared = new LinkedHashSet<>();
        if (one.payload() == other.payload()) {
            shared.addAll(sharedAt(one.source().equals(other.source()), one.forwardTraffic(), other.forwardTraffic()));
            shared.addAll(sharedAt(one.source().equals(other.destination()), one.forwardTraffic(),
                                   other.reverseTraffic()));
            shared.addAll(sharedAt(one.destination().equals(other.source()), one.reverseTraffic(),
                                   other.forwardTraffic()));
            shared.addAll(sharedAt(one.destination().equals(other.destination()), one.reverseTraffic(),
                                   other.reverseTraffic()));
        }
        return shared;
    }

    private static Set<TrafficMatch> sharedAt(boolean samePort, Collection<TrafficMatch> one,
                                              Collection<TrafficMatch> other) {
        Set<TrafficMatch> shared = new LinkedHashSet<>(one);
        shared.retainAll(samePort ? other : Set.of());
        return shared;
    }

    private static String sharedHost(ClockSessionRecord session, ClockSessionRecord other) {
        boolean server = session.server().connectPoint().equals(other.server().connectPoint())
                || session.server().connectPoint().equals(other.client().connectPoint());
        return server ? "the server" : "the client";
    }
}
