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
package org.roundtrip.tepath.compute;

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How soon a link that fails again and again is set aside, and for how long: route flap damping (RFC 2439, section 4.2)
 * applied to links. Each failure adds {@link #PENALTY} to a figure of merit, which halves in each {@link #halfLife}.
 * The link is unsteady from the failure that takes the figure to {@link #suppressThreshold} until it has decayed to
 * {@link #reuseThreshold}.
 * <p>
 * All functions take constant time.
 */
@Value.Immutable
@ValueType
public abstract class FlapDamping {

    /** What a failure adds to the figure of merit. */
    public static final int PENALTY = 1000;

    /** Three failures within some seconds make a link unsteady, for half a minute at least and a minute at most. */
    public static final FlapDamping STANDARD = builder().build();

    /**
     * Returns the time in which the figure of merit halves.
     *
     * @return 0 or more; with 0, which forgets at once, no link becomes unsteady
     */
    @Value.Default
    public Duration halfLife() {
        return Duration.ofSeconds(15);
    }

    /**
     * Returns the figure of merit from which on a link is unsteady.
     *
     * @return more than {@link #reuseThreshold}
     */
    @Value.Default
    public int suppressThreshold() {
        return 2500;
    }

    /**
     * Returns the figure of merit at which an unsteady link is steady again.
     *
     * @return 1 or more
     */
    @Value.Default
    public int reuseThreshold() {
        return 750;
    }

    /**
     * Returns how long a link stays unsteady at most after its last failure, however often it has failed.
     *
     * @return a time in which the figure of merit decays from {@link #suppressThreshold} to {@link #reuseThreshold} at
     *         least, since no link could become unsteady otherwise
     */
    @Value.Default
    public Duration longestSuppression() {
        return Duration.ofSeconds(60);
    }

    /**
     * Refuses thresholds that contradict each other.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    @Value.Check
    protected void check() {
        if (halfLife().isNegative()) {
            throw new IllegalArgumentException("the half-life must be 0 or more, not " + halfLife());
        }
        if (reuseThreshold() < 1 || suppressThreshold() <= reuseThreshold()) {
            throw new IllegalArgumentException("the reuse threshold must be 1 or more and less than the suppress"
                    + " threshold, not " + reuseThreshold() + " and " + suppressThreshold());
        }
        if (ceiling() < suppressThreshold()) {
            throw new IllegalArgumentException("the longest suppression must be "
                    + decay(suppressThreshold()).toSeconds() + " s or more for these thresholds, not "
                    + longestSuppression().toSeconds() + " s");
        }
    }

    /**
     * Returns what a link has become by a failure.
     *
     * @param before what it was, or empty if it has not failed lately
     * @param at     when it failed, not before its last failure
     * @return what it is from then on
     */
    public Instability failed(Optional<Instability> before, Instant at) {
        double figure = Math.min(ceiling(), PENALTY + before.map(earlier -> figureOfMerit(earlier, at)).orElse(0.0));
        return Instability.of(figure, at, figure >= suppressThreshold()
                || before.filter(earlier -> isUnsteady(earlier, at)).isPresent());
    }

    /**
     * Returns whether a link is unsteady.
     *
     * @param instability what its last failure made of it
     * @param at          when, not before its last failure
     * @return true if it is
     */
    public boolean isUnsteady(Instability instability, Instant at) {
        return unsteadyUntil(instability).filter(at::isBefore).isPresent();
    }

    /**
     * Returns until when a link is unsteady if it does not fail again.
     *
     * @param instability what its last failure made of it
     * @return a time, or empty if its failures were not enough for that
     */
    public Optional<Instant> unsteadyUntil(Instability instability) {
        return instability.isSuppressed()
                ? Optional.of(instability.since().plus(decay(instability.figureOfMerit()))) : Optional.empty();
    }

    /**
     * Returns how much of its failures a link still carries.
     *
     * @param instability what its last failure made of it
     * @param at          when, not before its last failure
     * @return the figure of merit, 0 or more
     */
    public double figureOfMerit(Instability instability, Instant at) {
        double age = Math.max(0, Duration.between(instability.since(), at).toNanos());
        return halfLife().isZero() ? 0 : instability.figureOfMerit() * Math.pow(2, -age / halfLife().toNanos());
    }

    /**
     * Returns whether the failures of a link are long enough ago to be forgotten: half of the reuse threshold, as
     * RFC 2439, section 4.2 has it.
     *
     * @param instability what its last failure made of it
     * @param at          when
     * @return true if nothing need be known of them any more
     */
    public boolean isForgotten(Instability instability, Instant at) {
        return !isUnsteady(instability, at) && figureOfMerit(instability, at) < reuseThreshold() / 2.0;
    }

    private double ceiling() {
        return halfLife().isZero() ? Double.MAX_VALUE : Math.min(Double.MAX_VALUE, reuseThreshold()
                * Math.pow(2, (double) longestSuppression().toNanos() / halfLife().toNanos()));
    }

    private Duration decay(double figure) {
        double halvings = Math.log(Math.min(figure, ceiling()) / reuseThreshold()) / Math.log(2);
        return Duration.ofMillis((long) Math.ceil(halfLife().toMillis() * Math.max(0, halvings)));
    }

    /**
     * Returns a builder.
     *
     * @return a builder of {@link #STANDARD}
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds parameters of damping. */
    public static final class Builder extends ImmutableFlapDamping.Builder {
    }
}
