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
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReservationsTest {

    private static final LinkDirection LINK =
            LinkDirection.of(RandomNetwork.port(0, 2), RandomNetwork.port(1, 2));
    private static final ConnectPoint RECEIVER = LINK.dst();

    private final Reservations reservations = new Reservations();

    @Test
    void countsALinkOnceThatTwoPlacementsOfAPathShare() {
        Placement first = place("a", 7, 1, 5, 3);
        Placement second = placement(2, 4, 9).orElseThrow();
        reservations.put(Reservation.of("a", 7, List.of(first, second)));

        assertThat(reservations.bandwidth(LINK, 7)).isEqualTo(5);
        assertThat(reservations.bandwidth(LINK.reversed(), 7)).isEqualTo(9);
        assertThat(second.forward().get(1).labelIn()).as("labels stand side by side").hasValue(100_001);
        assertThat(reservations.lowestFreeLabel(RECEIVER, LabelRange.STANDARD)).isEqualTo(100_002);
    }

    @Test
    void fillsTheGapThatAPathLeaves() {
        Placement first = place("a", 7, 1, 5, 5);
        place("b", 7, 1, 5, 5);
        reservations.remove("a");
        assertThat(reservations.bandwidth(LINK, 7)).isEqualTo(5);
        assertThat(placement(1, 5, 5)).hasValue(first);
        reservations.remove("b");
        reservations.remove("b");
        assertThat(reservations.bandwidth(LINK, 7)).isZero();
        assertThat(reservations.users(LINK.src())).isEmpty();
    }

    @Test
    void countsWhatANewcomerCannotThrowOut() {
        place("important", 2, 1, 10, 10);
        place("ordinary", 5, 1, 100, 100);
        assertThat(reservations.bandwidth(LINK, 0)).isZero();
        assertThat(reservations.bandwidth(LINK, 1)).isZero();
        assertThat(reservations.bandwidth(LINK, 2)).isEqualTo(10);
        assertThat(reservations.bandwidth(LINK, 4)).isEqualTo(10);
        assertThat(reservations.bandwidth(LINK, 5)).isEqualTo(110);
        assertThat(reservations.bandwidth(LINK, 7)).isEqualTo(110);
    }

    @Test
    void countsItsOwnBandwidthAsFreeForAPathThatMovesButNotItsLabels() {
        place("a", 7, 1, 5, 5);
        place("b", 7, 1, 6, 6);
        assertThat(reservations.<Long>whileMoving("a", () -> reservations.bandwidth(LINK, 7))).isEqualTo(6);
        assertThat(reservations.<Integer>whileMoving(
                "a", () -> reservations.lowestFreeLabel(RECEIVER, LabelRange.STANDARD))).isEqualTo(100_002);
        assertThat(reservations.bandwidth(LINK, 7)).isEqualTo(11);
        assertThat(reservations.<Long>whileMoving("unknown", () -> reservations.bandwidth(LINK, 7))).isEqualTo(11);
    }

    @Test
    void knowsWhoUsesAPort() {
        place("a", 7, 1, 5, 5);
        place("b", 7, 1, 5, 5);
        assertThat(reservations.users(LINK.src())).containsExactly("a", "b");
        assertThat(reservations.users(RECEIVER)).containsExactly("a", "b");
        assertThat(reservations.users(RandomNetwork.edge(0, 1))).containsExactly("a", "b");
        reservations.remove("a");
        assertThat(reservations.users(LINK.src())).containsExactly("b");
    }

    @Test
    void givesNoLabelThatIsUsedUp() {
        place("a", 7, 1, 0, 0);
        TeTopology narrow = topology(LabelRange.of(100_000, 100_000));
        assertThat(new LabelAllocation(narrow, reservations).allocate(route(), 1, 0, 0)).isEmpty();
        assertThat(reservations.lowestFreeLabel(RECEIVER, LabelRange.of(99_999, 100_000))).isEqualTo(99_999);
    }

    private Placement place(String path, int priority, long generation, long forward, long reverse) {
        Placement placement = placement(generation, forward, reverse).orElseThrow();
        reservations.put(Reservation.of(path, priority, List.of(placement)));
        return placement;
    }

    private Optional<Placement> placement(long generation, long forward, long reverse) {
        return new LabelAllocation(topology(LabelRange.STANDARD), reservations)
                .allocate(route(), generation, forward, reverse);
    }

    private static TeTopology topology(LabelRange labels) {
        return TeTopology.builder()
                .node(TeNode.builder().device(LINK.src().deviceId()).available(true).labels(labels).build())
                .node(TeNode.builder().device(LINK.dst().deviceId()).available(true).labels(labels).build()).build();
    }

    private static Route route() {
        return Route.of(RandomNetwork.edge(0, 1), RandomNetwork.edge(1, 1), List.of(LINK));
    }
}
