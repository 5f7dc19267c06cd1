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

package org.roundtrip.distribution.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeterIdsTest {

    @Test
    void startsAtTheFirst() {
        assertThat(MeterIds.NONE.lowestFree(1, 4)).hasValue(1);
    }

    @Test
    void usesAnIdAgainThatWasGivenBack() {
        MeterIds ids = MeterIds.NONE.with(1).with(2).with(3).without(2);

        assertThat(ids.lowestFree(1, 4)).hasValue(2);
    }

    @Test
    void hasNoneWhenAllAreTaken() {
        assertThat(MeterIds.NONE.with(1).with(2).lowestFree(1, 2)).isEmpty();
    }

    @Test
    void hasNoneWhenThereAreNoneAtAll() {
        assertThat(MeterIds.NONE.lowestFree(1, 0)).isEmpty();
    }

    @Test
    void hasNoneBeyondWhatItCanCount() {
        assertThat(MeterIds.NONE.lowestFree(1L << 31, 0xffff0000L)).isEmpty();
    }

    @Test
    void refusesANegativeFirst() {
        assertThatIllegalArgumentException().isThrownBy(() -> MeterIds.NONE.lowestFree(-1, 5))
                .withMessageContaining("-1");
    }

    @Test
    void givesBackWhatIsNotTakenWithoutEffect() {
        assertThat(MeterIds.NONE.with(1).without(7).without(-1)).isEqualTo(MeterIds.NONE.with(1));
    }

    @Property
    void neverGivesAnIdThatIsTakenAndAlwaysTheLowest(@ForAll Set<@IntRange(min = 0, max = 200) Integer> taken,
                                                     @ForAll @IntRange(min = 0, max = 100) int first) {
        MeterIds ids = MeterIds.NONE;
        for (int id : taken) {
            ids = ids.with(id);
        }

        OptionalLong free = ids.lowestFree(first, 300);

        assertThat(free).isPresent();
        assertThat(taken).doesNotContain((int) free.getAsLong());
        for (int id = first; id < free.getAsLong(); id++) {
            assertThat(taken).contains(id);
        }
    }
}
