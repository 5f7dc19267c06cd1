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
package org.roundtrip.clock.cli;

import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sessions as text for people.
 */
final class SessionText {

    private static final String INDENT = "    ";

    private SessionText() {
    }

    /**
     * Returns sessions, each with the reason for its state below.
     *
     * @param sessions the sessions
     * @return lines of text
     */
    static List<String> of(List<ClockSession> sessions) {
        return text(sessions, session -> List.of());
    }

    /**
     * Returns sessions, each with both directions of its path below.
     *
     * @param sessions the sessions
     * @param paths    finds a te-path by its name
     * @return lines of text
     */
    static List<String> withHops(List<ClockSession> sessions, Function<String, Optional<TePath>> paths) {
        return text(sessions, session -> paths.apply(session.tePath()).map(SessionText::directions)
                .orElse(List.of(INDENT + "no te-path")));
    }

    private static List<String> text(List<ClockSession> sessions, Function<ClockSession, List<String>> details) {
        if (sessions.isEmpty()) {
            return List.of("There are no clock sessions.");
        }
        List<String> rows = table(sessions).lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < sessions.size(); i++) {
            ClockSession session = sessions.get(i);
            lines.add(rows.get(i + 1));
            lines.add(INDENT + session.status().reason());
            session.status().lastError().filter(error -> !session.status().reason().contains(error))
                    .ifPresent(error -> lines.add(INDENT + "last error: " + error));
            lines.addAll(details.apply(session));
        }
        return lines;
    }

    private static Table table(List<ClockSession> sessions) {
        Table table = new Table("NAME", "STATE", "SINCE", "SERVER", "CLIENT", "TRANSPORT", "DELIVERY", "BIT/S",
                                "TE-PATH");
        for (ClockSession session : sessions) {
            ClockSessionRequest request = session.request();
            table.row(request.name(), Json.name(session.status().state()),
                      session.status().since().truncatedTo(ChronoUnit.SECONDS),
                      end(request.server(), session.serverEndpoint()), end(request.client(), session.clientEndpoint()),
                      Json.name(request.transport()), Json.name(request.delivery()), request.tunnel().bandwidth(),
                      session.tePath());
        }
        return table;
    }

    private static String end(ClockReference reference, ClockEndpoint endpoint) {
        return reference + " at " + endpoint.connectPoint();
    }

    private static List<String> directions(TePath path) {
        return List.of(INDENT + "server to client: " + hops(path.forward()),
                       INDENT + "client to server: " + hops(path.reverse()));
    }

    private static String hops(List<Hop> hops) {
        return hops.isEmpty() ? "no way" : hops.stream()
                .map(hop -> hop.inPort() + " " + hop.device() + " " + hop.outPort())
                .collect(Collectors.joining(" > "));
    }
}
