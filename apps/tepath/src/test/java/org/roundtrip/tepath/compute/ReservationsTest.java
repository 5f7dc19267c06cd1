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
package org.roundtrip.tepath.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReservationsTest {

    private static final LinkDirection LINK =
            LinkDirection.of(RandomNetwork.port(0, 2), RandomNetwork.port(1, 2));
    private static final ConnectPoint RECEIVER = LINK.dst();

    @Test
    void countsALinkOnceThatTwoPlacementsOfAPathShare() {
        Placement first = placement(Reservations.NONE, 1);
        Placement second = placement(Reservations.of(List.of(Reservation.of("a", 5, List.of(first)))), 2);
        Reservations both = Reservations.of(List.of(Reservation.of("a", 5, List.of(first, second))));

        assertThat(both.bandwidth(LINK)).isEqualTo(5);
        assertThat(both.bandwidth(LINK.reversed())).isEqualTo(5);
        assertThat(second.forward().get(1).labelIn()).as("labels stand side by side").hasValue(100_001);
        assertThat(both.lowestFreeLabel(RECEIVER, LabelRange.STANDARD)).isEqualTo(100_002);
    }

    @Test
    void fillsTheGapThatAPathLeaves() {
        Placement first = placement(Reservations.NONE, 1);
        Placement second = placement(Reservations.of(List.of(Reservation.of("a", 0, List.of(first)))), 1);
        assertThat(placement(Reservations.of(List.of(Reservation.of("b", 0, List.of(second)))), 1)).isEqualTo(first);
    }

    @Test
    void knowsWhenALabelSpaceIsUsedUp() {
        Reservations held = Reservations.of(List.of(
                Reservation.of("a", 0, List.of(placement(Reservations.NONE, 1)))));
        assertThat(held.hasFreeLabel(RECEIVER, LabelRange.of(100_000, 100_000))).isFalse();
        assertThat(held.hasFreeLabel(RECEIVER, LabelRange.of(99_999, 100_000))).isTrue();
        assertThat(held.hasFreeLabel(LINK.src(), LabelRange.of(LabelRange.LEAST, LabelRange.GREATEST))).isTrue();
    }

    private static Placement placement(Reservations held, long generation) {
        TeTopology topology = TeTopology.builder()
                .node(TeNode.builder().device(LINK.src().deviceId()).available(true).build())
                .node(TeNode.builder().device(LINK.dst().deviceId()).available(true).build()).build();
        return new LabelAllocation(topology, held).allocate(
                Route.of(RandomNetwork.edge(0, 1), RandomNetwork.edge(1, 1), List.of(LINK)), generation);
    }
}
