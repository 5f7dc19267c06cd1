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
package org.roundtrip.base;

import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTest {

    private enum State { DOWN, UP }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void keepsItsAgeWhileTheStateStays() {
        Status<State> status = Status.of(State.DOWN, "no path", START)
                .next(State.DOWN, "no bandwidth", START.plusSeconds(5));
        assertThat(status.since()).isEqualTo(START);
        assertThat(status.reason()).isEqualTo("no bandwidth");
    }

    @Test
    void beginsAnewWhenTheStateChangesAndKeepsTheLastError() {
        Status<State> status = Status.of(State.DOWN, "no path", START).withError("switch gone")
                .next(State.UP, "installed", START.plusSeconds(5));
        assertThat(status.since()).isEqualTo(START.plusSeconds(5));
        assertThat(status.lastError()).contains("switch gone");
    }
}
