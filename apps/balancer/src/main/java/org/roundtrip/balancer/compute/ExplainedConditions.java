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

import org.roundtrip.balancer.DropReason;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberStatus;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says how the members fare that a connection depends on, because that is why it goes where it goes.
 */
public final class ExplainedConditions {

    /** More would hide what else is said. */
    private static final int MOST = 3;

    private ExplainedConditions() {
    }

    /**
     * Adds the conditions of members that do not simply serve: of the one that gets the packets and of the one that
     * has the slot, or of all if no member serves.
     *
     * @param explanation where the connection goes
     * @param members     how the members of its virtual server fare
     * @return the explanation, with what detection says of these members
     */
    public static Explanation add(Explanation explanation, List<MemberStatus> members) {
        boolean isNobodyServing = explanation.drop().filter(DropReason.NO_MEMBER::equals).isPresent();
        List<MemberStatus> concerned = members.stream()
                .filter(member -> member.status().state() != MemberCondition.SERVING)
                .filter(member -> isNobodyServing || Stream.of(explanation.member(), explanation.slotMember())
                        .anyMatch(id -> id.filter(member.member()::equals).isPresent()))
                .collect(Collectors.toList());
        String words = concerned.stream().limit(MOST)
                .map(member -> " " + member.member() + ": " + member.status().reason() + ".")
                .collect(Collectors.joining());
        String rest = concerned.size() > MOST ? " And " + (concerned.size() - MOST) + " others." : "";
        return Explanation.builder().from(explanation).reason(explanation.reason() + words + rest).build();
    }
}
