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

import org.roundtrip.detection.protocol.Verdict;

/**
 * Counts outcomes in a row until they make a verdict.
 *
 * <p>The first verdict is {@link Verdict#UNKNOWN}, and {@code rise} good or {@code fall} bad outcomes in a row change
 * it. Inconclusive ones count by themselves: {@code fall} of them in a row make the verdict unknown again, because
 * a verdict that nothing supports any more must not be believed, and one that nothing contradicts must not be turned.
 *
 * @param rise    good outcomes in a row that make a member up
 * @param fall    bad ones in a row that make it down, or inconclusive ones that make it unknown
 * @param verdict the verdict
 * @param reason  what made it so, or for a member that is not up what was last wrong
 * @param last    the kind of the last outcomes
 * @param row     how many of that kind there have been in a row
 */
public record VerdictCounter(int rise, int fall, Verdict verdict, String reason, Outcome.Kind last, int row) {

    /**
     * Returns a counter that has seen nothing.
     *
     * @param rise good outcomes in a row that make a member up, from 1
     * @param fall bad ones in a row that make it down, from 1
     * @return the counter
     */
    public static VerdictCounter begin(int rise, int fall) {
        return new VerdictCounter(rise, fall, Verdict.UNKNOWN, "too few results yet", Outcome.Kind.INCONCLUSIVE, 0);
    }

    /**
     * Returns the counter after one more outcome.
     *
     * @param outcome how a probe ended
     * @return the counter
     */
    public VerdictCounter after(Outcome outcome) {
        int inRow = outcome.kind() == last ? Math.min(row + 1, Math.max(rise, fall)) : 1;
        Verdict says = verdictOf(outcome.kind());
        boolean enough = inRow >= (outcome.kind() == Outcome.Kind.GOOD ? rise : fall);
        // What is up keeps the words that made it so: good answers may differ each time.
        boolean changes = enough && (says != verdict || verdict != Verdict.UP);
        return new VerdictCounter(rise, fall, changes ? says : verdict, changes ? outcome.reason() : reason,
                outcome.kind(), inRow);
    }

    /**
     * Returns whether another counter would be reported differently.
     *
     * @param other the counter
     * @return true if the verdict or its reason differs
     */
    public boolean saysOtherThan(VerdictCounter other) {
        return verdict != other.verdict || !reason.equals(other.reason);
    }

    /**
     * Returns whether the last outcome is other than the verdict, so that the next ones decide.
     *
     * @return true if so
     */
    public boolean isContradicted() {
        return verdictOf(last) != verdict;
    }

    private static Verdict verdictOf(Outcome.Kind kind) {
        return switch (kind) {
            case GOOD -> Verdict.UP;
            case BAD -> Verdict.DOWN;
            case INCONCLUSIVE -> Verdict.UNKNOWN;
        };
    }
}
