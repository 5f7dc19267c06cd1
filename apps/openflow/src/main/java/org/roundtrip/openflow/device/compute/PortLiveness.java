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

import org.onosproject.openflow.controller.Dpid;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortState;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether ports are live, as their switches see it (OFPPS_LIVE; OpenFlow 1.3.5, sections 6.7 and 7.2.1).
 * <p>
 * A switch may know better than by the carrier whether frames get through: Open vSwitch takes liveness from a port
 * whose BFD session (RFC 5880), CFM or spanning tree says that they do not, and, before anything else, from one that
 * loses its carrier. But many switches do not speak of liveness at all. So its absence counts only for a switch that
 * has said of one of its ports, since it has connected, that it is live. Thread-safe.
 */
public final class PortLiveness {

    private final Set<Dpid> telling = ConcurrentHashMap.newKeySet();

    /**
     * Learns from what a switch says of its ports whether it speaks of liveness.
     *
     * @param dpid  the switch
     * @param ports ports as the switch describes them
     */
    public void learn(Dpid dpid, Iterable<OFPortDesc> ports) {
        ports.forEach(port -> {
            if (isSaidToBeLive(port)) {
                telling.add(dpid);
            }
        });
    }

    /**
     * Forgets a switch that has disconnected: another one may come in its place.
     *
     * @param dpid the switch
     */
    public void forget(Dpid dpid) {
        telling.remove(dpid);
    }

    /**
     * Returns whether a port is live, or may be for all that is known.
     *
     * @param dpid the switch
     * @param port the port as the switch describes it
     * @return false if the switch speaks of liveness, but not at this port
     */
    public boolean isLive(Dpid dpid, OFPortDesc port) {
        return isSaidToBeLive(port) || !telling.contains(dpid);
    }

    private static boolean isSaidToBeLive(OFPortDesc port) {
        return port.getState().contains(OFPortState.LIVE);
    }
}
