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

import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.port;

class SessionDetailsTest {

    @Test
    void showAllOfASession() {
        assertThat(details(SessionExamples.cellSite(), Optional.of(path()))).containsExactly(
                "cell-site-7 is up since 2026-01-15T12:00:00Z",
                "    both directions stand",
                "Requested, configured",
                "    server 10.0.0.1, client 00:00:00:00:00:02/None",
                "    transport udp-ipv4, delivery unicast, domain 0, priority 128, strict",
                "    bandwidth 2M, objective hops, setup-priority 7, holding-priority 7",
                "    protect link, best-effort, hold-off 0s, stays where it is",
                "    resume-delay 8s, asymmetry-threshold 1us, error-tolerance 1us",
                "Clocks",
                "    server: 00:00:00:00:00:01/None, 00:00:00:00:00:01, 10.0.0.1 at of:0000000000000001/3",
                "    client: 00:00:00:00:00:02/None, 00:00:00:00:00:02, 10.0.0.2 at of:0000000000000002/3",
                "Tunnel interfaces",
                "    ID                                     STATE  LOCAL                  REMOTE                 "
                        + "MODE                     BANDWIDTH  PRIORITIES  LABELS",
                "    clock.cell-site-7@of:0000000000000001  up     of:0000000000000001/3  of:0000000000000002/3  "
                        + "co-routed-bidirectional  2M         7/7         100000-199999",
                "    clock.cell-site-7@of:0000000000000002  up     of:0000000000000002/3  of:0000000000000001/3  "
                        + "co-routed-bidirectional  2M         7/7         100000-199999",
                "Way of the te-path clock.cell-site-7, which is up",
                "    server to client: 3 of:0000000000000001 1 (100000)",
                "    client to server: 1 of:0000000000000001 3",
                "Residual asymmetry",
                "    configured delays of the links: 120.2us to the client, 117us to the server",
                "    predicted error of the client: -1.6us; to be right, it needs delayAsymmetry 1600",
                "Grants",
                "    none",
                "Measured",
                "    port slave at 2026-01-15T12:30:00.500Z; its offsets are what it follows",
                "    expected offset 0s, expected path delay 118.6us",
                "    LAST  SAMPLES  WHAT        LEAST    MEDIAN    95% WITHIN  GREATEST",
                "    1min  1920     offset      -900ns   12ns      610ns       870ns",
                "    1min  1920     path delay  117.9us  118.64us  119.2us     119.4us",
                "    1h    57600    offset      -2.9us   -3ns      720ns       3.1us",
                "Alarms",
                "    TYPE        SINCE                 REASON",
                "    asymmetric  2026-01-15T12:00:00Z  the links of the way make the client -1600 ns wrong, more than "
                        + "1000 ns: set delayAsymmetry 1600 there",
                "Carried",
                "    server to client: 115200 packets",
                "    client to server: 57600 packets",
                "    dropped at the edge: 12 packets",
                "History",
                "    TIME                      STATE       WHAT                 WHY",
                "    2026-01-15T11:59:58Z      installing  -                    the switches are being told",
                "    2026-01-15T12:00:00Z      up          -                    both directions stand",
                "    2026-01-15T12:00:00.250Z  up          unprotected raised   no other way is left",
                "    2026-01-15T12:01:00Z      up          unprotected cleared  the standby way stands");
    }

    @Test
    void showWhatWasGranted() {
        assertThat(details(SessionExamples.tower(), Optional.empty())).containsSubsequence(
                "Requested, negotiated by the policy towers",
                "    client: 10.0.0.5 at of:0000000000000003/7",
                "        its tunnel stands, and PTP is held back",
                "Grants",
                "    DOMAIN  MESSAGES    EVERY    FOR   EXPIRES",
                "    44      announce    2s       5min  2026-01-15T12:04:00Z",
                "    44      sync        31.25ms  5min  2026-01-15T12:04:00Z",
                "    44      delay-resp  31.25ms  5min  2026-01-15T12:04:00Z");
    }

