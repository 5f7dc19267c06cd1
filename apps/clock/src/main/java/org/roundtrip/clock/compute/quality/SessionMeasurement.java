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

import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.Validation;
import org.roundtrip.clock.ClockAlarmType;
import org.roundtrip.clock.ClockReport;
import org.roundtrip.clock.ClockSample;
import org.roundtrip.clock.MeasuredQuality;
import org.roundtrip.clock.OffsetReference;
import org.roundtrip.clock.PtpPortState;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the client of one session has measured, and whether it fits what its way predicts.
 * <p>
 * Its memory is bounded, however much is reported: three windows of thirteen parts with two distributions each, less
 * than 50 KiB, and so less than 50 MiB for 1,000 sessions.
 * <p>
 * Not thread-safe.
 */
public final class SessionMeasurement {

    /** How far the clock of a client's node may be off, seen from the controller. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    /** A reporter that has said nothing for so long is silent. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration OLDEST = Duration.ofDays(1);

    private final SampleWindow minute = new SampleWindow(Duration.ofMinutes(1));
    private final SampleWindow hour = new SampleWindow(Duration.ofHours(1));
    private final SampleWindow day = new SampleWindow(Duration.ofDays(1));
    private final List<SampleWindow> windows = List.of(minute, hour, day);

    /** The alarms of each quantity, with their reasons as they were when they began. */
    private final Map<Quantity, String> misfits = new EnumMap<>(Quantity.class);

    private Prediction prediction = Prediction.NONE;
    private Instant sameSince = Instant.MIN;
    /** The last report without its samples, of which only the first and the last are kept. */
    private ClockReport last;
    private List<ClockSample> lastSamples = List.of();
    private Instant reported;

    /** What is predicted and measured. */
    private enum Quantity {
        OFFSET("offset"),
        PATH_DELAY("mean path delay");

        private final String words;

        Quantity(String words) {
            this.words = words;
        }
    }

    /**
     * Creates a measurement with its first report.
     *
     * @param prediction what the way of the session predicts
     * @param report     what the client says
     * @param now        the time
     * @throws InvalidRequestException as {@link #take} does
     */
    public SessionMeasurement(Prediction prediction, ClockReport report, Instant now) {
        this.prediction = prediction;
        take(report, now);
    }

    /**
     * Takes a report. The same report again, because its answer was lost, and samples that are not later than those
     * before them in the report are passed over; so are those of a steered clock that does not follow its server yet.
     *
     * @param report what the client says
     * @param now    the time
     * @throws InvalidRequestException if its clock is far from that of the controller, or its samples are of the future
     *                                 or older than all figures; nothing is taken then
     */
    public void take(ClockReport report, Instant now) {
        refuseImpossibleTimes(report, now);
        List<ClockSample> ends = ends(report.samples());
        boolean again = !ends.isEmpty() && ends.equals(lastSamples);
        if (last != null && meansOtherwise(report)) {
            windows.forEach(SampleWindow::clear);
            startAnew(now);
        }
        last = ClockReport.builder().from(report).samples(List.of()).build();
        lastSamples = ends.isEmpty() ? lastSamples : ends;
        reported = now;
        if (again || !follows(report)) {
            return;
        }
        List<ClockSample> samples = increasing(report.samples());
        hour.add(samples, now);
        day.add(samples, now);
        minute.add(samples.stream().filter(sample -> !sample.time().isBefore(sameSince))
                           .collect(Collectors.toList()), now);
    }

    /**
     * Takes note of what the way predicts. If it is another way than before, the figures of the last minute and the
     * judgement begin anew.
     *
     * @param next the prediction
     * @param now  the time
     */
    public void predict(Prediction next, Instant now) {
        if (!next.way().equals(prediction.way())) {
            startAnew(now);
        }
        prediction = next;
    }

    /**
     * Judges what was measured. Call it every few seconds.
     *
     * @param now the time
     */
    public void judge(Instant now) {
        judge(Quantity.OFFSET, prediction.offset(last), minute.offsets(now), now);
        judge(Quantity.PATH_DELAY, prediction.pathDelay(), minute.pathDelays(now), now);
    }

