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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.openflow.controller.Dpid;

import java.time.Duration;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class SwitchSessionsTest {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xa, 0x100, 0xfffffffffffffff0L})
    void switchesAreReadAtMomentsFarFromEachOther(long first) {
        int switches = 16;
        long[] phases = LongStream.range(first, first + switches).map(dpid ->
                SwitchSessions.phase(Dpid.dpid(Dpid.uri(dpid)), PERIOD).toMillis()).sorted().toArray();
        assertThat(phases[0]).isNotNegative();
        assertThat(phases[switches - 1]).isLessThan(PERIOD.toMillis());
        long even = PERIOD.toMillis() / switches;
        for (int i = 1; i < switches; i++) {
            assertThat(phases[i] - phases[i - 1]).isBetween(even / 3, even * 3);
        }
    }
}
