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
package org.roundtrip.detection.impl;

import org.roundtrip.detection.compute.MemberKey;
import org.roundtrip.detection.compute.ProbeNeed;
import org.roundtrip.detection.compute.ProbePath;
import org.roundtrip.detection.protocol.Check;

import java.util.Set;

/**
 * A member that an agent is to probe. Immutable.
 */
final class PlannedCheck {

    private final MemberKey member;
    private final ProbeNeed need;
    private final int target;
    private final ProbePath path;
    private final Check check;
    private final Set<String> rules;

    /**
     * Creates one.
     *
     * @param member the member
     * @param need   what it takes
     * @param target the number of the target
     * @param path   the way of the probes
     * @param rules  the keys of the rules of this way
     */
    PlannedCheck(MemberKey member, ProbeNeed need, int target, ProbePath path, Set<String> rules) {
        this.member = member;
        this.need = need;
        this.target = target;
        this.path = path;
        this.check = need.check(member, path.target());
        this.rules = Set.copyOf(rules);
    }

    MemberKey member() {
        return member;
    }

    /** Returns whether it is what is needed now, by the same target. */
    boolean serves(ProbeNeed now, int number) {
        return target == number && need.equals(now);
    }

    ProbeNeed need() {
        return need;
    }

    ProbePath path() {
        return path;
    }

    Check check() {
        return check;
    }

    Set<String> rules() {
        return rules;
    }
}
