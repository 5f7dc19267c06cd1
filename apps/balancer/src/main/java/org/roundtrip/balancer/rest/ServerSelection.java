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
package org.roundtrip.balancer.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.roundtrip.balancer.ServerAlarmType;
import org.roundtrip.balancer.TransportProtocol;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerState;
import org.roundtrip.base.ValueType;
import org.roundtrip.base.rest.Page;
import org.roundtrip.base.rest.PageRequest;

import java.util.List;
import java.util.Optional;

/**
 * Which virtual servers of all are asked for: those that fit, and of these one page.
 */
@Value.Immutable
@ValueType
@JsonDeserialize(as = ImmutableServerSelection.class)
abstract class ServerSelection extends PageRequest {

    /** Returns the state that the virtual servers have. */
    abstract Optional<VirtualServerState> state();

    /** Returns their virtual IP address. */
    abstract Optional<IpAddress> vip();

    /** Returns their protocol. */
    abstract Optional<TransportProtocol> protocol();

    /** Returns the address of a member that they have. */
    abstract Optional<IpAddress> member();

    /** Returns the switch that acts as load balancer for them or has a member of theirs. */
    abstract Optional<DeviceId> device();

    /** Returns the alarm that they have. */
    abstract Optional<ServerAlarmType> alarm();

    /**
     * Selects.
     *
     * @param servers all virtual servers, ordered by name
     * @return the page
     */
    Page<VirtualServer> page(List<VirtualServer> servers) {
        return pageOf(servers.stream().filter(this::fits), server -> server.request().name());
    }

    private boolean fits(VirtualServer server) {
        return state().filter(state -> state != server.status().state()).isEmpty()
                && vip().filter(vip -> !vip.equals(server.request().vip())).isEmpty()
                && protocol().filter(protocol -> protocol != server.request().protocol()).isEmpty()
                && member().filter(address -> !hasMember(server, address)).isEmpty()
                && device().filter(device -> !isAt(server, device)).isEmpty()
                && alarm().filter(type -> server.alarms().stream().noneMatch(alarm -> alarm.type() == type)).isEmpty();
    }

    private static boolean hasMember(VirtualServer server, IpAddress address) {
        return server.memberStatus().stream().anyMatch(member -> member.member().address().equals(address));
    }

    private static boolean isAt(VirtualServer server, DeviceId device) {
        return server.request().accessSwitches().contains(device) || server.memberStatus().stream()
                .anyMatch(member -> member.location().filter(port -> port.deviceId().equals(device)).isPresent());
    }
}
