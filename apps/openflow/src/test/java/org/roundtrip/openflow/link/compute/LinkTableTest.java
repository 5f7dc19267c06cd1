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
package org.roundtrip.openflow.link.compute;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LinkTableTest {

    private static final Duration MAX_SILENCE = Duration.ofNanos(10);
    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:a/2");
    private static final ConnectPoint B1 = ConnectPoint.deviceConnectPoint("of:b/1");
    private static final ConnectPoint B2 = ConnectPoint.deviceConnectPoint("of:b/2");

    private final LinkTable table = new LinkTable();

    @Test
    void linkIsNewOnlyTheFirstTime() {
        assertThat(table.seen(DirectedLink.of(A1, B1), 0)).isTrue();
        assertThat(table.seen(DirectedLink.of(A1, B1), 1)).isFalse();
        assertThat(table.links()).containsExactly(DirectedLink.of(A1, B1));
    }

    @Test
    void eachDirectionIsALinkOfItsOwn() {
        table.seen(DirectedLink.of(A1, B1), 0);
        assertThat(table.seen(DirectedLink.of(B1, A1), 0)).isTrue();
        table.seen(DirectedLink.of(B1, A1), 9);
        assertThat(table.expire(10, MAX_SILENCE)).containsExactly(DirectedLink.of(A1, B1));
        assertThat(table.links()).containsExactly(DirectedLink.of(B1, A1));
    }

    @Test
    void portThatGoesDownEndsBothDirectionsButNoOtherLink() {
        table.seen(DirectedLink.of(A1, B1), 0);
        table.seen(DirectedLink.of(B1, A1), 0);
        table.seen(DirectedLink.of(A2, B2), 0);
        assertThat(table.portDown(A1))
                .containsExactlyInAnyOrder(DirectedLink.of(A1, B1), DirectedLink.of(B1, A1));
        assertThat(table.links()).containsExactly(DirectedLink.of(A2, B2));
        assertThat(table.portDown(A1)).isEmpty();
    }

    @Test
    void linksWatchedByAnotherNodeDoNotVanish() {
        table.seen(DirectedLink.of(A1, B1), 0);
        table.forgetLinksTo(DeviceId.deviceId("of:b"));
        assertThat(table.expire(1_000, MAX_SILENCE)).isEmpty();
        assertThat(table.links()).isEmpty();
    }

    @Test
    void clockMayWrapAround() {
        table.seen(DirectedLink.of(A1, B1), Long.MAX_VALUE - 2);
        assertThat(table.expire(Long.MIN_VALUE + 2, MAX_SILENCE)).isEmpty();
        assertThat(table.expire(Long.MIN_VALUE + 8, MAX_SILENCE)).hasSize(1);
    }

    @Test
    void portHasNoLinkToItself() {
        assertThatThrownBy(() -> DirectedLink.of(A1, A1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("of:a/1");
    }

    /** Whatever happens in whatever order: what came out as new and not as vanished is exactly what is alive. */
    @Property
    void newsAddUpToTheLinks(@ForAll("histories") List<Step> history) {
        LinkTable table = new LinkTable();
        Set<DirectedLink> told = new HashSet<>();
        Map<DirectedLink, Long> seen = new HashMap<>();
        long now = 0;
        for (Step step : history) {
            now += step.pause;
            long time = now;
            List<DirectedLink> vanished = table.expire(now, MAX_SILENCE);
            assertThat(told).as("what vanishes was there").containsAll(vanished);
            assertThat(vanished).as("silent for long").allMatch(link -> time - seen.get(link) >= MAX_SILENCE.toNanos());
            told.removeAll(vanished);
            if (step.down) {
                List<DirectedLink> lost = table.portDown(step.link.source());
                assertThat(told).containsAll(lost);
                told.removeAll(lost);
                assertThat(told).noneMatch(link -> link.source().equals(step.link.source())
                        || link.destination().equals(step.link.source()));
            } else {
                assertThat(table.seen(step.link, now)).isEqualTo(told.add(step.link));
                seen.put(step.link, now);
            }
            assertThat(table.links()).isEqualTo(told);
            assertThat(told).as("no one is silent for too long")
                    .allMatch(link -> time - seen.get(link) < MAX_SILENCE.toNanos());
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<ConnectPoint> port = Arbitraries.of(A1, A2, B1, B2);
        return Combinators.combine(port, port, Arbitraries.longs().between(0, 6), Arbitraries.of(false, false, true))
                .as((from, to, pause, down) -> new Object[]{from, to, pause, down})
                .filter(parts -> !parts[0].equals(parts[1]))
                .map(parts -> new Step(DirectedLink.of((ConnectPoint) parts[0], (ConnectPoint) parts[1]),
                                       (Long) parts[2], (Boolean) parts[3]))
                .list().ofMaxSize(60);
    }

    record Step(DirectedLink link, long pause, boolean down) {
    }
}
