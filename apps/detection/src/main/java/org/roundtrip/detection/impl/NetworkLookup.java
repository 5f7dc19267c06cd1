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
package org.roundtrip.detection.impl;

import org.onlab.packet.IpAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.host.HostService;
import org.roundtrip.detection.DetectionAgentRequest;
import org.roundtrip.detection.DetectionProfile;
import org.roundtrip.detection.compute.AgentPlace;
import org.roundtrip.detection.compute.HostPlace;
import org.roundtrip.detection.compute.PresetProfiles;
import org.roundtrip.detection.compute.Surroundings;

import java.util.Comparator;
import java.util.Optional;

/**
 * Sees members, switches, agents and profiles as they are at this moment. Thread-safe; no method waits.
 */
final class NetworkLookup implements Surroundings {

    private final DeviceService devices;
    private final HostService hosts;
    private final DetectionLedger ledger;

    NetworkLookup(DeviceService devices, HostService hosts, DetectionLedger ledger) {
        this.devices = devices;
        this.hosts = hosts;
        this.ledger = ledger;
    }

    /** Hosts in a VLAN are none: rules for probes match packets without one. */
    @Override
    public Optional<HostPlace> member(IpAddress member) {
        return hosts.getHostsByIp(member).stream().filter(host -> host.vlan().equals(VlanId.NONE))
                .max(Comparator.<Host>comparingLong(host -> host.location().time())
                             .thenComparing(host -> host.id().toString()))
                .map(host -> HostPlace.of(host.mac(), new ConnectPoint(host.location().deviceId(),
                                                                         host.location().port())));
    }

    @Override
    public Optional<AgentPlace> agent(DeviceId device) {
        return ledger.agentAt(device).map(request -> AgentPlace.of(request.name(), port(request)));
    }

    private Optional<ConnectPoint> port(DetectionAgentRequest request) {
        return devices.getPorts(request.device()).stream()
                .filter(port -> isNamed(port, request.port()))
                .findFirst().map(port -> new ConnectPoint(request.device(), port.number()));
    }

    private static boolean isNamed(Port port, String name) {
        return name.equals(port.annotations().value(AnnotationKeys.PORT_NAME))
                || name.equals(Long.toString(port.number().toLong()));
    }

    @Override
    public Optional<DetectionProfile> profile(String name) {
        return Optional.ofNullable(PresetProfiles.all().get(name))
                .or(() -> Optional.ofNullable(ledger.profiles().get(name)));
    }

    /** Returns whether a switch can be told anything. */
    boolean isReachable(DeviceId device) {
        return devices.isAvailable(device);
    }
}
