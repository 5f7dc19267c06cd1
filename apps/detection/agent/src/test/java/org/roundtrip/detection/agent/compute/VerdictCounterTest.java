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
package org.roundtrip.detection.agent.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.roundtrip.detection.protocol.Verdict;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictCounterTest {

    private static final Outcome GOOD = Outcome.good("HTTP 200");
    private static final Outcome REFUSED = Outcome.bad("connection refused");
    private static final Outcome TIMEOUT = Outcome.bad("timeout after 300 ms");
    private static final Outcome NO_ROUTE = Outcome.inconclusive("no route");

    private static VerdictCounter after(Outcome... outcomes) {
        VerdictCounter counter = VerdictCounter.begin(2, 3);
        for (Outcome outcome : outcomes) {
            counter = counter.after(outcome);
        }
        return counter;
    }

    @Test
    void knowsNothingBeforeThereAreEnoughOutcomes() {
        assertThat(after().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(after(GOOD).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(after(REFUSED, REFUSED).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(after(REFUSED, REFUSED).reason()).isEqualTo("too few results yet");
    }

    @Test
    void isUpAfterEnoughGoodOutcomesInARow() {
        assertThat(after(GOOD, REFUSED, GOOD).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(after(GOOD, REFUSED, GOOD, GOOD).verdict()).isEqualTo(Verdict.UP);
        assertThat(after(GOOD, GOOD).reason()).isEqualTo("HTTP 200");
    }

    @Test
    void isContradictedUntilOutcomesAndVerdictAgree() {
        assertThat(after().isContradicted()).isFalse();
        assertThat(after(GOOD).isContradicted()).isTrue();
        assertThat(after(GOOD, GOOD).isContradicted()).isFalse();
        assertThat(after(GOOD, GOOD, REFUSED).isContradicted()).isTrue();
        assertThat(after(GOOD, GOOD, REFUSED, GOOD).isContradicted()).isFalse();
        assertThat(after(GOOD, GOOD, REFUSED, REFUSED, TIMEOUT).isContradicted()).isFalse();
        assertThat(after(GOOD, GOOD, NO_ROUTE).isContradicted()).isTrue();
    }

    @Test
    void isDownAfterEnoughBadOutcomesInARowWhateverTheirReasons() {
        assertThat(after(GOOD, GOOD, REFUSED, REFUSED, GOOD, REFUSED).verdict()).isEqualTo(Verdict.UP);
        VerdictCounter down = after(GOOD, GOOD, REFUSED, TIMEOUT, REFUSED);
        assertThat(down.verdict()).isEqualTo(Verdict.DOWN);
        assertThat(down.reason()).isEqualTo("connection refused");
    }

    @Test
    void saysOfAMemberThatIsDownWhatIsWrongNow() {
        VerdictCounter refused = after(REFUSED, REFUSED, REFUSED);
        VerdictCounter silent = refused.after(TIMEOUT);

        assertThat(silent.saysOtherThan(refused)).isTrue();
        assertThat(silent.reason()).isEqualTo("timeout after 300 ms");
        assertThat(silent.after(TIMEOUT).saysOtherThan(silent)).isFalse();
        assertThat(silent.after(GOOD).saysOtherThan(silent)).isFalse();
    }

    @Test
    void reportsGoodAnswersThatDifferOnlyOnce() {
        VerdictCounter up = after(GOOD, GOOD);

        assertThat(up.after(Outcome.good("HTTP 204")).saysOtherThan(up)).isFalse();
    }

    @Test
    void blamesNobodyForWhatTheAgentLacks() {
        assertThat(after(GOOD, GOOD, NO_ROUTE, NO_ROUTE).verdict()).isEqualTo(Verdict.UP);
        VerdictCounter unknown = after(GOOD, GOOD, NO_ROUTE, NO_ROUTE, NO_ROUTE);
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.reason()).isEqualTo("no route");
        assertThat(unknown.after(GOOD).after(GOOD).verdict()).isEqualTo(Verdict.UP);
    }

    @Property
    void countsOnlyTheLastRow(@ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> outcomes,
            @ForAll @IntRange(min = 1, max = 5) int rise, @ForAll @IntRange(min = 1, max = 5) int fall) {
        VerdictCounter counter = VerdictCounter.begin(rise, fall);
        Verdict expected = Verdict.UNKNOWN;
        for (int i = 0; i < outcomes.size(); i++) {
            int kind = outcomes.get(i);
            counter = counter.after(List.of(GOOD, REFUSED, NO_ROUTE).get(kind));
            int enough = kind == 0 ? rise : fall;
            if (i + 1 >= enough && outcomes.subList(i + 1 - enough, i + 1).stream().allMatch(each -> each == kind)) {
                expected = List.of(Verdict.UP, Verdict.DOWN, Verdict.UNKNOWN).get(kind);
            }
            assertThat(counter.verdict()).isEqualTo(expected);
        }
    }
}
