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

import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TrafficMatch;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * to whom; what two sessions have in common there can only go to one of them, except for multicast of which each
     * takes a copy. Takes time proportional to the number of sessions.
     *
     * @param session the session to be, with its {@linkplain MulticastCopies copies}
     * @param others  the sessions that there are
     * @throws ConflictException naming the field and the remedy
     */
    public static void requireOwnTraffic(ClockSessionRecord session, Collection<ClockSessionRecord> others) {
        List<Entry> entries = entries(session);
        for (ClockSessionRecord other : others) {
            if (PtpTraffic.payload(session.request().transport()) == PtpTraffic.payload(other.request().transport())) {
                requireOwnTraffic(entries, other);
            }
        }
    }

    private static void requireOwnTraffic(List<Entry> entries, ClockSessionRecord other) {
        if (entries.stream().noneMatch(entry -> entry.isAt(other.server()) || entry.isAt(other.client()))) {
            return;
        }
        List<Entry> foreign = entries(other);
        List<Entry[]> shared = entries.stream()
                .flatMap(entry -> foreign.stream().filter(entry::collides).map(their -> new Entry[] {entry, their}))
                .collect(Collectors.toList());
        if (shared.isEmpty()) {
            return;
        }
        String name = other.request().name();
        Entry first = shared.get(0)[0];
        if (shared.stream().allMatch(pair -> pair[0].isMulticast() && pair[1].isMulticast())) {
            throw new ConflictException("delivery", shared.stream().allMatch(pair -> pair[0].isLike(pair[1]))
                    ? "session '" + name + "' already carries all that the " + first.role + " sends by multicast, and "
                    + "the driver of its switch, " + first.port.deviceId() + ", has no resubmit action by which "
                    + "sessions could share it: choose the delivery unicast, and configure the clocks for it"
                    : "session '" + name + "' already carries what is sent by multicast at the port of the "
                    + first.role + ", " + first.port + ": name the clock there as that session does, or choose the "
                    + "delivery unicast, and configure the clocks for it");
        }
        throw new ConflictException("client", shared.stream().anyMatch(pair -> pair[0].isLike(pair[1]))
                ? "session '" + name + "' already carries PTP of this pair: remove it, or name another client"
                : "session '" + name + "' already carries some of the PTP that enters at the port of the "
                + first.role + ", " + first.port + ": name all clocks of both sessions by their hosts, so that they "
                + "can be told apart, or remove it");
    }

    private static List<Entry> entries(ClockSessionRecord session) {
        TePathRequest path = SessionPaths.of(session);
        return Stream.concat(
                path.forwardTraffic().stream().map(match -> new Entry("server", path.source(), match)),
                path.reverseTraffic().stream().map(match -> new Entry("client", path.destination(), match)))
                .collect(Collectors.toList());
    }

    /** What a session takes in at a port. */
    private static final class Entry {

        private final String role;
        private final ConnectPoint port;
        private final TrafficMatch match;
        /** The messages of which the match takes in one copy. */
        private final TrafficMatch messages;

        private Entry(String role, ConnectPoint port, TrafficMatch match) {
            this.role = role;
            this.port = port;
            this.match = match;
            this.messages = TrafficMatch.builder().from(match).tunnelId(Optional.empty()).build();
        }

        /** Copies are made of the same messages: of those that only overlap, it would not be clear which are copied. */
        private boolean collides(Entry other) {
            return port.equals(other.port) && messages.overlaps(other.messages)
                    && (match.overlaps(other.match) || !isLike(other));
        }

        private boolean isAt(ClockEndpoint end) {
            return end.connectPoint().equals(port);
        }

        private boolean isLike(Entry other) {
            return messages.equals(other.messages);
        }

        private boolean isMulticast() {
            return PtpTraffic.isMulticast(match);
        }
    }
}
