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
package org.roundtrip.detection.compute;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class AgentLivenessTest {

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final AgentLiveness NEW = AgentLiveness.builder().name("n1").lease(LEASE).build();
    private static final AgentLiveness HEARD = at(100);

    private static AgentLiveness at(long seconds) {
        return AgentLiveness.builder().from(NEW).isConnected(true).heard(Duration.ofSeconds(seconds)).build();
    }

    @Test
    void whoWasNeverHeardOfIsNotBelieved() {
        assertThat(NEW.isConnected()).isFalse();
        assertThat(NEW.believedUntil()).isEmpty();
        assertThat(NEW.doubt(Duration.ZERO)).contains("agent n1 has not connected yet");
    }

    @Test
    void whoFallsSilentIsBelievedUntilTheLeaseEnds() {
        assertThat(HEARD.doubt(Duration.ofMillis(104_999))).isEmpty();
        assertThat(HEARD.doubt(Duration.ofSeconds(105))).contains("lease of agent n1 ended: it was silent for 5 s");
        assertThat(HEARD.doubt(Duration.ofSeconds(900))).isEqualTo(HEARD.doubt(Duration.ofSeconds(105)));
    }

    @Test
    void whoSaysThatItIsStarvedIsBelievedForALeaseMore() {
        AgentLiveness starved = AgentLiveness.builder().from(at(120)).starved(Duration.ofSeconds(118)).build();

        assertThat(starved.doubt(Duration.ofMillis(122_999))).isEmpty();
        assertThat(starved.doubt(Duration.ofSeconds(123)))
                .contains("agent n1 has been too slow to be believed for 5 s");
        assertThat(starved.doubt(Duration.ofSeconds(125))).contains("lease of agent n1 ended: it was silent for 5 s");
    }

    @Property
    void itIsDoubtedFromTheEndOfItsTimeOn(@ForAll @IntRange(max = 1_000) int heard,
                                          @ForAll @IntRange(max = 1_000) int starvedBefore,
                                          @ForAll @IntRange(max = 20_000) int later) {
        AgentLiveness agent = AgentLiveness.builder().from(at(heard + starvedBefore))
                .starved(Duration.ofSeconds(heard)).build();
        Duration now = Duration.ofMillis(later).plusSeconds(heard);

        assertThat(agent.believedUntil()).contains(Duration.ofSeconds(heard).plus(LEASE));
        assertThat(agent.doubt(now).isPresent()).isEqualTo(now.compareTo(agent.believedUntil().get()) >= 0);
    }
}
