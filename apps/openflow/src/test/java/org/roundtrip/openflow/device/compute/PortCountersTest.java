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
package org.roundtrip.openflow.device.compute;

import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.PortStatistics;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PortCountersTest {

    private static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);
    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

    @Test
    void countersAreTheSwitchs() {
        PortStatistics statistics = PortCounters.of(DEVICE, List.of(entry(3)
                .setRxPackets(U64.of(1)).setTxPackets(U64.of(2)).setRxBytes(U64.of(3)).setTxBytes(U64.of(4))
                .setRxDropped(U64.of(5)).setTxDropped(U64.of(6)).setRxErrors(U64.of(7)).setTxErrors(U64.of(8))
                .setDurationSec(9).setDurationNsec(10).build())).get(0);
        assertThat(statistics.portNumber()).isEqualTo(PortNumber.portNumber(3));
        assertThat(List.of(statistics.packetsReceived(), statistics.packetsSent(), statistics.bytesReceived(),
                           statistics.bytesSent(), statistics.packetsRxDropped(), statistics.packetsTxDropped(),
                           statistics.packetsRxErrors(), statistics.packetsTxErrors(), statistics.durationSec(),
                           statistics.durationNano()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void unsupportedCounterReadsAsZero() {
        PortStatistics statistics = PortCounters.of(DEVICE, List.of(entry(3).setRxErrors(U64.of(-1)).build())).get(0);
        assertThat(statistics.packetsRxErrors()).isZero();
    }

    @Test
    void reservedPortsAreLeftOut() {
        assertThat(PortCounters.of(DEVICE, List.of(entry(OFPort.LOCAL.getPortNumber()).build()))).isEmpty();
    }

    private static OFPortStatsEntry.Builder entry(int port) {
        return OF13.buildPortStatsEntry().setPortNo(OFPort.of(port));
    }
}
