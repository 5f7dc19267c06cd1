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

import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.Port;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.PortDescription;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortFeatures;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.PortSpeed;
import org.roundtrip.openflow.compute.PortNumbers;

/**
 * Describes the ports of a switch in ONOS's terms (OpenFlow 1.3.5, section 7.2.1).
 */
public final class PortDescriptions {

    /** The annotation that tells a port without liveness from one without carrier. */
    public static final String LIVE = "live";

    private static final long KILOBITS_IN_MEGABIT = 1_000;
    private static final long BITS_IN_MEGABIT = 1_000_000;

    private PortDescriptions() {
    }

    /**
     * Describes one port: number, name, MAC address, whether it can carry traffic, and its speed in Mbit/s. A port is
     * enabled when it is administratively up, has a carrier, and is live. Speed is 0 where the switch does not know it.
     *
     * @param port port as the switch describes it
     * @param live false if the switch knows that frames do not get through, whatever the carrier
     * @return description
     */
    public static PortDescription of(OFPortDesc port, boolean live) {
        boolean administrativelyDown = port.getConfig().contains(OFPortConfig.PORT_DOWN);
        boolean carrier = !port.getState().contains(OFPortState.LINK_DOWN);
        return DefaultPortDescription.builder()
                .withPortNumber(PortNumbers.decode(port.getPortNo()))
                .isEnabled(carrier && live && !administrativelyDown)
                .type(port.getCurr().contains(OFPortFeatures.PF_FIBER) ? Port.Type.FIBER : Port.Type.COPPER)
                .portSpeed(megabitsPerSecond(port))
                .annotations(DefaultAnnotations.builder()
                                     .set(AnnotationKeys.PORT_NAME, port.getName())
                                     .set(AnnotationKeys.PORT_MAC, port.getHwAddr().toString())
                                     .set(AnnotationKeys.ADMIN_STATE, administrativelyDown ? "disabled" : "enabled")
                                     .set(LIVE, Boolean.toString(live))
                                     .build())
                .build();
    }

    private static long megabitsPerSecond(OFPortDesc port) {
        if (port.getVersion().compareTo(OFVersion.OF_11) >= 0 && port.getCurrSpeed() > 0) {
            return port.getCurrSpeed() / KILOBITS_IN_MEGABIT;
        }
        return port.getCurr().stream()
                .map(OFPortFeatures::getPortSpeed)
                .reduce(PortSpeed.SPEED_NONE, PortSpeed::max)
                .getSpeedBps() / BITS_IN_MEGABIT;
    }
}
