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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FlapDampingTest {

    private static final Duration START = Duration.ofHours(1);

    private static FlapDamping failing(FlapDamping damping, Duration... times) {
        FlapDamping next = damping;
        for (Duration time : times) {
            next = next.wentDown(time).cameUp(time.plusSeconds(1));
        }
        return next;
    }

    private static Duration at(long seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void whoHasNeverFailedIsNotHeld() {
        assertThat(FlapDamping.NONE.cameUp(START)).isSameAs(FlapDamping.NONE);
        assertThat(FlapDamping.NONE.isHeld(START)).isFalse();
    }

    @Test
    void whoFailsForTheThirdTimeInHalfAMinuteIsHeldForTenSeconds() {
        assertThat(failing(FlapDamping.NONE, at(0), at(15)).heldUntil()).isEmpty();
        FlapDamping held = failing(FlapDamping.NONE, at(0), at(15), at(30));
        assertThat(held.heldUntil()).contains(at(41));
        assertThat(held.isHeld(at(40))).isTrue();
        assertThat(held.isHeld(at(41))).isFalse();
    }

    @Test
    void whoFailsOnceAMinuteIsNeverHeld() {
        FlapDamping damping = FlapDamping.NONE;
        for (int minute = 0; minute < 1_000; minute++) {
            damping = failing(damping, at(60L * minute));
            assertThat(damping.heldUntil()).isEmpty();
        }
    }

    @Test
    void whoIsDownIsNotHeldAsWell() {
        assertThat(failing(FlapDamping.NONE, at(0), at(1), at(2)).wentDown(at(3)).heldUntil()).isEmpty();
    }

    @Test
    void holdsDoubleUpToFiveMinutes() {
        FlapDamping damping = failing(FlapDamping.NONE, at(0), at(1));
        Duration now = at(2);
        for (int seconds : new int[]{10, 20, 40, 80, 160, 300, 300}) {
            damping = damping.wentDown(now).cameUp(now);
            assertThat(damping.heldUntil()).contains(now.plusSeconds(seconds));
            now = now.plusSeconds(1);
        }
    }

    @Test
    void whoHasBeenWellForLongBeginsAnew() {
        FlapDamping damping = failing(FlapDamping.NONE, at(0), at(1), at(2), at(3), at(4));
        assertThat(damping.holds()).isGreaterThan(1);
        // From the ceiling to what is forgiven are four half-lives.
        assertThat(damping.wentDown(at(3_600)).holds()).isZero();
        assertThat(failing(damping, at(3_600), at(3_601), at(3_602)).heldUntil()).contains(at(3_613));
    }

    @Property
    void thePenaltyIsBoundedAndHoldsEnd(@ForAll @Size(max = 200) List<@IntRange(max = 300) Integer> pauses) {
        FlapDamping damping = FlapDamping.NONE;
        Duration now = START;
        for (int pause : pauses) {
            now = now.plusSeconds(pause);
            damping = damping.wentDown(now);
            assertThat(damping.penalty()).isBetween(1.0, FlapDamping.CEILING);
            damping = damping.cameUp(now);
            assertThat(damping.isHeld(now.plus(FlapDamping.LONGEST_HOLD))).isFalse();
            assertThat(damping.heldUntil().orElse(now.plus(FlapDamping.FIRST_HOLD)))
                    .isGreaterThanOrEqualTo(now.plus(FlapDamping.FIRST_HOLD));
        }
    }
}
