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
package org.roundtrip.openflow.flow;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingPaceTest {

    private final ReadingPace pace = new ReadingPace(Duration.ofSeconds(5));

    @Test
    void shortTablesAreReadEachPeriod() {
        assertThat(pace.isDue()).isTrue();
        pace.read(Duration.ofMillis(99));
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void readingLongTablesTakesAFiftiethOfTheTime() {
        pace.read(Duration.ofMillis(300));

        assertThat(Stream.generate(pace::isDue).limit(5)).containsExactly(false, false, false, true, true);
    }

    @Test
    void theLastReadingCounts() {
        pace.read(Duration.ofSeconds(10));
        pace.read(Duration.ofMillis(1));

        assertThat(pace.isDue()).isTrue();
    }
}
