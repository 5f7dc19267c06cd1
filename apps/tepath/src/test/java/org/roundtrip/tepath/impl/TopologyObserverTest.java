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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roundtrip.tepath.compute.FlapDamping;
import org.roundtrip.tepath.compute.LinkAttributes;
import org.roundtrip.tepath.compute.LinkDirection;
import org.roundtrip.tepath.compute.TeNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.roundtrip.tepath.impl.EmulatedNetwork.device;
import static org.roundtrip.tepath.impl.EmulatedNetwork.port;

class TopologyObserverTest {

    private static final Instant START = Instant.parse("2026-01-15T08:30:00Z");
    private static final LinkDirection LINK = LinkDirection.of(port(1, 2), port(2, 1));
    private static final LinkDirection OTHER = LinkDirection.of(port(1, 3), port(2, 4));

    private final EmulatedNetwork network = new EmulatedNetwork().withSwitch(1).withSwitch(2)
            .withLink(1, 2, 2, 1).withLink(1, 3, 2, 4);
    private final AtomicInteger changes = new AtomicInteger();
    private final Clock clock = mock(Clock.class);
    private FlapDamping damping = FlapDamping.STANDARD;
    private TopologyObserver observer;

    @BeforeEach
    void observe() {
        when(clock.getZone()).thenReturn(ZoneOffset.UTC);
        when(clock.instant()).thenReturn(START);
        network.configureLink(1, 2, 2, 1, "{'delay':5}");
        observer = new TopologyObserver(network.deviceService(), network.linkService(), network.configuration(),
                                        () -> damping, clock, changes::incrementAndGet);
    }

    @AfterEach
    void leavesNothingBehind() {
        observer.close();
        assertThat(network.listeners()).isZero();
    }

    @Test
    void readsWhatWasConfiguredBefore() {
        assertThat(observer.topology().attributes(LINK)).isEqualTo(LinkAttributes.builder().delay(5).build());
        assertThat(observer.topology().attributes(LINK.reversed()).delay()).isEqualTo(5);
        assertThat(observer.topology().attributes(OTHER)).isEqualTo(LinkAttributes.STANDARD);
    }

    @Test
    void takesBothDirectionsTogether() {
        network.configureLink(1, 2, 2, 1, "{'bandwidth':1000,'delay':7,'teMetric':3,'affinities':[0],'srlgs':[4]}");
        network.configureLink(2, 1, 1, 2, "{'delay':9,'teMetric':8,'affinities':[2],'srlgs':[5],'maintenance':true}");

        LinkAttributes there = LinkAttributes.builder().bandwidth(1000L).delay(7).teMetric(8).affinities(0b101)
                .addSharedRisks(4, 5).maintenance(true).build();
        assertThat(observer.topology().attributes(LINK)).isEqualTo(there);
        assertThat(observer.topology().attributes(LINK.reversed()))
                .isEqualTo(LinkAttributes.builder().from(there).delay(9).build());
        assertThat(observer.topology().capacity(LINK.reversed())).isEqualTo(1000);
    }

    @Test
    void tellsOfChangesOfTheConfiguration() {
        long before = observer.version();
        network.configureLink(1, 2, 2, 1, "");
        assertThat(observer.version()).isGreaterThan(before);
        assertThat(changes).hasValue(1);
        assertThat(observer.topology().attributes(LINK)).isEqualTo(LinkAttributes.STANDARD);

        network.configure(1, "{\"mpls\":true,\"te\":true,\"maintenance\":true}");
        assertThat(changes).hasValue(2);
        assertThat(observer.topology().node(device(1)).map(TeNode::maintenance)).contains(true);
        assertThat(observer.topology().node(device(2)).map(TeNode::maintenance)).contains(false);
    }

    @Test
    void setsAsideALinkThatFailsOftenAndTakesItBackInTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(unsteady(LINK)).as("after %d failures", i).isFalse();
            network.loseLink(1, 2, 2, 1);
            network.withLink(1, 2, 2, 1);
            network.withLink(2, 1, 1, 2);
        }

        assertThat(unsteady(LINK)).isTrue();
        assertThat(unsteady(LINK.reversed())).isTrue();
        assertThat(observer.topology().attributes(LINK).delay()).isEqualTo(5);
        assertThat(unsteady(OTHER)).isFalse();

        long version = observer.version();
        Instant due = observer.nextChange().orElseThrow();
        when(clock.instant()).thenReturn(due.minusMillis(1));
        assertThat(observer.version()).isEqualTo(version);
        when(clock.instant()).thenReturn(due);
        assertThat(observer.version()).isGreaterThan(version);
        assertThat(unsteady(LINK)).isFalse();
        assertThat(observer.nextChange()).isEmpty();
    }

    @Test
    void takesBackAllLinksWhenDampingIsSwitchedOff() {
        for (int i = 0; i < 3; i++) {
            network.loseLink(1, 2, 2, 1);
            network.withLink(1, 2, 2, 1);
            network.withLink(2, 1, 1, 2);
        }
        assertThat(unsteady(LINK)).isTrue();
        long version = observer.version();

        damping = FlapDamping.builder().halfLife(Duration.ZERO).build();

        assertThat(unsteady(LINK)).isFalse();
        assertThat(observer.version()).isGreaterThan(version);
        assertThat(observer.nextChange()).isEmpty();
    }

    @Test
    void countsALostCarrier() {
        for (int i = 0; i < 3; i++) {
            network.enable(1, 3, false);
            network.enable(2, 4, false);
            network.enable(1, 3, true);
            network.enable(2, 4, true);
        }
        assertThat(unsteady(OTHER)).isTrue();
        assertThat(unsteady(LINK)).isFalse();
    }

    @Test
    void countsOneFailureOnceHoweverManyEventsTellOfIt() {
        for (int i = 0; i < 2; i++) {
            network.enable(1, 2, false);
            network.enable(2, 1, false);
            network.loseLink(1, 2, 2, 1);
            network.loseDirection(2, 1, 1, 2);
            network.enable(1, 2, true);
            network.enable(2, 1, true);
            network.withLink(1, 2, 2, 1);
            network.withLink(2, 1, 1, 2);
        }
        assertThat(unsteady(LINK)).isFalse();
        assertThat(observer.nextChange()).isEmpty();
    }

    private boolean unsteady(LinkDirection link) {
        return observer.topology().attributes(link).unsteady();
    }
}
