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

import org.junit.jupiter.api.Test;
import org.roundtrip.messaging.configuration.RouteState;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a route that stands still says of what waits. */
class RouteBacklogTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** All messages are accepted in the first millisecond of 1970. */
    private static final long AGE = NOW.toEpochMilli() - 1;
    private static final byte[] FOUR_BYTES = "four".getBytes(StandardCharsets.UTF_8);
    private static final int ROUNDS = 20_000;

    private final SimulatedStorage storage = new SimulatedStorage(1);
    private final List<WaitingMessages> seen = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final RouteCarrier carrier = new RouteCarrier(
            new CarrierSettings("a", "b", "b", SimulatedStorage.TOPIC, () -> 1 << 20, Duration.ofMillis(8),
                                Duration.ofSeconds(60), Duration.ofMillis(20), Duration.ofSeconds(5),
                                Duration.ofSeconds(3), Duration.ofSeconds(3)),
            storage, routing -> new Way("roundtrip.private.orders", SimulatedStorage.TARGET_PARTITIONS,
                                        Way.Area.PRIVATE),
            Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos.addAndGet(1_000_000), step -> { });

    private void accept(int partition, int messages) {
        for (int i = 0; i < messages; i++) {
            storage.accept(partition, "orders", Optional.empty(), FOUR_BYTES, Optional.empty());
        }
    }

    /** Runs it until a report is as wanted, and what it does then. */
    private CarrierReport await(Predicate<CarrierReport> wanted, Runnable then) {
        storage.allowRounds(ROUNDS);
        storage.whenIdle(() -> {
            if (wanted.test(carrier.report())) {
                then.run();
            }
        });
        carrier.run();
        return carrier.report();
    }

    @Test
    void aRouteThatIsPausedTellsWhatWaitsAndSinceWhen() {
        accept(0, 3);
        accept(1, 2);
        carrier.setPaused(true);

        CarrierReport report = await(each -> each.waiting().messages() > 0, () -> {
            seen.add(carrier.report().waiting());
            accept(1, 1);
            storage.whenIdle(() -> {
                if (carrier.report().waiting().messages() > seen.get(0).messages()) {
                    carrier.close();
                }
            });
        });

        assertThat(report.status().state()).isEqualTo(RouteState.PAUSED);
        assertThat(seen).containsExactly(new WaitingMessages(5, 20, AGE));
        assertThat(report.waiting()).isEqualTo(new WaitingMessages(6, 24, AGE));
        assertThat(storage.looks).as("looks at messages that stay the first").isEqualTo(1);
    }

    @Test
    void aRouteWhoseDestinationFailsTellsWhatWaitsWhileItWaits() {
        accept(0, 3);
        accept(1, 2);
        storage.failures = 1;

        CarrierReport report = await(each -> each.status().state() == RouteState.WAITING && storage.looks > 0,
                                     carrier::close);

        assertThat(report.waiting()).isEqualTo(new WaitingMessages(5, 20, AGE));
    }

    @Test
    void nothingWaitsWhenAllHasArrived() {
        accept(0, 3);

        CarrierReport report = await(each -> storage.isAllCommitted() && each.carried() == 3
                && each.waiting().equals(WaitingMessages.NONE), carrier::close);

        assertThat(report.status().state()).isEqualTo(RouteState.RUNNING);
    }
}
