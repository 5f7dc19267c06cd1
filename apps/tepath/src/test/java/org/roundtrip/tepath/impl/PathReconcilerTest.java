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
package org.roundtrip.tepath.impl;

import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.roundtrip.base.intent.InMemoryIntentFramework;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.base.store.InMemoryStorage;
import org.roundtrip.tepath.compute.TeTopology;

import java.time.Clock;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class PathReconcilerTest {

    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(1, "test");

    @Test
    void restsWhenItHearsOfAPathThatIsGone() {
        InMemoryIntentFramework framework = new InMemoryIntentFramework();
        try (PathStore store = new PathStore(new InMemoryStorage(), APPLICATION, event -> { });
             RulePublisher publisher = new RulePublisher(APPLICATION, framework, framework.flowRules(), key -> { });
             SwitchoverTable switchovers = new SwitchoverTable(publisher, path -> { });
             QuiesceTimers timers = new QuiesceTimers(path -> { })) {
            PathReconciler reconciler = new PathReconciler(
                    new PathLedger(store), publisher, switchovers, timers, new PathRules(APPLICATION),
                    TeTopology.builder().build(), Duration.ZERO, Duration.ZERO, Clock.systemUTC());
            reconciler.touch("gone");
            assertThat(reconciler.reconcile()).isEmpty();
        }
    }
}
