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
package org.roundtrip.openflow.session;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PendingOperationsTest {

    private final PendingOperations<String> pending = new PendingOperations<>();

    @Test
    void whatWasNotRefusedBeforeTheBarrierIsDone() {
        pending.sent(Map.of(1L, "one", 2L, "two"), 3);
        pending.sent(Map.of(4L, "four"), 5);

        assertThat(pending.refused(2)).contains("two");
        assertThat(pending.answered(3)).hasValueSatisfying(done -> assertThat(done).containsExactly("one"));
        assertThat(pending.answered(5)).hasValueSatisfying(done -> assertThat(done).containsExactly("four"));
    }

    @Test
    void answersToOthersAndLateOnesAreNothing() {
        pending.sent(Map.of(1L, "one"), 3);

        assertThat(pending.refused(9)).isEmpty();
        assertThat(pending.answered(9)).isEmpty();
        assertThat(pending.answered(3)).isPresent();
        assertThat(pending.answered(3)).isEmpty();
        assertThat(pending.refused(1)).isEmpty();
    }
}
