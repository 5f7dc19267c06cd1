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
package org.roundtrip.clock.impl.negotiation;

import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.edge.EdgePortService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.meter.MeterId;
import org.roundtrip.base.intent.PublicationState;
import org.roundtrip.base.intent.RulePublisher;
import org.roundtrip.clock.compute.negotiation.SignallingRules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the rules and meters of signalling at every switch with edge ports, as long as there are servers that may be
 * asked. What a switch that is away has, it keeps. Used on one thread.
 */
final class EdgeSignalling {

    private static final String PREFIX = "clock.negotiation.";

    private final DeviceService devices;
    private final EdgePortService edges;
    private final RulePublisher publisher;
    private final PortMeters meters;
    private final SignallingRules rules;

    EdgeSignalling(ApplicationId application, DeviceService devices, EdgePortService edges, RulePublisher publisher,
                   PortMeters meters) {
        this.devices = devices;
        this.edges = edges;
        this.publisher = publisher;
        this.meters = meters;
        this.rules = new SignallingRules(application);
    }

    /**
     * Brings rules and meters to where they should be, one step further.
     *
     * @param servers the servers that may be asked
     * @param rate    how many messages a second each port may send to the controller
     * @return whether all is as it should be; if not, look again soon
     */
    boolean keep(Set<IpAddress> servers, int rate) {
        Set<String> wanted = new HashSet<>();
        boolean settled = true;
        for (Device device : devices.getAvailableDevices()) {
            Set<PortNumber> ports = servers.isEmpty() ? Set.of() : ports(device.id());
            String key = PREFIX + device.id();
            Map<PortNumber, MeterId> confirmed = meters.keep(device.id(), ports, rate);
            if (!ports.isEmpty()) {
                List<FlowRule> edge = rules.edge(device.id(), servers, confirmed);
                wanted.add(key);
                publisher.publish(key, edge);
                settled &= confirmed.keySet().equals(ports)
                        && publisher.state(key) == PublicationState.PUBLISHED;
            }
        }
        // Also what was published before this node led, or before it was started.
        publisher.withdrawAll(key -> key.startsWith(PREFIX) && !wanted.contains(key)
                && devices.isAvailable(DeviceId.deviceId(key.substring(PREFIX.length()))));
        return settled;
    }

    private Set<PortNumber> ports(DeviceId device) {
        Set<PortNumber> ports = new HashSet<>();
        for (ConnectPoint port : edges.getEdgePoints(device)) {
            // Without its name, which two views of a port need not share.
            ports.add(PortNumber.portNumber(port.port().toLong()));
        }
        return ports;
    }
}
