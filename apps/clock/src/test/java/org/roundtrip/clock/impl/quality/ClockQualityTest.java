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
package org.roundtrip.clock.impl.quality;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cluster.ClusterServiceAdapter;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.ConflictException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.Status;
import org.roundtrip.base.UnavailableException;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.ClockSession;
import org.roundtrip.clock.ClockSessionState;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.PtpPortState;
import org.roundtrip.clock.SessionExamples;
import org.roundtrip.clock.Sessions;
import org.roundtrip.tepath.Hop;
import org.roundtrip.tepath.PathMetrics;
import org.roundtrip.tepath.TeLink;
import org.roundtrip.tepath.TeLinkDirection;
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathService;
import org.roundtrip.tepath.TePathState;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class ClockQualityTest {

    private static final NodeId SELF = NodeId.nodeId("self");
    private static final String NAME = "cell-site-7";
    private static final ClockSession SESSION = SessionExamples.cellSite();

    private final LeadershipService leadership = mock(LeadershipService.class);
    private final TePathService paths = mock(TePathService.class);
    private final SettableClock clock = new SettableClock();
    private final List<String> changed = new ArrayList<>();
    private final ClockQuality quality = new ClockQuality(clock);

    /** A clock that a test puts forward. */
    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-15T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }

        private void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @BeforeEach
    void start() {
        quality.clusterService = new ClusterServiceAdapter() {
            @Override
            public ControllerNode getLocalNode() {
                return new DefaultControllerNode(SELF, "127.0.0.1");
            }
        };
        quality.leadershipService = leadership;
        quality.tePathService = paths;
        when(leadership.getLeader("roundtrip")).thenReturn(SELF);
        quality.activate();
        quality.watch(changed::add);
    }

    @AfterEach
    void stop() {
        quality.deactivate();
    }

    private ClockReport report(long... offsets) {
        return ClockReport.builder().session(NAME).portState(PtpPortState.SLAVE)
                .samples(IntStream.range(0, offsets.length)
                                 .mapToObj(n -> ClockSample.builder().offset(offsets[n])
                                         .time(clock.instant().minusMillis(offsets.length - n)).build())
                                 .collect(Collectors.toList()))
                .build();
    }

    private void reportEverySecond(int seconds, long offset) {
        for (int second = 0; second < seconds; second++) {
            clock.pass(Duration.ofSeconds(1));
            quality.report(report(offset, offset, offset));
        }
        quality.judge();
    }

    @Test
    void nothingIsKnownOfASessionThatHasNotReported() {
        quality.observe(SESSION);

        assertThat(quality.measured(NAME)).isEmpty();
        assertThat(quality.alarms(NAME)).isEmpty();
        assertThat(quality.measured("none")).isEmpty();
        assertThat(quality.alarms("none")).isEmpty();
    }

    @Test
    void aReportIsShownAtOnce() {
        quality.observe(SESSION);

        assertThat(quality.report(report(10, 20, 30))).isEqualTo(NAME);

        MeasuredQuality shown = quality.measured(NAME).orElseThrow();
        assertThat(shown.windows()).hasSize(3).allSatisfy(
                window -> assertThat(window.offset().median()).isEqualTo(20));
        assertThat(shown.reported()).isEqualTo(clock.instant());
    }

    @Test
    void whatFollowsIsShownFromTheNextJudgement() {
        quality.observe(SESSION);
        quality.report(report(10));
        assertThat(quality.measured(NAME).orElseThrow().windows().get(0).samples()).isEqualTo(1);

        clock.pass(Duration.ofSeconds(1));
        quality.report(report(10, 11));
        quality.judge();

        assertThat(quality.measured(NAME).orElseThrow().windows().get(0).samples()).isEqualTo(3);
    }

    @Test
    void anErrorThatIsNotPredictedIsToldOnce() {
        quality.observe(SESSION);

        reportEverySecond(40, 500_000);
        quality.judge();

        assertThat(changed).containsExactly(NAME);
        assertThat(quality.alarms(NAME)).containsOnlyKeys(ClockAlarmType.MEASUREMENT);
    }

    @Test
    void aReporterThatStopsIsTold() {
        quality.observe(SESSION);
        reportEverySecond(1, 0);

        clock.pass(Duration.ofSeconds(31));
        quality.judge();

        assertThat(changed).containsExactly(NAME);
        assertThat(quality.alarms(NAME)).containsOnlyKeys(ClockAlarmType.SILENT);
    }

    @Test
    void aSessionOnStandbyHasNoMeasurements() {
        quality.observe(SESSION);
        reportEverySecond(1, 0);

        quality.observe(ClockSession.builder().from(SESSION)
                                .status(Status.of(ClockSessionState.STANDBY, "another server is better", Instant.EPOCH))
                                .build());

        assertThat(quality.measured(NAME)).isEmpty();
        clock.pass(Duration.ofMinutes(1));
        assertThat(quality.alarms(NAME)).isEmpty();
        assertThatThrownBy(() -> quality.report(report(1))).isInstanceOf(ConflictException.class);
    }

    @Test
    void aSessionThatIsGoneIsForgotten() {
        quality.observe(SESSION);
        reportEverySecond(1, 0);

        quality.forget(NAME);

        assertThat(quality.measured(NAME)).isEmpty();
        assertThatThrownBy(() -> quality.report(report(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void reportsGoToTheNodeThatLeads() {
        quality.observe(SESSION);
        when(leadership.getLeader("roundtrip")).thenReturn(NodeId.nodeId("other"));

        assertThatThrownBy(() -> quality.report(report(1))).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("other");
        assertThat(quality.measured(NAME)).isEmpty();
    }

    @Test
    void thePathDelayIsPredictedIfAllLinksOfTheWayHaveDelays() {
        when(paths.path(SESSION.tePath())).thenReturn(Optional.of(path(2, 3, 4)));
        when(paths.links()).thenReturn(List.of(link(3, 120_200, 117_000), link(4, 1_000, 2_000)));
        quality.judge();
        quality.observe(SESSION);
        quality.report(report(1));

        assertThat(quality.measured(NAME).orElseThrow().expectedPathDelay()).contains((121_200L + 119_000) / 2);
    }

    @Test
    void delaysThatAreConfiguredLaterCountFromTheNextJudgement() {
        when(paths.path(SESSION.tePath())).thenReturn(Optional.of(path(2, 3, 4)));
        quality.observe(SESSION);
        quality.report(report(1));
        when(paths.links()).thenReturn(List.of(link(3, 120_200, 117_000), link(4, 1_000, 2_000)));

        quality.judge();

        assertThat(quality.measured(NAME).orElseThrow().expectedPathDelay()).contains((121_200L + 119_000) / 2);
    }

    @Test
    void thePathDelayIsNotPredictedIfALinkHasNone() {
        when(paths.path(SESSION.tePath())).thenReturn(Optional.of(path(2, 3, 4)));
        when(paths.links()).thenReturn(List.of(link(3, 120_200, 117_000), link(4, 0, 0)));
        quality.judge();
        quality.observe(SESSION);
        quality.report(report(1));

        assertThat(quality.measured(NAME).orElseThrow().expectedPathDelay()).isEmpty();
    }

    @Test
    void anotherWayEndsTheAlarmOfTheOneBefore() {
        when(paths.path(SESSION.tePath())).thenReturn(Optional.of(path(2, 3, 4)));
        quality.observe(SESSION);
        reportEverySecond(40, 500_000);
        assertThat(quality.alarms(NAME)).isNotEmpty();

        when(paths.path(SESSION.tePath())).thenReturn(Optional.of(path(2, 5, 4)));
        quality.observe(SESSION);
        quality.judge();

        assertThat(quality.alarms(NAME)).isEmpty();
        assertThat(changed).containsExactly(NAME, NAME);
    }

    @Test
    void theReferenceOfTheClientDecidesWhatIsPredicted() {
        quality.observe(SESSION);
        quality.report(ClockReport.builder().from(report(1)).reference(OffsetReference.TIME_ERROR).build());

        assertThat(quality.measured(NAME).orElseThrow().expectedOffset())
                .contains(SESSION.asymmetry().orElseThrow().delayAsymmetry());
    }

    /** Port n leads from switch n to switch n + 1. */
    private static TePath path(int... switches) {
        List<Hop> hops = IntStream.of(switches).mapToObj(n -> Hop.builder().device(port(n).deviceId())
                .inPort(port(99).port()).outPort(port(n).port()).build()).collect(Collectors.toList());
        return TePath.builder()
                .request(TePathRequest.builder().name(SESSION.tePath()).source(Sessions.port(1))
                                 .destination(Sessions.port(2)).build())
                .owner("org.roundtrip.clock")
                .status(Status.of(TePathState.UP, "for a test", Instant.EPOCH))
                .forward(hops)
                .metrics(PathMetrics.of(hops.size() - 1, hops.size() - 1, 121_200, 119_000))
                .build();
    }

    private static TeLink link(int n, long forwardDelay, long reverseDelay) {
        return TeLink.builder().source(port(n - 1)).destination(new ConnectPoint(port(n).deviceId(), port(99).port()))
                .teMetric(1).maintenance(false).unsteady(false)
                .forward(TeLinkDirection.of(1, List.of(), forwardDelay))
                .reverse(TeLinkDirection.of(1, List.of(), reverseDelay)).build();
    }

    private static ConnectPoint port(int n) {
        return ConnectPoint.deviceConnectPoint(String.format("of:%016x/%d", n, n));
    }
}
