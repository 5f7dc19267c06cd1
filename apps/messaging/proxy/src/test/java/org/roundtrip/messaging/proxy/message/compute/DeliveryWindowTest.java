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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.proxy.message.compute.DeliveryWindow.Attempt;
import org.roundtrip.messaging.proxy.message.compute.DeliveryWindow.Refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryWindowTest {

    /** Near the overflow of the clock, on purpose. */
    private static final long NOW = Long.valueOf(Long.MAX_VALUE) - 5;
    private static final Duration PAUSE = Duration.ofNanos(10);

    private final DeliveryWindow<String> window =
            new DeliveryWindow<>(new RedeliverySchedule(PAUSE, PAUSE.multipliedBy(4), 3), NOW);

    @Test
    void ofEachKeyTheOldestIsDelivered() {
        window.add(1, Optional.of("a"), "a1");
        window.add(2, Optional.of("a"), "a2");
        window.add(3, Optional.of("b"), "b1");
        assertThat(window.next(NOW)).contains(new Attempt<>(1, "a1", 1));
        assertThat(window.next(NOW)).contains(new Attempt<>(3, "b1", 1));
        assertThat(window.next(NOW)).isEmpty();
        assertThat(window.settle(1)).isTrue();
        assertThat(window.next(NOW)).contains(new Attempt<>(2, "a2", 1));
        assertThat(window.delivered()).isEqualTo(2);
        assertThat(window.held()).isEqualTo(2);
    }

    @Test
    void messagesWithoutAKeyWaitForNone() {
        window.add(1, Optional.empty(), "1");
        window.add(2, Optional.empty(), "2");
        assertThat(window.next(NOW)).isPresent();
        assertThat(window.next(NOW)).isPresent();
    }

    @Test
    void whatIsRefusedComesAgainAfterPausesThatGrowAndHoldsBackItsKeyOnly() {
        window.add(1, Optional.of("a"), "a1");
        window.add(2, Optional.of("a"), "a2");
        window.add(3, Optional.of("b"), "b1");
        window.next(NOW);
        assertThat(window.refuse(1, NOW)).isEqualTo(Refused.COMES_AGAIN);
        assertThat(window.next(NOW)).contains(new Attempt<>(3, "b1", 1));
        assertThat(window.next(NOW + 9)).isEmpty();
        assertThat(window.nextDue()).hasValue(NOW + 10);
        assertThat(window.next(NOW + 10)).contains(new Attempt<>(1, "a1", 2));
        assertThat(window.refuse(1, NOW + 10)).isEqualTo(Refused.COMES_AGAIN);
        assertThat(window.nextDue()).hasValue(NOW + 30);
        assertThat(window.next(NOW + 30)).contains(new Attempt<>(1, "a1", 3));
        assertThat(window.refuse(1, NOW + 30)).isEqualTo(Refused.IS_GIVEN_UP);
        assertThat(window.next(NOW + 100)).isEmpty();
        window.settle(1);
        assertThat(window.next(NOW + 100)).contains(new Attempt<>(2, "a2", 1));
    }

    @Test
    void whatIsNotDeliveredCanNeitherBeSettledNorRefused() {
        window.add(1, Optional.of("a"), "a1");
        assertThat(window.settle(1)).isFalse();
        assertThat(window.refuse(1, NOW)).isEqualTo(Refused.IS_UNKNOWN);
        window.next(NOW);
        assertThat(window.settle(1)).isTrue();
        assertThat(window.settle(1)).isFalse();
        assertThat(window.refuse(1, NOW)).isEqualTo(Refused.IS_UNKNOWN);
        assertThat(window.settle(7)).isFalse();
    }

    @Property
    void everyMessageIsSettledInTheOrderOfItsKeyWhateverIsRefused(
            @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> keys, @ForAll Random random) {
        DeliveryWindow<Integer> any = new DeliveryWindow<>(new RedeliverySchedule(PAUSE, PAUSE, 1000), 0);
        for (int i = 0; i < keys.size(); i++) {
            any.add(i, Optional.of(keys.get(i)), keys.get(i));
        }
        Map<Integer, List<Long>> settled = new HashMap<>();
        List<Attempt<Integer>> open = new ArrayList<>();
        long now = 0;
        for (int count = 0; any.held() > 0; now++) {
            assertThat(count++).as("steps").isLessThan(100_000);
            any.next(now).ifPresent(open::add);
            assertThat(open).extracting(Attempt::message).doesNotHaveDuplicates();
            if (!open.isEmpty() && random.nextBoolean()) {
                Attempt<Integer> one = open.remove(random.nextInt(open.size()));
                if (random.nextInt(3) == 0) {
                    any.refuse(one.offset(), now);
                } else {
                    any.settle(one.offset());
                    settled.computeIfAbsent(one.message(), key -> new ArrayList<>()).add(one.offset());
                }
            }
        }
        assertThat(settled.values()).allSatisfy(offsets -> assertThat(offsets).isSorted());
        assertThat(settled.values().stream().mapToInt(List::size).sum()).isEqualTo(keys.size());
        assertThat(any.delivered()).isZero();
    }
}
