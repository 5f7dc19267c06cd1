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
import org.roundtrip.tepath.TePath;
import org.roundtrip.tepath.TePathRequest;
import org.roundtrip.tepath.TePathState;
import org.roundtrip.tepath.TrafficMatch;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.TeNode;
import org.roundtrip.tepath.compute.TePort;
import org.roundtrip.tepath.compute.TeTopology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class PathReconcilerTest {

    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(1, "test");

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);
    private final InMemoryIntentFramework framework = new InMemoryIntentFramework();

    @Test
    void countsTheSettlingTimeFromTheFirstSwitchOn() {
        try (PathStore store = new PathStore(new InMemoryStorage(), APPLICATION, event -> { })) {
            AtomicReference<TePath> before = new AtomicReference<>();
            lead(store, network(), reconciler -> {
                reconciler.request("owner", TePathRequest.builder().name("a").source(EmulatedNetwork.port(1, 1))
                        .destination(EmulatedNetwork.port(2, 1)).addForwardTraffic(TrafficMatch.builder().build())
                        .addReverseTraffic(TrafficMatch.builder().build()).build());
                settle(store, reconciler);
                before.set(store.get("a").orElseThrow().view());
            });
            framework.forget();

            lead(store, TeTopology.builder().build(), reconciler -> {
                for (int hour = 0; hour < 3; hour++) {
                    time.updateAndGet(now -> now.plus(Duration.ofHours(1)));
                    assertThat(reconciler.reconcile()).as("nothing to wait for but a switch").isEmpty();
                }
                reconciler.observe(network());
                settle(store, reconciler);
            });

            assertThat(store.get("a").orElseThrow().view().forward()).isEqualTo(before.get().forward());
            assertThat(framework.history()).noneMatch(step -> step.startsWith("withdraw"));
        }
    }

    private static void settle(PathStore store, PathReconciler reconciler) {
        await().untilAsserted(() -> {
            reconciler.touch("a");
            reconciler.reconcile();
            assertThat(store.get("a").orElseThrow().state()).isEqualTo(TePathState.UP);
        });
    }

    private void lead(PathStore store, TeTopology topology, Consumer<PathReconciler> duties) {
        Clock clock = mock(Clock.class);
        when(clock.instant()).thenAnswer(call -> time.get());
        try (RulePublisher publisher = new RulePublisher(APPLICATION, framework, framework.flowRules(), key -> { });
             SwitchoverTable switchovers = new SwitchoverTable(publisher, path -> { });
             QuiesceTimers timers = new QuiesceTimers(path -> { })) {
            duties.accept(new PathReconciler(
                    new PathLedger(store), publisher, switchovers, timers, new PathRules(APPLICATION), topology,
                    Duration.ofSeconds(30), Duration.ZERO, clock));
        }
    }

    /** Two switches with a link between their ports 2. */
    private static TeTopology network() {
        TeTopology.Builder topology = TeTopology.builder();
        for (int number = 1; number <= 2; number++) {
            topology.node(TeNode.builder().device(EmulatedNetwork.device(number)).available(true).mpls(true).te(true)
                                  .build());
            topology.port(TePort.of(EmulatedNetwork.port(number, 1), true, 0));
            topology.port(TePort.of(EmulatedNetwork.port(number, 2), true, 0));
        }
        LinkDirection link = LinkDirection.of(EmulatedNetwork.port(1, 2), EmulatedNetwork.port(2, 2));
        return topology.link(link).link(link.reversed()).build();
    }

    @Test
    void restsWhenItHearsOfAPathThatIsGone() {
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
