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
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.endpoint;
import static org.roundtrip.clock.Sessions.session;

class SessionStatusTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final ClockSessionRecord SESSION = session("s", 1, 2);

    @ParameterizedTest
    @CsvSource({"INSTALLING, INSTALLING", "UP, UP", "DOWN, DOWN", "REMOVING, WAITING"})
    void followsThePath(TePathState path, ClockSessionState session) {
        assertThat(status(SESSION, Optional.of(path(SESSION, path))).state()).isEqualTo(session);
    }

    @Test
    void saysWhatThePathSays() {
        Status<ClockSessionState> status = status(SESSION, Optional.of(path(SESSION, TePathState.DOWN)));

        assertThat(status.reason()).isEqualTo("as it is");
        assertThat(status.lastError()).contains("switch gone");
    }

    @Test
    void waitsWhileThereIsNoPath() {
        assertThat(status(SESSION, Optional.empty()).state()).isEqualTo(ClockSessionState.WAITING);
    }

    @Test
    void saysWhyThereIsNoPath() {
        Status<ClockSessionState> status = SessionStatus.of(SESSION, Optional.empty(), Optional.of("client: no way"),
                                                            List.of(), Optional.empty(), NOW);

        assertThat(status.reason()).contains("client: no way");
        assertThat(status.lastError()).contains("client: no way");
    }

    @Test
    void isNotUpOverAPathToWhereTheClientWas() {
        ClockSessionRecord moved = SESSION.at(endpoint(1), endpoint(3));

        Status<ClockSessionState> status = status(moved, Optional.of(path(SESSION, TePathState.UP)));

        assertThat(status.state()).isEqualTo(ClockSessionState.WAITING);
        assertThat(status.reason()).contains("of:0000000000000001/2", "of:0000000000000001/3");
    }

    @Test
    void isRemovingUntilThePathIsGone() {
        assertThat(status(SESSION.toBeRemoved(), Optional.of(path(SESSION, TePathState.UP))).state())
                .isEqualTo(ClockSessionState.REMOVING);
        assertThat(status(SESSION.toBeRemoved(), Optional.empty()).state()).isEqualTo(ClockSessionState.REMOVING);
    }

    @Test
    void tellsOfClocksThatAreNotSeen() {
        Status<ClockSessionState> status = SessionStatus.of(SESSION, Optional.of(path(SESSION, TePathState.UP)),
                                                            Optional.empty(), List.of("server: unseen"),
                                                            Optional.empty(), NOW);

        assertThat(status.state()).isEqualTo(ClockSessionState.UP);
        assertThat(status.reason()).isEqualTo("as it is; server: unseen");
    }

    @Test
    void countsAgeFromTheChangeOfState() {
        Status<ClockSessionState> before = Status.of(ClockSessionState.UP, "as it was", THEN);

        assertThat(next(before, TePathState.UP).since()).isEqualTo(THEN);
        assertThat(next(before, TePathState.DOWN).since()).isEqualTo(NOW);
    }

    @Test
    void keepsTheLastErrorAfterItIsOver() {
        Status<ClockSessionState> before = Status.of(ClockSessionState.WAITING, "refused", THEN).withError("no way");

        assertThat(next(before, TePathState.UP).lastError()).contains("no way");
    }

    private static Status<ClockSessionState> next(Status<ClockSessionState> before, TePathState state) {
        return SessionStatus.of(SESSION, Optional.of(path(SESSION, state)), Optional.empty(), List.of(),
                                Optional.of(before), NOW);
    }

    private static Status<ClockSessionState> status(ClockSessionRecord session, Optional<TePath> path) {
        return SessionStatus.of(session, path, Optional.empty(), List.of(), Optional.empty(), NOW);
    }

    private static TePath path(ClockSessionRecord session, TePathState state) {
        Status<TePathState> status = Status.of(state, "as it is", THEN);
        return TePath.builder()
                .request(SessionPaths.of(session))
                .owner("org.roundtrip.clock")
                .status(state == TePathState.DOWN ? status.withError("switch gone") : status)
                .build();
    }
}
