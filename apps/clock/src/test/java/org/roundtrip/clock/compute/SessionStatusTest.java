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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.tepath.TeCapability;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.session;

class SessionStatusTest {

    private static final ClockSessionRecord SESSION = session("s", 1, 2);

    @ParameterizedTest
    @CsvSource({
        // path, suspended, held back, served, another serves, before -> state
        "INSTALLING, false, false, false, false, ,           INSTALLING",
        "INSTALLING, false, false, true,  false, UP,         HOLDOVER",
        "INSTALLING, false, false, true,  true,  UP,         INSTALLING",
        "INSTALLING, true,  true,  true,  true,  UP,         STANDBY",
        "INSTALLING, true,  true,  false, true,  ,           INSTALLING",
        "UP,         false, false, false, false, INSTALLING, UP",
        "UP,         false, true,  true,  false, UP,         UP",
        "UP,         true,  true,  true,  true,  UP,         STANDBY",
        "UP,         true,  false, true,  false, STANDBY,    STANDBY",
        "DOWN,       false, false, false, false, INSTALLING, DOWN",
        "DOWN,       false, false, true,  false, UP,         HOLDOVER",
        "DOWN,       false, false, true,  true,  UP,         DOWN",
        "DOWN,       true,  true,  true,  false, STANDBY,    DOWN",
        "REMOVING,   false, false, false, false, ,           WAITING",
        "REMOVING,   false, false, true,  false, UP,         HOLDOVER",
    })
    void followsThePathAndTheOtherSessions(TePathState path, boolean suspended, boolean heldBack, boolean served,
                                           boolean another, ClockSessionState before, ClockSessionState state) {
        SessionObservation seen = SessionObservation.builder().session(SESSION)
                .path(path(suspended ? SessionPaths.suspended(SESSION) : SessionPaths.of(SESSION), path))
                .heldBack(heldBack ? Optional.of("another is better") : Optional.empty())
                .servedBy(another ? Optional.of("t") : Optional.empty())
                .served(served).previous(Optional.ofNullable(before)).build();

        assertThat(SessionStatus.state(seen)).isEqualTo(state);
    }

    @Test
    void saysWhatThePathSays() {
        assertThat(reason(SESSION, TePathState.DOWN)).isEqualTo("as it is");
        assertThat(reason(SESSION, TePathState.UP)).isEqualTo("as it is");
    }

    @Test
    void waitsWhileThereIsNoPathAndSaysWhy() {
        SessionObservation seen = SessionObservation.builder().session(SESSION).build();
        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.WAITING);
        assertThat(SessionStatus.reason(seen, ClockSessionState.WAITING)).isEqualTo("a te-path is being asked for");

        seen = SessionObservation.builder().session(SESSION).refusal("client: no way").build();
        assertThat(SessionStatus.reason(seen, ClockSessionState.WAITING))
                .isEqualTo("no te-path was granted: client: no way");
    }

    @Test
    void isInHoldoverWithoutAPathIfItWasUp() {
        SessionObservation seen = SessionObservation.builder().session(SESSION).served(true).refusal("no way").build();

        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.HOLDOVER);
        assertThat(SessionStatus.reason(seen, ClockSessionState.HOLDOVER)).contains("no way");
    }

    @Test
    void isNotUpOverAPathToWhereTheClientWas() {
        ClockSessionRecord moved = SESSION.at(endpoint(1), endpoint(3));
        SessionObservation seen = SessionObservation.builder().session(moved)
                .path(path(SessionPaths.of(SESSION), TePathState.UP)).build();

        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.WAITING);
        assertThat(SessionStatus.reason(seen, ClockSessionState.WAITING))
                .contains("of:0000000000000001/2", "of:0000000000000001/3");
    }

    @Test
    void isUpOverAPathThatCanNotBeAsIsAskedForNow() {
        SessionObservation seen = SessionObservation.builder().session(SESSION)
                .path(path(SessionPaths.of(SESSION), TePathState.UP)).refusal("tunnel.bandwidth: too much").build();

        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.UP);
        assertThat(SessionStatus.reason(seen, ClockSessionState.UP)).contains("as it is", "tunnel.bandwidth: too much");
    }

    @Test
    void isRemovingUntilThePathIsGoneAndSaysWhy() {
        ClockSessionRecord removing = SESSION.toBeRemoved("the last grant has ended");
        SessionObservation seen = SessionObservation.builder().session(removing)
                .path(path(SessionPaths.of(SESSION), TePathState.UP)).served(true).build();
        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.REMOVING);
        assertThat(SessionStatus.reason(seen, ClockSessionState.REMOVING))
                .isEqualTo("the last grant has ended; its te-path is being removed: as it is");

        seen = SessionObservation.builder().session(SESSION.toBeRemoved()).build();
        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.REMOVING);
        assertThat(SessionStatus.reason(seen, ClockSessionState.REMOVING)).isEqualTo("its te-path is gone");
    }

    @Test
    void tellsWhatIsUnknownOrWrongBeside() {
        SessionObservation seen = SessionObservation.builder().session(SESSION)
                .path(path(SessionPaths.of(SESSION), TePathState.UP)).addRemarks("server: unseen").build();

        assertThat(SessionStatus.state(seen)).isEqualTo(ClockSessionState.UP);
        assertThat(SessionStatus.reason(seen, ClockSessionState.UP)).isEqualTo("as it is; server: unseen");
    }

    @Test
    void namesTheCapabilityThatIsMissingBeforeAllElse() {
        TeCapability none = TeCapability.builder().mpls(false).te(false).leastLabel(16).greatestLabel(99)
                .maintenance(false).build();
        SessionObservation seen = SessionObservation.builder().session(SESSION).served(true)
                .path(path(SessionPaths.of(SESSION), TePathState.DOWN)).serverCapability(none).build();

        assertThat(SessionStatus.reason(seen, SessionStatus.state(seen)))
                .startsWith("mplsTe.mpls of of:0000000000000001 and mplsTe.te of of:0000000000000001 are not true");
    }

    private static String reason(ClockSessionRecord session, TePathState state) {
        SessionObservation seen = SessionObservation.builder().session(session)
                .path(path(SessionPaths.of(session), state)).build();
        return SessionStatus.reason(seen, SessionStatus.state(seen));
    }

    private static TePath path(TePathRequest request, TePathState state) {
        return TePath.builder().request(request).owner("org.roundtrip.clock")
                .status(Status.of(state, "as it is", Instant.EPOCH)).build();
    }
}
