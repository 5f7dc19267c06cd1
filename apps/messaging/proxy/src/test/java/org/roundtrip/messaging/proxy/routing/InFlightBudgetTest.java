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
package org.roundtrip.messaging.proxy.routing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightBudgetTest {

    private static final long MEBIBYTE = 1 << 20;

    private final InFlightBudget budget = new InFlightBudget(160 * MEBIBYTE);

    @Property
    void allRoutesTogetherFitIntoMemory(@ForAll @IntRange(min = 1, max = 20) int routes) {
        budget.divide(routes);

        assertThat(budget.getAsLong() * routes).isLessThanOrEqualTo(40 * MEBIBYTE);
    }

    @Test
    void aRouteAloneTakesNoMoreThanMakesItFaster() {
        budget.divide(1);

        assertThat(budget.getAsLong()).isEqualTo(16 * MEBIBYTE);
    }

    @Test
    void anyMessageFitsHoweverManyRoutesThereAre() {
        budget.divide(1000);

        assertThat(budget.getAsLong()).isEqualTo(2 * MEBIBYTE);
    }

    @Test
    void withoutRoutesThereIsNothingToDivide() {
        budget.divide(0);

        assertThat(budget.getAsLong()).isEqualTo(16 * MEBIBYTE);
    }
}