    /**
     * Returns what is wrong.
     *
     * @param now the time
     * @return {@link ClockAlarmType#MEASUREMENT} since the last judgement that said so, and
     *         {@link ClockAlarmType#SILENT}, with their reasons
     */
    public Map<ClockAlarmType, String> alarms(Instant now) {
        Map<ClockAlarmType, String> alarms = new EnumMap<>(ClockAlarmType.class);
        if (!misfits.isEmpty()) {
            alarms.put(ClockAlarmType.MEASUREMENT, String.join("; ", misfits.values()));
        }
        if (now.isAfter(reported.plus(SILENCE))) {
            alarms.put(ClockAlarmType.SILENT, "the last report of the client came at "
                    + reported.truncatedTo(ChronoUnit.SECONDS) + ": see whether its reporter runs and reaches the"
                    + " controller");
        }
        return alarms;
    }

    /**
     * Returns the figures.
     *
     * @param now the time
     * @return the figures
     */
    public MeasuredQuality quality(Instant now) {
        return MeasuredQuality.builder()
                .reported(reported.truncatedTo(ChronoUnit.MILLIS))
                .portState(last.portState())
                .reference(last.reference())
                .expectedOffset(prediction.offset(last))
                .expectedPathDelay(prediction.pathDelay())
                .windows(windows.stream().map(window -> window.figures(now)).flatMap(Optional::stream)
                                 .collect(Collectors.toList()))
                .build();
    }

    private void judge(Quantity quantity, Optional<Long> predicted, Distribution measured, Instant now) {
        if (predicted.isEmpty()) {
            misfits.remove(quantity);
            return;
        }
        MedianTest test = new MedianTest(measured, minute.seconds(now), predicted.get().doubleValue());
        if (!test.tells()) {
            return;
        }
        double tolerance = (double) prediction.errorTolerance();
        if (test.fits(tolerance)) {
            misfits.remove(quantity);
        } else if (test.differs(tolerance)) {
            misfits.computeIfAbsent(quantity, misfit -> reason(misfit, predicted.get(), test));
        }
    }

    private String reason(Quantity quantity, long predicted, MedianTest test) {
        return String.format(Locale.ROOT, "the median %s of the last minute was %,d ns where %,d ns are predicted;"
                + " %,d ns are tolerated and the spread explains %,d ns: %s", quantity.words,
                             Math.round(test.median()), predicted, prediction.errorTolerance(),
                             Math.round(test.explained()), advice(quantity));
    }

    private String advice(Quantity quantity) {
        return quantity == Quantity.OFFSET && last.reference() == OffsetReference.SERVER
                ? "the clock does not follow its server"
                : "see whether the delays that are configured for the links are true, and whether anything else delays"
                + " PTP on the way";
    }

    private void startAnew(Instant now) {
        minute.clear();
        misfits.clear();
        sameSince = now;
    }

    private boolean meansOtherwise(ClockReport report) {
        return report.reference() != last.reference() || report.delayAsymmetry() != last.delayAsymmetry();
    }

    /** A clock that runs free never gets to the state SLAVE. */
    private static boolean follows(ClockReport report) {
        return report.portState() == PtpPortState.SLAVE
                || (report.reference() == OffsetReference.TIME_ERROR
                && report.portState() == PtpPortState.UNCALIBRATED);
    }

    private static List<ClockSample> ends(List<ClockSample> samples) {
        return samples.isEmpty() ? List.of() : List.of(samples.get(0), samples.get(samples.size() - 1));
    }

    private static List<ClockSample> increasing(List<ClockSample> samples) {
        List<ClockSample> increasing = new ArrayList<>(samples.size());
        Instant latest = Instant.MIN;
        for (ClockSample sample : samples) {
            if (sample.time().isAfter(latest)) {
                increasing.add(sample);
                latest = sample.time();
            }
        }
        return increasing;
    }

    private static void refuseImpossibleTimes(ClockReport report, Instant now) {
        Instant future = now.plus(CLOCK_TOLERANCE);
        Instant past = now.minus(OLDEST);
        Validation validation = new Validation();
        report.sent().ifPresent(sent -> validation.require(
                !sent.isAfter(future) && !sent.isBefore(now.minus(CLOCK_TOLERANCE)), "sent", "is " + sent
                        + ", but it is " + now + " here: set the clock of the client's node, or the controller's"));
        first(report.samples(), sample -> sample.time().isAfter(future)).ifPresent(index -> validation.require(
                false, "samples[" + index + "].time", "is in the future: set the clock of the client's node"));
        first(report.samples(), sample -> sample.time().isBefore(past)).ifPresent(index -> validation.require(
                false, "samples[" + index + "].time", "is more than a day ago: leave such samples out"));
        validation.throwIfInvalid();
    }

    private static Optional<Integer> first(List<ClockSample> samples, Predicate<ClockSample> isWrong) {
        for (int index = 0; index < samples.size(); index++) {
            if (isWrong.test(samples.get(index))) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }
}
