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
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockPolicy;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockServer;
import org.roundtrip.clock.ClockServerState;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The clock servers that sessions and policies name. A session that names a server in another way than a policy does,
 * by its host or its port, is one of the same server.
 */
public final class ServerDirectory {

    private ServerDirectory() {
    }

    /**
     * Returns the servers. Takes a time proportional to the number of sessions and servers.
     *
     * @param policies   all policies
     * @param sessions   all sessions
     * @param endpoints  where the network knows a reference to be at present
     * @param identities the identities of clocks that have been heard, by the addresses of their servers
     * @param refusals   how many messages to a server were not passed on, by reason
     * @param previous   the statuses before
     * @param now        the time
     * @return the servers, ordered by their references
     */
    public static List<ClockServer> servers(Collection<ClockPolicy> policies, Collection<ClockSession> sessions,
                                            Function<ClockReference, Optional<ClockEndpoint>> endpoints,
                                            Map<IpAddress, String> identities,
                                            Function<IpAddress, Map<String, Long>> refusals,
                                            Map<ClockReference, Status<ClockServerState>> previous, Instant now) {
        Map<ClockReference, String> policyOf = new HashMap<>();
        policies.forEach(policy -> policy.servers()
                .forEach(server -> policyOf.put(ClockReference.of(server), policy.name())));
        Map<String, List<ClockSession>> sessionsOf = new TreeMap<>();
        policyOf.keySet().forEach(server -> sessionsOf.put(server.toString(), new ArrayList<>()));
        sessions.forEach(session -> sessionsOf
                .computeIfAbsent(server(session, policyOf).toString(), server -> new ArrayList<>()).add(session));
        List<ClockServer> servers = new ArrayList<>();
        sessionsOf.forEach((name, own) -> {
            ClockReference server = ClockReference.valueOf(name);
            Optional<ClockEndpoint> endpoint = endpoints.apply(server)
                    .or(() -> own.stream().findFirst().map(ClockSession::serverEndpoint));
            Optional<IpAddress> address = server.ipAddress().or(() -> endpoint.flatMap(ClockEndpoint::ip));
            servers.add(ClockServer.builder()
                                .server(server)
                                .clockIdentity(address.map(identities::get))
                                .policy(Optional.ofNullable(policyOf.get(server)))
                                .sessions(own.stream().map(session -> session.request().name()).sorted()
                                                  .collect(Collectors.toList()))
                                .messageRate(messageRate(own))
                                .endpoint(endpoint)
                                .status(status(own, endpoint, address.map(refusals).orElse(Map.of()),
                                               Optional.ofNullable(previous.get(server)), now))
                                .build());
        });
        return servers;
    }

    private static ClockReference server(ClockSession session, Map<ClockReference, String> policyOf) {
        return session.serverEndpoint().ip().map(ClockReference::of).filter(policyOf::containsKey)
                .orElse(session.request().server());
    }

    /** Slower than one a second counts as one: what is granted is not nothing. */
    private static long messageRate(List<ClockSession> sessions) {
        return (long) Math.ceil(sessions.stream().flatMap(session -> session.grants().stream())
                                        .mapToDouble(grant -> Math.scalb(1.0, -grant.logInterMessagePeriod())).sum());
    }

    private static Status<ClockServerState> status(List<ClockSession> sessions, Optional<ClockEndpoint> endpoint,
                                                   Map<String, Long> refusals,
                                                   Optional<Status<ClockServerState>> previous, Instant now) {
        long up = sessions.stream().filter(session -> session.status().state() == ClockSessionState.UP).count();
        ClockServerState state = state(sessions, endpoint, up);
        String reason = reason(state, up, sessions.size()) + (refusals.isEmpty() ? "" : "; not passed on to it: "
                + refusals.entrySet().stream().map(refusal -> refusal.getValue() + " because " + refusal.getKey())
                .collect(Collectors.joining(", ")));
        return previous.map(status -> status.next(state, reason, now)).orElseGet(() -> Status.of(state, reason, now));
    }

    private static ClockServerState state(List<ClockSession> sessions, Optional<ClockEndpoint> endpoint, long up) {
        if (up > 0) {
            return ClockServerState.SERVING;
        }
        if (!sessions.isEmpty()) {
            return ClockServerState.IMPAIRED;
        }
        return endpoint.isPresent() ? ClockServerState.IDLE : ClockServerState.UNKNOWN;
    }

    private static String reason(ClockServerState state, long up, int all) {
        switch (state) {
            case SERVING:
                return up + " of its " + all + " sessions " + (up == 1 ? "is" : "are") + " up";
            case IMPAIRED:
                return "none of its " + all + " sessions is up";
            case IDLE:
                return "it has no sessions";
            default:
                return "the network knows no such host: it becomes known when it sends anything, such as a ping";
        }
    }
}
