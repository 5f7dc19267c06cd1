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

import org.roundtrip.base.cli.StatusText;
import org.roundtrip.base.cli.Table;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.tepath.TePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sessions as text for people, a line each.
 */
final class SessionText {

    private static final String INDENT = "    ";

    private SessionText() {
    }

    /**
     * Returns sessions; those that are not as they should be with the reasons below.
     *
     * @param sessions the sessions
     * @return lines of text
     */
    static List<String> list(List<ClockSession> sessions) {
        return list(sessions, SessionText::troubles);
    }

    /**
     * Returns sessions, each with the reason for its state and both directions of its tunnel below.
     *
     * @param sessions the sessions
     * @param paths    finds a te-path by its name
     * @return lines of text
     */
    static List<String> listWithHops(List<ClockSession> sessions, Function<String, Optional<TePath>> paths) {
        return list(sessions, session -> {
            List<String> lines = new ArrayList<>(StatusText.reasons(session.status()));
            lines.addAll(alarms(session));
            lines.addAll(paths.apply(session.tePath()).map(path -> WayText.of(path.forward(), path.reverse()))
                                 .orElse(List.of("no te-path")));
            return lines;
        });
    }

    /**
     * Returns one session with the reason for its state.
     *
     * @param session the session
     * @return lines of text
     */
    static List<String> brief(ClockSession session) {
        return list(List.of(session), one -> StatusText.reasons(one.status()));
    }

    private static List<String> list(List<ClockSession> sessions, Function<ClockSession, List<String>> below) {
        if (sessions.isEmpty()) {
            return List.of("There are no clock sessions.");
        }
        List<String> rows = table(sessions).lines();
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < sessions.size(); i++) {
            lines.add(rows.get(i + 1));
            below.apply(sessions.get(i)).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    private static List<String> troubles(ClockSession session) {
        List<String> lines = new ArrayList<>();
        if (session.status().state() != ClockSessionState.UP) {
            lines.addAll(StatusText.reasons(session.status()));
        }
        lines.addAll(alarms(session));
        return lines;
    }

    private static List<String> alarms(ClockSession session) {
        return session.alarms().stream().filter(alarm -> !session.status().reason().contains(alarm.reason()))
                .map(alarm -> Json.name(alarm.type()) + ": " + alarm.reason()).collect(Collectors.toList());
    }

    private static Table table(List<ClockSession> sessions) {
        Table table = new Table("NAME", "STATE", "SINCE", "SERVER", "CLIENT", "TRANSPORT", "DELIVERY", "ALARMS");
        for (ClockSession session : sessions) {
            ClockSessionRequest request = session.request();
            table.row(request.name(), Json.name(session.status().state()), StatusText.since(session.status()),
                      end(request.server(), session.serverEndpoint()), end(request.client(), session.clientEndpoint()),
                      Json.name(request.transport()), Json.name(request.delivery()), types(session.alarms()));
        }
        return table;
    }

    private static String types(List<ClockAlarm> alarms) {
        return alarms.isEmpty() ? "-" : alarms.stream().map(alarm -> Json.name(alarm.type()))
                .collect(Collectors.joining(","));
    }

    private static String end(ClockReference reference, ClockEndpoint endpoint) {
        return reference.connectPoint().isPresent() ? reference.toString()
                : reference + " at " + endpoint.connectPoint();
    }
}
