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

class DefectTest {

    private static final ConnectPoint LEFT = RandomNetwork.port(0, 2);
    private static final ConnectPoint RIGHT = RandomNetwork.port(1, 2);
    private static final LinkDirection LINK = LinkDirection.of(LEFT, RIGHT);

    private final Placement placement = new LabelAllocation(network(true, true, true, true).build(),
                                                            new Reservations()).allocate(
            Route.of(RandomNetwork.edge(0, 1), RandomNetwork.edge(1, 1), List.of(LINK)), 1, 0, 0).orElseThrow();

    @Test
    void findsNothingWrongWithAWholeWay() {
        assertThat(Defect.find(linked(network(true, true, true, true)), placement)).isEmpty();
    }

    @Test
    void findsWhatIsWrong() {
        assertKind(Defect.Kind.LINK_MISSING, network(true, true, true, true).build());
        assertKind(Defect.Kind.LINK_MISSING, network(true, true, true, true).link(LINK).build());
        assertKind(Defect.Kind.LINK_DOWN, linked(network(true, true, false, true)));
        assertKind(Defect.Kind.SWITCH_AWAY, linked(network(false, true, true, true)));
        assertKind(Defect.Kind.INCAPABLE, linked(network(true, false, true, true)));
        assertKind(Defect.Kind.EDGE_DOWN, linked(network(true, true, true, false)));
        assertKind(Defect.Kind.SWITCH_AWAY, TeTopology.builder().build());
    }

    @Test
    void believesAPortOfASwitchThatIsThereOnly() {
        // The last thing known of the port of a switch that is away is no evidence.
        assertKind(Defect.Kind.SWITCH_AWAY, linked(network(false, true, false, true)));
    }

    @Test
    void findsALinkUnderMaintenance() {
        assertKind(Defect.Kind.MAINTENANCE, linked(network(true, true, true, true)
                .attributes(LINK.reversed(), LinkAttributes.builder().maintenance(true).build())));
        assertKind(Defect.Kind.LINK_DOWN, linked(network(true, true, false, true)
                .attributes(LINK, LinkAttributes.builder().maintenance(true).build())));
    }

    @Test
    void findsASwitchUnderMaintenanceUnlessThePathEndsThere() {
        LinkDirection onward = LinkDirection.of(RandomNetwork.port(1, 3), RandomNetwork.port(2, 3));
        TeTopology.Builder network = network(true, true, true, true).link(LINK).link(LINK.reversed())
                .link(onward).link(onward.reversed())
                .port(TePort.of(onward.src(), true, 10)).port(TePort.of(onward.dst(), true, 10))
                .port(TePort.of(RandomNetwork.edge(2, 1), true, 10))
                .node(maintained(0)).node(maintained(1)).node(maintained(2));
        TeTopology topology = network.build();
        Placement longer = new LabelAllocation(topology, new Reservations()).allocate(
                Route.of(RandomNetwork.edge(0, 1), RandomNetwork.edge(2, 1), List.of(LINK, onward)), 1, 0, 0)
                .orElseThrow();
        assertThat(Defect.find(topology, longer).map(Defect::detail)).hasValueSatisfying(
                detail -> assertThat(detail).contains(RandomNetwork.device(1) + " on the way is under maintenance"));
        assertThat(Defect.find(topology, placement)).isEmpty();
    }

    private static TeNode maintained(int number) {
        return TeNode.builder().device(RandomNetwork.device(number)).available(true).mpls(true).te(true)
                .maintenance(true).build();
    }

    private void assertKind(Defect.Kind kind, TeTopology topology) {
        assertThat(Defect.find(topology, placement).map(Defect::kind)).isEqualTo(Optional.of(kind));
    }

    private static TeTopology linked(TeTopology.Builder network) {
        return network.link(LINK).link(LINK.reversed()).build();
    }

    private static TeTopology.Builder network(boolean available, boolean capable, boolean linkUp, boolean edgeUp) {
        return TeTopology.builder()
                .node(TeNode.builder().device(LEFT.deviceId()).available(available).mpls(capable).te(true).build())
                .node(TeNode.builder().device(RIGHT.deviceId()).available(true).mpls(true).te(true).build())
                .port(TePort.of(LEFT, linkUp, 10)).port(TePort.of(RIGHT, true, 10))
                .port(TePort.of(RandomNetwork.edge(0, 1), edgeUp, 10))
                .port(TePort.of(RandomNetwork.edge(1, 1), true, 10));
    }
}
