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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class FlapDampingTest {

    private static final Instant START = Instant.parse("2026-01-15T08:30:00Z");
    private static final FlapDamping DAMPING = FlapDamping.STANDARD;

    @Test
    void forgivesSingleFailures() {
        Optional<Instability> link = Optional.empty();
        for (int i = 0; i < 10; i++) {
            Instant at = START.plus(DAMPING.halfLife().multipliedBy(2L * i));
            link = Optional.of(DAMPING.failed(link, at));
            assertThat(DAMPING.isUnsteady(link.orElseThrow(), at)).isFalse();
        }
    }

    @Test
    void halvesInEachHalfLife() {
        Instability once = DAMPING.failed(Optional.empty(), START);
        assertThat(once.figureOfMerit()).isEqualTo(FlapDamping.PENALTY);
        assertThat(DAMPING.figureOfMerit(once, START.plus(DAMPING.halfLife()))).isCloseTo(500, within(1e-6));
        assertThat(DAMPING.figureOfMerit(once, START.plus(DAMPING.halfLife().multipliedBy(2))))
                .isCloseTo(250, within(1e-6));
    }

    @Test
    void setsAsideALinkThatFailsThriceAndTakesItBackWhenItHasBeenQuiet() {
        Instability thrice = failures(3);
        assertThat(DAMPING.isUnsteady(thrice, START)).isTrue();
        Instant until = DAMPING.unsteadyUntil(thrice).orElseThrow();
        // 3000 to 750 are two half-lives.
        assertThat(until).isEqualTo(START.plus(DAMPING.halfLife().multipliedBy(2)));
        assertThat(DAMPING.isUnsteady(thrice, until.minusMillis(1))).isTrue();
        assertThat(DAMPING.isUnsteady(thrice, until)).isFalse();
    }

    @Test
    void setsNoLinkAsideForLongerThanTheLongest() {
        assertThat(DAMPING.unsteadyUntil(failures(1000))).contains(START.plus(DAMPING.longestSuppression()));
    }

    @Test
    void remembersUntilHalfOfTheReuseThreshold() {
        Instability thrice = failures(3);
        Instant until = DAMPING.unsteadyUntil(thrice).orElseThrow();
        assertThat(DAMPING.isForgotten(thrice, until)).isFalse();
        assertThat(DAMPING.isForgotten(thrice, until.plus(DAMPING.halfLife()).plusMillis(1))).isTrue();
    }

    @Test
    void canBeSwitchedOff() {
        FlapDamping off = FlapDamping.builder().halfLife(Duration.ZERO).build();
        Optional<Instability> link = Optional.empty();
        for (int i = 0; i < 100; i++) {
            link = Optional.of(off.failed(link, START));
        }
        assertThat(off.unsteadyUntil(link.orElseThrow())).isEmpty();
        assertThat(off.isForgotten(link.orElseThrow(), START)).isTrue();
    }

    @Test
    void canBeSwitchedOffWhenLinksAreUnsteady() {
        FlapDamping off = FlapDamping.builder().halfLife(Duration.ZERO).build();
        assertThat(off.isUnsteady(failures(3), START)).isFalse();
        assertThat(off.isForgotten(failures(3), START)).isTrue();
    }

    @Property
    void isUnsteadyUntilTheFigureHasDecayed(@ForAll @Size(min = 1, max = 30) List<@IntRange(max = 40_000) Integer> gaps,
                                            @ForAll @IntRange(max = 100_000) int later) {
        Optional<Instability> link = Optional.empty();
        Instant at = START;
        boolean unsteady = false;
        for (int gap : gaps) {
            at = at.plusMillis(gap);
            unsteady = link.filter(isUnsteadyAt(at)).isPresent();
            link = Optional.of(DAMPING.failed(link, at));
            double figure = link.orElseThrow().figureOfMerit();
            assertThat(DAMPING.isUnsteady(link.orElseThrow(), at))
                    .isEqualTo(unsteady || figure >= DAMPING.suppressThreshold());
        }
        Instant then = at.plusMillis(later);
        Instability last = link.orElseThrow();
        if (DAMPING.isUnsteady(last, then)) {
            assertThat(DAMPING.figureOfMerit(last, then)).isGreaterThan(DAMPING.reuseThreshold() * 0.999);
            assertThat(Duration.between(at, then)).isLessThanOrEqualTo(DAMPING.longestSuppression());
        } else if (DAMPING.unsteadyUntil(last).isPresent()) {
            assertThat(DAMPING.figureOfMerit(last, then)).isLessThanOrEqualTo(DAMPING.reuseThreshold());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 2500, 750, 60", "15, 750, 750, 60", "15, 2500, 0, 60", "15, 2500, 750, 26"})
    void refusesThresholdsThatContradictEachOther(int halfLife, int suppress, int reuse, int longest) {
        FlapDamping.Builder builder = FlapDamping.builder().halfLife(Duration.ofSeconds(halfLife))
                .suppressThreshold(suppress).reuseThreshold(reuse).longestSuppression(Duration.ofSeconds(longest));
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must be");
    }

    private static Predicate<Instability> isUnsteadyAt(Instant at) {
        return instability -> DAMPING.isUnsteady(instability, at);
    }

    private static Instability failures(int count) {
        Optional<Instability> link = Optional.empty();
        for (int i = 0; i < count; i++) {
            link = Optional.of(DAMPING.failed(link, START));
        }
        return link.orElseThrow();
    }
}
