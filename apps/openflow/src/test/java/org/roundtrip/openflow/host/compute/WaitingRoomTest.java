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
package org.roundtrip.openflow.host.compute;

import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.HostId;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingRoomTest {

    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:a/2");

    private final WaitingRoom room = new WaitingRoom(3);

    @Test
    void addressesOfAStationAddUp() {
        room.keep(sighting(A1, 1, "10.0.0.1"));
        room.keep(sighting(A1, 1, "fe80::1"));
        assertThat(room.take(A1)).singleElement().satisfies(sighting -> assertThat(sighting.addresses())
                .containsExactlyInAnyOrder(IpAddress.valueOf("10.0.0.1"), IpAddress.valueOf("fe80::1")));
    }

    @Test
    void eachPortHasItsOwn() {
        room.keep(sighting(A1, 1, "10.0.0.1"));
        room.keep(sighting(A2, 2, "10.0.0.2"));
        assertThat(room.take(A2)).containsExactly(sighting(A2, 2, "10.0.0.2"));
        assertThat(room.take(A2)).isEmpty();
        assertThat(room.take(A1)).containsExactly(sighting(A1, 1, "10.0.0.1"));
    }

    @Test
    void oldestGivesWayWhenItIsFull() {
        room.keep(sighting(A1, 1, "10.0.0.1"));
        room.keep(sighting(A1, 2, "10.0.0.2"));
        room.keep(sighting(A2, 3, "10.0.0.3"));
        room.keep(sighting(A2, 4, "10.0.0.4"));
        assertThat(room.take(A1)).containsExactly(sighting(A1, 2, "10.0.0.2"));
        assertThat(room.take(A2)).hasSize(2);
    }

    @Test
    void roomThatWasTakenIsFreeAgain() {
        for (int i = 0; i < 10; i++) {
            room.keep(sighting(A1, i, "10.0.0.1"));
            assertThat(room.take(A1)).hasSize(1);
        }
        room.keep(sighting(A1, 1, "10.0.0.1"));
        room.keep(sighting(A1, 2, "10.0.0.1"));
        room.keep(sighting(A1, 3, "10.0.0.1"));
        assertThat(room.take(A1)).hasSize(3);
    }

    private static HostSighting sighting(ConnectPoint port, long mac, String address) {
        return ImmutableHostSighting.builder()
                .host(HostId.hostId(MacAddress.valueOf(0x0200_0000_0000L + mac), VlanId.NONE))
                .port(port)
                .addAddresses(IpAddress.valueOf(address))
                .build();
    }
}
