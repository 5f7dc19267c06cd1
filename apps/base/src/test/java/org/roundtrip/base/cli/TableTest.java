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

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableTest {

    @Test
    void alignsColumns() {
        assertThat(new Table("NAME", "N", "STATE").row("a-long-name", 12, "up").row("b", 3, "down").lines())
                .containsExactly("NAME         N   STATE",
                                 "a-long-name  12  up",
                                 "b            3   down");
    }

    @Test
    void refusesRowsOfAnotherLength() {
        Table table = new Table("NAME");
        assertThatThrownBy(() -> table.row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasMoreLinesBelowItsRows() {
        Table table = new Table("NAME", "STATE").row("a", "up").row("b", "down");

        assertThat(table.lines(row -> row == 0 ? List.of() : List.of("why", "and why"))).containsExactly(
                "NAME  STATE", "a     up", "b     down", "    why", "    and why");
        assertThat(new Table("NAME").lines(row -> List.of("why"))).containsExactly("NAME");
    }
}
