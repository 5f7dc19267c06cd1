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
import org.roundtrip.base.cli.TimeText;
import org.roundtrip.base.json.Json;
import org.roundtrip.clock.ClockAlarm;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionChange;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionStatistics;
import org.roundtrip.clock.ResidualAsymmetry;
import org.roundtrip.clock.TunnelInterface;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.tepath.TePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All of a session as text for people.
 */
final class SessionDetails {

    private static final String INDENT = "    ";

    private SessionDetails() {
    }

    /**
     * Returns all of a session.
     *
     * @param session    the session
     * @param path       its te-path, if there is one
     * @param statistics what it has carried
     * @param history    what happened to it
     * @return lines of text
     */
    static List<String> of(ClockSession session, Optional<TePath> path, ClockSessionStatistics statistics,
                           List<ClockSessionChange> history) {
        List<String> lines = new ArrayList<>();
        section(lines, session.request().name() + " is " + Json.name(session.status().state()) + " since "
                + StatusText.since(session.status()), StatusText.reasons(session.status()));
        section(lines, origin(session), request(session.request()));
        section(lines, "Clocks", List.of("server: " + end(session.serverEndpoint()),
                                         "client: " + end(session.clientEndpoint())));
        section(lines, "Tunnel interfaces", interfaces(session));
        section(lines, way(session), path.map(found -> WayText.of(found.forward(), found.reverse()))
                .orElse(List.of()));
        section(lines, "Residual asymmetry", asymmetry(session.asymmetry()));
        section(lines, "Grants", grants(session.grants()));
        section(lines, "Measured", session.measured().map(QualityText::of).orElse(List.of("the client has not"
                + " reported")));
        section(lines, "Alarms", alarms(session.alarms()));
        section(lines, "Carried", List.of(
                "server to client: " + statistics.serverToClientPackets() + " packets",
                "client to server: " + statistics.clientToServerPackets() + " packets",
                "dropped at the edge: " + statistics.droppedPackets() + " packets"));
        section(lines, "History", history(history));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.add(title);
        content.forEach(line -> lines.add(INDENT + line));
    }

    private static String origin(ClockSession session) {
        return "Requested, " + Json.name(session.origin())
                + session.policy().map(policy -> " by the policy " + policy).orElse("");
    }

    private static List<String> request(ClockSessionRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("server " + request.server() + ", client " + request.client());
        lines.add("transport " + Json.name(request.transport()) + ", delivery " + Json.name(request.delivery())
                          + ", domain " + request.domain() + ", priority " + request.priority()
                          + (request.strict() ? ", strict" : ""));
        lines.addAll(SettingsText.of(request.tunnel(), request.monitoring()));
        return lines;
    }

    private static String end(ClockEndpoint endpoint) {
        String addresses = Stream.of(endpoint.host(), endpoint.mac(), endpoint.ip()).flatMap(Optional::stream)
                .map(Object::toString).collect(Collectors.joining(", "));
        return (addresses.isEmpty() ? "whatever is attached" : addresses) + " at " + endpoint.connectPoint();
    }

    private static List<String> interfaces(ClockSession session) {
        List<TunnelInterface> interfaces = Stream.of(session.serverTunnelInterface(), session.clientTunnelInterface())
                .flatMap(Optional::stream).collect(Collectors.toList());
        return interfaces.isEmpty() ? List.of("none: no switch of the two has the capability")
                : TunnelInterfaceText.list(interfaces);
    }

    private static String way(ClockSession session) {
        return session.tePathState().map(state -> "Way of the te-path " + session.tePath() + ", which is "
                + Json.name(state)).orElse("There is no te-path");
    }

    private static List<String> asymmetry(Optional<ResidualAsymmetry> asymmetry) {
        return asymmetry.map(residual -> List.of(
                "configured delays of the links: " + nanos(residual.forwardDelay()) + " to the client, "
                        + nanos(residual.reverseDelay()) + " to the server",
                "predicted error of the client: " + nanos(residual.predictedError())
                        + "; to be right, it needs delayAsymmetry " + residual.delayAsymmetry()))
                .orElse(List.of("there is no way"));
    }

    private static List<String> grants(List<UnicastGrant> grants) {
        if (grants.isEmpty()) {
            return List.of("none");
        }
        Table table = new Table("DOMAIN", "MESSAGES", "EVERY", "FOR", "EXPIRES");
        grants.forEach(grant -> table.row(
                grant.domain(), Json.name(grant.messageType()), period(grant.logInterMessagePeriod()),
                TimeText.of(grant.duration(), TimeUnit.SECONDS), grant.expires()));
        return table.lines();
    }

    private static String period(int logarithm) {
        // 2^-9 s is 1.953125 ms; finer ones are shown to the nanosecond.
        return nanos(Math.round(Math.scalb(TimeUnit.SECONDS.toNanos(1), logarithm)));
    }

    private static List<String> alarms(List<ClockAlarm> alarms) {
        if (alarms.isEmpty()) {
            return List.of("none");
        }
        Table table = new Table("TYPE", "SINCE", "REASON");
        alarms.forEach(alarm -> table.row(Json.name(alarm.type()), alarm.since(), alarm.reason()));
        return table.lines();
    }

    private static List<String> history(List<ClockSessionChange> history) {
        Table table = new Table("TIME", "STATE", "WHAT", "WHY");
        history.forEach(change -> table.row(
                change.time(), Json.name(change.state()),
                change.alarm().map(alarm -> Json.name(alarm) + " " + Json.name(change.type())).orElse("-"),
                change.reason()));
        return table.lines();
    }

    private static String nanos(long nanos) {
        return TimeText.of(nanos, TimeUnit.NANOSECONDS);
    }
}