    @Test
    void sayWhatIsNotThere() {
        ClockSession bare = ClockSession.builder().from(SessionExamples.substation()).alarms(List.of())
                .serverEndpoint(ClockEndpoint.builder().connectPoint(port(1)).build()).build();

        assertThat(details(bare, Optional.empty())).containsSubsequence(
                "    server: whatever is attached at of:0000000000000001/1",
                "Tunnel interfaces",
                "    none: no switch of the two has the capability",
                "There is no te-path",
                "Residual asymmetry",
                "    there is no way",
                "Grants",
                "    none",
                "Measured",
                "    the client has not reported",
                "Alarms",
                "    none");
    }

    @Test
    void showAudits() {
        assertThat(AuditText.of("cell-site-7", SessionExamples.audit())).containsExactly(
                "The tunnel of cell-site-7 is not correct by the tables of the switches, and co-routed",
                "    of:0000000000000001: a rule with the label 100000 is missing",
                "    server to client: 3 of:0000000000000001 1 > 1 of:0000000000000002 3",
                "    client to server: 3 of:0000000000000002 1 > 1 of:0000000000000001 3");
    }

    @Test
    void showPolicies() {
        assertThat(PolicyText.list(SessionExamples.policies())).containsExactly(
                "laboratory",
                "    servers 10.0.0.3; clients 0.0.0.0/0; domains any",
                "    max-clients 1000 of each server, max-message-rate 128/s of each type, max-duration 1h,"
                        + " priority 128",
                "    bandwidth 1M, objective hops, setup-priority 7, holding-priority 7",
                "    protect link, best-effort, hold-off 0s, stays where it is",
                "    resume-delay 8s, asymmetry-threshold 1us, error-tolerance 1us",
                "towers",
                "    servers 10.0.0.1, 2001:db8::1; clients 10.0.0.0/24, 2001:db8::/64; domains 24, 44",
                "    max-clients 200 of each server, max-message-rate 32/s of each type, max-duration 10min,"
                        + " priority 100",
                "    bandwidth 1M, objective delay, setup-priority 7, holding-priority 7",
                "    protect link, best-effort, hold-off 0s, stays where it is",
                "    resume-delay 4s, asymmetry-threshold 500ns, error-tolerance 1us");
        assertThat(PolicyText.list(List.of())).containsExactly("There are no clock policies: no client may negotiate.");
    }

    @Test
    void showServers() {
        assertThat(ServerText.list(SessionExamples.servers())).containsExactly(
                "SERVER                  STATE     SINCE                 AT                     CLOCK               "
                        + "POLICY  SESSIONS  MESSAGES/S",
                "00:00:00:00:00:03/None  impaired  2026-01-15T12:00:00Z  of:0000000000000001/4  -                   "
                        + "-       1         0",
                "    none of its sessions is up",
                "10.0.0.1                serving   2026-01-15T12:00:00Z  of:0000000000000001/3  001122.fffe.334455  "
                        + "towers  2         65",
                "    1 of 2 sessions is up",
                "2001:db8::1             unknown   2026-01-15T12:00:00Z  -                      -                   "
                        + "towers  0         0",
                "    the network knows no host 2001:db8::1");
        assertThat(ServerText.list(List.of()))
                .containsExactly("There are no clock servers: neither a session nor a policy names one.");
    }

    private static List<String> details(ClockSession session, Optional<TePath> path) {
        return SessionDetails.of(session, path, SessionExamples.statistics(), SessionExamples.history());
    }

    private static TePath path() {
        return TePath.builder()
                .request(TePathRequest.builder().name("clock.cell-site-7").source(port(3)).destination(port(2)).build())
                .owner("org.roundtrip.clock")
                .status(Status.of(TePathState.UP, "both directions stand", Instant.EPOCH))
                .addForward(Hop.builder().from(hop(3, 1)).labelOut(100_000).build())
                .addReverse(hop(1, 3))
                .build();
    }

    private static Hop hop(int in, int out) {
        return Hop.builder().device(DeviceId.deviceId("of:0000000000000001"))
                .inPort(PortNumber.portNumber(in)).outPort(PortNumber.portNumber(out)).build();
    }
}
