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

/**
 * Tells whether what was measured fits what is predicted, by the median: it differs from what is predicted if the
 * distance is more than what is tolerated <em>and</em> what the spread of the measurements explains.
 * <p>
 * What the spread explains is the distance from the median to the end of its distribution-free confidence interval: for
 * n independent measurements, the values of the ranks n/2 -/+ z * sqrt(n)/2, whatever their distribution (ISO
 * 16269-7:2001, in its approximation for large n). Measurements of a clock that follow each other closely are not
 * independent, because a queue or a servo stays as it is for a while. So n is the number of <em>seconds</em> in which
 * something was measured.
 * <p>
 * An alarm that was not there needs a distance beyond the interval of 99.9 % confidence; one that is there goes when
 * the distance is within that of 95 %. Between them it stays as it is, so that it does not flap.
 */
final class MedianTest {

    /** Fewer seconds than these say nothing. */
    static final long LEAST_SECONDS = 20;

    /** Two-sided quantiles of the normal distribution. */
    private static final double Z_OF_99_9_PERCENT = 3.29;
    private static final double Z_OF_95_PERCENT = 1.96;

    private final Distribution measured;
    private final long seconds;
    private final double predicted;

    /**
     * Creates a test.
     *
     * @param measured  what was measured
     * @param seconds   in how many seconds
     * @param predicted what the median should be
     */
    MedianTest(Distribution measured, long seconds, double predicted) {
        this.measured = measured;
        this.seconds = seconds;
        this.predicted = predicted;
    }

    /**
     * Returns whether enough was measured to tell.
     *
     * @return true if so
     */
    boolean tells() {
        return seconds >= LEAST_SECONDS && measured.count() >= LEAST_SECONDS;
    }

    /**
     * Returns whether the median certainly is not what it should be.
     *
     * @param tolerance what may be wrong beside the spread, 0 or more
     * @return true if an alarm should begin
     */
    boolean differs(double tolerance) {
        return distance() > tolerance + explained(Z_OF_99_9_PERCENT);
    }

    /**
     * Returns whether the median may well be what it should be.
     *
     * @param tolerance what may be wrong beside the spread, 0 or more
     * @return true if an alarm should end
     */
    boolean fits(double tolerance) {
        return distance() <= tolerance + explained(Z_OF_95_PERCENT);
    }

    /**
     * Returns the median.
     *
     * @return what was measured
     */
    double median() {
        return measured.quantile(0.5);
    }

    /**
     * Returns what the spread explains when an alarm begins.
     *
     * @return 0 or more
     */
    double explained() {
        return explained(Z_OF_99_9_PERCENT);
    }

    private double distance() {
        return Math.abs(median() - predicted);
    }

    private double explained(double z) {
        double share = z / (2 * Math.sqrt((double) seconds));
        return predicted > median() ? measured.quantile(0.5 + share) - median()
                : median() - measured.quantile(0.5 - share);
    }
}
