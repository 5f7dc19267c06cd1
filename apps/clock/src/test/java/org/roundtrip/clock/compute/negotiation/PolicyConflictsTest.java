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
package org.roundtrip.clock.compute.negotiation;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.ConflictException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roundtrip.clock.Policies.policy;

class PolicyConflictsTest {

    @Test
    void refusesAServerOfAnotherPolicyAndSaysWhich() {
        assertThatThrownBy(() -> PolicyConflicts.requireOwnServers(policy("b", "10.0.0.1", "10.0.0.2"), List.of(
                policy("a", "10.0.0.2", "10.0.0.3"))))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("servers: policy 'a'").hasMessageContaining("10.0.0.2")
                .hasMessageNotContainingAny("10.0.0.1", "10.0.0.3");
    }

    @Test
    void takesThePlaceOfItsOwnName() {
        PolicyConflicts.requireOwnServers(policy("a", "10.0.0.1", "10.0.0.2"), List.of(
                policy("a", "10.0.0.1"), policy("b", "10.0.0.3")));
    }
}
