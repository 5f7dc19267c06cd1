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
package org.roundtrip.base.cli;

import org.junit.jupiter.api.Test;
import org.roundtrip.base.Status;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTextTest {

    private enum State {
        DOWN
    }

    private static final Status<State> DOWN =
            Status.of(State.DOWN, "the port is down: no carrier", Instant.parse("2026-01-15T12:00:00.25Z"));

    @Test
    void saysWhyAndWhatElseWentWrong() {
        assertThat(StatusText.reasons(DOWN)).containsExactly("the port is down: no carrier");
        assertThat(StatusText.reasons(DOWN.withError("the store is away")))
                .containsExactly("the port is down: no carrier", "last error: the store is away");
    }

    @Test
    void saysNothingTwice() {
        assertThat(StatusText.reasons(DOWN.withError("no carrier"))).containsExactly("the port is down: no carrier");
    }

    @Test
    void saysSinceWhenInSeconds() {
        assertThat(StatusText.since(DOWN)).hasToString("2026-01-15T12:00:00Z");
    }
}
