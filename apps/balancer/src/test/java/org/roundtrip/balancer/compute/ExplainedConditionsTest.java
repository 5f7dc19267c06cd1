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

import org.junit.jupiter.api.Test;
import org.roundtrip.balancer.Explanation;
import org.roundtrip.balancer.MemberCondition;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.ServerExamples;
import org.roundtrip.base.Status;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainedConditionsTest {

    @Test
    void saysWhyNobodyServes() {
        Explanation dropped = ServerExamples.dropped();

        assertThat(ExplainedConditions.add(dropped, members(2)).reason()).isEqualTo(dropped.reason()
                + " 192.0.2.1:8080: it is down: refused. 192.0.2.2:8080: it is down: refused.");
        assertThat(ExplainedConditions.add(dropped, members(5)).reason()).endsWith(
                " 192.0.2.3:8080: it is down: refused. And 2 others.");
        assertThat(ExplainedConditions.add(dropped, List.of())).isEqualTo(dropped);
    }

    @Test
    void saysOnlyWhatConcernsTheConnection() {
        Explanation pinned = ServerExamples.explanation();

        assertThat(ExplainedConditions.add(pinned, members(5)).reason()).isEqualTo(pinned.reason()
                + " 192.0.2.1:8080: it is down: refused. 192.0.2.2:8080: it is down: refused.");
        assertThat(ExplainedConditions.add(pinned, ServerExamples.web().memberStatus())).isEqualTo(pinned);
    }

    private static List<MemberStatus> members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> MemberStatus.builder()
                .member(MemberId.valueOf("192.0.2." + n + ":8080"))
                .status(Status.of(MemberCondition.DOWN, "it is down: refused", Instant.EPOCH)).build())
                .collect(Collectors.toList());
    }
}
