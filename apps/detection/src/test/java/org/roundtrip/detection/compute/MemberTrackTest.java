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
package org.roundtrip.detection.compute;

import org.junit.jupiter.api.Test;
import org.roundtrip.detection.HealthState;
import org.roundtrip.detection.protocol.CheckResult;
import org.roundtrip.detection.protocol.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class MemberTrackTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final MemberTrack NEW = MemberTrack.begin(MemberKey.of("balancer/web", "192.0.2.1:80"),
            "no detection agent on of:1", BEGIN);
    private static final MemberTrack PROBED = NEW.probedBy("n1", "c1");

    private static Duration at(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static CheckResult result(Verdict verdict, String reason) {
        return CheckResult.builder().check("c1").verdict(verdict).reason(reason).since(BEGIN).lastProbe(BEGIN)
                .probes(10).failures(3).build();
    }

    /** The agent is heard of at this moment. */
    private static MemberTrack judged(MemberTrack track, double seconds) {
        return track.judged(heard(seconds), at(seconds), BEGIN.plus(at(seconds)));
    }

    private static Optional<AgentLiveness> heard(double seconds) {
        return Optional.of(
                AgentLiveness.builder().name("n1").lease(LEASE).isConnected(true).heard(at(seconds)).build());
    }

    private static MemberTrack up(MemberTrack track, double seconds) {
        return track.reported(result(Verdict.UP, "connected"), at(seconds));
    }

    private static MemberTrack down(MemberTrack track, double seconds) {
        return track.reported(result(Verdict.DOWN, "connection refused"), at(seconds));
    }

    private static void assertHealth(MemberTrack track, HealthState state, String reason) {
        assertThat(track.health().status().state()).isEqualTo(state);
        assertThat(track.health().status().reason()).isEqualTo(reason);
    }

    @Test
    void nothingIsKnownOfAMemberThatNobodyProbes() {
        assertHealth(NEW, HealthState.UNKNOWN, "no detection agent on of:1");
        assertHealth(judged(up(PROBED, 1).probedByNobody("moved"), 2), HealthState.UNKNOWN, "moved");
        assertThat(judged(up(PROBED, 1).probedByNobody("moved"), 2).health().agent()).isEmpty();
    }

    @Test
    void nothingIsKnownBeforeTheAgentHasConnectedAndReported() {
        assertHealth(PROBED.judged(Optional.empty(), at(1), BEGIN), HealthState.UNKNOWN,
                     "agent n1 has not connected yet");
        assertHealth(judged(PROBED, 1), HealthState.UNKNOWN, "waiting for the first result of agent n1");
        assertHealth(judged(PROBED.reported(result(Verdict.UNKNOWN, "1 of 2 good results"), at(1)), 1),
                     HealthState.UNKNOWN, "1 of 2 good results");
    }

    @Test
    void theVerdictOfTheAgentCounts() {
        MemberTrack up = judged(up(PROBED, 1), 1);
        assertHealth(up, HealthState.UP, "connected");
        assertThat(up.health().probes()).isEqualTo(10);
        assertThat(up.health().failures()).isEqualTo(3);
        assertThat(up.health().lastProbe()).contains(BEGIN);
        MemberTrack down = judged(down(up, 2), 2);
        assertHealth(down, HealthState.DOWN, "connection refused");
        assertThat(down.health().status().since()).isEqualTo(BEGIN.plusSeconds(2));
        assertThat(judged(down, 3).health().status().since()).isEqualTo(BEGIN.plusSeconds(2));
    }

    @Test
    void aVerdictHoldsUntilTheLeaseOfTheAgentEnds() {
        MemberTrack down = judged(down(PROBED, 1), 1);

        assertThat(down.judged(heard(1), at(5.9), BEGIN).health().status().state()).isEqualTo(HealthState.DOWN);
        assertHealth(down.judged(heard(1), at(6), BEGIN), HealthState.UNKNOWN,
                     "lease of agent n1 ended: it was silent for 5 s");
    }

    @Test
    void aVerdictHoldsForALeaseAfterTheAgentGivesNoneAnyMore() {
        CheckResult none = result(Verdict.UNKNOWN, "no result yet");
        MemberTrack undecided = up(PROBED, 1).reported(none, at(2)).reported(none, at(4));

        assertHealth(judged(undecided, 6.9), HealthState.UP, "connected");
        assertThat(undecided.due(heard(4), at(4))).contains(at(7));
        assertHealth(judged(undecided, 7), HealthState.UNKNOWN, "no result yet");
        assertHealth(judged(up(undecided, 8), 20), HealthState.UP, "connected");
    }

    @Test
    void resultsOfAnotherCheckAreForgotten() {
        MemberTrack up = up(PROBED, 1);

        assertThat(up.probedBy("n1", "c1")).isSameAs(up);
        assertHealth(judged(up.probedBy("n2", "c2"), 2), HealthState.UNKNOWN,
                     "waiting for the first result of agent n2");
    }

    @Test
    void whoFlapsIsHeldDownWhoeverProbesIt() {
        MemberTrack track = up(PROBED, 0);
        for (int failure = 1; failure <= 3; failure++) {
            assertHealth(judged(track, 2 * failure - 1), HealthState.UP, "connected");
            track = up(down(track, 2 * failure - 1), 2 * failure);
        }
        MemberTrack held = judged(track, 6);
        assertHealth(held, HealthState.DOWN,
                     "answers again, but is held down because it has failed too often: connected");
        assertThat(held.health().heldUntil()).contains(BEGIN.plusSeconds(16));
        assertThat(held.due(heard(6), at(6))).contains(at(16));
        assertThat(judged(held, 7).health().heldUntil()).contains(BEGIN.plusSeconds(16));

        MemberTrack elsewhere = held.probedBy("n1", "c2").reported(
                CheckResult.builder().from(result(Verdict.UP, "connected")).check("c2").build(), at(8));
        assertThat(judged(elsewhere, 9).health().status().state()).isEqualTo(HealthState.DOWN);
        assertHealth(judged(held, 16), HealthState.UP, "connected");
        assertThat(judged(held, 16).health().heldUntil()).isEmpty();
        assertThat(held.due(heard(16), at(16))).isEmpty();
    }

    @Test
    void whoFailsWhileItIsHeldIsDownForThatReason() {
        MemberTrack track = up(PROBED, 0);
        for (int failure = 1; failure <= 3; failure++) {
            track = up(down(track, 2 * failure - 1), 2 * failure);
        }
        MemberTrack down = judged(down(track, 7), 7);

        assertHealth(down, HealthState.DOWN, "connection refused");
        assertThat(down.health().heldUntil()).isEmpty();
    }
}
