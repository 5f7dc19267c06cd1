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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onosproject.net.ConnectPoint;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReference;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.PtpPortState;
import org.roundtrip.clock.QualityWindow;
import org.roundtrip.clock.ResidualAsymmetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionMeasurementTest {

    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final int A_SECOND = 8;
    private static final long TOLERANCE = 1_000;

    private final Random random = new Random(7);
    private Prediction prediction = Prediction.builder()
            .addWay(port(1), port(2))
            .asymmetry(ResidualAsymmetry.builder().forwardDelay(5_000_000).reverseDelay(1_000_000).build())
            .errorTolerance(TOLERANCE)
            .build();

    private static ConnectPoint port(int n) {
        return ConnectPoint.deviceConnectPoint("of:0000000000000001/" + n);
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }

    private static ClockReport.Builder says(ClockSample... samples) {
        return ClockReport.builder().client(ClockReference.valueOf("10.0.0.2")).portState(PtpPortState.SLAVE)
                .addSamples(samples);
    }

    private static ClockReport.Builder timeError() {
        return says().portState(PtpPortState.UNCALIBRATED).reference(OffsetReference.TIME_ERROR);
    }

    private static ClockSample sample(double seconds, long offset) {
        return ClockSample.builder().time(at(seconds)).offset(offset).pathDelay(3_000_000L + offset).build();
    }

    /** What is measured in a second, around an offset. */
    private List<ClockSample> second(int second, long offset) {
        return IntStream.range(0, A_SECOND)
                .mapToObj(n -> sample(second + (n + 0.5) / A_SECOND,
                                      offset + Math.round(100 * random.nextGaussian())))
                .collect(Collectors.toList());
    }

    private SessionMeasurement start(ClockReport.Builder report) {
        return new SessionMeasurement(prediction, report.build(), START);
    }

    private void report(SessionMeasurement measurement, ClockReport report, int from, int to, long offset) {
        for (int second = from; second < to; second++) {
            measurement.take(ClockReport.builder().from(report).samples(second(second, offset)).build(),
                             at(second + 1));
            measurement.judge(at(second + 1));
        }
    }

    private static long samples(SessionMeasurement measurement, double now, int window) {
        return measurement.quality(at(now)).windows().stream().filter(found -> found.length() == window)
                .mapToLong(QualityWindow::samples).sum();
    }

    @Test
    void aReportWithoutSamplesTellsTheStateOnly() {
        MeasuredQuality quality = start(says().portState(PtpPortState.LISTENING)).quality(START);

        assertThat(quality.portState()).isEqualTo(PtpPortState.LISTENING);
        assertThat(quality.windows()).isEmpty();
        assertThat(quality.expectedOffset()).contains(0L);
    }

    @Test
    void samplesAreInAllWindowsAsLongAsTheseReachBack() {
        SessionMeasurement measurement = start(says(sample(-1, 5)));

        assertThat(measurement.quality(START).windows()).extracting(QualityWindow::length)
                .containsExactly(60L, 3_600L, 86_400L);
        assertThat(measurement.quality(at(120)).windows()).extracting(QualityWindow::length)
                .containsExactly(3_600L, 86_400L);
    }

    @Test
    void aSteeredClockIsPredictedToBeRightAndAnotherToSeeTheAsymmetry() {
        assertThat(start(says()).quality(START).expectedOffset()).contains(0L);
        assertThat(start(timeError()).quality(START).expectedOffset()).contains(2_000_000L);
        assertThat(start(timeError().delayAsymmetry(2_000_000)).quality(START).expectedOffset()).contains(0L);
        prediction = Prediction.NONE;
        assertThat(start(timeError()).quality(START).expectedOffset()).isEmpty();
    }

    @Test
    void whatFitsRaisesNoAlarm() {
        SessionMeasurement measurement = start(timeError());

        report(measurement, timeError().build(), 0, 300, 2_000_000);

        assertThat(measurement.alarms(at(300))).isEmpty();
    }

    @Test
    void whatDoesNotFitRaisesAnAlarmOnceThereIsEnoughAndEndsIt() {
        SessionMeasurement measurement = start(timeError());

        report(measurement, timeError().build(), 0, (int) MedianTest.LEAST_SECONDS - 2, 0);
        assertThat(measurement.alarms(at(18))).isEmpty();
        report(measurement, timeError().build(), 18, 60, 0);
        assertThat(measurement.alarms(at(60))).containsOnlyKeys(ClockAlarmType.MEASUREMENT);
        String reason = measurement.alarms(at(60)).get(ClockAlarmType.MEASUREMENT);
        assertThat(reason).contains("2,000,000 ns are predicted").contains("1,000 ns are tolerated");

        report(measurement, timeError().build(), 60, 75, 0);
        assertThat(measurement.alarms(at(75))).as("words that stay while it lasts")
                .containsValue(reason);

        report(measurement, timeError().build(), 75, 150, 2_000_000);
        assertThat(measurement.alarms(at(150))).isEmpty();
    }

    @Test
    void aCorrectedConfigurationEndsTheAlarmAtTheNextJudgement() {
        SessionMeasurement measurement = start(timeError());
        report(measurement, timeError().build(), 0, 60, 0);
        assertThat(measurement.alarms(at(60))).isNotEmpty();

        measurement.predict(Prediction.builder().from(prediction).asymmetry(Optional.of(ResidualAsymmetry.builder()
                .forwardDelay(3_000_000).reverseDelay(3_000_000).build())).build(), at(60));
        measurement.judge(at(60));

        assertThat(measurement.alarms(at(60))).isEmpty();
        assertThat(samples(measurement, 60, 60)).isPositive();
    }

    @Test
    void mixedMeasurementsAreNotJudgedAfterTheWayHasChanged() {
        SessionMeasurement measurement = start(timeError());
        report(measurement, timeError().build(), 0, 60, 0);
        assertThat(measurement.alarms(at(60))).isNotEmpty();

        measurement.predict(Prediction.builder().from(prediction).way(List.of(port(1), port(3))).build(), at(60));
        assertThat(measurement.alarms(at(60))).isEmpty();
        // Of the time before, though reported after.
        measurement.take(timeError().samples(second(59, 0)).build(), at(60.5));
        assertThat(samples(measurement, 60.5, 60)).isZero();
        assertThat(samples(measurement, 60.5, 3_600)).isEqualTo(61 * A_SECOND);

        report(measurement, timeError().build(), 61, 121, 2_000_000);
        assertThat(measurement.alarms(at(121))).isEmpty();
    }

    @Test
    void thePathDelayIsJudgedToo() {
        prediction = Prediction.builder().from(prediction).pathDelay(2_900_000L).build();
        SessionMeasurement measurement = start(says());

        report(measurement, says().build(), 0, 60, 0);

        assertThat(measurement.alarms(at(60)).get(ClockAlarmType.MEASUREMENT)).contains("mean path delay")
                .contains("2,900,000").doesNotContain("offset");
        assertThat(measurement.quality(at(60)).expectedPathDelay()).contains(2_900_000L);
    }

    @Test
    void anAlarmDoesNotFlapAtTheThreshold() {
        SessionMeasurement measurement = start(says());
        int changes = 0;
        boolean was = false;
        for (int second = 0; second < 1_800; second++) {
            report(measurement, says().build(), second, second + 1, TOLERANCE);
            boolean is = !measurement.alarms(at(second + 1)).isEmpty();
            changes += is == was ? 0 : 1;
            was = is;
        }

        assertThat(changes).isLessThanOrEqualTo(2);
    }

    @Test
    void aStepOfTheClockRaisesNoAlarm() {
        SessionMeasurement measurement = start(says());

        report(measurement, says().build(), 0, 40, 0);
        report(measurement, says().build(), 40, 45, 37_000_000_000L);
        report(measurement, says().build(), 45, 100, 0);

        assertThat(measurement.alarms(at(100))).isEmpty();
        assertThat(measurement.quality(at(100)).windows().get(1).offset().greatest()).isGreaterThan(36_000_000_000L);
    }

    @Test
    void theSameReportAgainCountsOnce() {
        SessionMeasurement measurement = start(says(sample(-2, 1), sample(-1, 2)));

        measurement.take(says(sample(-2, 1), sample(-1, 2)).sent(at(3)).build(), at(3));

        assertThat(samples(measurement, 3, 60)).isEqualTo(2);
        assertThat(measurement.quality(at(3)).reported()).isEqualTo(at(3));
    }

    @Test
    void samplesOutOfOrderArePassedOver() {
        assertThat(samples(start(says(sample(-3, 1), sample(-3, 1), sample(-4, 1), sample(-2, 1))), 0, 60))
                .isEqualTo(2);
    }

    @Test
    void impossibleTimesAreRefusedAndNothingIsTaken() {
        SessionMeasurement measurement = start(says(sample(-1, 1)));

        refused(measurement, says(sample(0, 1), sample(3_600, 1)).build(), "samples[1].time");
        refused(measurement, says(sample(-90_000, 1)).build(), "samples[0].time");
        refused(measurement, says().sent(at(-11)).build(), "sent");
        refused(measurement, says().sent(at(11)).build(), "sent");
        refused(measurement, says(ClockSample.builder().time(Instant.MAX).offset(0).build()).build(),
                "samples[0].time");
        refused(measurement, says(ClockSample.builder().time(Instant.MIN).offset(0).build()).build(),
                "samples[0].time");

        assertThat(samples(measurement, 0, 86_400)).isEqualTo(1);
    }

    private static void refused(SessionMeasurement measurement, ClockReport report, String field) {
        assertThatThrownBy(() -> measurement.take(report, START)).isInstanceOfSatisfying(
                InvalidRequestException.class,
                refusal -> assertThat(refusal.errors()).anyMatch(error -> error.field().equals(field)));
    }

    @ParameterizedTest
    @EnumSource(value = PtpPortState.class, names = "SLAVE", mode = EnumSource.Mode.EXCLUDE)
    void aSteeredClockThatDoesNotFollowIsNotMeasured(PtpPortState state) {
        assertThat(samples(start(says(sample(-1, 1)).portState(state)), 0, 60)).isZero();
    }

    @Test
    void anotherMeaningOfTheOffsetsBeginsAnew() {
        SessionMeasurement measurement = start(says(sample(-2, 1)));

        measurement.take(timeError().addSamples(sample(0.5, 1)).build(), START);

        assertThat(samples(measurement, 1, 86_400)).isEqualTo(1);
    }

    @Test
    void aReporterThatStopsIsSilentUntilItSpeaksAgain() {
        SessionMeasurement measurement = start(says());

        assertThat(measurement.alarms(START.plus(SessionMeasurement.SILENCE))).isEmpty();
        assertThat(measurement.alarms(START.plus(SessionMeasurement.SILENCE).plusMillis(1)))
                .containsOnlyKeys(ClockAlarmType.SILENT);
        measurement.take(says().build(), at(40));
        assertThat(measurement.alarms(at(41))).isEmpty();
    }
}
