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
package org.roundtrip.tepath.cli;

import org.junit.jupiter.api.Test;
import org.roundtrip.tepath.PathExamples;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PathTextTest {

    @Test
    void showsBothDirectionsSwitchBySwitch() {
        assertThat(PathText.of(List.of(PathExamples.clock()))).containsExactly(
                "NAME               STATE  SINCE                 SOURCE                 DESTINATION            BIT/S   "
                        + "  PAYLOAD  OWNER",
                "clock-cell-site-7  up     2026-01-15T08:30:00Z  of:0000000000000001/3  of:0000000000000004/3  10000000"
                        + "  ipv4     org.roundtrip.clock",
                "    both directions are in the switches",
                "    last error: the port of:0000000000000002/2 on the way is down",
                "    forward: 3 of:0000000000000001 2 (100000) > 2 of:0000000000000004 3",
                "    reverse: 3 of:0000000000000004 2 (100001) > 2 of:0000000000000001 3");
    }

    @Test
    void saysWhenThereIsNoWay() {
        assertThat(PathText.of(List.of(PathExamples.voice()))).contains(
                "    no links join of:0000000000000001 and of:0000000000000004",
                "    forward: no way");
    }

    @Test
    void saysWhenThereAreNoPaths() {
        assertThat(PathText.of(List.of())).containsExactly("There are no TE paths.");
    }
}
