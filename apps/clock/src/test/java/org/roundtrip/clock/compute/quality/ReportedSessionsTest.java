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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionRequest;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.PtpPortState;
import org.roundtrip.clock.Sessions;
import org.roundtrip.clock.UnicastGrant;
import org.roundtrip.clock.UnicastMessageType;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportedSessionsTest {

    private final ReportedSessions sessions = new ReportedSessions();

    private static ClockSession session(String name, int server, int client, int domain, ClockSessionState state,
                                        UnicastGrant... grants) {
        ClockSessionRequest request = ClockSessionRequest.builder().name(name)
                .server(ClockReference.of(Sessions.ip(server))).client(ClockReference.of(Sessions.ip(client)))
                .domain(domain).build();
        return ClockSession.builder().request(request)
                .serverEndpoint(Sessions.endpoint(server)).clientEndpoint(Sessions.endpoint(client))
                .tePath("clock." + name).addGrants(grants)
                .status(Status.of(state, "for a test", Instant.EPOCH)).build();
    }

    private static ClockReport.Builder report() {
        return ClockReport.builder().portState(PtpPortState.SLAVE);
    }

    private static ClockReport of(int client, int domain) {
        return report().client(ClockReference.of(Sessions.ip(client))).domain(domain).build();
    }

    private void refused(ClockReport report, int status, String field) {
        assertThatThrownBy(() -> sessions.find(report)).isInstanceOfSatisfying(RequestException.class, refusal -> {
            assertThat(refusal.httpStatus()).isEqualTo(status);
            assertThat(refusal.errors()).extracting(error -> error.field()).containsExactly(field);
        });
    }

    @BeforeEach
    void addSessions() {
        List.of(session("first", 1, 3, 0, ClockSessionState.UP),
                session("second", 2, 3, 0, ClockSessionState.STANDBY),
                session("other-domain", 1, 3, 24, ClockSessionState.UP),
                session("of-another", 1, 4, 0, ClockSessionState.HOLDOVER)).forEach(sessions::put);
    }

    @Test
    void findsASessionByItsName() {
        assertThat(sessions.find(report().session("of-another").build())).isEqualTo("of-another");
        refused(report().session("none").build(), 404, "session");
        refused(report().session("second").build(), 409, "session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.3", "00:00:00:00:00:03/None", "of:0000000000000001/3"})
    void findsTheSessionThatServesAClientHoweverItIsNamed(String client) {
        assertThat(sessions.find(report().client(ClockReference.valueOf(client)).build())).isEqualTo("first");
    }

    @Test
    void aClientWithoutASessionInItsDomainIsNotFound() {
        refused(of(9, 0), 404, "client");
        refused(of(3, 1), 404, "client");
        assertThat(sessions.find(of(3, 24))).isEqualTo("other-domain");
    }

    @Test
    void aSessionInHoldoverStillIsThatOfItsClient() {
        assertThat(sessions.find(of(4, 0))).isEqualTo("of-another");
    }

    @Test
    void followsTheClientWhenItChangesItsServer() {
        sessions.put(session("first", 1, 3, 0, ClockSessionState.HOLDOVER));
        sessions.put(session("second", 2, 3, 0, ClockSessionState.UP));

        assertThat(sessions.find(of(3, 0))).isEqualTo("second");
    }

    @Test
    void severalServedSessionsMustBeNamed() {
        sessions.put(session("second", 2, 3, 0, ClockSessionState.UP));

        refused(of(3, 0), 409, "session");
        assertThat(sessions.find(report().session("second").build())).isEqualTo("second");
    }

    @Test
    void theDomainsOfANegotiatedSessionAreThoseOfItsGrants() {
        sessions.put(session("negotiated", 1, 5, 0, ClockSessionState.UP, UnicastGrant.builder().domain(44)
                .messageType(UnicastMessageType.SYNC).logInterMessagePeriod(0).duration(300).expires(Instant.EPOCH)
                .build()));

        assertThat(sessions.find(of(5, 44))).isEqualTo("negotiated");
        refused(of(5, 0), 404, "client");
    }

    @Test
    void whatIsRemovedIsNotFound() {
        sessions.remove("first");
        sessions.remove("first");

        refused(of(3, 0), 404, "client");
        refused(report().session("first").build(), 404, "session");
    }

    @Test
    void aClientThatHasMovedIsFoundAtItsNewPlaceOnly() {
        ClockSession first = session("first", 1, 3, 0, ClockSessionState.UP);
        sessions.put(ClockSession.builder().from(first).clientEndpoint(Sessions.endpoint(7)).build());

        assertThat(sessions.find(of(7, 0))).isEqualTo("first");
        refused(report().client(ClockReference.of(Sessions.hostId(3))).build(), 404, "client");
    }
}
