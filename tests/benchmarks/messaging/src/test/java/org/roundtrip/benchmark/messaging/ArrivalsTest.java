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
package org.roundtrip.benchmark.messaging;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class ArrivalsTest {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Arrivals arrivals = new Arrivals(0);

    private void arrive(int number, long due, long now) {
        arrivals.arrived(Payload.parse(new Payload(number, due * MILLISECOND).bytes()), now * MILLISECOND);
    }

    @Test
    void aMessageThatComesAgainIsDuplicatedAndNotReordered() {
        arrive(0, 0, 1);
        arrive(100, 0, 2);
        arrive(0, 0, 3);
        assertThat(arrivals.totals()).containsOnly(entry("arrived", 2L), entry("duplicated", 1L),
                                                   entry("reordered", 0L));
    }

    @Test
    void aMessageThatComesAfterALaterOneOfItsKeyIsReordered() {
        arrive(100, 0, 1);
        arrive(0, 0, 2);
        arrive(1, 0, 3);
        assertThat(arrivals.totals()).contains(entry("reordered", 1L), entry("duplicated", 0L));
    }

    @Test
    void aWindowHasWhatCameSinceTheOneBefore() {
        arrive(0, 0, 500);
        arrivals.window(500 * MILLISECOND);
        arrive(1, 500, 510);
        arrive(2, 510, 530);
        assertThat(arrivals.window(531 * MILLISECOND)).contains(entry("messages", 2L), entry("arrived", 3L),
                                                                 entry("silence", 20.0));
    }

    @Test
    void silenceLastsUntilTheWindowIsAskedFor() {
        arrive(0, 0, 10);
        assertThat(arrivals.window(3010 * MILLISECOND)).containsEntry("silence", 3000.0);
    }

    @Test
    void latencyRunsFromWhenAMessageWasDue() {
        arrive(0, 1000, 1008);
        assertThat((double) arrivals.window(1008 * MILLISECOND).get("median")).isBetween(7.99, 8.02);
    }
}
