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
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.roundtrip.tepath.TeLink;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

class LinkInventoryTest {

    private static final LinkDirection LINK = LinkDirection.of(port(1, 2), port(2, 1));

    @Test
    void showsEachLinkOnceWithWhatIsKnownOfBothDirections() {
        TeTopology topology = network()
                .attributes(LINK, LinkAttributes.builder().bandwidth(100L).delay(5).teMetric(3).affinities(0x8000_0001)
                        .addSharedRisks(9).maintenance(true).build())
                .attributes(LINK.reversed(), LinkAttributes.builder().delay(6).teMetric(3).affinities(0x8000_0001)
                        .addSharedRisks(9).maintenance(true).build())
                .link(LINK).link(LINK.reversed()).link(LinkDirection.of(port(1, 3), port(2, 3))).build();

        List<TeLink> links = LinkInventory.of(topology, Reservations.of(List.of()));

        assertThat(links).hasSize(1);
        TeLink link = links.get(0);
        assertThat(link.source()).isEqualTo(LINK.src());
        assertThat(link.destination()).isEqualTo(LINK.dst());
        assertThat(link.teMetric()).isEqualTo(3);
        assertThat(link.affinities()).containsExactly(0, 31);
        assertThat(link.srlgs()).containsExactly(9);
        assertThat(link.maintenance()).isTrue();
        assertThat(link.unsteady()).isFalse();
        assertThat(link.forward().bandwidth()).isEqualTo(100);
        assertThat(link.forward().delay()).isEqualTo(5);
        assertThat(link.reverse().bandwidth()).isEqualTo(1000);
        assertThat(link.reverse().delay()).isEqualTo(6);
        assertThat(link.reverse().unreserved()).hasSize(8).containsOnly(1000L);
    }

    @Test
    void saysWhatAPathCanGetByItsPriority() {
        TeTopology topology = network().link(LINK).link(LINK.reversed()).build();
        Reservations reservations = mock(Reservations.class);
        for (int priority = 4; priority <= 7; priority++) {
            when(reservations.bandwidth(LINK, priority)).thenReturn(300L);
        }

        TeLink link = LinkInventory.of(topology, reservations).get(0);

        assertThat(link.forward().unreserved()).containsExactly(1000L, 1000L, 1000L, 1000L, 700L, 700L, 700L, 700L);
        assertThat(link.reverse().unreserved()).containsOnly(1000L);
    }

    private static TeTopology.Builder network() {
        TeTopology.Builder network = TeTopology.builder();
        for (int device = 1; device <= 2; device++) {
            network.node(TeNode.builder().device(port(device, 1).deviceId()).available(true).build());
            for (int port = 1; port <= 3; port++) {
                network.port(TePort.of(port(device, port), true, 1000));
            }
        }
        return network;
    }

    private static ConnectPoint port(int device, int port) {
        return new ConnectPoint(DeviceId.deviceId("of:000000000000000" + device), PortNumber.portNumber(port));
    }
}
