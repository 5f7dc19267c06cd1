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
import org.roundtrip.tepath.compute.graph.CostMetric;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundtrip.tepath.compute.RandomNetwork.device;
import static org.roundtrip.tepath.compute.RandomNetwork.edge;
import static org.roundtrip.tepath.compute.RandomNetwork.port;

class TeDatabaseTest {

    private static final LinkDirection LINK = LinkDirection.of(port(0, 2), port(1, 2));
    private static final LinkDirection PARALLEL = LinkDirection.of(port(0, 3), port(1, 3));

    private final Reservations reservations = new Reservations();
    private final TeDatabase database = new TeDatabase(TeTopology.builder()
            .node(node(0)).node(node(1))
            .port(up(port(0, 2))).port(up(port(1, 2))).port(up(port(0, 3))).port(up(port(1, 3)))
            .link(LINK).link(LINK.reversed()).link(PARALLEL).link(PARALLEL.reversed())
            .attributes(LINK, LinkAttributes.builder().bandwidth(60).delay(5).teMetric(9).affinities(3)
                    .addSharedRisks(7, 4).build())
            .attributes(LINK.reversed(), LinkAttributes.builder().delay(6).teMetric(9).affinities(3)
                    .addSharedRisks(7, 4).build())
            .build(), reservations);

    @Test
    void numbersBothDirectionsOfEachLink() {
        assertThat(database.graph().nodes()).isEqualTo(2);
        assertThat(database.graph().links()).isEqualTo(2);
        int arc = database.arc(LINK).orElseThrow();
        assertThat(database.arc(LINK.reversed())).hasValue(arc ^ 1);
        assertThat(database.link(arc)).isEqualTo(LINK);
        assertThat(database.link(arc ^ 1)).isEqualTo(LINK.reversed());
        assertThat(database.node(database.graph().tail(arc)).device()).isEqualTo(device(0));
        assertThat(database.node(device(1))).hasValue(database.graph().head(arc));
        assertThat(database.arc(LinkDirection.of(port(0, 2), port(1, 3)))).isEmpty();
    }

    @Test
    void bringsWhatIsConfiguredIntoTheGraph() {
        int arc = database.arc(LINK).orElseThrow();
        assertThat(database.graph().delay(arc)).isEqualTo(5);
        assertThat(database.graph().delay(arc ^ 1)).isEqualTo(6);
        assertThat(database.graph().cost(CostMetric.TE_METRIC, arc / 2)).isEqualTo(9);
        assertThat(database.graph().affinity(arc / 2)).isEqualTo(3);
        assertThat(database.graph().srlgCount(arc / 2)).isEqualTo(2);
        assertThat(database.graph().srlg(arc / 2, 0)).isEqualTo(4);
    }

    @Test
    void followsTheReservations() {
        int arc = database.arc(LINK).orElseThrow();
        assertThat(database.free(arc, 7)).isEqualTo(60);
        assertThat(database.free(arc ^ 1, 7)).as("the slower port").isEqualTo(100);
        reservations.put(Reservation.of("a", 3, List.of(placement(LINK, 40, 70))));
        assertThat(database.free(arc, 7)).isEqualTo(20);
        assertThat(database.free(arc, 3)).isEqualTo(20);
        assertThat(database.free(arc, 2)).as("what it can throw out counts as free").isEqualTo(60);
        assertThat(database.free(arc ^ 1, 7)).isEqualTo(30);
        assertThat(database.free(database.arc(PARALLEL).orElseThrow(), 7)).isEqualTo(100);
    }

    @Test
    void needsALabelAtBothEnds() {
        int arc = database.arc(LINK).orElseThrow();
        assertThat(database.hasFreeLabels(arc)).isTrue();
        reservations.put(Reservation.of("a", 7, List.of(placement(LINK, 0, 0))));
        assertThat(database.hasFreeLabels(arc)).as("each switch has one label only").isFalse();
        assertThat(database.hasFreeLabels(arc ^ 1)).isFalse();
        assertThat(database.hasFreeLabels(database.arc(PARALLEL).orElseThrow())).isTrue();
    }

    private Placement placement(LinkDirection link, long forward, long reverse) {
        return new LabelAllocation(database.topology(), reservations)
                .allocate(Route.of(edge(0, 1), edge(1, 1), List.of(link)), 1, forward, reverse).orElseThrow();
    }

    private static TeNode node(int number) {
        return TeNode.builder().device(device(number)).available(true).mpls(true).te(true)
                .labels(LabelRange.of(50, 50)).build();
    }

    private static TePort up(ConnectPoint port) {
        return TePort.of(port, true, 100);
    }
}
