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

import org.onlab.packet.ChassisId;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DefaultDeviceDescription;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowSwitch;

/**
 * Describes a switch in ONOS's terms (OpenFlow 1.3.5, sections 7.3.1 and 7.3.5.1).
 */
public final class DeviceDescriptions {

    private DeviceDescriptions() {
    }

    /**
     * Returns the ONOS name of a switch.
     *
     * @param dpid datapath identifier
     * @return device identifier, for example {@code of:0000000000000001}
     */
    public static DeviceId id(Dpid dpid) {
        return DeviceId.deviceId(Dpid.uri(dpid));
    }

    /**
     * Describes a switch: manufacturer, hardware, software, serial number, chassis (the datapath identifier), and as
     * annotations the protocol version, the channel and the address that the switch connects from.
     *
     * @param connected connected switch
     * @return description
     */
    public static DeviceDescription of(OpenFlowSwitch connected) {
        DefaultAnnotations.Builder annotations = DefaultAnnotations.builder()
                .set(AnnotationKeys.PROTOCOL, connected.factory().getVersion().toString())
                .set(AnnotationKeys.CHANNEL_ID, connected.channelId())
                .set(AnnotationKeys.MANAGEMENT_ADDRESS, address(connected.channelId()));
        String datapath = connected.datapathDescription();
        if (datapath != null && !datapath.isEmpty()) {
            annotations.set(AnnotationKeys.DATAPATH_DESCRIPTION, datapath);
        }
        return new DefaultDeviceDescription(Dpid.uri(connected.getId()), connected.deviceType(),
                                            connected.manufacturerDescription(), connected.hardwareDescription(),
                                            connected.softwareDescription(), connected.serialNumber(),
                                            new ChassisId(connected.getId()), annotations.build());
    }

    // A channel is named address:port, and an IPv6 address has colons of its own.
    private static String address(String channel) {
        int colon = channel.lastIndexOf(':');
        return colon < 0 ? channel : channel.substring(0, colon);
    }
}
