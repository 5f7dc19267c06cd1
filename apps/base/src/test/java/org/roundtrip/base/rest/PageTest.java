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
package org.roundtrip.base.rest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    @Test
    void hasAllUnlessLimited() {
        Page<String> page = page(Optional.empty(), Optional.empty());

        assertThat(page.entries()).isEqualTo(ALL);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void leadsThroughAllOnce() {
        List<String> seen = new ArrayList<>();
        Page<String> page = page(Optional.empty(), Optional.of(2L));
        seen.addAll(page.entries());
        while (page.next().isPresent()) {
            page = page(page.next(), Optional.of(2L));
            assertThat(page.entries()).isNotEmpty();
            seen.addAll(page.entries());
        }

        assertThat(seen).isEqualTo(ALL);
    }

    @Test
    void knowsNoNextPageWhenItIsFull() {
        assertThat(page(Optional.of("c"), Optional.of(2L)).next()).isEmpty();
        assertThat(page(Optional.of("b"), Optional.of(2L)).next()).contains("d");
    }

    @Test
    void beginsAfterAnEntryThatIsGone() {
        assertThat(page(Optional.of("bb"), Optional.of(Long.MAX_VALUE)).entries()).containsExactly("c", "d", "e");
        assertThat(page(Optional.of("z"), Optional.of(1L)).entries()).isEmpty();
    }

    private static Page<String> page(Optional<String> after, Optional<Long> limit) {
        return Page.of(ALL.stream(), Function.identity(), after, limit);
    }
}
