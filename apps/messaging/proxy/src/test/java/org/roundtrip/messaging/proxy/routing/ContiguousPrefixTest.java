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
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ContiguousPrefixTest {

    @Property(tries = 500)
    void isBeforeTheFirstThatHasNotArrived(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 3) Integer> gaps,
                                           @ForAll long seed) {
        Random random = new Random(seed);
        ContiguousPrefix<ContiguousPrefix.Item> prefix = new ContiguousPrefix<>(0, ContiguousPrefix.Item::new);
        Map<Long, ContiguousPrefix.Item> onTheirWay = new HashMap<>();
        List<Long> arrived = new ArrayList<>();
        List<Long> sent = new ArrayList<>();
        long offset = -1;
        for (int gap : gaps) {
            offset += gap;
            onTheirWay.put(offset, prefix.add(offset));
            sent.add(offset);
            new ArrayList<>(onTheirWay.keySet()).stream().filter(each -> random.nextInt(3) == 0).forEach(
                    each -> onTheirWay.remove(each).done());
            prefix.advance(item -> arrived.add(item.offset()));

            long first = new TreeSet<>(onTheirWay.keySet()).stream().findFirst().orElse(Long.MAX_VALUE);
            List<Long> below = sent.stream().filter(each -> each < first).toList();
            assertThat(arrived).isEqualTo(below);
            assertThat(prefix.position()).isEqualTo(below.isEmpty() ? 0 : below.get(below.size() - 1) + 1);
            assertThat(prefix.size()).isEqualTo(sent.size() - below.size());
            assertThat(prefix.first().isPresent()).isEqualTo(prefix.size() > 0);
        }
    }

    @Test
    void refusesOffsetsThatDoNotGoUp() {
        ContiguousPrefix<ContiguousPrefix.Item> prefix = new ContiguousPrefix<>(5, ContiguousPrefix.Item::new);

        assertThatIllegalArgumentException().isThrownBy(() -> prefix.add(4));
        prefix.add(7);
        assertThatIllegalArgumentException().isThrownBy(() -> prefix.add(7));
    }

    @Test
    void usesItemsAgain() {
        ContiguousPrefix<ContiguousPrefix.Item> prefix = new ContiguousPrefix<>(0, ContiguousPrefix.Item::new);
        ContiguousPrefix.Item first = prefix.add(0);
        first.done();
        prefix.advance(item -> { });

        assertThat(prefix.add(1)).isSameAs(first);
    }
}
