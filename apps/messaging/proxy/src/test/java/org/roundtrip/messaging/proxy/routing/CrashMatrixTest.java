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

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundtrip.messaging.configuration.RouteOrder;
import org.roundtrip.messaging.proxy.record.Origin;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dies at each step, at each time that it is reached, with many ways in which the destination took what was on its
 * way, and compares what was accepted with what a reader with watermarks delivers.
 */
class CrashMatrixTest {

    private static final int SEEDS = 5;
    private static final int OCCURRENCES = 20;
    private static final int PARTITIONS = 2;
    private static final int MESSAGES = 30;
    /** Far more than it needs when it gets on. */
    private static final int ROUNDS = 10_000;
    private static final int EXPIRED = 7;
    private static final int TOO_LARGE = 11;
    private static final int UNKNOWN_QUEUE = 17;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SENT_BEFORE_ORDER = 30;
    /** All messages are stored later, so that it leaves none out. */
    private static final RouteOrder ORDER = order();

    /** As if by kill -9: it is caught nowhere. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static RouteOrder order() {
        RouteOrder.Builder order = RouteOrder.builder();
        order.from("a").to("b").number(1).move(RouteOrder.Move.SKIP).since(NOW.minusSeconds(1));
        return order.build();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void nothingIsLostDoubledOrReorderedWhenItDiesAtAStep(Step step) {
        int reached = 0;
        for (int occurrence = 1; occurrence <= OCCURRENCES; occurrence++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                SimulatedStorage storage = filled(seed);
                boolean isKilled = run(storage, step, occurrence);
                reached += isKilled ? 1 : 0;
                run(storage, step, isKilled ? occurrence / 2 + 1 : Integer.MAX_VALUE);
                run(storage, step, Integer.MAX_VALUE);
                check(storage, step + " for the " + occurrence + ". time, seed " + seed);
            }
        }
        assertThat(reached).as("times that it died at " + step).isPositive();
    }

    @Test
    void nothingIsLostDoubledOrReorderedWhenTheDestinationFailsAgainAndAgain() {
        for (int seed = 0; seed < 50 * SEEDS; seed++) {
            SimulatedStorage storage = filled(seed);
            storage.failures = 0.05;
            run(storage, Step.MESSAGE_SENT, Integer.MAX_VALUE);
            check(storage, "failures, seed " + seed);
        }
    }

    @Test
    void leavesNoCopiesWhenNothingFails() {
        SimulatedStorage storage = filled(1);
        run(storage, Step.MESSAGE_SENT, Integer.MAX_VALUE);

        long copies = storage.target.values().stream().mapToLong(List::size).sum();
        assertThat(copies + storage.deadLetters.size()).isEqualTo(PARTITIONS * MESSAGES);
    }

    private static SimulatedStorage filled(long seed) {
        SimulatedStorage storage = new SimulatedStorage(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int i = 0; i < MESSAGES; i++) {
                storage.accept(partition, i == UNKNOWN_QUEUE ? "unknown" : i % 4 == 0 ? "bills" : "orders",
                               i % 5 == 0 ? Optional.empty() : Optional.of("key-" + i % 7),
                               i == TOO_LARGE ? SimulatedStorage.TOO_LARGE
                                       : Integer.toString(i).getBytes(StandardCharsets.UTF_8),
                               i == EXPIRED ? Optional.of(NOW.toEpochMilli() - 1) : Optional.empty());
            }
        }
        return storage;
    }

    /** Runs until all is committed, or it dies; returns whether it died. */
    private static boolean run(SimulatedStorage storage, Step step, int occurrence) {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        AtomicReference<RouteCarrier> self = new AtomicReference<>();
        CarrierSettings settings = new CarrierSettings("a", "b", "b", SimulatedStorage.TOPIC, () -> 1 << 20,
                                                       Duration.ofMillis(8), Duration.ofSeconds(60),
                                                       Duration.ofMillis(20), Duration.ofSeconds(5),
                                                       Duration.ofMillis(1), Duration.ofMillis(2));
        RouteCarrier carrier = new RouteCarrier(settings, storage, routing -> {
            if (routing.queue().equals("unknown")) {
                throw new UndeliverableException("No queue " + routing.queue());
            }
            return new Way("roundtrip.private." + routing.queue(), 3, Way.Area.PRIVATE);
        }, Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos.addAndGet(1_000_000), reached -> {
            if (reached == Step.MESSAGE_SENT && sent.incrementAndGet() == SENT_BEFORE_ORDER) {
                self.get().follow(ORDER);
            }
            if (reached == step && count.incrementAndGet() == occurrence) {
                throw new Killed();
            }
        });
        self.set(carrier);
        storage.allowRounds(ROUNDS);
        storage.whenIdle(() -> {
            if (storage.isAllCommitted()) {
                carrier.close();
            }
        });
        try {
            carrier.run();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    private static void check(SimulatedStorage storage, String what) {
        Map<Integer, List<Long>> delivered = new HashMap<>();
        Map<String, Long> lastOfKey = new HashMap<>();
        Map<String, Long> watermarks = new HashMap<>();
        storage.target.forEach((partition, records) -> {
            for (ProducerRecord<byte[], byte[]> record : records) {
                Origin origin = SimulatedStorage.originOf(record);
                String writer = partition + " " + origin.partition() + " " + origin.generation();
                if (origin.offset() > watermarks.getOrDefault(writer, -1L)) {
                    watermarks.put(writer, origin.offset());
                    delivered.computeIfAbsent(origin.partition(), any -> new ArrayList<>()).add(origin.offset());
                    if (record.key() != null) {
                        Long before = lastOfKey.put(partition.topic() + origin.partition()
                                                            + new String(record.key(), StandardCharsets.UTF_8),
                                                    origin.offset());
                        assertThat(before == null || before < origin.offset()).as("order: " + what).isTrue();
                    }
                }
            }
        });
        List<Long> expected = LongStream.range(0, MESSAGES).filter(
                i -> i != EXPIRED && i != TOO_LARGE && i != UNKNOWN_QUEUE).boxed().toList();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(delivered.get(partition)).as(what).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(storage.deadLetters).as("dead letters: " + what).contains(
                    partition * 1000L + EXPIRED, partition * 1000L + TOO_LARGE, partition * 1000L + UNKNOWN_QUEUE);
        }
    }
}
