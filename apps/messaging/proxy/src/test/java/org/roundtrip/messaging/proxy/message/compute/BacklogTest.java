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
package org.roundtrip.messaging.proxy.message.compute;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {

    @Test
    void isWhatIsStoredAndNotTaken() {
        assertThat(Backlog.of(100, 200, 150, 10_000)).isEqualTo(new Backlog(50, 5_000));
        assertThat(Backlog.of(100, 200, 200, 10_000)).isEqualTo(Backlog.NONE);
    }

    @Test
    void isEverythingIfNothingWasEverTaken() {
        assertThat(Backlog.of(100, 200, -1, 10_000)).isEqualTo(new Backlog(100, 10_000));
        assertThat(Backlog.of(100, 200, 50, 10_000)).isEqualTo(new Backlog(100, 10_000));
    }

    @Test
    void isNoneOfAnEmptyTopicOrWhenOffsetsWereReadAtDifferentTimes() {
        assertThat(Backlog.of(200, 200, 200, 10_000)).isEqualTo(Backlog.NONE);
        assertThat(Backlog.of(0, 10, 20, 10_000)).isEqualTo(Backlog.NONE);
        assertThat(Backlog.of(30, 20, 5, 10_000)).isEqualTo(Backlog.NONE);
    }

    @Test
    void addsUp() {
        assertThat(new Backlog(1, 2).plus(new Backlog(3, 4))).isEqualTo(new Backlog(4, 6));
    }

    @Test
    void positionsNamedByAnApplicationAreExactOrThrough() {
        ProcessedPositions processed = new ProcessedPositions(
                List.of(new Position("q", 0, 7)),
                List.of(new Position("q", 1, 5), new Position("q", 1, 9)));
        assertThat(processed.contains(new Position("q", 0, 7))).isTrue();
        assertThat(processed.contains(new Position("q", 0, 6))).isFalse();
        assertThat(processed.contains(new Position("q", 1, 9))).isTrue();
        assertThat(processed.contains(new Position("q", 1, 10))).isFalse();
        assertThat(processed.contains(new Position("p", 1, 9))).isFalse();
        assertThat(ProcessedPositions.NONE.contains(new Position("q", 0, 0))).isFalse();
    }
}
