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

import com.google.common.collect.ImmutableList;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DefaultPortStatistics;
import org.onosproject.net.device.PortStatistics;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.types.U64;
import org.roundtrip.openflow.compute.PortNumbers;

import java.util.Collection;
import java.util.List;

/**
 * Translates the port counters of a switch to ONOS's port statistics (OpenFlow 1.3.5, section 7.3.5.6).
 */
public final class PortCounters {

    private PortCounters() {
    }

    /**
     * Translates the counters of ports. Reserved ports are left out, since ONOS keeps statistics by real port number. A
     * counter that the switch does not support (all ones on the wire) reads as 0.
     *
     * @param device  switch
     * @param entries counters as the switch reports them
     * @return statistics, one for each real port
     */
    public static List<PortStatistics> of(DeviceId device, Collection<OFPortStatsEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.getPortNo().getPortNumber() > 0)
                .map(entry -> of(device, entry))
                .collect(ImmutableList.toImmutableList());
    }

    private static PortStatistics of(DeviceId device, OFPortStatsEntry entry) {
        return DefaultPortStatistics.builder()
                .setDeviceId(device)
                .setPort(PortNumbers.decode(entry.getPortNo()))
                .setPacketsReceived(supported(entry.getRxPackets()))
                .setPacketsSent(supported(entry.getTxPackets()))
                .setBytesReceived(supported(entry.getRxBytes()))
                .setBytesSent(supported(entry.getTxBytes()))
                .setPacketsRxDropped(supported(entry.getRxDropped()))
                .setPacketsTxDropped(supported(entry.getTxDropped()))
                .setPacketsRxErrors(supported(entry.getRxErrors()))
                .setPacketsTxErrors(supported(entry.getTxErrors()))
                .setDurationSec(entry.getDurationSec())
                .setDurationNano(entry.getDurationNsec())
                .build();
    }

    private static long supported(U64 counter) {
        return counter.getValue() == -1L ? 0 : counter.getValue();
    }
}
