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

import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.roundtrip.openflow.link.PortRole;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PortTableTest {

    private static final Duration SETTLING = Duration.ofNanos(100);
    private static final ConnectPoint A1 = ConnectPoint.deviceConnectPoint("of:a/1");
    private static final ConnectPoint A2 = ConnectPoint.deviceConnectPoint("of:a/2");
    private static final ConnectPoint B1 = ConnectPoint.deviceConnectPoint("of:b/1");

    private final PortTable table = new PortTable();

    @Test
    void portIsUnsettledThenAnEdge() {
        assertThat(table.up(A1, 0)).contains(PortRoleChange.of(A1, PortRole.DOWN, PortRole.UNSETTLED));
        assertThat(table.settle(99, SETTLING)).isEmpty();
        assertThat(table.settle(100, SETTLING))
                .containsExactly(PortRoleChange.of(A1, PortRole.UNSETTLED, PortRole.EDGE));
        assertThat(table.settle(101, SETTLING)).isEmpty();
    }

    @Test
    void portThatIsUpAnywayDoesNotStartAnew() {
        table.up(A1, 0);
        assertThat(table.up(A1, 99)).isEmpty();
        assertThat(table.settle(100, SETTLING)).hasSize(1);
        assertThat(table.up(A1, 150)).isEmpty();
        assertThat(table.roles()).isEqualTo(Map.of(A1, PortRole.EDGE));
    }

    @Test
    void linkMakesInfrastructureAtAnyTime() {
        table.up(A1, 0);
        assertThat(table.linked(A1)).contains(PortRoleChange.of(A1, PortRole.UNSETTLED, PortRole.INFRASTRUCTURE));
        assertThat(table.linked(A1)).isEmpty();
        table.up(A2, 0);
        table.settle(100, SETTLING);
        assertThat(table.linked(A2)).contains(PortRoleChange.of(A2, PortRole.EDGE, PortRole.INFRASTRUCTURE));
    }

    @Test
    void silentLinkLeavesInfrastructureUntilThePortGoesDown() {
        table.up(A1, 0);
        table.linked(A1);
        assertThat(table.settle(1_000_000, SETTLING)).isEmpty();
        assertThat(table.roles()).isEqualTo(Map.of(A1, PortRole.INFRASTRUCTURE));
        assertThat(table.down(A1)).contains(PortRoleChange.of(A1, PortRole.INFRASTRUCTURE, PortRole.DOWN));
        assertThat(table.up(A1, 2_000_000)).contains(PortRoleChange.of(A1, PortRole.DOWN, PortRole.UNSETTLED));
    }

    @Test
    void portThatIsDownIsNotMadeUpByWhatWasSeenBefore() {
        assertThat(table.linked(A1)).isEmpty();
        assertThat(table.down(A1)).isEmpty();
        assertThat(table.isUp(A1)).isFalse();
    }

    @Test
    void portThatGoesDownWhileUnsettledDoesNotSettle() {
        table.up(A1, 0);
        table.down(A1);
        assertThat(table.settle(1_000, SETTLING)).isEmpty();
    }

    @Test
    void portsBelongToTheirSwitch() {
        table.up(A1, 0);
        table.up(A2, 0);
        table.up(B1, 0);
        assertThat(table.portsOf(DeviceId.deviceId("of:a"))).containsExactlyInAnyOrder(A1, A2);
    }
}
