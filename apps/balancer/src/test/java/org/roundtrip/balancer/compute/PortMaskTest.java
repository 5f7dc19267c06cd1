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
package org.roundtrip.balancer.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundtrip.balancer.PortRange;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PortMaskTest {

    @ParameterizedTest
    @CsvSource({"80, 80", "8000-8015, 8000/0xfff0", "1-3, 1 2/0xfffe", "1024-65535, 1024/0xfc00 2048/0xf800 4096/0xf000"
            + " 8192/0xe000 16384/0xc000 32768/0x8000", "65535, 65535"})
    void aRangeIsMatchedByFewMasks(String range, String masks) {
        assertThat(PortMask.of(PortRange.valueOf(range)).stream().map(PortMask::toString)
                           .collect(Collectors.joining(" "))).isEqualTo(masks);
    }

    @Property(tries = 200)
    void exactlyThePortsOfTheRangeAreMatchedOnce(@ForAll @IntRange(min = 1, max = 65_535) int one,
                                                 @ForAll @IntRange(min = 1, max = 65_535) int other) {
        PortRange range = PortRange.of(Math.min(one, other), Math.max(one, other));

        assertThat(PortMask.of(range)).hasSizeLessThanOrEqualTo(30);
        assertThat(IntStream.rangeClosed(0, 65_535).filter(
                port -> PortMask.of(range).stream().filter(mask -> mask.matches(port)).count()
                        != (port >= range.first() && port <= range.last() ? 1 : 0))).isEmpty();
    }
}
