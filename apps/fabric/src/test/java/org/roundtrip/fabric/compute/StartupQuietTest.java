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
package org.roundtrip.fabric.compute;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StartupQuietTest {

    private final StartupQuiet startup = new StartupQuiet(0, Duration.ofNanos(10), Duration.ofNanos(100));

    @Test
    void isOverWhenNothingChangesForAWhile() {
        startup.changed(5);
        assertThat(startup.isOver(14)).isFalse();
        assertThat(startup.isOver(15)).isTrue();
    }

    @Test
    void isOverInTheEndWhateverHappens() {
        for (int now = 0; now < 100; now += 5) {
            startup.changed(now);
            assertThat(startup.isOver(now)).isFalse();
        }
        startup.changed(100);
        assertThat(startup.isOver(100)).isTrue();
    }

    @Test
    void staysOver() {
        assertThat(startup.isOver(10)).isTrue();
        startup.changed(11);
        assertThat(startup.isOver(12)).isTrue();
    }
}
