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
package org.roundtrip.base.reconcile;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ReconcileLoopTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void makesOneRunOfManyTriggers() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        try (ReconcileLoop loop = new ReconcileLoop("test", () -> {
            runs.incrementAndGet();
            held.countDown();
            await().until(() -> hold.getCount() == 0);
        })) {
            loop.trigger();
            held.await();
            for (int i = 0; i < 100; i++) {
                loop.trigger();
            }
            hold.countDown();
            loop.call(() -> null);
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void triesAgainAfterAFailure() {
        try (ReconcileLoop loop = new ReconcileLoop("test", () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first run fails");
            }
        })) {
            loop.trigger();
            await().until(() -> runs.get() == 2);
        }
    }

    @Test
    void makesOneRunOfManyDelayedTriggers() {
        try (ReconcileLoop loop = new ReconcileLoop("test", runs::incrementAndGet)) {
            loop.triggerAfter(Duration.ofHours(1));
            for (int i = 0; i < 100; i++) {
                loop.triggerAfter(Duration.ofMillis(100));
            }
            await().until(() -> runs.get() == 1);
            await().during(Duration.ofMillis(300)).until(() -> runs.get() == 1);
        }
    }

    @Test
    void handsOnWhatARequestThrows() {
        try (ReconcileLoop loop = new ReconcileLoop("test", runs::incrementAndGet)) {
            assertThatThrownBy(() -> loop.call(() -> {
                throw new IllegalArgumentException("no");
            })).isInstanceOf(IllegalArgumentException.class).hasMessage("no");
        }
    }

    @Test
    void refusesToWaitForItself() {
        try (ReconcileLoop loop = new ReconcileLoop("test", runs::incrementAndGet)) {
            assertThatThrownBy(() -> loop.call(() -> loop.call(() -> null))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void isSilentOnceClosed() {
        ReconcileLoop loop = new ReconcileLoop("test", runs::incrementAndGet);
        loop.close();
        loop.trigger();
        assertThat(runs).hasValue(0);
    }
}
