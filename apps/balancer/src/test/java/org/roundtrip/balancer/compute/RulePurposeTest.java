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

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class RulePurposeTest {

    @Test
    void eachHasATableAndAPriorityOfItsOwn() {
        assertThat(Arrays.stream(RulePurpose.values())
                           .map(purpose -> purpose.table() + " " + purpose.priority())).doesNotHaveDuplicates();
    }

    @Test
    void repliesAreToldFromOtherSourcesAndThoseFromRequests() {
        assertThat(RulePurpose.REPLY.priority()).isGreaterThan(RulePurpose.SOURCE.priority());
        assertThat(RulePurpose.SOURCE.priority()).isGreaterThan(RulePurpose.REQUEST.priority());
        assertThat(RulePurpose.REQUEST.priority()).isGreaterThan(RulePurpose.NOT_SERVED.priority());
        assertThat(RulePurpose.NOT_SERVED.priority()).isGreaterThan(RulePurpose.ANYCAST.priority());
    }
}
