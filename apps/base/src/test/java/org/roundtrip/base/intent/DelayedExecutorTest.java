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
package org.roundtrip.base.intent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DelayedExecutorTest {

    private final List<String> ran = new CopyOnWriteArrayList<>();

    @Test
    void runsTasksOneAfterTheOtherInAThreadWithItsName() {
        try (DelayedExecutor executor = new DelayedExecutor("roundtrip/test", Duration.ofMillis(1))) {
            executor.execute(() -> ran.add("one in " + Thread.currentThread().getName()));
            executor.execute(() -> ran.add("two in " + Thread.currentThread().getName()));

            await().untilAsserted(() -> assertThat(ran).hasSize(2));
        }
        assertThat(ran.get(0)).startsWith("one in roundtrip-test-");
        assertThat(ran.get(1)).startsWith("two in roundtrip-test-");
    }

    @Test
    void goesOnAfterATaskThatFails() {
        try (DelayedExecutor executor = new DelayedExecutor("roundtrip/test", Duration.ofMillis(1))) {
            executor.execute(() -> {
                throw new IllegalStateException("fails for a test");
            });
            executor.execute(() -> ran.add("next"));

            await().untilAsserted(() -> assertThat(ran).containsExactly("next"));
        }
    }

    @Test
    void runsAtOnceWithoutAPause() {
        try (DelayedExecutor executor = new DelayedExecutor("roundtrip/test", Duration.ZERO)) {
            executor.execute(() -> ran.add(Thread.currentThread().getName()));

            assertThat(ran).containsExactly(Thread.currentThread().getName());
        }
    }

    @Test
    void runsNothingThatWaitsWhenItIsClosed() {
        DelayedExecutor executor = new DelayedExecutor("roundtrip/test", Duration.ofMillis(50));
        executor.execute(() -> ran.add("waited"));
        executor.close();
        executor.execute(() -> ran.add("too late"));

        await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(ran).isEmpty());
    }
}
