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
package org.roundtrip.clock.compute.quality;

import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions, found by what their clients call themselves. Finding one does not depend on how many there are.
 * <p>
 * Not thread-safe.
 */
public final class ReportedSessions {

    private final Map<String, ClockSession> sessions = new HashMap<>();
    private final Map<ClockReference, Map<String, ClockSession>> byClient = new HashMap<>();

    /**
     * Puts a session in the place of the one of its name.
     *
     * @param session the session as it is now
     */
    public void put(ClockSession session) {
        String name = session.request().name();
        remove(name);
        sessions.put(name, session);
        names(session).forEach(client -> byClient.computeIfAbsent(client, key -> new TreeMap<>()).put(name, session));
    }

    /**
     * Returns a session.
     *
     * @param name its name
     * @return the session as it was put last, or empty
     */
    public Optional<ClockSession> get(String name) {
        return Optional.ofNullable(sessions.get(name));
    }

    /**
     * Takes a session away, if it is there.
     *
     * @param name its name
     */
    public void remove(String name) {
        Optional.ofNullable(sessions.remove(name)).map(ReportedSessions::names).ifPresent(clients -> clients.forEach(
                client -> byClient.computeIfPresent(client, (key, named) -> {
                    named.remove(name);
                    return named.isEmpty() ? null : named;
                })));
    }

    /**
     * Returns the session that a report is about: the one it names, or else the one of its client and domain that is
     * served, or should be.
     *
     * @param report what a client says
     * @return the name of the session
     * @throws NotFoundException if there is none
     * @throws ConflictException if there are several, or the session does not serve the client at present
     */
    public String find(ClockReport report) {
        return report.session().map(this::named).orElseGet(() -> served(report));
    }

    private String named(String name) {
        ClockSession session = Optional.ofNullable(sessions.get(name)).orElseThrow(
                () -> new NotFoundException("session", "there is no clock session '" + name + "'"));
        if (!mayServe(session)) {
            throw new ConflictException("session", "'" + name + "' does not serve its client at present: it is "
                    + session.status().state().name().toLowerCase(Locale.ROOT)
                    + "; leave the name out, and the session that does is found by the client");
        }
        return name;
    }

    private String served(ClockReport report) {
        ClockReference client = report.client().orElseThrow();
        List<ClockSession> candidates = byClient.getOrDefault(client, Map.of()).values().stream()
                .filter(session -> mayServe(session) && isOf(report.domain(), session))
                .collect(Collectors.toList());
        List<ClockSession> up = candidates.stream()
                .filter(session -> session.status().state() == ClockSessionState.UP)
                .collect(Collectors.toList());
        return only(up.isEmpty() ? candidates : up, client, report.domain());
    }

    private static String only(Collection<ClockSession> found, ClockReference client, int domain) {
        List<String> names = found.stream().map(session -> session.request().name()).collect(Collectors.toList());
        if (names.isEmpty()) {
            throw new NotFoundException("client", "no clock session serves " + client + " in PTP domain " + domain);
        }
        if (names.size() > 1) {
            throw new ConflictException("session", "several clock sessions serve " + client + " in PTP domain " + domain
                    + ": name one of " + String.join(", ", names));
        }
        return names.get(0);
    }

    private static boolean mayServe(ClockSession session) {
        return session.status().state() != ClockSessionState.STANDBY
                && session.status().state() != ClockSessionState.REMOVING;
    }

    /** Domains of a negotiated session are those of its grants. */
    private static boolean isOf(int domain, ClockSession session) {
        return session.grants().isEmpty() ? session.request().domain() == domain
                : session.grants().stream().anyMatch(grant -> grant.domain() == domain);
    }

    private static Set<ClockReference> names(ClockSession session) {
        ClockEndpoint client = session.clientEndpoint();
        return Stream.of(Optional.of(session.request().client()), client.host().map(ClockReference::of),
                         client.ip().map(ClockReference::of), Optional.of(ClockReference.of(client.connectPoint())))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
