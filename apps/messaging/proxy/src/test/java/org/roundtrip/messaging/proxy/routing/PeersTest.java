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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class PeersTest {

    private final Peers peers = new Peers("self", Duration.ofSeconds(2));

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whoeverWritesNothingForLongerThanTheReaderWritesIsSilentOnce() {
        peers.heard("other", seconds(10));

        assertThat(peers.silentWhen(seconds(12))).isEmpty();
        assertThat(peers.silentWhen(seconds(12) + 1)).containsExactly("other");
        assertThat(peers.silentWhen(seconds(20))).isEmpty();
    }

    @Test
    void aReaderThatStoodStillTakesNobodyForDead() {
        peers.heard("other", seconds(10));
        // It reads at once what both have written meanwhile, its own last entry before it stood still first.
        assertThat(peers.silentWhen(seconds(10))).isEmpty();
        peers.heard("other", seconds(40));

        assertThat(peers.silentWhen(seconds(40))).isEmpty();
    }

    @Test
    void aLogThatStoodStillTakesNobodyForDead() {
        peers.heard("other", seconds(10));
        peers.heard("other", seconds(60));

        // Written when the log stood still, read after it.
        assertThat(peers.silentWhen(seconds(11))).isEmpty();
        assertThat(peers.silentWhen(seconds(61))).isEmpty();
    }

    @Test
    void whoeverHasLeftIsNotSilent() {
        peers.heard("other", seconds(10));
        peers.left("other");

        assertThat(peers.silentWhen(seconds(20))).isEmpty();
    }

    @Test
    void whoeverIsHeardOfAgainCanBeSilentAgain() {
        peers.heard("other", seconds(10));
        peers.silentWhen(seconds(20));
        peers.heard("other", seconds(21));

        assertThat(peers.silentWhen(seconds(22))).isEmpty();
        assertThat(peers.silentWhen(seconds(24))).containsExactly("other");
    }

    @Test
    void nobodyTakesItselfForDead() {
        peers.heard("self", seconds(1));

        assertThat(peers.silentWhen(seconds(20))).isEmpty();
    }
}
