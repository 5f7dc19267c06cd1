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

/**
 * How one probe ended.
 *
 * @param kind   what it says about the member
 * @param reason why, in words that an operator understands; in one line, and cut off where it is too long
 */
public record Outcome(Kind kind, String reason) {

    private static final int LONGEST_REASON = 200;

    /** Keeps the reason readable, whatever a member has sent. */
    public Outcome {
        reason = reason.replaceAll("\\p{Cntrl}+", " ");
        if (reason.length() > LONGEST_REASON) {
            reason = reason.substring(0, LONGEST_REASON - 3) + "...";
        }
    }

    /** What a probe says about the member. */
    public enum Kind {
        /** It answers as it should. */
        GOOD,
        /** It does not. */
        BAD,
        /** Nothing: the agent itself could not probe. */
        INCONCLUSIVE
    }

    /**
     * Returns that the member answers as it should.
     *
     * @param reason what it has answered
     * @return the outcome
     */
    public static Outcome good(String reason) {
        return new Outcome(Kind.GOOD, reason);
    }

    /**
     * Returns that the member does not answer as it should.
     *
     * @param reason what it has answered instead, or that it has not
     * @return the outcome
     */
    public static Outcome bad(String reason) {
        return new Outcome(Kind.BAD, reason);
    }

    /**
     * Returns that the agent could not probe, which says nothing about the member.
     *
     * @param reason what the agent lacks
     * @return the outcome
     */
    public static Outcome inconclusive(String reason) {
        return new Outcome(Kind.INCONCLUSIVE, reason);
    }
}
