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
import org.junit.jupiter.params.provider.EnumSource;
import org.roundtrip.base.Status;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.ResidualAsymmetry;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.StandbyState;
import org.roundtrip.tepath.StandbyWay;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathState;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.clock.Sessions.session;

class SessionAlarmsTest {

    private static final ClockSessionRecord SESSION = session("s", 1, 2);

    @ParameterizedTest
    @EnumSource(ClockSessionState.class)
    void tellsOfHoldoverOnlyThen(ClockSessionState state) {
        Map<ClockAlarmType, String> alarms = SessionAlarms.of(observation(path(TePathState.DOWN)), state, "why");

        assertThat(alarms).isEqualTo(state == ClockSessionState.HOLDOVER
                ? Map.of(ClockAlarmType.HOLDOVER, "why") : Map.of());
    }

    @ParameterizedTest
    @CsvSource({"3000, 1000, 1000", "1000, 3001, 1000", "3001, 1000, 1000", "0, 0, 0"})
    void toleratesAsymmetryUpToTheThreshold(long forward, long reverse, long tolerated) {
        Map<ClockAlarmType, String> alarms = up(withDelays(forward, reverse));

        assertThat(alarms.containsKey(ClockAlarmType.ASYMMETRIC))
                .isEqualTo(Math.abs(forward - reverse) / 2 > tolerated);
    }

    @Test
    void saysHowToCompensateForAsymmetry() {
        String reason = up(withDelays(9_000, 1_000)).get(ClockAlarmType.ASYMMETRIC);

        assertThat(reason).contains("9000 ns", "1000 ns", "wrong by 4000 ns", "delayAsymmetry to 4000");
        ResidualAsymmetry residual = SessionAlarms.asymmetry(observation(withDelays(9_000, 1_000))).orElseThrow();
        assertThat(residual.predictedError()).isEqualTo(-4_000);
        assertThat(SessionAlarms.asymmetry(observation(path(TePathState.UP)))).isEmpty();
    }

    @Test
    void tellsOfAStandbyWayThatIsMissingOrShares() {
        assertThat(up(withStandby(StandbyState.READY))).isEmpty();
        assertThat(up(withStandby(StandbyState.INSTALLING))).isEmpty();
        assertThat(up(withStandby(StandbyState.UNPROTECTED))).containsOnlyKeys(ClockAlarmType.UNPROTECTED);
        assertThat(up(withStandby(StandbyState.READY, "link of:1/2")).get(ClockAlarmType.UNPROTECTED))
                .contains("shares link of:1/2");
        // No protection was asked for.
        assertThat(up(path(TePathState.UP))).isEmpty();
        // While the active way fails, that is what counts.
        TePath down = TePath.builder().from(withStandby(StandbyState.UNPROTECTED))
                .status(Status.of(TePathState.DOWN, "no way", Instant.EPOCH)).build();
        assertThat(SessionAlarms.of(observation(down), ClockSessionState.HOLDOVER, "no way"))
                .containsOnlyKeys(ClockAlarmType.HOLDOVER);
    }

    @Test
    void tellsOfRefusalsAndOfWhatClientsMeasure() {
        SessionObservation seen = SessionObservation.builder().session(SESSION).refusal("no way")
                .putMeasuredWrong(ClockAlarmType.SILENT, "nothing heard").build();

        assertThat(SessionAlarms.of(seen, ClockSessionState.WAITING, "why")).isEqualTo(Map.of(
                ClockAlarmType.REFUSED, "no way", ClockAlarmType.SILENT, "nothing heard"));
        assertThat(SessionAlarms.of(seen, ClockSessionState.REMOVING, "why")).isEmpty();
    }

    private static Map<ClockAlarmType, String> up(TePath path) {
        return SessionAlarms.of(observation(path), ClockSessionState.UP, "up");
    }

    private static SessionObservation observation(TePath path) {
        return SessionObservation.builder().session(SESSION).path(path).build();
    }

    private static TePath withDelays(long forward, long reverse) {
        return TePath.builder().from(path(TePathState.UP)).metrics(PathMetrics.of(2, 2, forward, reverse)).build();
    }

    private static TePath withStandby(StandbyState state, String... shared) {
        return TePath.builder().from(path(TePathState.UP)).standby(Optional.of(StandbyWay.builder()
                .status(Status.of(state, "as it is", Instant.EPOCH)).addShared(shared).build())).build();
    }

    private static TePath path(TePathState state) {
        return TePath.builder().request(SessionPaths.of(SESSION)).owner("org.roundtrip.clock")
                .status(Status.of(state, "as it is", Instant.EPOCH)).build();
    }
}
