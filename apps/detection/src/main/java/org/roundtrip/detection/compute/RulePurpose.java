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

import org.onosproject.net.flow.FlowRule;

import java.util.Arrays;

/**
 * What a rule of detection is for. All are in the first table, before those of other applications, and each purpose has
 * a priority of its own, so that a rule in a switch tells what it is for.
 */
public enum RulePurpose {

    /** A probe, as its agent sends it. */
    PROBE(44_600, "send the probe to the member, as clients do"),
    /** An agent tells a member its MAC address. */
    NEIGHBOUR_ANSWER(44_500, "let the agent tell the member where to answer"),
    /** Anything else that an agent sends. */
    FOREIGN_PROBE(44_400, "drop what no check asks for"),
    /** The answer to a probe. */
    ANSWER(44_300, "send the answer to the agent, from where it expects it"),
    /** A member, or its firewall, refuses a probe. */
    REFUSAL(44_200, "send the refusal to the agent, from where it expects it"),
    /** A member asks for the MAC address of an agent. */
    NEIGHBOUR_QUESTION(44_100, "let the member ask where to answer"),
    /** Anything else with an address from which agents probe. */
    RESERVED(44_000, "drop: only probes and their answers have this address");

    /** The table of all rules. */
    public static final int TABLE = 0;

    private final int priority;
    private final String words;

    RulePurpose(int priority, String words) {
        this.priority = priority;
        this.words = words;
    }

    /**
     * Returns what a rule is for.
     *
     * @param rule a rule of detection
     * @return its purpose
     * @throws IllegalArgumentException if it is no rule of detection
     */
    public static RulePurpose of(FlowRule rule) {
        return Arrays.stream(values()).filter(purpose -> purpose.priority == rule.priority()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(rule.toString()));
    }

    /**
     * Returns which priority such rules have.
     *
     * @return the priority, 1 to 65535
     */
    public int priority() {
        return priority;
    }

    /**
     * Returns what such rules do.
     *
     * @return words that a user understands
     */
    public String words() {
        return words;
    }
}
