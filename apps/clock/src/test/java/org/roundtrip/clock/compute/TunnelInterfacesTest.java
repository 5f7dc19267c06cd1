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

import org.junit.jupiter.api.Test;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.FieldError;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockEndpoint;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.Sessions;
import org.roundtrip.clock.TunnelInterface;
import org.roundtrip.clock.TunnelInterfaceState;
import org.roundtrip.tepath.TeCapability;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.onosproject.net.ConnectPoint.deviceConnectPoint;

class TunnelInterfacesTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final ClockSessionRecord SESSION = ClockSessionRecord.of(
            Sessions.request("s", 1, 2), Sessions.endpoint(1),
            ClockEndpoint.builder().from(Sessions.endpoint(2)).connectPoint(
                    deviceConnectPoint("of:0000000000000002/2")).build());

    @Test
    void namesEachParameterThatIsMissingAndItsSwitch() {
        ConflictException refusal = catchThrowableOfType(() -> TunnelInterfaces.requireCapable(
                SESSION, Optional.of(capability(false, true)), Optional.of(capability(false, false))),
                                                         ConflictException.class);

        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("server", "client");
        assertThat(refusal.errors().get(0).detail()).startsWith("mplsTe.mpls of of:0000000000000001 is not true");
        assertThat(refusal.errors().get(1).detail())
                .startsWith("mplsTe.mpls of of:0000000000000002 and mplsTe.te of of:0000000000000002 are not true");
        assertThatCode(() -> TunnelInterfaces.requireCapable(SESSION, Optional.of(capability(true, true)),
                                                             Optional.empty())).doesNotThrowAnyException();
    }

    @Test
    void isMadeFromTheCapability() {
        SessionObservation seen = seen(TePathState.UP).serverCapability(capability(true, true))
                .clientCapability(capability(true, true)).build();

        TunnelInterface server = atServer(seen, ClockSessionState.UP, Optional.empty()).orElseThrow();

        assertThat(server.id()).isEqualTo("clock.s@of:0000000000000001");
        assertThat(server.local()).isEqualTo(SESSION.server().connectPoint());
        assertThat(server.remote()).isEqualTo(SESSION.client().connectPoint());
        assertThat(server.bandwidth()).isEqualTo(1_000_000);
        assertThat(server.setupPriority()).isEqualTo(7);
        assertThat(server.leastLabel()).isEqualTo(100);
        assertThat(server.greatestLabel()).isEqualTo(199);
        assertThat(server.status()).isEqualTo(Status.of(TunnelInterfaceState.UP, "why", NOW));
        TunnelInterface client = TunnelInterfaces.atClient(seen, ClockSessionState.STANDBY, "why", Optional.empty(),
                                                           NOW).orElseThrow();
        assertThat(client.id()).isEqualTo("clock.s@of:0000000000000002");
        assertThat(client.status().state()).isEqualTo(TunnelInterfaceState.HELD);
        assertThat(atServer(seen, ClockSessionState.HOLDOVER, Optional.empty()).orElseThrow().status().state())
                .isEqualTo(TunnelInterfaceState.DOWN);
    }

    @Test
    void isToldApartFromTheOtherOneAtTheSameSwitch() {
        SessionObservation seen = SessionObservation.builder()
                .session(ClockSessionRecord.of(Sessions.request("s", 1, 2), Sessions.endpoint(1), Sessions.endpoint(2)))
                .serverCapability(capability(true, true)).clientCapability(capability(true, true)).build();

        assertThat(atServer(seen, ClockSessionState.UP, Optional.empty()).orElseThrow().id())
                .isEqualTo("clock.s@of:0000000000000001/1");
        assertThat(TunnelInterfaces.atClient(seen, ClockSessionState.UP, "why", Optional.empty(), NOW).orElseThrow()
                           .id()).isEqualTo("clock.s@of:0000000000000001/2");
    }

    @Test
    void isThereAfterTheCapabilityIsWithdrawnAndNotBefore() {
        TeCapability none = capability(true, false);
        SessionObservation never = SessionObservation.builder().session(SESSION).serverCapability(none).build();
        assertThat(atServer(never, ClockSessionState.WAITING, Optional.empty())).isEmpty();

        SessionObservation live = seen(TePathState.DOWN).serverCapability(none).build();
        TunnelInterface withdrawn = atServer(live, ClockSessionState.HOLDOVER, Optional.empty()).orElseThrow();
        assertThat(withdrawn.status().state()).isEqualTo(TunnelInterfaceState.INCAPABLE);
        assertThat(withdrawn.status().reason()).contains("mplsTe.te of of:0000000000000001 is not true");
        assertThat(atServer(never, ClockSessionState.HOLDOVER, Optional.of(withdrawn)).orElseThrow().status().state())
                .isEqualTo(TunnelInterfaceState.INCAPABLE);
    }

    @Test
    void staysAsItWasWhileTheSwitchIsUnknown() {
        SessionObservation unknown = seen(TePathState.DOWN).build();
        assertThat(atServer(unknown, ClockSessionState.HOLDOVER, Optional.empty())).isEmpty();

        TunnelInterface before = atServer(seen(TePathState.UP).serverCapability(capability(true, true)).build(),
                                          ClockSessionState.UP, Optional.empty()).orElseThrow();
        TunnelInterface after = atServer(unknown, ClockSessionState.HOLDOVER, Optional.of(before)).orElseThrow();
        assertThat(after.greatestLabel()).isEqualTo(199);
        assertThat(after.status().state()).isEqualTo(TunnelInterfaceState.DOWN);
    }

    @Test
    void countsFromTheChangeOfState() {
        SessionObservation seen = seen(TePathState.UP).serverCapability(capability(true, true)).build();
        TunnelInterface before = TunnelInterfaces.atServer(seen, ClockSessionState.UP, "was", Optional.empty(), THEN)
                .orElseThrow();

        assertThat(atServer(seen, ClockSessionState.UP, Optional.of(before)).orElseThrow().status().since())
                .isEqualTo(THEN);
        assertThat(atServer(seen, ClockSessionState.STANDBY, Optional.of(before)).orElseThrow().status().since())
                .isEqualTo(NOW);
    }

    private static Optional<TunnelInterface> atServer(SessionObservation seen, ClockSessionState state,
                                                      Optional<TunnelInterface> previous) {
        return TunnelInterfaces.atServer(seen, state, "why", previous, NOW);
    }

    private static SessionObservation.Builder seen(TePathState state) {
        SessionObservation.Builder seen = SessionObservation.builder();
        seen.session(SESSION).path(TePath.builder().request(SessionPaths.of(SESSION)).owner("org.roundtrip.clock")
                                           .status(Status.of(state, "as it is", THEN)).build());
        return seen;
    }

    private static TeCapability capability(boolean mpls, boolean te) {
        return TeCapability.builder().mpls(mpls).te(te).leastLabel(100).greatestLabel(199).maintenance(false).build();
    }
}
