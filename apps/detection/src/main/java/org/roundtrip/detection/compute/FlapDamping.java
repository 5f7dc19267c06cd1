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

import org.immutables.value.Value;
import org.roundtrip.base.ValueType;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps down for a while who goes down again and again, as routers do with routes (RFC 2439): each failure adds to a
 * penalty, which halves with time. Who comes up with a penalty above the limit is held down, twice as long each time,
 * up to a limit; who has behaved for long enough begins anew. Immutable and thread-safe.
 */
@Value.Immutable
@ValueType
public abstract class FlapDamping {

    /** Of a member that has never failed. */
    public static final FlapDamping NONE = builder().build();

    /** The penalty halves in this time. */
    static final Duration HALF_LIFE = Duration.ofSeconds(60);
    /** Who comes up with a higher penalty is held: that is who fails for the third time in about half a minute. */
    static final double LIMIT = 2.5;
    /** Holds begin anew for whom the penalty has become lower than this. */
    static final double FORGIVEN = 0.5;
    /** The penalty never becomes higher, so that it is forgiven in bounded time. */
    static final double CEILING = 8;
    static final Duration FIRST_HOLD = Duration.ofSeconds(10);
    static final Duration LONGEST_HOLD = Duration.ofMinutes(5);

    /**
     * Returns the penalty at the last failure.
     *
     * @return 0 to {@link #CEILING}
     */
    @Value.Default
    double penalty() {
        return 0;
    }

    /**
     * Returns when the last failure was.
     *
     * @return a monotonic time
     */
    @Value.Default
    Duration failed() {
        return Duration.ZERO;
    }

    /**
     * Returns how often it has been held without having been forgiven.
     *
     * @return the number
     */
    @Value.Default
    int holds() {
        return 0;
    }

    /**
     * Returns until when it is held.
     *
     * @return a monotonic time, which may have passed, or empty if it is not held
     */
    public abstract Optional<Duration> heldUntil();

    /**
     * Returns what follows when the member fails.
     *
     * @param now a monotonic time
     * @return the next state, in which it is not held: it is down anyway
     */
    public FlapDamping wentDown(Duration now) {
        double left = penalty(now);
        return builder().penalty(Math.min(CEILING, left + 1)).failed(now).holds(left < FORGIVEN ? 0 : holds()).build();
    }

    /**
     * Returns what follows when the member answers again.
     *
     * @param now a monotonic time
     * @return the next state, in which it is held or not
     */
    public FlapDamping cameUp(Duration now) {
        if (penalty(now) <= LIMIT) {
            return this;
        }
        Duration hold = FIRST_HOLD.multipliedBy(1L << Math.min(holds(), 30));
        return builder().from(this).holds(holds() + 1)
                .heldUntil(now.plus(hold.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : hold)).build();
    }

    /**
     * Returns whether the member counts as down although it answers.
     *
     * @param now a monotonic time
     * @return whether it is held
     */
    public boolean isHeld(Duration now) {
        return heldUntil().filter(until -> until.compareTo(now) > 0).isPresent();
    }

    private double penalty(Duration now) {
        return penalty() * Math.pow(2, -(double) now.minus(failed()).toMillis() / HALF_LIFE.toMillis());
    }

    static Builder builder() {
        return new Builder();
    }

    /** Builds these values. */
    static final class Builder extends ImmutableFlapDamping.Builder {
    }
}
