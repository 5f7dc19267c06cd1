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
package org.roundtrip.balancer.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How the share of a member grows that begins to serve: in a few steps of equal length, because each moves slots. It
 * grows beside the shares of others: if all are new, each has its share at once.
 */
final class SlowStart {

    /** From a tenth of the weight to all of it. */
    static final int LEVELS = 10;

    private static final int LEVEL = 100 / LEVELS;

    private final Duration step;

    /**
     * Creates a slow start.
     *
     * @param seconds how long it takes; 0 if there is none
     */
    SlowStart(int seconds) {
        step = Duration.ofMillis(seconds * 1_000L / (LEVELS - 1));
    }

    /**
     * Returns when a member begins. If others are on their way, their steps and its own come at the same moments:
     * otherwise their shares would go up and down in turn.
     *
     * @param others when others have begun that are not warm yet
     * @param now    the time
     * @return now, or the last moment at which a step of another one began
     */
    Instant begin(Collection<Instant> others, Instant now) {
        return others.stream().max(Comparator.naturalOrder()).filter(latest -> latest.isBefore(now))
                .map(latest -> latest.plus(step.multipliedBy(steps(latest, now)))).orElse(now);
    }

    /**
     * Returns when a member begins that is as new as everybody beside it: with the first of them, so that it has the
     * same share.
     *
     * @param others when the others have begun, none of whom is warm
     * @param now    the time
     * @return when the first of them has begun, or now if there is none
     */
    Instant beginTogether(Collection<Instant> others, Instant now) {
        return others.stream().min(Comparator.naturalOrder()).filter(first -> first.isBefore(now)).orElse(now);
    }

    /**
     * Returns how much of its weight a member has.
     *
     * @param begun when it began
     * @param now   the time
     * @return percent, a tenth of the weight to all of it
     */
    int warmth(Instant begun, Instant now) {
        return step.isZero() ? 100 : (int) Math.min(LEVELS, 1 + steps(begun, now)) * LEVEL;
    }

    /**
     * Returns when a member has more of its weight.
     *
     * @param begun when it began
     * @param now   the time
     * @return a later time, or empty if it has all
     */
    Optional<Instant> next(Instant begun, Instant now) {
        return warmth(begun, now) == 100 ? Optional.empty()
                : Optional.of(begun.plus(step.multipliedBy(1 + steps(begun, now))));
    }

    private long steps(Instant begun, Instant now) {
        return now.isBefore(begun) ? 0 : Duration.between(begun, now).toMillis() / step.toMillis();
    }
}
